"""An edge of the body as a hop of a route."""

from __future__ import annotations

from kinchain.answers import Hop
from kinchain.graph.incident import OBJECT, SUBJECT
from kinchain.model import Edge
from kinchain.queries.incidence import Incidence


def hop_of(incidence: Incidence, edge: Edge, source: str) -> Hop:
    """An edge as a hop that is walked from *source*."""
    model = incidence.model
    connection = model.connection(edge)
    forward = edge.subject == source
    target = edge.object if forward else edge.subject
    relation = model.unsided.relations[edge.relation]
    first, second = model.structures[source], model.structures[target]
    phrase = relation.phrase if forward or relation.symmetric else relation.inverse_phrase
    return Hop(
        source=first,
        target=second,
        relation=edge.relation,
        forward=forward,
        grade=connection.grade,
        sources=connection.sources,
        crosses=edge.crosses,
        words=f"{first.label} {phrase} {second.label}",
        comment=connection.comment,
        against=connection.against,
    )


def hop(incidence: Incidence, source: str, target: str, relation: str) -> Hop:
    """The hop from one structure to another along a relation that joins them, in either direction."""
    ids = incidence.kept.incident.ids
    joining = (edge for edge, _, other, _ in incidence.entries(source, (relation,), SUBJECT, OBJECT)
               if ids[other] == target)  # fmt: skip
    return hop_of(incidence, incidence.model.edges[next(joining)], source)
