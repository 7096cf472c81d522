"""Files written whole or not at all: a reader sees the old one or the new one, never half of it."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kinchain.errors import CannotWrite


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A place beside *path* to write to; it takes the name of *path* when all went well, and is removed when not.

    Raises
    ------
    OSError  the folder cannot be written, or the disk is full

    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with replacing(Path(folder, "note.txt")) as part:
    ...         written = part.write_text("whole")
    ...     Path(folder, "note.txt").read_text()
    'whole'
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
    os.close(handle)
    part = Path(name)
    try:
        yield part
        with part.open("rb+") as written:
            os.fsync(written.fileno())
        part.chmod(0o644)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


@contextmanager
def asked_for(path: Path) -> Iterator[Path]:
    """As ``replacing``, for a file that somebody asked for.

    Raises
    ------
    CannotWrite  the place cannot be written; names it and the reason
    """
    if not path.parent.is_dir():
        raise CannotWrite(f"{path} cannot be written (there is no folder {path.parent}); choose another place")
    try:
        with replacing(path) as part:
            yield part
    except OSError as error:
        raise CannotWrite(f"{path} cannot be written ({error.strerror}); choose another place") from None


@contextmanager
def replacing_folder(place: Path, mark: str, what: str) -> Iterator[Path]:
    """A new folder beside *place* that takes its place at the end; when something fails, nothing has changed.

    Raises
    ------
    CannotWrite  *place* is a file, or a folder that holds something and no file named *mark* (so it is no earlier
                 *what*), or cannot be written

    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with replacing_folder(Path(folder, "out"), "notes.txt", "export") as new:
    ...         written = (new / "notes.txt").write_text("whole")
    ...     Path(folder, "out", "notes.txt").read_text()
    'whole'
    """
    place = place.resolve()
    if place.exists() and not place.is_dir():
        raise CannotWrite(f"{place} is a file; choose a folder, new or empty")
    new, old = (place.with_name(f".{place.name}.{state}.{os.getpid()}") for state in ("new", "old"))
    try:
        if place.is_dir() and not (place / mark).is_file() and any(place.iterdir()):
            raise CannotWrite(f"{place} is not empty and no earlier {what}; choose another folder, or empty this one")
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
