"""The walk of a profile: the DiGraph that a route may follow, best edge per pair.

Three things are not as in the body's own graph:

* **A median structure remembers the side of entry.** ``linea_alba@right`` is the linea alba reached from the right; it
  leads back to the right. Without that, every vertebra would be a shortcut across the body. Only an ``Opposite`` edge
  crosses, and a skeletal hop out of a rigid median bone or joint, which carries load from side to side.
* **Some kinds are only ends.** In a myofascial walk a landmark or bone may end a route but not be passed through: that
  two muscles share a bone is no continuity (``station`` edges say what is shared). An end-only structure has a node
  to arrive at, ``right_humerus``, and one to depart from, ``right_humerus>``.
* **A whole joins no parts.** That two laminae or heads belong to one fascia or muscle does not make them continuous,
  so a route that climbs from a part to its whole, ``right_biceps_femoris^``, may end there or leave by an edge of the
  whole, and does not come down to another part.
"""

from __future__ import annotations

from collections.abc import Iterator
from kinchain.records import dataclass
from typing import TYPE_CHECKING

from kinchain.graph import weights
from kinchain.model import Edge, Named, Side, SidedModel

if TYPE_CHECKING:
    import networkx as nx

_SOFT = frozenset({"Muscle", "Tendon", "Fascia", "Ligament", "Viscus"})
_SKELETAL = frozenset({"Bone", "Landmark", "Cartilage", "Joint"})
_NERVES = frozenset({"Nerve", "Plexus", "SpinalNerve", "NeuralTissue"})
_ATTACHMENTS = frozenset({"origin", "insertion", "attachesTo"})


@dataclass(frozen=True, slots=True)
class WalkRule:
    """What a profile may walk: families, the kinds that may be passed through, relations that lead in and out."""

    families: frozenset[str]
    passable: frozenset[str]
    entries: frozenset[str] = frozenset()


PROFILES: dict[str, WalkRule] = {
    "myofascial": WalkRule(frozenset({"tissue", "force"}), _SOFT),
    "skeletal": WalkRule(frozenset({"skeletal"}), _SKELETAL, _ATTACHMENTS),
    "neural": WalkRule(frozenset({"neural"}), _NERVES),
    "any": WalkRule(frozenset({"tissue", "force", "skeletal", "neural"}), _SOFT | _SKELETAL | _NERVES),
    "referral": WalkRule(frozenset({"neural", "referral"}), _NERVES),
}
DEFAULT_PROFILES = ("myofascial", "skeletal", "neural")

# Cost counts first, then the number of hops, the position of the ids in the alphabet, and crossings: groups of digits
# of one integer, so that every search finds the same route among equals, and mirrored questions mirrored ones.
_COST_UNIT, _HOP_UNIT, _ID_UNIT = 10**13, 10**10, 10**3


def starts(model: SidedModel, profile: str, structure: Named) -> list[str]:
    """The nodes of a walk at which a route from *structure* may begin."""
    if structure.kind not in PROFILES[profile].passable:
        return [structure.id + ">"]
    return _nodes(structure)


def ends(model: SidedModel, profile: str, structure: Named) -> list[str]:
    """The nodes of a walk at which a route to *structure* may end."""
    if structure.kind not in PROFILES[profile].passable:
        return [structure.id]
    nodes = _nodes(structure)
    return [*nodes, *_climbed(nodes)]


def _nodes(structure: Named) -> list[str]:
    if structure.side is Side.MEDIAN:
        return [f"{structure.id}@right", f"{structure.id}@left"]
    return [structure.id]


def _climbed(nodes: list[str]) -> list[str]:
    """The nodes of a whole as reached from one of its parts."""
    return [node + "^" for node in nodes]


def structure_of(node: str) -> str:
    """The sided id of the structure that a node of a walk stands for.

    >>> structure_of("linea_alba@right")
    'linea_alba'
    """
    return node.removesuffix(">").removesuffix("^").removesuffix("@right").removesuffix("@left")


@dataclass(frozen=True, slots=True)
class Step:
    """An edge of the walk: from node to node along an edge of the body."""

    source: str
    target: str
    cost: float
    edge: int
    forward: bool
    crosses: bool


def steps(model: SidedModel, profile: str, weakest: str = "") -> Iterator[Step]:
    """Every step that a profile allows, parallel ones included; none of a grade below *weakest*."""
    rule = PROFILES[profile]
    grades = model.unsided.grades
    limit = grades[weakest].order if weakest else len(grades)
    for position, edge in enumerate(model.edges):
        connection = model.connection(edge)
        if grades[connection.grade].order > limit:
            continue
        cost = weights.cost(connection, model.unsided)
        family = weights.family(connection, model.unsided)
        first, second = model.structures[edge.subject], model.structures[edge.object]
        if cost is None or not _allowed(rule, family, edge.relation, first, second):
            continue
        ways = ((first, second, True), (second, first, False)) if family != "force" else ((first, second, True),)
        for here, there, forward in ways:
            entering = cost + model.unsided.structures[there.unsided].passing_cost
            for source, target in _node_pairs(rule, family, edge, here, there):
                yield Step(source, target, entering, position, forward, _changes_side(edge, source, target))


def _allowed(rule: WalkRule, family: str, relation: str, first: Named, second: Named) -> bool:
    if family in rule.families:
        return True
    if relation in rule.entries:
        return first.kind in rule.passable or second.kind in rule.passable
    # A bone stands for its landmarks wherever both are only ends.
    return relation == "partOf" and first.kind == "Landmark" and "tissue" in rule.families


def _node_pairs(rule: WalkRule, family: str, edge: Edge, first: Named, second: Named) -> Iterator[tuple[str, str]]:
    """The pairs of nodes that one edge joins when walked from *first* to *second*."""
    first_open, second_open = first.kind in rule.passable, second.kind in rule.passable
    if not first_open and not second_open:
        if edge.relation == "partOf":  # landmark to bone on arrival, bone to landmark on departure
            arriving = first.id == edge.subject
            yield (first.id, second.id) if arriving else (first.id + ">", second.id + ">")
        else:
            yield first.id + ">", second.id
        return
    sources = _nodes(first) if first_open else [first.id + ">"]
    targets = _nodes(second) if second_open else [second.id]
    whole = edge.object if edge.relation == "partOf" and family == "tissue" else ""
    if whole == second.id and second_open:
        targets = _climbed(targets)
    if whole != first.id and first.kind in _SOFT and first_open:
        sources = [*sources, *_climbed(sources)]
    for source in sources:
        for target in targets:
            if _keeps_side(source, target, first, second) or _carries_across(family, first, second):
                yield source, target


def _side_of(node: str, structure: Named) -> str:
    if "@" in node:
        return node.rsplit("@", 1)[1].removesuffix("^")
    return structure.side if structure.side is not Side.MEDIAN else ""


def _keeps_side(source: str, target: str, first: Named, second: Named) -> bool:
    before, after = _side_of(source, first), _side_of(target, second)
    both_paired = Side.MEDIAN not in (first.side, second.side)
    return both_paired or not before or not after or before == after


def _carries_across(family: str, first: Named, second: Named) -> bool:
    rigid = first.side is Side.MEDIAN and first.kind in ("Bone", "Joint")
    return family == "skeletal" and rigid and second.side is not Side.MEDIAN


def _changes_side(edge: Edge, source: str, target: str) -> bool:
    if edge.crosses:
        return True
    entered = source.rsplit("@", 1)[1].removesuffix("^") if "@" in source else ""
    left_to = target.split("_", 1)[0]
    return bool(entered) and "@" not in target and left_to in ("right", "left") and left_to != entered


def simplify(model: SidedModel, profile: str, first_side: Side = Side.RIGHT, weakest: str = "") -> nx.DiGraph:
    """The walk of a profile as a DiGraph, best edge per pair; with *weakest*, without what is of a lower grade.

    Edges carry ``cost`` (float), ``weight`` (integer: cost, then hops, then ids, for searching), ``edge`` (position in
    ``model.edges``), ``forward``, ``crosses`` and ``parallel`` (the other edges between the two). Nodes and edges are
    added side by side with *first_side* first, so that a search from the left is the mirror of one from the right.
    Time and space are linear in the number of edges.
    """
    import networkx as nx

    ids = sorted(model.unsided.structures)
    position = {unsided: number for number, unsided in enumerate(ids)}

    def order(node: str) -> tuple[int, int, str]:
        named = model.structures[structure_of(node)]
        side = _side_of(node, named)
        return position[named.unsided], 0 if side in ("", str(first_side)) else 1, node[-1:]

    best: dict[tuple[str, str], Step] = {}
    parallel: dict[tuple[str, str], list[int]] = {}
    for step in steps(model, profile, weakest):
        pair = step.source, step.target
        parallel.setdefault(pair, []).append(step.edge)
        if pair not in best or step.cost < best[pair].cost:
            best[pair] = step
    entered = {target for _, target in best}
    best = {pair: step for pair, step in best.items() if "^" not in pair[0] or pair[0] in entered}
    walk = nx.DiGraph(name=profile)
    rank = {node: order(node) for pair in best for node in pair}
    walk.add_nodes_from(sorted(rank, key=rank.__getitem__))
    for pair in sorted(best, key=lambda p: (rank[p[0]], rank[p[1]])):
        step = best[pair]
        walk.add_edge(
            *pair,
            cost=step.cost,
            weight=round(step.cost * 1000) * _COST_UNIT + _HOP_UNIT + rank[pair[1]][0] * _ID_UNIT + step.crosses,
            edge=step.edge,
            forward=step.forward,
            crosses=step.crosses,
            parallel=[e for e in parallel[pair] if e != step.edge],
        )
    return walk
