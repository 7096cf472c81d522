"""Where everything is in a standing adult: landmarks are given, the rest follows from what it hangs on.

Positions are in units of stature: how far from the median plane, above the floor, in front of the coronal plane. Bones,
landmarks, organs and regions are written in ``ontology/layout``; a muscle is placed between its origin and insertion, a
ligament or fascia between what it attaches to, a joint's parts by the joint, a nerve along its way from where it comes
to what it supplies, a group among its members. Positions are unsided, so that pairs mirror exactly.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kinchain.model import Connection, Laterality, Point, SideRule, UnsidedModel

# For each kind, what a structure of it is placed by, the best first: relation, and whether the structure is its
# subject. What stands in one tuple counts alike and by its own mean: a muscle lies midway between two sets of points.
_Rule = tuple[tuple[str, bool], ...]
_ATTACHED: _Rule = (("attachesTo", True),)
_BY_KIND: Mapping[str, tuple[_Rule, ...]] = {
    "Muscle": ((("origin", True), ("insertion", True)), (("partOf", False),)),
    "Tendon": ((("attachesTo", True), ("insertion", False), ("origin", False)), (("partOf", True),)),
    "Fascia": (_ATTACHED, (("invests", True),), (("partOf", False),)),
    "Ligament": (_ATTACHED, (("partOf", False),)),
    "Joint": ((("articulates", True),),),
    "Nerve": ((("branchOf", True), ("passesThrough", True), ("innervatedBy", False)),),
    "Plexus": ((("branchOf", True), ("branchOf", False), ("passesThrough", True)),),
    "Vessel": ((("passesThrough", True),),),
    "Tunnel": ((("partOf", True),), (("passesThrough", False),)),
    "Group": ((("memberOf", False),),),
    "Movement": ((("movementAt", True),), (("produces", False),)),
    "Finding": ((("findingOf", True),),),
}
_ANY: tuple[_Rule, ...] = (
    (("partOf", False),),
    (("partOf", True),),
    (("continuousWith", True), ("continuousWith", False)),
    (("attachesTo", False), ("stabilizes", True)),
    (("locatedIn", True),),
    (("memberOf", True),),
)
_NOWHERE = frozenset({"Test", "Intervention", "RedFlag"})  # no part of the body


@dataclass(frozen=True, slots=True)
class _Neighbour:
    name: str
    opposite: bool


def place(model: UnsidedModel) -> dict[str, Point]:
    """The position of every structure that has one, by unsided id, in a fixed order.

    Each round places what hangs on something placed, by the best rule that applies, so the time is the number of
    connections times the length of the longest chain of dependence (about ten).
    """
    near = _neighbours(model.connections)
    found = dict(model.positions)
    waiting = [s for s in sorted(model.structures) if s not in found and model.structures[s].kind not in _NOWHERE]
    for depth in range(1, 1 + max(len(_BY_KIND), len(_ANY))):
        placed = True
        while placed:
            placed = False
            for name in list(waiting):
                structure = model.structures[name]
                rules = (*_BY_KIND.get(structure.kind, ()), *_ANY)[:depth]
                point = next((p for rule in rules if (p := _by(rule, near[name], found)) is not None), None)
                if point is not None:
                    median = structure.laterality is Laterality.MEDIAN
                    found[name] = Point(0.0 if median else point.lateral, point.height, point.forward)
                    waiting.remove(name)
                    placed = True
    return {name: _rounded(found[name]) for name in sorted(found)}


def _neighbours(connections: Iterable[Connection]) -> dict[str, dict[tuple[str, bool], list[_Neighbour]]]:
    near: dict[str, dict[tuple[str, bool], list[_Neighbour]]] = defaultdict(lambda: defaultdict(list))
    for c in connections:
        if c.derived_by or c.grade == "Refuted":
            continue
        opposite = c.side_rule is SideRule.OPPOSITE
        near[c.subject][c.relation, True].append(_Neighbour(c.object, opposite))
        near[c.object][c.relation, False].append(_Neighbour(c.subject, opposite))
    return near


def _by(rule: _Rule, near: Mapping[tuple[str, bool], list[_Neighbour]], found: Mapping[str, Point]) -> Point | None:
    """The mean of the means of the neighbours that a rule names, of those that are placed."""
    means = []
    for way in rule:
        points = [_seen(found[n.name], n.opposite) for n in near.get(way, ()) if n.name in found]
        if points:
            means.append(mean(points))
    return mean(means) if means else None


def _seen(point: Point, opposite: bool) -> Point:
    """A point as it lies to a structure of this side."""
    return Point(-point.lateral, point.height, point.forward) if opposite else point


def mean(points: Iterable[Point]) -> Point:
    """The centre of some points."""
    lateral, height, forward = zip(*points, strict=True)
    return Point(sum(lateral) / len(lateral), sum(height) / len(height), sum(forward) / len(forward))


def _rounded(point: Point) -> Point:
    return Point(*(round(value, 4) + 0.0 for value in point))
