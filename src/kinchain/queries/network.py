"""The body as a network: who is fixed to whom, how central each is, which communities they form, what fails with one.

Two networks, as the literature draws them:

* ``attachments``: muscles and what they are fixed to, one half of the body; each muscle is a hyperedge that joins all
  its bones (Murphy et al. 2018, doi:10.1371/journal.pbio.2002811). ``shared`` makes of it the muscles that share bones.
* ``contacts``: bones, muscles and soft tissue with their physical contacts, both halves, as in anatomical network
  analysis (Esteve-Altava et al. 2015, doi:10.1038/srep08298).

In both a part stands for its whole: a landmark for its bone, a head for its muscle. They say what touches, not what
pulls or hurts, and leave out refuted connections. Everything that is drawn by lot has a seed.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations, product
from typing import TYPE_CHECKING, Any

from kinchain.model import Chain, Connection, SidedModel, UnsidedModel

if TYPE_CHECKING:
    import networkx as nx

HARD = frozenset({"Bone", "Cartilage"})
SOFT = frozenset({"Muscle", "Tendon", "Fascia", "Ligament"})
_FIXED = frozenset({"origin", "insertion"})
_TOUCHING = _FIXED | {"attachesTo", "continuousWith", "invests"}


def attachments(model: UnsidedModel, *, bones_only: bool = False) -> nx.Graph:
    """Muscles and what they are fixed to, in one half of the body; linear in the number of connections.

    Nodes carry ``kind`` and ``bipartite``, 1 for a muscle and 0 for its anchors. A tendon stands for what it is fixed
    to. With *bones_only* nothing else counts as an anchor, and a muscle that is left with none has no links.

    >>> from kinchain import Body
    >>> graph = attachments(Body.load().model.unsided)
    >>> sorted(graph["soleus"])
    ['calcaneus', 'fibula', 'tibia']
    """
    import networkx as nx

    kinds = {"Bone"} if bones_only else HARD | {"Ligament", "Fascia"}
    wholes = _unsided_wholes(model)
    kind = {name: s.kind for name, s in model.structures.items()}
    fixed_to: dict[str, set[str]] = {}
    for c in _said(model):
        if c.relation == "attachesTo":
            for tendon in wholes(c.subject):
                fixed_to.setdefault(tendon, set()).update(wholes(c.object))
    graph = nx.Graph()
    muscles = {whole for name in model.structures if kind[name] == "Muscle" for whole in wholes(name)}
    graph.add_nodes_from(sorted(m for m in muscles if kind[m] == "Muscle"), kind="Muscle", bipartite=1)
    for c in _said(model):
        if c.relation not in _FIXED:
            continue
        ends = {anchor for end in wholes(c.object)
                for anchor in (fixed_to.get(end, ()) if kind[end] == "Tendon" else (end,))}  # fmt: skip
        for muscle in sorted(wholes(c.subject) & graph.nodes):
            for anchor in sorted(end for end in ends if kind[end] in kinds):
                graph.add_node(anchor, kind=kind[anchor], bipartite=0)
                graph.add_edge(muscle, anchor)
    return graph


def shared(graph: nx.Graph, *, side: int = 1) -> nx.Graph:
    """The muscles of ``attachments`` (or, with *side* 0, the anchors), joined by how many anchors they share.

    >>> from kinchain import Body
    >>> muscles = shared(attachments(Body.load().model.unsided))
    >>> muscles["soleus"]["gastrocnemius"]["weight"]
    1
    """
    from networkx.algorithms import bipartite

    return bipartite.weighted_projected_graph(graph, [n for n, b in graph.nodes(data="bipartite") if b == side])


def contacts(model: SidedModel, kinds: Collection[str] = HARD | SOFT) -> nx.Graph:
    """Structures of some kinds on both sides, joined where they touch; linear in the number of edges.

    Bones meet where a joint joins them; the other links are attachments, continuities and investing layers. Nodes carry
    ``label``, ``kind`` and ``side``; structures of these kinds that touch nothing of these kinds are left out.

    >>> from kinchain import Body
    >>> graph = contacts(Body.load().model, ["Bone"])
    >>> sorted(graph["right_tibia"])
    ['right_femur', 'right_fibula', 'right_patella', 'right_talus']
    """
    import networkx as nx

    wholes = _wholes((e.subject, e.object) for e in model.edges if e.relation == "partOf")
    wanted = frozenset(kinds)
    at_joint: dict[str, set[str]] = {}
    pairs: list[tuple[str, str]] = []
    for edge in model.edges:
        if model.connection(edge).grade == "Refuted":
            continue
        if edge.relation == "articulates":
            at_joint.setdefault(edge.subject, set()).update(wholes(edge.object))
        elif edge.relation in _TOUCHING:
            pairs += product(sorted(wholes(edge.subject)), sorted(wholes(edge.object)))
    pairs += [pair for met in at_joint.values() for pair in combinations(sorted(met), 2)]
    graph = nx.Graph()
    for pair in pairs:
        if pair[0] != pair[1] and all(model.structures[end].kind in wanted for end in pair):
            for end in pair:
                s = model.structures[end]
                graph.add_node(end, label=s.label, kind=s.kind, side=str(s.side))
            graph.add_edge(*pair)
    return graph


def _said(model: UnsidedModel) -> Iterable[Connection]:
    """What somebody wrote and nobody refuted."""
    return (c for c in model.connections if not c.derived_by and c.grade != "Refuted")


def _wholes(pairs: Iterable[tuple[str, str]]) -> Callable[[str], frozenset[str]]:
    """What a part belongs to in the end, given parts with their wholes. Usually one structure; a landmark in the middle
    may belong to a bone of either side. The ontology's rules see to it that ``partOf`` never goes in a circle."""
    parents: dict[str, set[str]] = {}
    for part, whole in pairs:
        parents.setdefault(part, set()).add(whole)

    @cache
    def top(name: str) -> frozenset[str]:
        return (
            frozenset(each for whole in parents[name] for each in top(whole)) if name in parents else frozenset({name})
        )

    return top


def _unsided_wholes(model: UnsidedModel) -> Callable[[str], frozenset[str]]:
    return _wholes((c.subject, c.object) for c in _said(model) if c.relation == "partOf")


# ---------------------------------------------------------------- figures


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures by which anatomical networks are compared."""

    nodes: int
    links: int
    density: float
    clustering: float
    path_length: float
    components: int


def figures(graph: nx.Graph, *, sources: int = 200, seed: int = 1) -> Figures:
    """Nodes, links, density, mean clustering, mean shortest path within the largest component, components.

    The mean path starts from all nodes, or from *sources* drawn by lot where there are more.

    >>> import networkx as nx
    >>> figures(nx.path_graph(3))
    Figures(nodes=3, links=2, density=0.6666666666666666, clustering=0.0, path_length=1.3333333333333333, components=1)
    """
    import networkx as nx

    parts = sorted(nx.connected_components(graph), key=lambda part: (-len(part), min(part)))
    lengths = [
        length
        for source in _drawn(sorted(parts[0]) if parts else [], sources, seed)
        for target, length in nx.single_source_shortest_path_length(graph, source).items()
        if target != source
    ]
    return Figures(
        graph.number_of_nodes(),
        graph.number_of_edges(),
        nx.density(graph),
        nx.average_clustering(graph) if len(graph) else 0.0,
        sum(lengths) / len(lengths) if lengths else 0.0,
        len(parts),
    )


def _drawn(names: Sequence[Any], count: int, seed: int) -> Sequence[Any]:
    return names if len(names) <= count else random.Random(seed).sample(names, count)


def betweenness(graph: nx.Graph, *, sources: int = 200, seed: int = 1) -> dict[str, float]:
    """How many shortest ways pass through each node, as a share, the greatest first.

    Brandes 2001 (doi:10.1080/0022250X.2001.9990249); from *sources* drawn by lot where there are more nodes
    (Brandes and Pich 2007, doi:10.1142/S0218127407018403).

    >>> import networkx as nx
    >>> betweenness(nx.star_graph(4))[0]
    1.0
    """
    import networkx as nx

    k = sources if len(graph) > sources else None
    found = nx.betweenness_centrality(graph, k=k, seed=seed)
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


# ---------------------------------------------------------------- communities


def communities(graph: nx.Graph, *, resolution: float = 1.0, seed: int = 1) -> list[frozenset[str]]:
    """Communities by the method of Louvain, the largest first.

    Blondel et al. 2008 (doi:10.1088/1742-5468/2008/10/P10008), with the resolution of Reichardt and Bornholdt 2006
    (doi:10.1103/PhysRevE.74.016110): a higher one finds more and smaller communities. What has no links is left out.

    >>> import networkx as nx
    >>> [sorted(c) for c in communities(nx.barbell_graph(3, 0))]
    [[0, 1, 2], [3, 4, 5]]
    """
    import networkx as nx

    linked = graph.subgraph([n for n, degree in graph.degree() if degree])
    ordered = nx.Graph()  # Louvain depends on the order of the nodes
    ordered.add_nodes_from(sorted(linked))
    ordered.add_weighted_edges_from(
        sorted((*sorted(pair), weight) for *pair, weight in linked.edges(data="weight", default=1))
    )
    found = nx.community.louvain_communities(ordered, weight="weight", resolution=resolution, seed=seed)
    return [frozenset(c) for c in sorted(found, key=lambda c: (-len(c), min(c)))]


def modularity(graph: nx.Graph, partition: Sequence[Collection[str]]) -> float:
    """How far links lie within communities more than by chance: at most 1, and 0 when no more than by chance.

    Reichardt and Bornholdt 2006 (doi:10.1103/PhysRevE.74.016110), at resolution 1. What is in no community is left out.

    >>> import networkx as nx
    >>> round(modularity(nx.barbell_graph(3, 0), [{0, 1, 2}, {3, 4, 5}]), 3)
    0.357
    """
    import networkx as nx

    inside = graph.subgraph(name for community in partition for name in community)
    return float(nx.community.modularity(inside, partition))


# ---------------------------------------------------------------- chains and failures


@dataclass(frozen=True, slots=True)
class Agreement:
    """How well a set of structures keeps to communities: in how many it lies, the share of the one that has most of it,
    and the mean of that share for as many structures drawn by lot."""

    members: int
    spans: int
    share: float
    by_chance: float


def agreement(
    members: Collection[Hashable], partition: Sequence[Collection[Hashable]], *, draws: int = 500, seed: int = 1
) -> Agreement:
    """Whether a set lies within one community more than chance would have it. Members outside all are left out.

    >>> agreement({1, 2, 3}, [{1, 2, 3, 4}, {5, 6, 7, 8}]).share
    1.0
    """
    at = {name: number for number, community in enumerate(partition) for name in community}
    mine = [at[name] for name in sorted(members, key=str) if name in at]
    if not mine:
        return Agreement(0, 0, 0.0, 0.0)
    lots, pool = random.Random(seed), [at[name] for name in sorted(at, key=str)]
    drawn = [_largest(lots.sample(pool, len(mine))) for _ in range(draws)]
    return Agreement(len(mine), len(set(mine)), _largest(mine), sum(drawn) / draws)


def _largest(numbers: Sequence[int]) -> float:
    return max(numbers.count(n) for n in set(numbers)) / len(numbers)


def along(model: UnsidedModel, chain: Chain) -> frozenset[str]:
    """The structures of a chain's links, unsided, each as its whole; a group as its members.

    >>> from kinchain import Body
    >>> model = Body.load().model.unsided
    >>> "gluteus_maximus" in along(model, model.chains["back_functional_line"])
    True
    """
    wholes = _unsided_wholes(model)
    members: dict[str, list[str]] = {}
    for c in model.connections:
        if c.relation == "memberOf":
            members.setdefault(c.object, []).append(c.subject)

    def told(name: str) -> set[str]:
        if model.structures[name].kind != "Group":
            return set(wholes(name))
        return {each for member in members.get(name, ()) for each in told(member)}

    return frozenset(each for link in chain.links for end in (link.source, link.target) for each in told(end))


def members(model: SidedModel, *groups: str) -> frozenset[str]:
    """The sided structures of some groups, given by their unsided ids; a group within a group stands for its members.

    >>> from kinchain import Body
    >>> len(members(Body.load().model, "skull"))
    22
    """
    inside: dict[str, list[str]] = {}
    for edge in model.edges:
        if edge.relation == "memberOf":
            inside.setdefault(edge.object, []).append(edge.subject)

    def told(name: str) -> set[str]:
        if model.structures[name].kind != "Group":
            return {name}
        return {each for member in inside.get(name, ()) for each in told(member)}

    return frozenset(each for s in model.structures.values() if s.unsided in groups for each in told(s.id))


@dataclass(frozen=True, slots=True)
class Failure:
    """What the loss of a structure does: the share of the network's efficiency that goes, and who is cut off."""

    structure: str
    loss: float
    cut_off: tuple[str, ...]


def failure(graph: nx.Graph, structure: str, *, sources: int = 100, seed: int = 1) -> Failure:
    """What is lost when a structure is taken out of a network.

    The loss is that of the global efficiency, the mean of one over the distance (Latora and Marchiori 2001,
    doi:10.1103/PhysRevLett.87.198701), between *sources* drawn by lot and all others but the structure itself; so it
    counts longer ways, not only the ways of the lost node. Cut off is what was in one piece with most of the network
    and is not any more.

    Raises
    ------
    KeyError  the network has no such structure

    >>> import networkx as nx
    >>> failure(nx.path_graph(["a", "b", "c", "d", "e"], nx.Graph), "d").cut_off
    ('e',)
    """
    import networkx as nx

    if structure not in graph:
        raise KeyError(structure)
    others = sorted(n for n in graph if n != structure)
    start = _drawn(others, sources, seed)
    less = graph.subgraph(others)
    before, after = _efficiency(graph, start, structure), _efficiency(less, start, structure)
    home = max(nx.connected_components(graph), key=len)
    main = max(nx.connected_components(less), key=len)
    gone = tuple(sorted(home - main - {structure})) if structure in home else ()
    return Failure(structure, 1 - after / before if before else 0.0, gone)


def _efficiency(graph: nx.Graph, start: Iterable[str], without: str) -> float:
    import networkx as nx

    return sum(
        1 / int(length)
        for source in start
        for target, length in nx.single_source_shortest_path_length(graph, source).items()
        if length and target != without
    )
