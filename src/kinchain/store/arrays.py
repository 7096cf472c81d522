"""Arrays of a store, of which only what is asked for is read and checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, overload

from kinchain.store.container import BLOCK, Store


class Numbers:
    """An array of a store, checked where it is read, and as a whole once that is cheaper; a slice is a list.

    >>> from array import array
    >>> from kinchain.store.writing import pack
    >>> store = Store(pack({"squares": ("I", array("I", [0, 1, 4, 9]).tobytes())}, "0" * 64), "0" * 64)
    >>> squares = Numbers(store, "squares")
    >>> squares[1:3], squares[3], len(squares), squares[:]
    ([1, 4], 9, 4, [0, 1, 4, 9])
    """

    __slots__ = ("_asked", "_code", "_name", "_size", "_store", "_whole", "_width")

    def __init__(self, store: Store, name: str) -> None:
        self._store, self._name = store, name
        self._size, self._code, self._width = store.shape(name)
        self._asked = 0  # bytes that were checked, roughly
        self._whole: memoryview | None = None

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, position: int) -> Any: ...

    @overload
    def __getitem__(self, position: slice) -> list[Any]: ...

    def __getitem__(self, position: int | slice) -> Any:
        if self._whole is not None:
            found = self._whole[position]
            return found.tolist() if isinstance(found, memoryview) else found
        width = self._width
        self._asked += BLOCK
        if self._asked > self._size * width:
            self._whole = self._store.array(self._name)
        if not isinstance(position, slice):
            at = range(self._size)[position] * width  # refuses what is out of range
            return self._store.span(self._name, at, at + width).cast(self._code)[0]  # type: ignore[call-overload]
        first, last, step = position.indices(self._size)
        if last <= first:
            return []
        numbers = self._store.span(self._name, first * width, last * width).cast(self._code)  # type: ignore[call-overload]
        return numbers.tolist() if step == 1 else numbers.tolist()[::step]


class Arrays(dict[str, Numbers]):
    """The arrays of a store under one name, each looked up once."""

    def __init__(self, store: Store, name: str) -> None:
        super().__init__()
        self.store, self.name = store, name

    def __missing__(self, key: str) -> Numbers:
        found = self[key] = Numbers(self.store, f"{self.name}/{key}")
        return found


def whole(arrays: Mapping[str, Any], name: str) -> Any:
    """An array that will be read all over: checked at once if it is one of a store, and quicker to read then."""
    return arrays.store.array(f"{arrays.name}/{name}") if isinstance(arrays, Arrays) else arrays[name]
