"""The atlas as tables, for spreadsheets and programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence

from kinchain.model import UnsidedModel

Rows = Iterable[Sequence[str]]


def _structures(model: UnsidedModel) -> Rows:
    yield "id", "label", "kind", "laterality", "definition", "synonyms", "latin", "mappings"
    for s in model.structures.values():
        yield (
            *(s.id, s.label, s.kind, str(s.laterality), s.definition),
            *("; ".join(s.synonyms), "; ".join(s.latin), "; ".join(f"{m.predicate} {m.id}" for m in s.mappings)),
        )


def _connections(model: UnsidedModel) -> Rows:
    yield "subject", "relation", "object", "side_rule", "evidence", "sources", "against", "comment", "derived_by"
    for c in model.connections:
        yield (
            *(c.subject, c.relation, c.object, str(c.side_rule), c.grade),
            *("; ".join(c.sources), "; ".join(c.against), c.comment, c.derived_by),
        )


def _sources(model: UnsidedModel) -> Rows:
    yield "id", "authors", "year", "title", "venue", "doi", "pmid", "isbn", "status"
    for s in model.sources.values():
        yield s.id, s.authors, s.year, s.title, s.venue, s.doi, s.pmid, s.isbn, s.status


TABLES: Mapping[str, Callable[[UnsidedModel], Rows]] = {
    "structures.csv": _structures,
    "connections.csv": _connections,
    "sources.csv": _sources,
}


def table(model: UnsidedModel, name: str) -> str:
    """One of ``TABLES`` as CSV."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(TABLES[name](model))
    return text.getvalue()
