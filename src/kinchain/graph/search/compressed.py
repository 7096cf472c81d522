"""A weighted directed graph as compressed rows (CSR), of any size, in memory or in a file.

A million nodes and six million edges take 150 MB as arrays, and a search turns only those rows into Python objects that
it comes by. ``write`` and ``read`` keep a graph in a file of ``kinchain.store``, where it costs no memory of its own:

>>> from kinchain.store.container import Store
>>> from kinchain.store.writing import pack
>>> sections = {}
>>> compressed(3, [0, 0, 1], [1, 2, 2], [1.0, 5.0, 1.0]).write(sections, "roads")
>>> roads = Graph.read(Store(pack(sections, "0" * 64), "0" * 64), "roads")
>>> from kinchain.graph.search.bidirectional import bidirectional
>>> bidirectional(roads.out, roads.into, 0, 2)
(2.0, [0, 1, 2])
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Any

from kinchain.graph.search.push import Shares
from kinchain.graph.search.rows import PackedRows, Row, Rows, packed
from kinchain.store.container import Store


class Graph:
    """A weighted directed graph of *size* nodes, numbered from 0.

    ``out`` and ``into`` are its rows, ``shares`` what a walk at random reads.

    >>> graph = compressed(3, [0, 0, 1], [1, 2, 2], [1.0, 5.0, 1.0])
    >>> graph.out[0], graph.into[2]
    ([(1, 1.0), (2, 5.0)], [(0, 5.0), (1, 1.0)])
    """

    def __init__(self, size: int, out: Mapping[int, Row], into: Mapping[int, Row]) -> None:
        self.size, self.out, self.into = size, out, into
        self.shares = Shares(out)

    def write(self, sections: dict[str, tuple[str, bytes]], name: str) -> None:
        """Add the graph to the sections of a file."""
        for way, rows in (("out", self.out), ("into", self.into)):
            offsets, data = packed(rows[node] for node in range(self.size))
            write_arrays(sections, f"{name}/{way}", {"offsets": offsets, "rows": data})

    @classmethod
    def read(cls, store: Store, name: str) -> Graph:
        """The graph that was written under this name; its rows stay in the file."""
        out, into = (
            PackedRows(store.array(f"{name}/{way}/offsets"), store.array(f"{name}/{way}/rows"))
            for way in ("out", "into")
        )
        return cls(len(out.offsets) - 1, out, into)


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
    back = reversed_arrays(size, begun, made["targets"])
    in_weights = array(code, (made["weights"][e] for e in back.pop("in_entries")))
    out = Rows(made["offsets"], made["targets"], made["weights"])
    return Graph(size, out, Rows(back["in_offsets"], back["in_sources"], in_weights))


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
