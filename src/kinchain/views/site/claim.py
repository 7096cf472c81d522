"""The page of a claim: who says it, what became of it, what the evidence says."""

from __future__ import annotations

from html import escape

from kinchain.clinical import Claim
from kinchain.model import UnsidedModel
from kinchain.views.frame import links, references
from kinchain.views.site.lists import VERDICTS, text_page
from kinchain.views.site.plan import Page, Plan


def claim(known: Claim, model: UnsidedModel, plan: Plan, page: Page) -> str:
    """The page of a claim; what it speaks of leads to its page."""
    sources = model.sources
    about = [_thing(i, model, plan, page) for i in dict.fromkeys((*known.subjects, *known.objects))]
    facts = [
        ("Claimed by", links(known.claimed_by, sources)),
        ("What the evidence says", escape(known.correction)),
        ("Sources", links(known.sources, sources)),
        ("Against the claim", links(known.against, sources)),
        ("It speaks of", ", ".join(each for each in about if each)),
        ("Also said as", escape("; ".join(known.wordings))),
    ]
    told = "".join(f"<dt>{title}</dt><dd>{text}</dd>" for title, text in facts if text)
    cited = sorted({*known.claimed_by, *known.sources, *known.against})
    verdict = escape(known.verdict)
    return text_page(
        plan,
        page,
        f"“{known.statement}”",
        f'<p class="verdict {verdict}"><strong>{VERDICTS.get(known.verdict, verdict)}</strong></p><dl>{told}</dl>'
        f'<section class="references"><h2>Works</h2><ol>{references(cited, sources)}</ol></section>',
        above=("claims", "Claims"),
    )


def _thing(name: str, model: UnsidedModel, plan: Plan, page: Page) -> str:
    known = model.structures.get(name) or model.chains.get(name)
    if known is None:
        return ""
    href = plan.href(page, "chain" if name in model.chains else "structure", name)
    return f'<a href="{href}">{escape(known.label)}</a>' if href else escape(known.label)
