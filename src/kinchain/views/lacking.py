"""What an anatomy file of others has that kinchain lacks: as a table, as tab-separated lines, as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from kinchain.queries.lacking import Comparison, Lacking
from kinchain.views.table import is_terminal, table

HEADER = ("kind", "id", "label", "synonyms", "under")
SHOWN = 12  # of each kind, at a terminal


def summary(found: Comparison) -> str:
    """One sentence: how many terms there are, and how many of them are known.

    >>> summary(Comparison("x.obo", "OBO", 3, {"identifier": 1, "cross_reference": 0, "name": 0}, 1, {}, (), (), 0))
    'x.obo (OBO) has 3 terms: 1 known (1 by identifier), 1 left out of kinchain on purpose, 1 lacking'
    """
    known = sum(found.known.values())
    ways = ", ".join(f"{number:,} by {way.replace('_', ' ')}" for way, number in found.known.items() if number)
    lacking = found.terms - known - found.left_out
    return (
        f"{found.file} ({found.format}) has {found.terms:,} terms: {known:,} known{f' ({ways})' if ways else ''}, "
        f"{found.left_out:,} left out of kinchain on purpose, {lacking:,} lacking"
    )


def notes(found: Comparison, limit: int = 8) -> list[str]:
    """What could not be read as it stands, by line, the first of it.

    >>> from kinchain.rdf.foreign.terms import Note
    >>> notes(Comparison("x.obo", "OBO", 0, {}, 0, {}, (), (Note(3, "is no OBO"),), 2))
    ['x.obo:3: is no OBO', 'x.obo: 1 more lines could not be read as they stand']
    """
    told = [f"{found.file}:{note.line}: {note.message}" for note in found.notes[:limit]]
    more = found.noted - len(told)
    return [*told, f"{found.file}: {more:,} more lines could not be read as they stand"] if more > 0 else told


def rows(found: Comparison) -> Iterable[tuple[str, ...]]:
    """One row for each term that is lacking."""
    return ((e.kind, e.id, _cell(e.label), _cell("; ".join(e.synonyms)), _cell(e.under)) for e in found.lacking)


def tsv(found: Comparison) -> str:
    """The rows with their header as tab-separated text.

    >>> tsv(Comparison("x.obo", "OBO", 0, {}, 0, {}, (), (), 0)).split()
    ['kind', 'id', 'label', 'synonyms', 'under']
    """
    return "".join("\t".join(row) + "\n" for row in (HEADER, *rows(found)))


def show(found: Comparison) -> None:
    """Print the comparison: at a terminal counts and some of each kind, piped all rows."""
    if not is_terminal():
        table(HEADER, list(rows(found)))
        return
    table(
        ("kind", "terms", "lacking"),
        [(kind, f"{total:,}", f"{missing:,}") for kind, (total, missing) in found.by_kind.items()],
    )
    for kind, group in groupby(found.lacking, key=lambda each: each.kind):
        members = list(group)
        print()
        table((f"{kind}: lacking", "id", "under"), [(e.label, e.id, e.under) for e in members[:SHOWN]])
        if len(members) > SHOWN:
            print(f"… and {len(members) - SHOWN:,} more; -o FILE.tsv writes all")


def as_json(found: Comparison) -> dict[str, Any]:
    """The comparison as plain values.

    >>> as_json(Comparison("x.obo", "OBO", 0, {}, 0, {}, (), (), 0))["lacking"]
    []
    """
    return {
        "file": found.file,
        "format": found.format,
        "terms": found.terms,
        "known": dict(found.known),
        "left_out": found.left_out,
        "by_kind": {kind: {"terms": total, "lacking": missing} for kind, (total, missing) in found.by_kind.items()},
        "lacking": [_term(each) for each in found.lacking],
        "notes": [{"line": note.line, "message": note.message} for note in found.notes],
    }


def _term(each: Lacking) -> dict[str, Any]:
    return {
        "id": each.id,
        "label": each.label,
        "kind": each.kind,
        "synonyms": list(each.synonyms),
        "under": each.under,
    }


def _cell(text: str) -> str:
    return " ".join(text.split())
