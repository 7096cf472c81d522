"""The shortest loopless ways one after another: Yen 1971, with Lawler's rule (1972) and a potential from the target.

Each further way leaves an earlier one at some node and never comes back to what it walked before. Lawler: nodes before
that at which the earlier way itself left need not be tried again. The distances of nodes to the target guide every
detour (A*, Hart, Nilsson & Raphael 1968), which then hardly looks at a node that it does not use. They are searched
only as far as a detour asks for them (``onward``), so that in a large graph most of it is never seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from heapq import heappop, heappush
from typing import Any

from kinchain.graph.search.onward import Onward
from kinchain.graph.search.rows import Row

LONG = 200  # nodes that a detour settles before it asks whether it can arrive at all
CLOSED = 2000  # nodes around the target that are looked at to tell


def loopless(
    out: Mapping[int, Row], into: Mapping[int, Row], source: int, target: int
) -> Iterator[tuple[Any, list[int]]]:
    """Yield length and nodes of the ways from *source* to *target*, shortest first, none visiting a node twice.

    Each way costs at most one guided search for each of its nodes; all of them share one search from the target.

    >>> rows = {0: ((1, 2), (2, 9)), 1: ((2, 3),), 2: ()}
    >>> back = {0: (), 1: ((0, 2),), 2: ((0, 9), (1, 3))}
    >>> list(loopless(rows, back, 0, 2))
    [(5, [0, 1, 2]), (9, [0, 2])]
    """
    onward = Onward(into, target)
    if not onward.reach(source):
        return
    first = _detour(out, onward, [source], set(), target)
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
            found = _straight(out, onward, root, barred, target) or _detour(out, onward, root, barred, target)
            if found is not None and tuple(whole := [*root[:-1], *found[1]]) not in known:
                known.add(tuple(whole))
                heappush(waiting, (so_far + found[0], len(known), whole, at))
            so_far += _weight(out, way, at)


def _weight(out: Mapping[int, Row], way: list[int], at: int) -> Any:
    """The weight of a step of a way: the least, where edges are parallel."""
    return min(weight for there, weight in out[way[at]] if there == way[at + 1])


def _straight(
    out: Mapping[int, Row], onward: Onward, root: list[int], barred: set[int], target: int
) -> tuple[Any, list[int]] | None:
    """The detour by the best neighbour and its own shortest way, if that meets nothing of *root*: none is shorter."""
    start, walked, left, after = root[-1], set(root), onward.settled, onward.after
    best: Any = None
    here: int | None = None
    for there, weight in out[start]:
        if there in walked or there in barred:
            continue
        rest = left.get(there)
        if rest is None and onward.done:
            continue
        length = weight + (onward.radius if rest is None else rest)
        if here is None or length < best or (length == best and there < here):
            best, here = length, there
    if here is None or here not in left:
        return None
    way = [start, here]
    while here != target:
        here = after[here]
        if here in walked:
            return None
        way.append(here)
    return best, way


def _detour(
    out: Mapping[int, Row], onward: Onward, root: list[int], barred: set[int], target: int
) -> tuple[Any, list[int]] | None:
    """The shortest way from the end of *root* that meets none of it again and does not begin with a *barred* node.

    A node waits with what is known of its distance when it is seen. By the time that it is its turn more may be known:
    then it waits again, so that the order is that of the distances.
    """
    start, walked, left = root[-1], set(root), onward.settled
    seen: dict[int, Any] = {start: 0}
    before: dict[int, int] = {}
    settled: set[int] = set()
    queue: list[tuple[Any, int]] = [(left[start], start)]
    while queue:
        whole, here = heappop(queue)
        if here == target:
            way = [here]
            while here != start:
                here = before[here]
                way.append(here)
            return seen[target], way[::-1]
        if here in settled:
            continue
        so_far = seen[here]
        if here not in left:
            if onward.done:
                continue
            onward.widen(here)
            heappush(queue, (so_far + left.get(here, onward.radius), here))
            continue
        if whole < so_far + left[here]:
            heappush(queue, (so_far + left[here], here))
            continue
        settled.add(here)
        if len(settled) == LONG and _is_closed(onward.into, walked, barred, start, target):
            return None
        for there, weight in out[here]:
            if there in walked or (here == start and there in barred):
                continue
            rest = left.get(there)
            if rest is None:
                if onward.done:
                    continue
                rest = onward.radius
            length = so_far + weight
            known = seen.get(there)
            if known is None or length < known:
                seen[there] = length
                before[there] = here
                heappush(queue, (length + rest, there))
    return None


def _is_closed(into: Mapping[int, Row], walked: set[int], barred: set[int], start: int, target: int) -> bool:
    """Whether what was walked cuts a small neighbourhood of the target off, so that no detour arrives."""
    inside, waiting = {target}, [target]
    while waiting:
        here = waiting.pop()
        for there, _ in into[here]:
            if there == start and here not in barred:
                return False
            if there not in walked and there not in inside:
                inside.add(there)
                waiting.append(there)
        if len(inside) > CLOSED:
            return False
    return True
