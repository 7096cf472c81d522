"""A folder that is written whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kinchain.errors import CannotWrite


@contextmanager
def replacing(place: Path, mark: str) -> Iterator[Path]:
    """A new folder beside *place* that takes its place at the end; when something fails, nothing has changed.

    Raises
    ------
    CannotWrite  *place* is a file, or a folder that holds something and no file named *mark*, or cannot be written
    """
    place = place.resolve()
    if place.exists() and not place.is_dir():
        raise CannotWrite(f"{place} is a file; choose a folder, new or empty")
    new, old = (place.with_name(f".{place.name}.{what}.{os.getpid()}") for what in ("new", "old"))
    try:
        if place.is_dir() and not (place / mark).is_file() and any(place.iterdir()):
            raise CannotWrite(f"{place} is not empty and no earlier site; choose another folder, or empty this one")
        new.mkdir(parents=True)
        yield new
        if place.exists():
            place.rename(old)
        try:
            new.rename(place)
        except OSError:
            if old.exists():
                old.rename(place)
            raise
    except OSError as error:
        raise CannotWrite(f"{place} cannot be written ({error.strerror or error}); choose another place") from None
    finally:
        shutil.rmtree(new, ignore_errors=True)
        if place.exists():
            shutil.rmtree(old, ignore_errors=True)
