"""The page of a chain: link by link, line style by evidence, gaps as gaps, what speaks against it."""

from __future__ import annotations

import html

from kinchain.model import UnsidedModel
from kinchain.queries.chains import TracedChain, TracedLink
from kinchain.views import json_clinical
from kinchain.views.frame import INLINE, Assets, badge, links
from kinchain.views.pages import strands
from kinchain.views.pages.strands import Step, Strand


def page(traced: TracedChain, model: UnsidedModel, *, assets: Assets = INLINE) -> str:
    """The page of a chain: link by link, gaps as gaps, what speaks against it."""
    lines = []
    sources = model.sources
    for number, line in enumerate(traced.strands, 1):
        first, last = line[0].source.label, line[-1].target.label
        title = "main line" if number == 1 else f"branch {number - 1}"
        weakest = [link.position for link in line if link.holds == "gap"]
        gaps = f"nothing verified at link {', '.join(map(str, weakest))}" if weakest else "no gap"
        facts = (html.escape(f"{first} → {last}"), gaps)
        lines.append(Strand(number, f"{number}. {title}", facts, tuple(link_step(link) for link in line)))
    known = traced.chain
    against = f" Against: {links(known.against, sources)}." if known.against else ""
    notes = [
        html.escape(known.definition),
        f"As a whole: {badge(known.grade)} {links(known.sources, sources)}.{against}",
        html.escape(known.comment),
    ]
    return strands.page(
        title=traced.label,
        heading=f"The {traced.label}",
        shown="links of the chain",
        strands=lines,
        notes=[note for note in notes if note],
        model=model,
        assets=assets,
        data=json_clinical.chain(traced, sources),
        cited=(*known.sources, *known.against),
    )


def link_step(link: TracedLink) -> Step:
    """A link of a chain as a step: what holds it, or that nothing was verified."""
    holds = {
        "gap": "a gap: nothing was verified",
        "claim": "the chain alone says so",
        "co-activation": "no shared tissue: they only work together",
        "shared attachment": "a shared attachment, no continuity",
    }.get(link.holds, "")
    words = f"{link.position}. {link.source.label} → {link.target.label}" + (f" ({holds})" if holds else "")
    comment = " ".join(part for part in (link.stands_on and f"Stands on: {link.stands_on}.", link.comment) if part)
    gap = link.holds == "gap"
    return Step(link.source, link.target, words, link.grade, link.crosses, link.sources, link.against, comment, gap)
