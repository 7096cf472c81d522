"""Shortest ways from one or several nodes to all others: Dijkstra 1959 with a binary heap."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from heapq import heappop, heappush
from math import inf
from typing import Any

from kinchain.graph.search.rows import Row


def dijkstra(
    rows: Mapping[int, Row], sources: Iterable[int], *, cutoff: Any = None, target: int | None = None
) -> tuple[dict[int, Any], dict[int, int]]:
    """Distances in the order in which they were settled, and for each node but the sources the one before it.

    Nothing farther than *cutoff* is settled; the search ends at *target*. O((n + m) log n).

    >>> dijkstra({0: ((1, 2), (2, 9)), 1: ((2, 3),), 2: ()}, [0])
    ({0: 0, 1: 2, 2: 5}, {1: 0, 2: 1})
    """
    limit = inf if cutoff is None else cutoff
    seen: dict[int, Any] = dict.fromkeys(sources, 0)
    known_at = seen.get
    settled: dict[int, Any] = {}
    before: dict[int, int] = {}
    queue: list[tuple[Any, int]] = [(0, node) for node in seen]
    while queue:
        so_far, here = heappop(queue)
        if here in settled:
            continue
        settled[here] = so_far
        if here == target:
            break
        for there, weight in rows[here]:
            length = so_far + weight
            if length <= limit:
                known = known_at(there)
                if known is None or length < known:
                    seen[there] = length
                    before[there] = here
                    heappush(queue, (length, there))
    return settled, before


def way_to(before: Mapping[int, int], node: int) -> list[int]:
    """The nodes from the source of a search to a node that it settled.

    >>> way_to({1: 0, 2: 1}, 2)
    [0, 1, 2]
    """
    way = [node]
    while node in before:
        node = before[node]
        way.append(node)
    return way[::-1]
