"""The search index of a site: every page by all the names of what it tells of, as a classic script."""

from __future__ import annotations

import json
from collections.abc import Iterator

from kinchain.model import UnsidedModel
from kinchain.views.site.kinds import kind_word
from kinchain.views.site.plan import Page, Plan

Entry = tuple[str, str, str, list[str]]  # name, kind in words, path without its ending, other names


def script(model: UnsidedModel, plan: Plan) -> str:
    """The script that sets ``window.kinchainIndex``; a script, since a page from disk may fetch nothing."""
    lines = ",\n".join(json.dumps(entry, ensure_ascii=False, separators=(",", ":")) for entry in _entries(model, plan))
    return f"window.kinchainIndex = [\n{lines}\n];\n"


def _entries(model: UnsidedModel, plan: Plan) -> Iterator[Entry]:
    top = Page("", "index")
    for region in (s for s in model.structures.values() if plan.href(top, "region", s.id)):
        words = [*region.synonyms, *region.short_words]
        yield region.label, "region: what might be behind pain here", f"region/{region.id}", words
    for chain in (c for c in model.chains.values() if plan.href(top, "chain", c.id)):
        yield chain.label, "chain", f"chain/{chain.id}", list(chain.synonyms)
    for s in (s for s in model.structures.values() if plan.href(top, "structure", s.id)):
        names = [*s.synonyms, *s.abbreviations, *s.latin, *s.short_words]
        yield s.label, kind_word(s.kind), f"structure/{s.id}", list(dict.fromkeys(names))
    for claim in (c for c in model.claims.values() if plan.href(top, "claim", c.id)):
        yield claim.statement, f"claim: {claim.verdict}", f"claim/{claim.id}", list(claim.wordings)
