"""The rows of a graph as the searches read them: decoded from arrays when a search comes by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Row = Sequence[tuple[int, Any]]
KEPT = 200_000  # rows that stay decoded; far more than one search comes by


class Rows(dict[int, Row]):
    """The rows of a graph by node, decoded when first asked for.

    ``weights`` are taken as they are, or, with *ties*, shifted by 32 bits to make room for a tie-breaker. ``entries``
    gives for each position that of its weight, where rows that lead in share the weights of those that lead out.

    >>> from array import array
    >>> Rows([0, 2, 2, 2], [1, 2], array("d", [0.5, 1.0]))[0]
    [(1, 0.5), (2, 1.0)]
    """

    __slots__ = ("ends", "entries", "offsets", "ties", "weights")

    def __init__(
        self,
        offsets: Sequence[int] | memoryview,
        ends: Sequence[int] | memoryview,
        weights: Sequence[Any] | memoryview,
        *,
        entries: Sequence[int] | memoryview | None = None,
        ties: Sequence[int] | memoryview | None = None,
    ) -> None:
        self.offsets, self.ends, self.weights, self.entries, self.ties = offsets, ends, weights, entries, ties

    def __missing__(self, node: int) -> Row:
        first, last = self.offsets[node : node + 2]
        ends, weights, ties = self.ends[first:last], self.weights, self.ties
        if self.entries is None:
            weights = weights[first:last]
            if ties is not None:
                weights = [(weight << 32) + tie for weight, tie in zip(weights, ties[first:last], strict=True)]
            row = list(zip(ends, weights, strict=True))
        elif ties is None:
            row = [(end, weights[e]) for end, e in zip(ends, self.entries[first:last], strict=True)]
        else:
            entries = self.entries[first:last]
            row = [(end, (weights[e] << 32) + ties[e]) for end, e in zip(ends, entries, strict=True)]
        if len(self) >= KEPT:
            self.clear()
        self[node] = row
        return row


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
