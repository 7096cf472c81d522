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

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING
from zlib import crc32

from kinchain.graph import weights
from kinchain.graph.profiles import (
    COST_UNIT,
    DEFAULT_PROFILES,
    PROFILES,
    SOFT,
    TIE_BITS,
    WalkRule,
    climbed,
    ends,
    nodes_of,
    starts,
    structure_of,
)
from kinchain.model import Edge, Named, Side, SidedModel
from kinchain.records import dataclass

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["DEFAULT_PROFILES", "PROFILES", "ends", "simplify", "starts", "steps", "structure_of"]

# Cost counts first, then the number of hops, the position of the ids in the alphabet, and crossings: groups of digits
# of one integer. What is equal in all of these is told apart by how much of it lies on the other side, and at last by a
# number drawn from the names. So every search finds the same route, whatever its order, and mirrored questions get
# mirrored answers.
_HOP_UNIT, _ID_UNIT = 10**10, 10**3
_OTHER_SIDE = 1 << 24


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
    families = {name for name, r in model.unsided.relations.items() if r.family in rule.families}
    walked = families | rule.entries | {"partOf"}
    for position, edge in enumerate(model.edges):
        if edge.relation not in walked:
            continue
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
    sources = nodes_of(first) if first_open else [first.id + ">"]
    targets = nodes_of(second) if second_open else [second.id]
    whole = edge.object if edge.relation == "partOf" and family == "tissue" else ""
    if whole == second.id and second_open:
        targets = climbed(targets)
    if whole != first.id and first.kind in SOFT and first_open:
        sources = [*sources, *climbed(sources)]
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


Pairs = dict[tuple[str, str], list[Step]]


def pairs(model: SidedModel, profile: str, weakest: str = "") -> Pairs:
    """The steps of a profile by the pair of nodes that they join, the best of each pair first."""
    found: Pairs = {}
    for step in steps(model, profile, weakest):
        known = found.setdefault((step.source, step.target), [])
        if known and step.cost < known[0].cost:
            known.insert(0, step)
        else:
            known.append(step)
    return reachable(found)


def reachable(found: Pairs) -> Pairs:
    """Without the steps out of a whole as reached from a part (``^``) where no part leads to it."""
    entered = {target for _, target in found}
    return {pair: known for pair, known in found.items() if "^" not in pair[0] or pair[0] in entered}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a node of a walk stands among the others: the position of its unsided id, its side, what it ends with."""

    position: int
    other_side: bool
    ending: str

    @property
    def key(self) -> tuple[int, bool, str]:
        """What nodes are sorted by."""
        return self.position, self.other_side, self.ending

    @property
    def name(self) -> bytes:
        """The same for mirror images, each seen from its own side."""
        return f"{self.position}{'!' if self.other_side else '='}{self.ending}".encode()


def places(model: SidedModel, nodes: Iterable[str], first_side: Side) -> dict[str, Place]:
    """The places of the nodes of a walk that is asked from *first_side*, in their order."""
    position = {unsided: number for number, unsided in enumerate(sorted(model.unsided.structures))}
    found = {}
    for node in nodes:
        named = model.structures[structure_of(node)]
        other = _side_of(node, named) not in ("", str(first_side))
        found[node] = Place(position[named.unsided], other, node[-1] if node[-1] in ">^" else "")
    return dict(sorted(found.items(), key=lambda item: item[1].key))


def base_weight(step: Step, target: Place) -> int:
    """The weight of a step without what tells equals apart; fits 64 bits."""
    return round(step.cost * 1000) * COST_UNIT + _HOP_UNIT + target.position * _ID_UNIT + step.crosses


def tie(source: Place, target: Place) -> int:
    """What tells apart routes that are equal in all that matters; fits 32 bits."""
    return target.other_side * _OTHER_SIDE + (crc32(target.name, crc32(source.name)) & 0xFFFF)


def start_weight(place: Place) -> int:
    """The weight of beginning at a node: nothing but what tells equals apart; fits 64 bits."""
    return ((place.position * _ID_UNIT) << TIE_BITS) + tie(place, place)


def muscles(model: SidedModel, nodes: Iterable[str]) -> dict[str, int]:
    """For each node of a walk one more than the number of the muscle that it stands for, or 0."""
    number = {name: at for at, (name, s) in enumerate(model.structures.items(), 1) if s.kind == "Muscle"}
    return {node: number.get(structure_of(node), 0) for node in nodes}


def simplify(model: SidedModel, profile: str, first_side: Side = Side.RIGHT, weakest: str = "") -> nx.DiGraph:
    """The walk of a profile as a DiGraph, best edge per pair; with *weakest*, without what is of a lower grade.

    Edges carry ``cost`` (float), ``weight`` (integer: cost, then hops, then ids, for searching), ``edge`` (position in
    ``model.edges``), ``forward``, ``crosses``, ``grade`` (its order) and ``parallel`` (the other edges between the
    two); nodes carry ``start``, the weight of beginning there, which is nothing but ids, and ``muscle``, whether they
    are one. Among equal routes the weights prefer *first_side*, so that a search from the left is the mirror of one
    from the right. Time and space are linear in the number of edges.
    """
    import networkx as nx

    best = pairs(model, profile, weakest)
    place = places(model, {node for pair in best for node in pair}, first_side)
    walk, grades = nx.DiGraph(name=profile), model.unsided.grades
    muscle = muscles(model, place)
    walk.add_nodes_from((node, {"start": start_weight(place[node]), "muscle": muscle[node]}) for node in place)
    for pair in sorted(best, key=lambda p: (place[p[0]].key, place[p[1]].key)):
        step, *others = best[pair]
        source, target = (place[node] for node in pair)
        walk.add_edge(
            *pair,
            cost=step.cost,
            weight=(base_weight(step, target) << TIE_BITS) + tie(source, target),
            edge=step.edge,
            forward=step.forward,
            crosses=step.crosses,
            grade=grades[model.connection(model.edges[step.edge]).grade].order,
            parallel=[other.edge for other in others if other.edge != step.edge],
        )
    return walk
