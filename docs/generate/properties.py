"""The properties that say something about a thing or a connection, and connect nothing by themselves."""

from __future__ import annotations

from . import Known
from .markdown import escaped, number, table


def properties(known: Known) -> str:
    """All properties of the vocabulary that are no relations."""
    relations = {term.iri for term in known.schema.relations}
    rows = []
    kinds = ("AnnotationProperty", "DatatypeProperty", "ObjectProperty")
    for term in sorted(known.schema.terms.values(), key=lambda t: t.name.lower()):
        if term.iri in relations or not term.types & set(kinds):
            continue
        domain = ", ".join(known.schema.named(c).label for c in known.schema.classes_of(term, "domain"))
        rows.append((f"`kc:{term.name}`", escaped(term.definition), domain, number(known.schema.used[term.iri])))
    return table(("property", "what it says", "of", "used"), rows, "lllr")


PARTS = {"properties": properties}
