"""Which muscles move with a muscle and which against it, its parts' partners included."""

from __future__ import annotations

from dataclasses import dataclass

from kinchain.model import Named
from kinchain.queries.incidence import Incidence


@dataclass(frozen=True, slots=True)
class Partner:
    """A muscle that produces the same movements, or, when it ``opposes``, those against them."""

    structure: Named
    opposes: bool
    movements: tuple[str, ...]
    sources: tuple[str, ...]
    grade: str
    crosses: bool


def partners(incidence: Incidence, structure: Named) -> tuple[Partner, ...]:
    """The antagonists, then the synergists of a muscle and its parts; those of most movements first."""
    model = incidence.model
    own, queue = [structure.id], [structure.id]
    while queue:
        parts = [p for p in incidence.subjects(queue.pop(), "partOf") if p not in own]
        own += parts
        queue += parts
    found: dict[tuple[str, bool], Partner] = {}
    for here in own:
        for edge in incidence.edges(here):
            if edge.relation not in ("antagonistOf", "synergistOf"):
                continue
            connection = model.connection(edge)
            other = model.structures[edge.object if edge.subject == here else edge.subject]
            if other.id in own:
                continue
            key = other.id, edge.relation == "antagonistOf"
            before = found.get(key) or Partner(other, key[1], (), (), connection.grade, edge.crosses)
            via = model.unsided.structures[connection.via].label if connection.via else ""
            found[key] = Partner(
                other,
                key[1],
                tuple(sorted({*before.movements, *([via] if via else [])})),
                tuple(sorted({*before.sources, *connection.sources})),
                before.grade,
                before.crosses or edge.crosses,
            )
    return tuple(sorted(found.values(), key=lambda p: (not p.opposes, -len(p.movements), p.structure.label)))
