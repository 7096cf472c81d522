"""A compiled walk that is asked through NetworkX: its functions, dispatched to the backend ``kinchain``.

The rows of a walk are handed to NetworkX as a graph of the backend, so nothing is converted, and what answers is the
same as of ``ArrayWalk``. The command line leaves NetworkX out, since importing it takes longer than an answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

from kinchain.graph.array_walk import ArrayWalk
from kinchain.graph.profiles import weight_limit
from kinchain.graph.search.rows import Joined, Row


class Rowed:
    """Rows both ways as a graph of this backend; its nodes are numbers.

    >>> import networkx as nx
    >>> rows, back = {0: ((1, 2),), 1: ((2, 3),), 2: ()}, {0: (), 1: ((0, 2),), 2: ((1, 3),)}
    >>> nx.bidirectional_dijkstra(Rowed(3, rows, back), 0, 2, weight="weight")
    (5, [0, 1, 2])
    """

    __networkx_backend__ = "kinchain"

    def __init__(self, size: int, out: Mapping[int, Row], into: Mapping[int, Row]) -> None:
        self.nodes = self.number = range(size)
        self._rows = out, into

    def is_directed(self) -> bool:
        """As of a graph of NetworkX."""
        return True

    def is_multigraph(self) -> bool:
        """As of a graph of NetworkX."""
        return False

    def rows(self, weight: str | None) -> tuple[Mapping[int, Row], Mapping[int, Row]]:
        """The rows that lead out and in; they have one weight."""
        return self._rows


class BackendWalk(ArrayWalk):
    """The walk of one profile, searched by functions of NetworkX that its backend ``kinchain`` answers."""

    def found(
        self, out: Mapping[int, Row], into: Mapping[int, Row], first: int, last: int, k: int
    ) -> Iterable[list[int]]:
        """The nodes of the *k* best ways between two nodes, best first."""
        import networkx as nx

        graph: Any = Rowed(last + 1, out, into)
        try:
            if k == 1:
                return [nx.bidirectional_dijkstra(graph, first, last, weight="weight")[1]]
            return list(islice(nx.shortest_simple_paths(graph, first, last, weight="weight"), k))
        except nx.NetworkXNoPath:
            return []

    def within(self, sources: Sequence[int], farthest: float) -> tuple[Mapping[int, Any], Mapping[int, int]]:
        """The weights of ways to all nodes within a cost, nearest first, and the node before each but the sources."""
        import networkx as nx

        first = len(self.nodes.keys)  # a node before all sources
        graph: Any = Rowed(first + 1, Joined(self.every, {first: [(node, 0) for node in sources]}), {})
        far, ways = nx.single_source_dijkstra(graph, first, cutoff=weight_limit(farthest), weight="weight")
        far.pop(first)
        return far, {node: ways[node][-2] for node in far if len(ways[node]) > 2}
