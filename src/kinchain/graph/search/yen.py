"""The shortest loopless ways one after another: Yen 1971, with Lawler's rule (1972) and a potential from the target.

Each further way leaves an earlier one at some node and never comes back to what it walked before. Lawler: nodes before
that at which the earlier way itself left need not be tried again. The distances of all nodes to the target, searched
once, guide every detour (A*, Hart, Nilsson & Raphael 1968), which then hardly looks at a node that it does not use.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from heapq import heappop, heappush
from typing import Any

from kinchain.graph.search.dijkstra import dijkstra
from kinchain.graph.search.rows import Row


def loopless(
    out: Mapping[int, Row], into: Mapping[int, Row], source: int, target: int
) -> Iterator[tuple[Any, list[int]]]:
    """Yield length and nodes of the ways from *source* to *target*, shortest first, none visiting a node twice.

    After one search from the target, each way costs at most one guided search for each of its nodes.

    >>> rows = {0: ((1, 2), (2, 9)), 1: ((2, 3),), 2: ()}
    >>> back = {0: (), 1: ((0, 2),), 2: ((0, 9), (1, 3))}
    >>> list(loopless(rows, back, 0, 2))
    [(5, [0, 1, 2]), (9, [0, 2])]
    """
    left, _ = dijkstra(into, [target])
    if source not in left:
        return
    first = _detour(out, left, [source], set(), target)
    if first is None:
        return
    waiting: list[tuple[Any, int, list[int], int]] = [(first[0], 0, first[1], 0)]  # of equals the first found
    told: list[list[int]] = []
    known = {tuple(first[1])}
    while waiting:
        length, _, way, left_at = heappop(waiting)
        yield length, way
        told.append(way)
        so_far: Any = sum(_weight(out, way, n) for n in range(left_at))
        for at in range(left_at, len(way) - 1):
            root = way[: at + 1]
            barred = {each[at + 1] for each in told if each[: at + 1] == root}
            found = _detour(out, left, root, barred, target)
            if found is not None and tuple(whole := [*root[:-1], *found[1]]) not in known:
                known.add(tuple(whole))
                heappush(waiting, (so_far + found[0], len(known), whole, at))
            so_far += _weight(out, way, at)


def _weight(out: Mapping[int, Row], way: list[int], at: int) -> Any:
    """The weight of a step of a way: the least, where edges are parallel."""
    return min(weight for there, weight in out[way[at]] if there == way[at + 1])


def _detour(
    out: Mapping[int, Row], left: Mapping[int, Any], root: list[int], barred: set[int], target: int
) -> tuple[Any, list[int]] | None:
    """The shortest way from the end of *root* that meets none of it again and does not begin with a *barred* node."""
    start, walked = root[-1], set(root)
    seen: dict[int, Any] = {start: 0}
    before: dict[int, int] = {}
    settled: set[int] = set()
    queue: list[tuple[Any, int]] = [(left[start], start)]
    while queue:
        _, here = heappop(queue)
        if here == target:
            way = [here]
            while here != start:
                here = before[here]
                way.append(here)
            return seen[target], way[::-1]
        if here in settled:
            continue
        settled.add(here)
        so_far = seen[here]
        for there, weight in out[here]:
            if there in walked or (here == start and there in barred):
                continue
            onward = left.get(there)
            if onward is None:
                continue
            length = so_far + weight
            known = seen.get(there)
            if known is None or length < known:
                seen[there] = length
                before[there] = here
                heappush(queue, (length + onward, there))
    return None
