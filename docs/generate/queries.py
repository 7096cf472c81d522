"""The named queries: what each answers, what it can be asked about, and its text."""

from __future__ import annotations

from kinchain.exports.library import Entry, entries

from . import Known
from .markdown import code, escaped, table


def queries(known: Known) -> str:
    """All queries: a table of them, then each."""
    found = list(entries(known.root).values())
    rows = [(f"[`{q.name}`](#{q.name})", escaped(q.title), ", ".join(q.users)) for q in found]
    overview = table(("query", "what it answers", "made for"), rows)
    return "\n\n".join([overview, *(_section(query) for query in found)])


def _section(query: Entry) -> str:
    parts = [f"## {query.title} {{ #{query.name} }}", escaped(query.answers)]
    if query.parameters:
        rows = [(f"`{p.name}`", escaped(p.words), f"`{p.kind}`", f"`{p.default}`") for p in query.parameters]
        parts.append(table(("parameter", "what it is", "takes", "if left out"), rows))
    parts.append(code(query.example, "sh"))
    text = "\n".join(line for line in query.text.splitlines() if not line.startswith(("#", "PREFIX"))).strip()
    shown = "\n".join("    " + line for line in code(text, "sparql").splitlines())
    parts.append(f'??? abstract "The query, without its prefixes"\n\n{shown}')
    return "\n\n".join(parts)


PARTS = {"queries": queries}
