"""What follows from what was written, and is never written itself; each connection says which rule made it.

* ``station``: two soft tissues attach to one landmark. A chain can change rope there, but nothing is continuous, so the
  grade is ``Limited``. Tissues that are continuous, or parts of one another, need no station.
* ``antagonistOf``, ``synergistOf``: two muscles produce opposite, or the same, movements; ``via`` is the movement.
  Opposition is said for each movement, since the rhomboids retract against pectoralis minor and rotate with it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from kinchain.model import Connection, SideRule, UnsidedModel

ATTACHMENTS = ("origin", "insertion", "attachesTo")
_SOFT = {"Muscle", "Tendon", "Fascia", "Ligament"}


def derive(model: UnsidedModel) -> tuple[Connection, ...]:
    """All derived connections of a model, in a fixed order."""
    return (*_stations(model), *_partners(model))


def parts_closure(model: UnsidedModel) -> dict[str, frozenset[str]]:
    """For each structure, all that it is a part of, itself included."""
    wholes: dict[str, set[str]] = defaultdict(set)
    for c in model.connections:
        if c.relation == "partOf":
            wholes[c.subject].add(c.object)

    def climb(part: str) -> frozenset[str]:
        found, queue = {part}, [part]
        while queue:
            for whole in wholes.get(queue.pop(), ()):
                if whole not in found:
                    found.add(whole)
                    queue.append(whole)
        return frozenset(found)

    return {name: climb(name) for name in model.structures}


def _stations(model: UnsidedModel) -> Iterator[Connection]:
    attached: dict[str, dict[str, Connection]] = defaultdict(dict)
    joined: set[frozenset[str]] = set()
    for c in model.connections:
        if (
            c.relation in ATTACHMENTS
            and c.grade != "Refuted"
            and c.side_rule is SideRule.SAME
            and model.structures[c.object].kind == "Landmark"
            and model.structures[c.subject].kind in _SOFT
        ):
            attached[c.object].setdefault(c.subject, c)
        if c.relation in (*ATTACHMENTS, "continuousWith", "partOf"):
            joined.add(frozenset((c.subject, c.object)))
    wholes = parts_closure(model)
    shared: dict[tuple[str, str], tuple[str, tuple[str, ...]]] = {}
    for landmark in sorted(attached):
        for first, second in combinations(sorted(attached[landmark]), 2):
            related = frozenset((first, second)) in joined or bool(wholes[first] & wholes[second])
            if not related and (first, second) not in shared:
                both = {*attached[landmark][first].sources, *attached[landmark][second].sources}
                shared[first, second] = (landmark, tuple(sorted(both)))
    for (first, second), (landmark, sources) in sorted(shared.items()):
        yield Connection(
            first,
            "station",
            second,
            grade="Limited",
            sources=sources,
            comment=f"Both attach to the {model.structures[landmark].label}; a shared attachment, no continuity.",
            derived_by="station",
            via=landmark,
        )


def _partners(model: UnsidedModel) -> Iterator[Connection]:
    """Synergists and antagonists by movement; the side rules of both muscles and of the opposition compose."""
    movers: dict[str, dict[str, Connection]] = defaultdict(dict)
    opposed: list[Connection] = []
    for c in model.connections:
        if c.relation == "produces" and c.grade != "Refuted" and len(model.structures[c.subject].laterality.sides) == 2:
            movers[c.object].setdefault(c.subject, c)
        elif c.relation == "opposes":
            opposed.append(c)
    wholes = parts_closure(model)

    def pair(relation: str, first: Connection, second: Connection, turn: SideRule) -> Connection:
        rules = (first.side_rule, turn, second.side_rule)
        return Connection(
            first.subject,
            relation,
            second.subject,
            side_rule=SideRule.OPPOSITE if rules.count(SideRule.OPPOSITE) % 2 else SideRule.SAME,
            sources=tuple(sorted({*first.sources, *second.sources})),
            derived_by="movement",
            via=first.object,
        )

    for movement in sorted(movers):
        for one, two in combinations(sorted(movers[movement]), 2):
            if not wholes[one] & wholes[two]:
                yield pair("synergistOf", movers[movement][one], movers[movement][two], SideRule.SAME)
    for opposition in opposed:
        there, back = opposition.subject, opposition.object
        for one in sorted(movers[there]):
            for two in sorted(movers[back]):
                twice = there == back and two < one
                if not twice and (one == two or not wholes[one] & wholes[two]):
                    yield pair("antagonistOf", movers[there][one], movers[back][two], opposition.side_rule)
