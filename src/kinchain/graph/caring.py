"""What tests or treats a structure: itself, its parts and wholes, the groups that it belongs to, and their findings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kinchain.model import SidedModel

Acting = tuple[int, int, int, int]
RELATIONS = ("tests", "targets")
# What is said of a group of so many says little of each member.
_LARGEST_GROUP = 12


def scope(incident: Any, structure: str) -> list[str]:
    """The structure, its parts and wholes, the groups of few that it belongs to; for a group its members."""
    found = [structure]
    for relation, down in (("partOf", True), ("memberOf", True), ("partOf", False)):
        queue = [structure]
        while queue:
            here = queue.pop()
            new = incident.subjects(here, relation) if down else incident.objects(here, (relation,))
            fresh = [n for n in new if n not in found]
            found += fresh
            queue += fresh
    for here in [*found]:
        for group in incident.objects(here, ("memberOf",)):
            if group not in found and len(incident.subjects(group, "memberOf")) <= _LARGEST_GROUP:
                found.append(group)
    return found


def places(model: SidedModel) -> dict[str, int]:
    """The place of each test and intervention in the order in which answers list them: best evidence first."""
    tests, interventions = model.unsided.tests, model.unsided.interventions
    graded = {**{t.id: t.grade for t in tests.values()}, **{i.id: i.grade for i in interventions.values()}}
    order = {name: model.unsided.grades[grade].order for name, grade in graded.items()}
    sided = (s for s in model.structures.values() if s.unsided in order)
    ordered = sorted(sided, key=lambda s: (order[s.unsided], s.label, s.id))
    return {s.id: place for place, s in enumerate(ordered)}


def acting(incident: Any, place: Mapping[str, int], structure: str) -> tuple[Acting, ...]:
    """What concerns a structure, by numbers: the relation among ``RELATIONS``, the place of a test or intervention, it,
    and what of the structure's scope it is about.
    """
    concerned = scope(incident, structure)
    concerned += sorted({f for here in concerned for f in incident.subjects(here, "findingOf")} - {*concerned})
    return tuple(
        (number, place[actor], incident.number(actor), incident.number(here))
        for number, relation in enumerate(RELATIONS)
        for here in concerned
        for actor in incident.subjects(here, relation)
    )
