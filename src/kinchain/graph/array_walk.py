"""A walk as arrays: what the compiled body holds, and what answers when nothing else is asked for.

Rows lead out of and into a node (``search.rows``). Each entry of a row is a pair of neighbours, with all steps between
them, the best first. Weights are those of ``simplify``: a part that is the same from both sides, and a tie-breaker for
each side that a question may come from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any

from kinchain.graph.profiles import TIE_BITS, weight_limit
from kinchain.graph.search.rows import Joined, Rows
from kinchain.graph.walks import Stride
from kinchain.model import Side


if TYPE_CHECKING:
    from typing import Protocol

    class Numbered(Protocol):
        """The nodes of a walk and their numbers."""

        keys: Sequence[str]

        def get(self, key: str, /) -> int | None:
            """The number of a node, or None."""


class ArrayWalk:
    """The walk of one profile, asked from one side; *arrays* are those of ``walk_arrays.arrays``."""

    def __init__(self, nodes: Numbered, arrays: Mapping[str, Any], first_side: Side = Side.RIGHT) -> None:
        self.nodes, self.arrays = nodes, arrays
        side = "left" if first_side is Side.LEFT else "right"
        ties, self._starts = arrays[f"ties_{side}"], arrays[f"starts_{side}"]
        weights = arrays["weights"]
        self.out = Rows(arrays["offsets"], arrays["targets"], weights, ties=ties)
        self.into = Rows(
            arrays["in_offsets"], arrays["in_sources"], weights, entries=arrays["in_entries"], ties=ties
        )

    def __contains__(self, node: object) -> bool:
        return isinstance(node, str) and self.nodes.get(node) is not None and self.degree(node) > 0

    def _number(self, node: str) -> int:
        number = self.nodes.get(node)
        if number is None:
            raise KeyError(node)
        return number

    def ways(self, sources: Sequence[str], targets: Sequence[str], k: int) -> Iterator[list[str]]:
        """The *k* best ways from any of the sources to any of the targets, best first."""
        begin, end = ([self._number(node) for node in nodes] for nodes in (sources, targets))
        if k == 1:
            found = self._best(begin, end)
        else:
            found = islice(self._loopless(begin, end), k)
        for way in found:
            yield [self.nodes.keys[node] for node in way]

    def _best(self, begin: Sequence[int], end: Sequence[int]) -> list[list[int]]:
        from kinchain.graph.search.guided import bounds, guided

        a = self.arrays
        count = len(a["nodes"])
        bound = bounds(begin, end, count, a["from_them"], a["to_them"], 1 << TIE_BITS)
        one = guided(self.out, {node: self._starts[node] for node in begin}, end, bound)
        return [one[1]] if one else []

    def _loopless(self, begin: Sequence[int], end: Sequence[int]) -> Iterator[list[int]]:
        from kinchain.graph.search.yen import loopless

        size = len(self.nodes.keys)
        first, last = size, size + 1  # a node before all sources, and one behind all targets
        out = Joined(
            self.out,
            {first: tuple((node, self._starts[node]) for node in begin), last: ()},
            dict.fromkeys(end, ((last, 0),)),
        )
        into = Joined(
            self.into,
            {last: tuple((node, 0) for node in end), first: ()},
            {node: ((first, self._starts[node]),) for node in begin},
        )
        for _, way in loopless(out, into, first, last):
            yield way[1:-1]

    def reached(self, sources: Sequence[str], farthest: float) -> Iterator[tuple[float, list[str]]]:
        """Cost and nodes of the best way to each node within a cost of *farthest* from any source, nearest first."""
        from kinchain.graph.search.dijkstra import dijkstra, way_to

        limit = weight_limit(farthest)
        settled, before = dijkstra(self.out, [self._number(node) for node in sources], cutoff=limit)
        for node in settled:
            way = [self.nodes.keys[each] for each in way_to(before, node)]
            yield sum(self.stride(*pair).cost for pair in pairwise(way)), way

    def stride(self, source: str, target: str) -> Stride:
        """The best step between two neighbours."""
        a = self.arrays
        here, there = self._number(source), self._number(target)
        first = a["offsets"][here]
        entry = first + a["targets"][first : a["offsets"][here + 1]].tolist().index(there)
        start, end = a["step_offsets"][entry], a["step_offsets"][entry + 1]
        edge = a["step_edge"][start]
        others = [other for other in a["step_edge"][start + 1 : end].tolist() if other != edge]
        return Stride(
            a["step_cost"][start], edge, bool(a["step_forward"][start]), bool(a["step_crosses"][start]), others
        )

    def degree(self, node: str) -> int:
        """How many steps lead into and out of a node."""
        number, a = self._number(node), self.arrays
        return sum(int(a[name][number + 1] - a[name][number]) for name in ("offsets", "in_offsets"))
