"""Write a store: its sections, the records and mappings among them, and the file as a whole."""

from __future__ import annotations

import marshal
import sys
from array import array
from collections.abc import Mapping, Sequence
from typing import Any
from zlib import crc32

from kinchain.store.container import BLOCK, MAGIC, PAGE, number_bytes

_MARSHAL = 2  # the last version without references between values, which vary from run to run
# Each section by its name: a type code of ``array`` (``B`` for plain bytes) and its bytes.
Written = dict[str, tuple[str, bytes]]


def write_records(sections: Written, name: str, items: Sequence[Any], *, per: int = 8) -> None:
    """Add a sequence of plain data to *sections*; *per* items are decoded together."""
    chunks = [dumps(tuple(items[at : at + per])) for at in range(0, len(items), per)]
    offsets = array("Q", [0])
    for chunk in chunks:
        offsets.append(offsets[-1] + len(chunk))
    sections[name] = ("B", b"".join(chunks))
    code = "I" if offsets[-1] < 2**32 else "Q"
    sections[name + "/offsets"] = (code, array(code, offsets).tobytes())
    sections[name + "/count"] = ("Q", array("Q", [len(items), per]).tobytes())


def write_keyed(sections: Written, name: str, items: Mapping[str, Any], *, per: int = 8) -> None:
    """Add a mapping from text to plain data to *sections*, in its order."""
    write_index(sections, name, list(items))
    write_records(sections, name, list(items.values()), per=per)


def write_index(sections: Written, name: str, keys: Sequence[str]) -> None:
    """Add the keys of a mapping, each with the way from its text to its position."""
    size = 8
    while size < 2 * len(keys):
        size *= 2
    slots = array("I", bytes(4 * size))
    for position, key in enumerate(keys):
        slot = crc32(key.encode()) & (size - 1)
        while slots[slot]:
            slot = (slot + 1) & (size - 1)
        slots[slot] = position + 1
    write_records(sections, name + "/keys", keys, per=4)
    sections[name + "/slots"] = ("I", slots.tobytes())


def pack(sections: Written, key: str) -> bytes:
    """The bytes of a file with these sections, each a type code of ``array`` (``B`` for plain bytes) and its bytes.

    >>> from kinchain.store.container import Store
    >>> data = pack({"numbers": ("I", array("I", [1, 2, 3]).tobytes())}, "0" * 64)
    >>> Store(data, "0" * 64).array("numbers").tolist()
    [1, 2, 3]
    """
    from hashlib import sha256

    directory, parts, position = {}, [], 0
    for name, (code, data) in sections.items():
        directory[name] = (position, len(data), code)
        padding = -len(data) % 8
        parts += [data, bytes(padding)]
        position += len(data) + padding
    body = b"".join(parts)
    listed = dumps(directory)
    table = b"".join(number_bytes(crc32(body[at : at + BLOCK]), sys.byteorder) for at in range(0, len(body), BLOCK))
    head = (
        MAGIC
        + key.encode()
        + sha256(body).digest()
        + b"".join(len(part).to_bytes(8, "little") for part in (listed, table, body))
    )
    front = head + number_bytes(crc32(head)) + listed + table + number_bytes(crc32(listed + table))
    return front + bytes(-len(front) % PAGE) + body


def dumps(value: Any) -> bytes:
    """A value of plain data as bytes, the same bytes each time."""
    return marshal.dumps(value, _MARSHAL)
