"""The searches of ``graph.search`` as a backend of NetworkX: ``backend="kinchain"`` in five of its functions.

A graph of NetworkX is converted once and kept by NetworkX as long as it does not change. What the searches do not do
is refused by ``can_run``, and NetworkX says so, or does it itself where it is told to: weights by a function, negative
weights, other methods than Dijkstra's, shortest paths without both of their ends.

>>> import networkx as nx
>>> roads = nx.DiGraph()
>>> roads.add_weighted_edges_from([("a", "b", 2), ("b", "c", 3), ("a", "c", 9)])
>>> nx.shortest_path(roads, "a", "c", weight="weight", backend="kinchain")
['a', 'b', 'c']
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from numbers import Real
from typing import Any

from kinchain.graph.search.bidirectional import bidirectional
from kinchain.graph.search.dijkstra import dijkstra, way_to
from kinchain.graph.search.push import Shares, personalized
from kinchain.graph.search.rows import Row
from kinchain.graph.search.yen import loopless

Node = Hashable


class Converted:
    """A graph of NetworkX as rows. ``weighted`` maps the name of a weight, or None for one each, to rows both ways."""

    __networkx_backend__ = "kinchain"

    def __init__(self, graph: Any) -> None:
        self.nodes: list[Node] = list(graph)
        self.number: dict[Node, int] = {node: at for at, node in enumerate(self.nodes)}
        self.graph = graph
        self._rows: dict[Any, tuple[dict[int, Row], dict[int, Row]]] = {}
        self._shares: dict[Any, Shares] = {}

    def is_directed(self) -> bool:
        """As of a graph of NetworkX."""
        return bool(self.graph.is_directed())

    def is_multigraph(self) -> bool:
        """As of a graph of NetworkX."""
        return bool(self.graph.is_multigraph())

    def rows(self, weight: str | None, *, default: Any = 1) -> tuple[dict[int, Row], dict[int, Row]]:
        """The rows that lead out and in, by a weight; parallel edges all stand in them.

        Raises
        ------
        NotImplementedError  a weight is negative or no number
        """
        if weight not in self._rows:
            self._rows[weight] = self._made(weight, default)
        return self._rows[weight]

    def shares(self, weight: str | None) -> Shares:
        """What leaves each node, by a weight; raises as ``rows``."""
        if weight not in self._shares:
            self._shares[weight] = Shares(self.rows(weight)[0])
        return self._shares[weight]

    def _made(self, weight: str | None, default: Any) -> tuple[dict[int, Row], dict[int, Row]]:
        out: dict[int, list[tuple[int, Any]]] = {at: [] for at in range(len(self.nodes))}
        into: dict[int, list[tuple[int, Any]]] = {at: [] for at in range(len(self.nodes))}
        both_ways = not self.graph.is_directed()
        for one, two, data in self.graph.edges(data=True):
            length = 1 if weight is None else data.get(weight, default)
            if not isinstance(length, Real) or length < 0:
                raise NotImplementedError(f"kinchain searches weights of 0 and more, and {length!r} is none")
            here, there = self.number[one], self.number[two]
            out[here].append((there, length))
            into[there].append((here, length))
            if both_ways and here != there:
                out[there].append((here, length))
                into[here].append((there, length))
        return dict(out), dict(into)


def convert_from_nx(graph: Any, **_: Any) -> Converted:
    """A graph of NetworkX for this backend: nodes are numbered now, rows are made when a weight is asked for."""
    return Converted(graph)


def convert_to_nx(result: Any, **_: Any) -> Any:
    """An answer of this backend for NetworkX: answers are plain Python already."""
    return result.graph if isinstance(result, Converted) else result


def can_run(name: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> bool | str:
    """Whether a call of one of NetworkX's functions can be answered; why not, in words."""
    names = _PARAMETERS[name]
    given = {**dict(zip(names, args, strict=False)), **kwargs}
    if callable(given.get("weight")):
        return "kinchain takes the name of a weight, no function"
    if name == "shortest_path":
        if given.get("method", "dijkstra") != "dijkstra":
            return "kinchain knows Dijkstra's method only"
        if given.get("source") is None or given.get("target") is None:
            return "kinchain searches between two nodes that are given"
    if name == "pagerank" and not 0 <= given.get("alpha", 0.85) < 1:
        return "kinchain wants a damping of 0 or more and less than 1"
    return True


def should_run(name: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> bool:
    """Whether it is worth while: always where it can be."""
    return can_run(name, args, kwargs) is True


_PARAMETERS = {
    "bidirectional_dijkstra": ("G", "source", "target", "weight"),
    "pagerank": ("G", "alpha", "personalization", "max_iter", "tol", "nstart", "weight", "dangling"),
    "shortest_path": ("G", "source", "target", "weight", "method"),
    "shortest_simple_paths": ("G", "source", "target", "weight"),
    "single_source_dijkstra": ("G", "source", "target", "cutoff", "weight"),
}


def bidirectional_dijkstra(G: Converted, source: Node, target: Node, weight: Any = "weight") -> Any:  # noqa: N803
    """As NetworkX's: length and nodes of a shortest path."""
    import networkx as nx

    for word, node in (("Source", source), ("Target", target)):
        if node not in G.number:
            raise nx.NodeNotFound(f"{word} {node} is not in G")
    found = bidirectional(*G.rows(weight), G.number[source], G.number[target])
    if found is None:
        raise nx.NetworkXNoPath(f"No path between {source} and {target}.")
    return found[0], [G.nodes[at] for at in found[1]]


def shortest_path(
    G: Converted,  # noqa: N803
    source: Node = None,
    target: Node = None,
    weight: Any = None,
    method: str = "dijkstra",
) -> Any:
    """As NetworkX's, between two given nodes."""
    return bidirectional_dijkstra(G, source, target, weight)[1]


def single_source_dijkstra(
    G: Converted,  # noqa: N803
    source: Node,
    target: Node = None,
    cutoff: Any = None,
    weight: Any = "weight",
) -> Any:
    """As NetworkX's: distances and paths to all nodes, or to one."""
    import networkx as nx

    if source not in G.number:
        raise nx.NodeNotFound(f"Node {source} not found in graph")
    if target == source:
        return 0, [target]
    end = G.number.get(target) if target is not None else None
    far, before = dijkstra(G.rows(weight)[0], [G.number[source]], cutoff=cutoff, target=end)
    if target is not None:
        if end not in far:
            raise nx.NetworkXNoPath(f"No path to {target}.")
        return far[end], [G.nodes[at] for at in way_to(before, end)]
    ways: dict[Node, list[Node]] = {source: [source]}
    for at in list(far)[1:]:
        ways[G.nodes[at]] = [*ways[G.nodes[before[at]]], G.nodes[at]]
    return {G.nodes[at]: length for at, length in far.items()}, ways


def shortest_simple_paths(
    G: Converted,  # noqa: N803
    source: Node,
    target: Node,
    weight: Any = None,
) -> Iterator[list[Node]]:
    """As NetworkX's: loopless paths, shortest first."""
    import networkx as nx

    for word, node in (("source", source), ("target", target)):
        if node not in G.number:
            raise nx.NodeNotFound(f"{word} node {node} not in graph")
    if G.is_multigraph():
        raise nx.NetworkXNotImplemented("not implemented for multigraph type")
    none = True
    for _, way in loopless(*G.rows(weight), G.number[source], G.number[target]):
        none = False
        yield [G.nodes[at] for at in way]
    if none:
        raise nx.NetworkXNoPath(f"No path between {source} and {target}.")


def pagerank(
    G: Converted,  # noqa: N803
    alpha: float = 0.85,
    personalization: Mapping[Node, float] | None = None,
    max_iter: int = 100,
    tol: float = 1e-06,
    nstart: Any = None,
    weight: Any = "weight",
    dangling: Mapping[Node, float] | None = None,
) -> dict[Node, float]:
    """As NetworkX's: the rank of every node; *tol* bounds what of a node's rank is not passed on, for each edge."""
    import networkx as nx

    size = len(G.nodes)
    if not size:
        return {}
    if max_iter < 1:
        raise nx.PowerIterationFailedConvergence(max_iter)
    start = _distribution(G, personalization) or dict.fromkeys(range(size), 1 / size)
    ranks = personalized(G.shares(weight), start, damping=alpha, accuracy=tol, dangling=_distribution(G, dangling))
    return {node: ranks.get(at, 0.0) for at, node in enumerate(G.nodes)}


def _distribution(graph: Converted, given: Mapping[Node, float] | None) -> dict[int, float] | None:
    if given is None:
        return None
    total = sum(given.get(node, 0) for node in graph.nodes)
    return {graph.number[node]: share / total for node, share in given.items() if node in graph.number and share} or {
        0: 1 / total
    }
