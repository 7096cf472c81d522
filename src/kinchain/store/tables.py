"""Sequences and mappings whose items are decoded when they are asked for, and kept then.

``Records`` is a sequence: items are stored in small chunks, one marshalled tuple each. ``Keyed`` is a mapping from text
to the items of a ``Records``: a hash table of positions, with open addressing. Both compare equal to a tuple and a
dictionary of the same content. Who asks for all of them gets all at once, and then they stay decoded.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Generic, TypeVar, overload
from zlib import crc32

from kinchain.store.container import BLOCK, Store

T = TypeVar("T")


def _same(item: Any) -> Any:
    return item


class Records(Sequence[T]):
    """A sequence of a store; ``made`` turns plain data into an item.

    >>> from kinchain.store.writing import pack, write_records, write_keyed
    >>> sections = {}
    >>> write_records(sections, "squares", [n * n for n in range(100)])
    >>> squares = Records(Store(pack(sections, "0" * 64), "0" * 64), "squares")
    >>> squares[7], squares[-1], len(squares), squares[2:5]
    (49, 9801, 100, (4, 9, 16))
    """

    def __init__(self, store: Store, name: str, made: Callable[[Any], T] = _same) -> None:
        self._store, self._name, self._made = store, name, made
        self._count = self._per = -1
        self._offsets = memoryview(b"")
        self._known: dict[int, T] = {}
        self._all: tuple[T, ...] | None = None
        self._data: memoryview | None = None  # the whole of the section, once it has been checked
        self._asked = 0

    def __len__(self) -> int:
        if self._count < 0:  # nothing of the file is touched before it is asked for
            self._count, self._per = self._store.array(self._name + "/count")
        return self._count

    @overload
    def __getitem__(self, position: int) -> T: ...

    @overload
    def __getitem__(self, position: slice) -> tuple[T, ...]: ...

    def __getitem__(self, position: int | slice) -> T | tuple[T, ...]:
        try:
            return self._known[position]  # type: ignore[index]
        except (KeyError, TypeError):  # it is not decoded yet, or is a slice
            return self._decoded(position)

    def _decoded(self, position: int | slice) -> T | tuple[T, ...]:
        if self._all is not None or isinstance(position, slice):
            return self.all()[position]
        count = self._count if self._count >= 0 else len(self)
        if not 0 <= position < count:
            if not -count <= position < count:
                raise IndexError(f"there is no item {position} among {count}")
            return self[position + count]
        number, place = divmod(position, self._per)
        chunk = self._chunk(number)
        if self._made is _same:  # its neighbours cost nothing more
            self._known.update(enumerate(chunk, number * self._per))
            return self._known[position]
        found = self._known[position] = self._made(chunk[place])
        return found

    def _chunk(self, number: int) -> tuple[Any, ...]:
        offsets = self._offsets
        if not offsets:
            offsets = self._offsets = self._store.array(self._name + "/offsets")
        start, end = offsets[number], offsets[number + 1]
        if self._data is None:
            span = self._store.span(self._name, start, end)
            self._asked += BLOCK
            if self._asked > offsets[-1]:  # cheaper to check as a whole by now
                self._data = self._store.array(self._name)
        else:
            span = self._data[start:end]
        chunk: tuple[Any, ...] = marshal.loads(span)
        return chunk

    def all(self) -> tuple[T, ...]:
        """Every item; those that were decoded before are the same objects."""
        if self._all is None:
            made, known = self._made, self._known
            plain = (item for number in range(-(-len(self) // self._per)) for item in self._chunk(number))
            if known:
                self._all = tuple(known[n] if n in known else made(item) for n, item in enumerate(plain))
            else:
                self._all = tuple(map(made, plain))
            known.clear()
        return self._all

    def __iter__(self) -> Iterator[T]:
        return iter(self.all())

    def __eq__(self, other: object) -> bool:
        return self.all() == (other.all() if isinstance(other, Records) else other)

    def __hash__(self) -> int:
        return hash(self.all())

    def __repr__(self) -> str:
        return f"({', '.join(map(repr, islice(self, 3)))}, … {len(self)} in all)"


class _Keys(Records[str]):
    """The keys of an index, which tell it of each whose text was read by its position."""

    def __init__(self, store: Store, name: str, positions: dict[str, int | None]) -> None:
        super().__init__(store, name)
        self._positions = positions

    def _chunk(self, number: int) -> tuple[Any, ...]:
        chunk = super()._chunk(number)
        self._positions.update(zip(chunk, range(number * self._per, (number + 1) * self._per), strict=False))
        return chunk


class Index:
    """The way from a text to its position among the keys of a mapping."""

    def __init__(self, store: Store, name: str) -> None:
        self._known: dict[str, int | None] = {}
        self.keys: Records[str] = _Keys(store, name + "/keys", self._known)
        self._store, self._name = store, name
        self._slots = memoryview(b"")

    def get(self, key: str) -> int | None:
        """The position of a key, or None."""
        if key in self._known:
            return self._known[key]
        if not self._slots:
            self._slots = self._store.array(self._name + "/slots")
        slots, keys = self._slots, self.keys
        mask = len(slots) - 1
        slot = crc32(key.encode("utf-8", "surrogatepass")) & mask
        found = None
        while slots[slot]:
            position = slots[slot] - 1
            if keys[position] == key:
                found = position
                break
            slot = (slot + 1) & mask
        self._known[key] = found
        return found


class Keyed(Mapping[str, T], Generic[T]):
    """A mapping of a store, in the order in which it was written.

    >>> from kinchain.store.writing import pack, write_records, write_keyed
    >>> sections = {}
    >>> write_keyed(sections, "sides", {"right": 1, "left": 2})
    >>> sides = Keyed(Store(pack(sections, "0" * 64), "0" * 64), "sides")
    >>> sides["left"], sides.get("up"), list(sides), sides == {"right": 1, "left": 2}
    (2, None, ['right', 'left'], True)
    """

    def __init__(self, store: Store, name: str, made: Callable[[Any], T] = _same, index: Index | None = None) -> None:
        self.index = index or Index(store, name)
        self.items_in_order: Records[T] = Records(store, name, made)
        self._known: dict[str, T] = {}
        self._whole: dict[str, T] | None = None

    def __getitem__(self, key: str) -> T:
        try:
            return self._known[key]
        except KeyError:
            position = self.index.get(key)
            if position is None:
                raise
            found = self._known[key] = self.items_in_order[position]
            return found

    def get(self, key: str, default: Any = None) -> Any:
        """The item of a key, or *default*."""
        try:
            return self[key]
        except KeyError:
            return default

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self.index.get(key) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self.index.keys)

    def __len__(self) -> int:
        return len(self.items_in_order)

    def _decoded(self) -> dict[str, T]:
        if self._whole is None:
            self._known = self._whole = dict(zip(self.index.keys.all(), self.items_in_order.all(), strict=True))
        return self._whole

    def items(self) -> Any:
        """As of a dictionary."""
        return self._decoded().items()

    def values(self) -> Any:
        """As of a dictionary."""
        return self._decoded().values()

    def __eq__(self, other: object) -> bool:
        return self._decoded() == (other._decoded() if isinstance(other, Keyed) else other)

    def __hash__(self) -> int:
        return hash(tuple(self.index.keys))

    def __repr__(self) -> str:
        return f"{{{', '.join(map(repr, islice(self.index.keys, 3)))}, … {len(self)} in all}}"
