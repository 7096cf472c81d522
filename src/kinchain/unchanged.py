"""Whether files are still as they were when something was worked out from them, told without reading them.

A stamp keeps what was worked out beside the state of the files: name, size, time of change, inode. The same state
means the same files, with the exception that git calls *racily clean*: a file that was changed once more within the
same tick of the clock looks the same. So, as git does with its index, a stamp is believed only where every file was
changed well before the stamp was written, by the clock of the same file system; until then the files are read.
The time of change of the inode counts too, which nobody can set back.
"""

from __future__ import annotations

import marshal
import os
from collections.abc import Iterable
from pathlib import Path
from zlib import crc32

MAGIC = b"kinchain seen 1\n"
TICK = 2_000_000_000  # nanoseconds; the coarsest clock of a file system that is in use (FAT)


def state(paths: Iterable[Path | str]) -> tuple[bytes, int]:
    """The state of some files as bytes, and when the last of them was changed, in nanoseconds.

    Raises
    ------
    OSError  a file is not there
    """
    seen, latest = [], 0
    for path in paths:
        found = os.stat(path)  # noqa: PTH116 - a third of the time that Path.stat takes
        seen.append((os.fspath(path), found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino))
        latest = max(latest, found.st_mtime_ns, found.st_ctime_ns)
    return marshal.dumps(seen, 2), latest


def recalled(stamp: Path, now: tuple[bytes, int]) -> str | None:
    """What was remembered for files in this state; None where nothing was, or where it cannot be believed.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     kept = remember(Path(folder, "stamp"), (b"state", 0), "worked out")
    ...     recalled(Path(folder, "stamp"), (b"state", 0)), recalled(Path(folder, "stamp"), (b"other", 0))
    ('worked out', None)
    """
    seen, latest = now
    try:
        with open(stamp, "rb", buffering=0) as file:  # noqa: PTH123
            data = file.readall()
            written = os.fstat(file.fileno()).st_mtime_ns
    except OSError:
        return None
    if latest + TICK > written or not data.startswith(MAGIC) or not data.endswith(seen):
        return None
    head = data[len(MAGIC) : len(data) - len(seen)]
    if len(head) < 8 or int.from_bytes(head[:4], "little") != len(seen):
        return None
    if int.from_bytes(head[4:8], "little") != crc32(data[len(MAGIC) + 8 :]):
        return None
    return head[8:].decode()


def remember(stamp: Path, now: tuple[bytes, int], value: str) -> bool:
    """Keep what was worked out from files in this state; False where it cannot be kept and will be worked out again."""
    from kinchain.files import replacing

    seen, _ = now
    told = value.encode() + seen
    try:
        with replacing(stamp) as part:
            part.write_bytes(MAGIC + len(seen).to_bytes(4, "little") + crc32(told).to_bytes(4, "little") + told)
    except OSError:
        return False
    return True
