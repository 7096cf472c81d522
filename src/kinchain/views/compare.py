"""Comparisons as text and as JSON."""

from __future__ import annotations

from kinchain.answers import NOTICE
from kinchain.queries.compare import Comparison
from kinchain.views import json_clinical, jsonout
from kinchain.views.jsonout import Json, Sources
from kinchain.views.table import is_terminal, table


def as_json(found: Comparison, sources: Sources) -> Json:
    """The answer of ``kinchain compare --json``."""
    if found.chains:
        compared = [json_clinical.chain(each, sources)["chain"] for each in found.chains]
    else:
        compared = [jsonout.named(each.structure) for each in found.structures or ()]
    return {
        "kind": found.kind,
        "mirrored": found.mirrored,
        "compared": compared,
        "figures": [{"title": f.title, "first": f.first, "second": f.second} for f in found.figures],
        "aspects": [
            {"title": a.title, "both": list(a.both), "first": list(a.first), "second": list(a.second)}
            for a in found.aspects
        ],
        "notes": list(found.notes),
        "notice": NOTICE,
    }


def as_table(found: Comparison) -> None:
    """Print a comparison: figures side by side, then what both have and what each has alone."""
    first, second = found.labels
    rows = [(f.title, "", f.first, f.second) for f in found.figures]
    rows += [(a.title, ", ".join(a.both), ", ".join(a.first), ", ".join(a.second)) for a in found.aspects]
    table(("", "both", f"only {first}", f"only {second}"), rows)
    if is_terminal():
        from rich.console import Console
        from rich.text import Text

        console = Console()
        for note in (*found.notes, *found.reviews):
            console.print(Text(f"\n{note}"))
        console.print(Text(f"\n{NOTICE}", style="dim italic"))
