"""The shortest way from any of several nodes to any of several others, guided by landmarks: A* with their bounds.

Hart, Nilsson & Raphael 1968; the bounds are those of Goldberg & Harrelson 2005 (``search.landmarks``). They are
consistent, so each node is settled once and the way is a shortest one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from heapq import heapify, heappop, heappush
from typing import Any

from kinchain.graph.search.rows import Row

_ACTIVE = 3  # landmarks that bound one search: those that say most about it


def guided(
    out: Mapping[int, Row], starts: Mapping[int, Any], targets: Sequence[int], bound: Callable[[int], Any]
) -> tuple[Any, list[int]] | None:
    """Length and nodes of a shortest way from one of *starts*, each with the length of coming to it, to a target.

    *bound* tells for a node how far it is from all targets at least, and for its ends no more than weights allow.

    >>> guided({0: ((1, 2), (2, 9)), 1: ((2, 3),), 2: ()}, {0: 0}, [2], lambda node: 0)
    (5, [0, 1, 2])
    """
    ends = set(targets)
    seen: dict[int, Any] = dict(starts)
    before: dict[int, int] = {}
    settled: set[int] = set()
    queue: list[tuple[Any, int]] = [(far + bound(node), node) for node, far in starts.items()]
    heapify(queue)
    while queue:
        _, here = heappop(queue)
        if here in settled:
            continue
        so_far = seen[here]
        if here in ends:
            way = [here]
            while here in before:
                here = before[here]
                way.append(here)
            return so_far, way[::-1]
        settled.add(here)
        for there, weight in out[here]:
            length = so_far + weight
            known = seen.get(there)
            if known is None or length < known:
                seen[there] = length
                before[there] = here
                heappush(queue, (length + bound(there), there))
    return None


def bounds(
    starts: Sequence[int], targets: Sequence[int], count: int, from_them: Any, to_them: Any, scale: int
) -> Callable[[int], int]:
    """What bounds the distance of a node to the nearest target; *scale* is what a distance counts in weights.

    Of *count* landmarks those few are used that say most about the way from the first start.

    >>> from array import array
    >>> bounds([0], [2], 1, array("q", [0, 2, 5]), array("q", [0, 2, 5]), 10)(1)
    30
    """
    told = []
    for mark in range(count):
        ahead = [from_them[t * count + mark] for t in targets]
        behind = [to_them[t * count + mark] for t in targets]
        near = min(ahead) if min(ahead) >= 0 else None  # the nearest target, seen from the landmark
        far = max(behind) if min(behind) >= 0 else None  # the farthest, seen towards it
        first = starts[0] * count + mark
        if near is not None and from_them[first] >= 0:
            told.append((near - from_them[first], mark, near, True))
        if far is not None and to_them[first] >= 0:
            told.append((to_them[first] - far, mark, far, False))
    active = [(mark, end, ahead) for gain, mark, end, ahead in sorted(told, reverse=True)[:_ACTIVE] if gain > 0]

    def bound(node: int) -> int:
        best = 0
        for mark, end, ahead in active:
            at = node * count + mark
            known = from_them[at] if ahead else to_them[at]
            if known >= 0:
                least = end - known if ahead else known - end
                if least > best:
                    best = least
        return best * scale

    return bound
