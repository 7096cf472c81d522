"""What tests or treats a structure: itself, its parts and wholes, the groups that it belongs to, and their findings."""

from __future__ import annotations

from typing import Any

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


def acting(incident: Any, structure: str) -> list[tuple[str, str, str]]:
    """What concerns a structure: relation, test or intervention, and what of the structure's scope it is about."""
    concerned = scope(incident, structure)
    concerned += sorted({f for here in concerned for f in incident.subjects(here, "findingOf")} - {*concerned})
    return [
        (relation, actor, here)
        for relation in RELATIONS
        for here in concerned
        for actor in incident.subjects(here, relation)
    ]
