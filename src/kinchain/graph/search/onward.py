"""How far nodes are from a target, searched no further than somebody asks: resumable Dijkstra, as in Silver 2005.

It is the potential of a search towards the target (A*). What is not settled yet is at least ``radius`` away, which is
a potential too: the lesser of the distance and any number never falls by more than the weight of an edge.
"""

from __future__ import annotations

from collections.abc import Mapping
from heapq import heappop, heappush
from typing import Any

from kinchain.graph.search.rows import Row

LEAST = 64  # nodes that one step settles


class Onward:
    """Distances to *target*: ``settled`` are known, all others are at least ``radius``, or nowhere if ``done``.

    ``after`` is the node that follows each on its shortest way.

    >>> onward = Onward({0: (), 1: ((0, 2),), 2: ((0, 9), (1, 3))}, 2)
    >>> onward.reach(0), onward.settled
    (True, {2: 0, 1: 3, 0: 5})
    >>> onward.after[0]
    1
    """

    __slots__ = ("_queue", "_seen", "after", "done", "into", "radius", "settled")

    def __init__(self, into: Mapping[int, Row], target: int) -> None:
        self.into = into
        self.settled: dict[int, Any] = {}
        self.after: dict[int, int] = {}
        self.radius: Any = 0
        self.done = False
        self._seen: dict[int, Any] = {target: 0}
        self._queue: list[tuple[Any, int]] = [(0, target)]

    def reach(self, node: int) -> bool:
        """Search until a node is settled; False if it never will be."""
        while node not in self.settled and not self.done:
            self.widen(node)
        return node in self.settled

    def widen(self, node: int) -> None:
        """Search on until a node is settled, or twice as many are as before; all of it is O((n + m) log n)."""
        settled, seen, queue, after = self.settled, self._seen, self._queue, self.after
        enough = max(LEAST, 2 * len(settled))
        while queue and len(settled) < enough and node not in settled:
            so_far, here = heappop(queue)
            if here in settled:
                continue
            settled[here] = self.radius = so_far
            for there, weight in self.into[here]:
                length = so_far + weight
                known = seen.get(there)
                if known is None or length < known:
                    seen[there] = length
                    after[there] = here
                    heappush(queue, (length, there))
        self.done = not queue
