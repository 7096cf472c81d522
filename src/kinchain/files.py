"""Files written whole or not at all: a reader sees the old one or the new one, never half of it."""

from __future__ import annotations

import os
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
