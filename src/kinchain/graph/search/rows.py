"""A weighted directed graph as compressed rows (CSR), and its rows as the searches read them.

For graphs of any size: a million nodes and six million edges take 150 MB as arrays, and a search turns only those rows
into Python objects that it comes by. ``write`` and ``read`` keep a graph in a file of ``kinchain.store``.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Any

from kinchain.store.container import Store

Row = Sequence[tuple[int, Any]]
KEPT = 200_000  # rows that stay decoded; far more than one search comes by


class Rows(dict[int, Row]):
    """The rows of a graph by node, decoded when first asked for.

    ``weights`` are taken as they are, or, with *ties*, shifted by 32 bits to make room for a tie-breaker. ``entries``
    gives for each position the position of its weight, where rows that lead in share the weights of those that lead out.

    >>> Rows([0, 2, 2, 2], [1, 2], array("d", [0.5, 1.0]))[0]
    ((1, 0.5), (2, 1.0))
    """

    __slots__ = ("entries", "ends", "offsets", "ties", "weights")

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
        first, last = self.offsets[node], self.offsets[node + 1]
        entries: Iterable[int] = range(first, last) if self.entries is None else self.entries[first:last]
        weights, ties = self.weights, self.ties
        if ties is None:
            row = tuple((end, weights[e]) for end, e in zip(self.ends[first:last], entries, strict=True))
        else:
            row = tuple(
                (end, (weights[e] << 32) + ties[e]) for end, e in zip(self.ends[first:last], entries, strict=True)
            )
        if len(self) >= KEPT:
            self.clear()
        self[node] = row
        return row


class Joined(dict[int, Row]):
    """Rows with some added to them, for the time of a search: *further* rows and *longer* ones.

    >>> joined = Joined({0: ((1, 1),), 1: ()}, {2: ((0, 0),)}, {1: ((3, 0),)})
    >>> joined[2], joined[1], joined[0]
    (((0, 0),), ((3, 0),), ((1, 1),))
    """

    __slots__ = ("base",)

    def __init__(self, base: Mapping[int, Row], further: Mapping[int, Row], longer: Mapping[int, Row]) -> None:
        super().__init__(further)
        self.base = base
        for node, more in longer.items():
            self[node] = (*base[node], *more)

    def __missing__(self, node: int) -> Row:
        row = self[node] = self.base[node]
        return row


class Graph:
    """A weighted directed graph of *size* nodes, numbered from 0. ``out`` and ``into`` are its rows.

    >>> graph = compressed(3, [0, 0, 1], [1, 2, 2], [1.0, 5.0, 1.0])
    >>> graph.out[0], graph.into[2]
    (((1, 1.0), (2, 5.0)), ((0, 5.0), (1, 1.0)))
    """

    NAMES = ("offsets", "targets", "weights", "in_offsets", "in_sources", "in_entries")

    def __init__(self, arrays: Mapping[str, Any]) -> None:
        self.arrays = arrays
        offsets, targets, weights, in_offsets, in_sources, in_entries = (arrays[name] for name in self.NAMES)
        self.size = len(offsets) - 1
        self.out = Rows(offsets, targets, weights)
        self.into = Rows(in_offsets, in_sources, weights, entries=in_entries)

    def write(self, sections: dict[str, tuple[str, bytes]], name: str) -> None:
        """Add the graph to the sections of a file."""
        write_arrays(sections, name, self.arrays)

    @classmethod
    def read(cls, store: Store, name: str) -> Graph:
        """The graph that was written under this name; its arrays stay in the file."""
        return cls({each: store.array(f"{name}/{each}") for each in cls.NAMES})


def write_arrays(sections: dict[str, tuple[str, bytes]], name: str, arrays: Mapping[str, Any]) -> None:
    """Add arrays to the sections of a file."""
    for each, numbers in arrays.items():
        sections[f"{name}/{each}"] = (numbers.typecode, numbers.tobytes())


def compressed(size: int, sources: Sequence[int], targets: Sequence[int], weights: Sequence[Any]) -> Graph:
    """A graph from its edges, in any order; parallel edges are kept. Linear in nodes and edges.

    Integer weights must fit 64 bits; where one is no integer all become floats.
    """
    code = "q" if all(isinstance(w, int) for w in weights) else "d"
    order = sorted(range(len(sources)), key=sources.__getitem__)
    made = {
        "offsets": _offsets(size, sources),
        "targets": array("I", (targets[e] for e in order)),
        "weights": array(code, (weights[e] for e in order)),
    }
    begun = array("I", (sources[e] for e in order))
    return Graph({**made, **reversed_arrays(size, begun, made["targets"])})


def reversed_arrays(size: int, sources: Sequence[int], targets: Sequence[int]) -> dict[str, array[int]]:
    """The rows that lead in, of edges in the order of the rows that lead out."""
    back = sorted(range(len(targets)), key=targets.__getitem__)
    return {
        "in_offsets": _offsets(size, targets),
        "in_sources": array("I", (sources[e] for e in back)),
        "in_entries": array("I", back),
    }


def _offsets(size: int, ends: Iterable[int]) -> array[int]:
    counts = [0] * (size + 1)
    for end in ends:
        counts[end + 1] += 1
    return array("I", accumulate(counts))
