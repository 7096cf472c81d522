"""Files written whole or not at all: a reader sees the old one or the new one, never half of it."""

from __future__ import annotations

import os
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

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with replacing(Path(folder, "note.txt")) as part:
    ...         written = part.write_text("whole")
    ...     Path(folder, "note.txt").read_text()
    'whole'
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    _clear_left_behind(path)
    with _part_of(path) as part:
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
def _part_of(path: Path) -> Iterator[Path]:
    """A new file beside *path*, locked for as long as somebody writes to it."""
    import tempfile

    while True:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
        try:
            if _locked(handle) and not os.fstat(handle).st_nlink:
                continue  # taken for one left behind before it was locked
            yield Path(name)
            return
        finally:
            os.close(handle)


def _clear_left_behind(path: Path) -> None:
    """Remove what writers that were killed left beside *path*: the parts that nobody holds a lock on."""
    import glob

    for part in path.parent.glob(f"{glob.escape(path.name)}*.part"):
        try:
            handle = os.open(part, os.O_RDWR)
        except OSError:
            continue
        try:
            if _locked(handle):
                part.unlink(missing_ok=True)
        finally:
            os.close(handle)


def _locked(handle: int) -> bool:
    """Whether a file could be locked; where there are no such locks, nothing can be."""
    try:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (ImportError, OSError):
        return False
    return True


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

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with replacing_folder(Path(folder, "out"), "notes.txt", "export") as new:
    ...         written = (new / "notes.txt").write_text("whole")
    ...     Path(folder, "out", "notes.txt").read_text()
    'whole'
    """
    import shutil

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
