"""Landmarks: a few nodes whose distances to and from all others bound every distance (ALT, Goldberg & Harrelson 2005).

By the triangle inequality a node is at least as far from the target as the difference of their distances to any
landmark. Landmarks lie at the rim of the graph: each next one is the node farthest from those chosen.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from typing import Any

from kinchain.graph.search.dijkstra import dijkstra
from kinchain.graph.search.rows import Row

UNREACHED = -1


def landmarks(out: Mapping[int, Row], into: Mapping[int, Row], size: int, count: int) -> dict[str, Any]:
    """``nodes`` of up to *count* landmarks, and the distances ``from_them`` and ``to_them`` as arrays.

    The arrays have shape (size * count), node by node; -1 says that there is no way. Weights are integers whose sums
    fit 64 bits. Time: twice *count* searches over the graph.

    >>> rows = {0: ((1, 2),), 1: ((0, 2), (2, 3)), 2: ((1, 3),)}
    >>> found = landmarks(rows, rows, 3, 2)
    >>> found["nodes"].tolist(), found["from_them"].tolist()
    ([2, 0], [5, 0, 3, 2, 0, 5])
    """
    chosen: list[int] = []
    nearest: dict[int, int] = {}
    for start in range(size):  # the farthest node from anywhere in the largest part that is found early
        if len(reached := dijkstra(out, [start])[0]) > size // 3 or start == size - 1:
            nearest = {node: far for node, far in reached.items() if out[node]}
            break
    tables = []
    while nearest and len(chosen) < count:
        node = max(nearest, key=lambda each: (nearest[each], -each))
        if node in chosen:
            break
        chosen.append(node)
        tables.append((dijkstra(out, [node])[0], dijkstra(into, [node])[0]))
        there = tables[-1][0]
        if len(chosen) == 1:
            nearest = {n: far for n, far in there.items() if out[n]}
        else:
            nearest = {n: min(far, there[n]) for n, far in nearest.items() if n in there}
    return {
        "nodes": array("I", chosen),
        "from_them": array("q", (ahead.get(n, UNREACHED) for n in range(size) for ahead, _ in tables)),
        "to_them": array("q", (behind.get(n, UNREACHED) for n in range(size) for _, behind in tables)),
    }
