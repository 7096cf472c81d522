"""The one term that exports need beside the schema: how a refuted connection is told without being asserted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinchain.vocab import KC, OWL, RDF_TYPE, RDFS, SKOS

if TYPE_CHECKING:
    import pyoxigraph as ox

REFUTED = KC + "refuted"
RELATION = KC + "edgeRelation"


def declared() -> list[ox.Triple]:
    """What ``kc:refuted`` is, for formats in which a connection cannot be spoken of without being made.

    >>> [str(triple.object) for triple in declared()][1]
    '"refuted"@en'
    """
    import pyoxigraph as ox

    term = ox.NamedNode(REFUTED)
    means = (
        "From end to end of a connection that was looked for and shown to be wrong; kc:edgeRelation says of which kind."
    )
    return [
        ox.Triple(term, ox.NamedNode(RDF_TYPE), ox.NamedNode(OWL + "AnnotationProperty")),
        ox.Triple(term, ox.NamedNode(RDFS + "label"), ox.Literal("refuted", language="en")),
        ox.Triple(term, ox.NamedNode(SKOS + "definition"), ox.Literal(means, language="en")),
    ]
