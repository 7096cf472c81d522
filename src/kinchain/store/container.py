"""A file of named sections, opened by mapping it into memory: nothing is read before it is asked for.

Layout: a header, a directory, a table of checksums, and from the next page on the data::

    MAGIC with the byte order | key (64) | SHA-256 of the data (32) | sizes of directory, table and data | CRC-32
    directory: where each section begins, how long it is, of what numbers it is an array
    table: the CRC-32 of each 4096 bytes of data, then that of directory and table

The header, directory and table are checked when the file is opened. A block of data is checked when it is first
touched, so that opening costs the same for any size, and still nothing is handed out that was not checked: a block that
does not fit is damaged. Then ``renew`` is asked for the same file anew; where it yields the same data as the header
promises, reading goes on in it, and otherwise the reader is refused with ``DamagedBody``. The file is only ever
replaced as a whole (``kinchain.files.replacing``), so a reader keeps the file that it opened.

Records are written with ``marshal`` in its second version, which is plain data, the same bytes each time, and read by
every Python. As for the ``.pyc`` files beside it, checksums find damage and no malice: the file is trusted as far as
the folder it lies in.
"""

from __future__ import annotations

import marshal
import mmap
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal
from zlib import crc32

from kinchain.errors import DamagedBody

FORMAT = 22
MAGIC = b"kinchain body %03d %c\n" % (FORMAT, sys.byteorder.encode()[0])
BLOCK = PAGE = 4096
WIDTHS = {"B": 1, "H": 2, "I": 4, "Q": 8, "q": 8, "d": 8}  # bytes of a number by its type code
HEAD = len(MAGIC) + 64 + 32 + 3 * 8 + 4


def number_bytes(crc: int, order: Literal["little", "big"] = "little") -> bytes:
    """A checksum as it is written."""
    return crc.to_bytes(4, order)


class Store:
    """The sections of a file or of bytes in memory.

    >>> from kinchain.store.writing import pack
    >>> Store(pack({"text": ("B", b"whole")}, "0" * 64), "0" * 64).array("text").tobytes()
    b'whole'

    Raises
    ------
    DamagedBody  truncated, foreign, of another format or key; later, a block that does not fit its checksum
    """

    def __init__(
        self, data: bytes | mmap.mmap, key: str, *, where: str = "it", renew: Callable[[], Store] | None = None
    ) -> None:
        self.where, self.renew, self.key = where, renew, key
        if data[: len(MAGIC)] != MAGIC:
            raise DamagedBody(f"{where} is no compiled body of this version; it will be rebuilt")
        head = bytes(data[:HEAD])
        if len(head) < HEAD or number_bytes(crc32(head[:-4])) != head[-4:]:
            raise DamagedBody(f"{where} is damaged (its checksum does not fit); it will be rebuilt")
        if head[len(MAGIC) : len(MAGIC) + 64] != key.encode():
            raise DamagedBody(f"{where} was built from another ontology; it will be rebuilt")
        self.checksum = head[len(MAGIC) + 64 : len(MAGIC) + 96]
        sizes = head[len(MAGIC) + 96 : -4]
        listed, table, size = (int.from_bytes(sizes[at : at + 8], "little") for at in (0, 8, 16))
        end = HEAD + listed + table + 4
        start = end + -end % PAGE
        front = bytes(data[HEAD:end])
        whole = len(data) == start + size and len(front) == end - HEAD
        if not whole or number_bytes(crc32(front[:-4])) != front[-4:]:
            raise DamagedBody(f"{where} is damaged (its checksum does not fit); it will be rebuilt")
        self._directory: dict[str, tuple[int, int, str]] = marshal.loads(front[:listed])
        self._sums = memoryview(front)[listed : listed + table].cast("I")
        self._data = memoryview(data)[start:]
        self._checked = bytearray(len(self._sums))

    def __contains__(self, name: object) -> bool:
        return name in self._directory

    def span(self, name: str, start: int, end: int) -> memoryview:
        """Some bytes of a section, checked."""
        here = self._directory[name][0]
        first, last = here + start, here + end
        checked, data = self._checked, self._data
        for block in range(first // BLOCK, (last + BLOCK - 1) // BLOCK):
            if not checked[block]:
                if crc32(data[block * BLOCK : (block + 1) * BLOCK]) != self._sums[block]:
                    self._heal()
                    data = self._data
                checked[block] = 1
        return data[first:last]

    def shape(self, name: str) -> tuple[int, str, int]:
        """How many numbers a section has, their type code, and how many bytes each takes."""
        _, size, code = self._directory[name]
        width = WIDTHS[code]
        return size // width, code, width

    def array(self, name: str) -> memoryview:
        """A section as an array of its numbers, checked as a whole; shape (n,)."""
        _, size, code = self._directory[name]
        data: Any = self.span(name, 0, size) if size else memoryview(b"")
        numbers: memoryview = data.cast(code)
        return numbers

    def value(self, name: str) -> object:
        """A section that is one value of plain data."""
        return marshal.loads(self.array(name))

    def check(self) -> None:
        """Check every section; raises as reading them would."""
        for name, (_, size, _) in self._directory.items():
            self.span(name, 0, size)

    def _heal(self) -> None:
        """Go on in the same file made anew; what was handed out before was checked and stays as it is."""
        renew, self.renew = self.renew, None
        other = renew() if renew else None
        if other is None or (other.checksum, other.key) != (self.checksum, self.key):
            raise DamagedBody(f"{self.where} was damaged while it was read (its checksum does not fit); ask once more")
        other.check()
        self._data, self._sums, self._directory = other._data, other._sums, other._directory
        self._checked = bytearray(b"\1") * len(self._sums)


def opened(path: Path, key: str, renew: Callable[[], Store] | None = None) -> Store:
    """The sections of a file that was written for exactly this key.

    Raises
    ------
    DamagedBody  missing, truncated, foreign, of another format or key
    """
    try:
        with path.open("rb", buffering=0) as file:
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError) as error:  # an empty file cannot be mapped
        reason = getattr(error, "strerror", None) or "it is empty"
        raise DamagedBody(f"{path} cannot be read ({reason}); it will be rebuilt") from None
    return Store(data, key, where=str(path), renew=renew)
