"""A walk that plain NetworkX searches: slow, well known, and the oracle of the compiled one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from kinchain.graph.profiles import cost_of, weight_limit
from kinchain.graph.walks import Reach, Reached, Stride

if TYPE_CHECKING:
    import networkx as nx

_SOURCE, _TARGET = "?source", "?target"


class NetworkXWalk:
    """A DiGraph of ``graph.simplify`` as queries ask it: Dijkstra 1959 and Yen 1971, both NetworkX's."""

    def __init__(self, graph: nx.DiGraph) -> None:
        self.graph = graph

    def __contains__(self, node: object) -> bool:
        return node in self.graph

    def ways(self, sources: Sequence[str], targets: Sequence[str], k: int) -> Iterator[list[str]]:
        """The *k* best ways from any of the sources to any of the targets, best first."""
        import networkx as nx

        with self._joined(sources, targets) as graph:
            try:
                if k == 1:
                    found = [nx.bidirectional_dijkstra(graph, _SOURCE, _TARGET, weight="weight")[1]]
                else:
                    found = list(islice(nx.shortest_simple_paths(graph, _SOURCE, _TARGET, weight="weight"), k))
            except nx.NetworkXNoPath:
                return
        for nodes in found:
            yield nodes[1:-1]

    @contextmanager
    def _joined(self, sources: Sequence[str], targets: Sequence[str]) -> Iterator[nx.DiGraph]:
        """The walk with a node before all sources and one behind all targets, for the time of a search."""
        self.graph.add_edges_from((_SOURCE, node, {"weight": self.graph.nodes[node]["start"]}) for node in sources)
        self.graph.add_edges_from((node, _TARGET, {"weight": 0}) for node in targets)
        try:
            yield self.graph
        finally:
            self.graph.remove_nodes_from((_SOURCE, _TARGET))

    def reach(self, sources: Sequence[str], farthest: float) -> Reach:
        """The muscles within a cost of *farthest* from any source."""
        return Reach(self._reached(sources, farthest))

    def _reached(self, sources: Sequence[str], farthest: float) -> Iterator[Reached]:
        import networkx as nx

        graph = self.graph
        far, ways = nx.multi_source_dijkstra(graph, list(sources), cutoff=weight_limit(farthest), weight="weight")
        for node, weight in far.items():
            if muscle := graph.nodes[node]["muscle"]:
                weakest = max((graph.edges[pair]["grade"] for pair in pairwise(ways[node])), default=0)
                yield Reached(muscle - 1, cost_of(weight), weakest, graph.degree(node), partial(ways.__getitem__, node))

    def stride(self, source: str, target: str) -> Stride:
        """The best step between two neighbours."""
        data = self.graph.edges[source, target]
        return Stride(data["cost"], data["edge"], data["forward"], data["crosses"], data["parallel"])
