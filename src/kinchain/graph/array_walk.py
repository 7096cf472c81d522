"""A walk as arrays: what the compiled body holds, and what answers when nothing else is asked for.

Rows lead out of and into a node (``search.rows``). Each entry of a row is a pair of neighbours, with all steps between
them, the best first. Weights are those of ``simplify``: a part that is the same from both sides, and a tie-breaker for
each side that a question may come from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any

from kinchain.graph.profiles import cost_of, weight_limit
from kinchain.graph.search.rows import FirstRows, Joined, PackedRows, Row, Rows, SharedRows, TiedRows, WholeRows
from kinchain.graph.walks import Reach, Reached, Stride
from kinchain.model import Side
from kinchain.store.arrays import whole

if TYPE_CHECKING:
    from typing import Protocol

    class Numbered(Protocol):
        """The nodes of a walk and their numbers."""

        @property
        def keys(self) -> Sequence[str]:
            """The nodes by number."""

        def get(self, key: str, /) -> int | None:
            """The number of a node, or None."""


def _joined(core: PackedRows, ahead: Rows, behind: Rows, near: Mapping[int, Row], far: Mapping[int, Row]) -> Joined:
    """The rows of a search: those of the core, all steps out of its *near* ends and all into its *far* ends.

    Each end has a row of one pair: the node before all near ends, or behind all far ones, and the weight of that step.
    """
    further: dict[int, list[tuple[int, Any]]] = {node: list(ahead[node]) for node in near}
    for node in far:
        for neighbour, weight in behind[node]:
            steps = further.setdefault(neighbour, list(core[neighbour]))
            if node not in [there for there, _ in steps]:
                steps.append((node, weight))
    for node, row in far.items():
        further[node] = [*further.get(node, core[node]), *row]
    for node, row in near.items():
        for before, weight in row:
            further.setdefault(before, []).append((node, weight))
    for row in far.values():
        for behind_all, _ in row:
            further.setdefault(behind_all, [])
    return Joined(core, further)


def _named(
    keys: Sequence[str], way_to: Callable[[Mapping[int, int], int], list[int]], before: Mapping[int, int], node: int
) -> list[str]:
    return [keys[each] for each in way_to(before, node)]


class ArrayWalk:
    """The walk of one profile, asked from one side; *arrays* are those of ``walk_arrays.arrays``."""

    def __init__(self, nodes: Numbered, arrays: Mapping[str, Any], first_side: Side = Side.RIGHT) -> None:
        self.nodes, self.arrays = nodes, arrays
        side = self._side = "left" if first_side is Side.LEFT else "right"
        ties = f"ties_{side}"
        a, self._starts = arrays, arrays[f"starts_{side}"]
        # With every neighbour, as the ends of a question need them.
        self.out = TiedRows(a["offsets"], a["targets"], a["weights"], a[ties])
        self.into = SharedRows(a["in_offsets"], a["in_sources"], a["weights"], a[ties], a["in_entries"])

    def _packed(self, name: str) -> tuple[Any, Any]:
        offsets, data = (whole(self.arrays, f"{name}_{self._side}{each}") for each in ("_offsets", ""))
        return offsets, data

    @cached_property
    def core_out(self) -> PackedRows:
        """The rows of ``out`` without the neighbours that no best way passes."""
        return FirstRows(*self._packed("packed"))

    @cached_property
    def core_into(self) -> PackedRows:
        """The rows of ``into`` without the neighbours that no best way passes."""
        return PackedRows(*self._packed("packed_in"))

    @cached_property
    def every(self) -> PackedRows:
        """The rows of ``out`` for a search that comes by many of them."""
        return WholeRows(*self._packed("packed"))

    def __contains__(self, node: object) -> bool:
        return isinstance(node, str) and (number := self.nodes.get(node)) is not None and self._joins(number)

    def _joins(self, number: int) -> bool:
        """Whether steps lead into or out of a node."""
        both = (self.arrays[name][number : number + 2] for name in ("offsets", "in_offsets"))
        return any(first < last for first, last in both)

    def _number(self, node: str) -> int:
        number = self.nodes.get(node)
        if number is None:
            raise KeyError(node)
        return number

    def ways(self, sources: Sequence[str], targets: Sequence[str], k: int) -> Iterator[list[str]]:
        """The *k* best ways from any of the sources to any of the targets, best first."""
        begin, end = ([self._number(node) for node in nodes] for nodes in (sources, targets))
        size = len(self.nodes.keys)
        first, last = size, size + 1  # a node before all sources, and one behind all targets
        starts = {node: ((first, self._starts[node]),) for node in begin}
        out = _joined(self.core_out, self.out, self.into, starts, dict.fromkeys(end, ((last, 0),)))
        into = _joined(self.core_into, self.into, self.out, dict.fromkeys(end, ((last, 0),)), starts)
        for way in self.found(out, into, first, last, k):
            yield [self.nodes.keys[node] for node in way[1:-1]]

    def found(
        self, out: Mapping[int, Row], into: Mapping[int, Row], first: int, last: int, k: int
    ) -> Iterable[list[int]]:
        """The nodes of the *k* best ways between two nodes, best first."""
        if k == 1:
            from kinchain.graph.search.bidirectional import bidirectional

            one = bidirectional(out, into, first, last)
            return [one[1]] if one else []
        from kinchain.graph.search.yen import loopless

        return (way for _, way in islice(loopless(out, into, first, last), k))

    def within(self, sources: Sequence[int], farthest: float) -> tuple[Mapping[int, Any], Mapping[int, int]]:
        """The weights of ways to all nodes within a cost, nearest first, and the node before each but the sources."""
        from kinchain.graph.search.dijkstra import dijkstra

        return dijkstra(self.every, sources, cutoff=weight_limit(farthest))

    def reach(self, sources: Sequence[str], farthest: float) -> Reach:
        """The muscles within a cost of *farthest* from any source."""
        far, before = self.within([self._number(node) for node in sources], farthest)
        mirrors = whole(self.arrays, "mirrors")
        return Reach(self._reached(far, before), self._side == "right" and all(mirrors[node] for node in far))

    def _reached(self, far: Mapping[int, Any], before: Mapping[int, int]) -> Iterator[Reached]:
        from kinchain.graph.search.dijkstra import way_to

        offsets, targets, begins, grades, into, muscles = (
            whole(self.arrays, name)
            for name in ("offsets", "targets", "step_offsets", "step_grade", "in_offsets", "muscles")
        )
        keys = self.nodes.keys
        weakest = {node: 0 for node in far if node not in before}
        for node, weight in far.items():
            if not muscles[node]:
                continue
            unknown = [node]
            while unknown[-1] not in weakest:
                unknown.append(before[unknown[-1]])
            for last, here in pairwise(reversed(unknown)):
                first, end = offsets[last : last + 2]
                entry = first + targets[first:end].tolist().index(here)
                weakest[here] = max(weakest[last], grades[begins[entry]])
            degree = offsets[node + 1] - offsets[node] + into[node + 1] - into[node]
            way = partial(_named, keys, way_to, before, node)
            yield Reached(muscles[node] - 1, cost_of(weight), weakest[node], degree, way)

    def stride(self, source: str, target: str) -> Stride:
        """The best step between two neighbours."""
        a = self.arrays
        here, there = self._number(source), self._number(target)
        first, last = a["offsets"][here : here + 2]
        entry = first + list(a["targets"][first:last]).index(there)
        start, end = a["step_offsets"][entry : entry + 2]
        edges = a["step_edge"][start:end]
        others = [other for other in edges[1:] if other != edges[0]]
        return Stride(
            a["step_cost"][start], edges[0], bool(a["step_forward"][start]), bool(a["step_crosses"][start]), others
        )
