"""The rows of a graph as the searches read them: decoded from arrays when a search comes by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from marshal import dumps, loads
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from array import array

Row = Sequence[tuple[int, Any]]
KEPT = 200_000  # rows that stay decoded; far more than one search comes by
_FEW = 12  # entries of a row that are sooner read one by one
_SHIFT = 32  # bits of a tie-breaker


class _Kept(dict[int, Row]):
    """Rows by node, each decoded by ``_row`` when it is first asked for."""

    __slots__ = ()

    def __missing__(self, node: int) -> Row:
        row = self._row(node)
        if len(self) >= KEPT:
            self.clear()
        self[node] = row
        return row

    if TYPE_CHECKING:

        def _row(self, node: int) -> Row:
            """The row of a node; each class of rows has its own."""


class Rows(_Kept):
    """The rows of a graph by node; *ends* and *weights* are arrays or memory views.

    >>> from array import array
    >>> Rows([0, 2, 2, 2], array("I", [1, 2]), array("d", [0.5, 1.0]))[0]
    [(1, 0.5), (2, 1.0)]
    """

    __slots__ = ("ends", "offsets", "weights")

    def __init__(self, offsets: Sequence[int] | memoryview, ends: Any, weights: Any) -> None:
        self.offsets, self.ends, self.weights = offsets, ends, weights

    def _row(self, node: int) -> Row:
        first, last = self.offsets[node], self.offsets[node + 1]
        return list(zip(self.ends[first:last].tolist(), self.weights[first:last].tolist(), strict=True))


class PackedRows(_Kept):
    """Rows that are kept as plain data (``packed``): twice the bytes of arrays, and read in half of the time.

    >>> offsets, data = packed([((1, 2**70), (2, 5)), ()])
    >>> PackedRows(offsets, data)[0]
    ((1, 1180591620717411303424), (2, 5))
    """

    __slots__ = ("data", "offsets")

    def __init__(self, offsets: Sequence[int] | memoryview, data: Any) -> None:
        self.offsets, self.data = offsets, data

    def _row(self, node: int) -> Row:
        first, last = self.offsets[node], self.offsets[node + 1]
        return loads(self.data[first:last]) if first < last else ()


class FirstRows(PackedRows):
    """The first of two parts that are packed for each node, one after the other.

    >>> offsets, data = packed([((1, 1),), ((2, 5),)])
    >>> FirstRows(offsets, data)[0], WholeRows(offsets, data)[0]
    (((1, 1),), ((1, 1), (2, 5)))
    """

    __slots__ = ()

    def _row(self, node: int) -> Row:
        first, last = self.offsets[2 * node], self.offsets[2 * node + 1]
        return loads(self.data[first:last]) if first < last else ()


class WholeRows(PackedRows):
    """Both of two parts that are packed for each node."""

    __slots__ = ()

    def _row(self, node: int) -> Row:
        first, middle, last = self.offsets[2 * node : 2 * node + 3]
        row: Row = loads(self.data[first:middle]) if first < middle else ()
        return (*row, *loads(self.data[middle:last])) if middle < last else row


def packed(rows: Iterable[Sequence[Any]]) -> tuple[array[int], array[int]]:
    """Where each row begins, and the bytes of all."""
    from array import array  # needed only when a body is built

    data = [dumps(tuple(row), 2) if row else b"" for row in rows]
    return array("I", accumulate(map(len, data), initial=0)), array("B", b"".join(data))


class TiedRows(Rows):
    """Rows whose weights are shifted to make room for a tie-breaker.

    >>> from array import array
    >>> TiedRows([0, 2, 2], array("I", [0, 1]), array("q", [1, 2]), array("I", [7, 0]))[0]
    [(0, 4294967303), (1, 8589934592)]
    """

    __slots__ = ("ties",)

    def __init__(self, offsets: Sequence[int] | memoryview, ends: Any, weights: Any, ties: Any) -> None:
        super().__init__(offsets, ends, weights)
        self.ties = ties

    def _row(self, node: int) -> Row:
        first, last = self.offsets[node], self.offsets[node + 1]
        ends, weights, ties = self.ends, self.weights, self.ties
        if last - first <= _FEW:
            return [(ends[at], (weights[at] << _SHIFT) + ties[at]) for at in range(first, last)]
        shifted = ((weight << _SHIFT) + tie for weight, tie in zip(weights[first:last], ties[first:last], strict=True))
        return list(zip(ends[first:last], shifted, strict=True))


class SharedRows(TiedRows):
    """Rows that lead in: they share the weights of those that lead out, and *entries* says where each has its own."""

    __slots__ = ("entries",)

    def __init__(self, offsets: Sequence[int] | memoryview, ends: Any, weights: Any, ties: Any, entries: Any) -> None:
        super().__init__(offsets, ends, weights, ties)
        self.entries = entries

    def _row(self, node: int) -> Row:
        first, last = self.offsets[node], self.offsets[node + 1]
        weights, ties = self.weights, self.ties
        both = zip(self.ends[first:last], self.entries[first:last], strict=True)
        return [(end, (weights[at] << _SHIFT) + ties[at]) for end, at in both]


class Joined(dict[int, Row]):
    """Rows of which some are others, for the time of a search.

    >>> joined = Joined({0: ((1, 1),), 1: ()}, {1: ((3, 0),)})
    >>> joined[1], joined[0]
    (((3, 0),), ((1, 1),))
    """

    __slots__ = ("base",)

    def __init__(self, base: Mapping[int, Row], others: Mapping[int, Row]) -> None:
        super().__init__(others)
        self.base = base

    def __missing__(self, node: int) -> Row:
        return self.base[node]
