"""The lists of a site: structures by kind, regions with their remote causes, chains, claims."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from itertools import groupby

from kinchain.model import Structure, UnsidedModel
from kinchain.views.frame import badge, fill
from kinchain.views.site import nav
from kinchain.views.site.kinds import KIND_WORDS, KindList
from kinchain.views.site.plan import Page, Plan

VERDICTS = {
    "wrong": "Wrong",
    "contested": "Contested",
    "imprecise": "Imprecise",
    "correct": "Correct",
}


def text_page(plan: Plan, page: Page, title: str, body: str, *, lead: str = "", above: nav.Crumb | None = None) -> str:
    """A page without a picture. *title* and *lead* are text, *body* is HTML."""
    return fill(
        "site.html",
        assets=nav.assets(plan, page, title, above),
        scripts=(),
        text={"title": title, "heading": title},
        html_parts={"body": body, "lead": f'<p class="lead">{escape(lead)}</p>\n' if lead else ""},
    )


def structures(model: UnsidedModel, plan: Plan, page: Page, listed: KindList) -> str:
    """The list of the structures of some kinds, each kind by the alphabet."""
    body = ""
    for kind in listed.kinds:
        found = [s for s in model.structures.values() if s.kind == kind]
        heading = f"<h2>{escape(KIND_WORDS[kind][1])}, {len(found)}</h2>" if len(listed.kinds) > 1 else ""
        body += heading + _alphabet(found, plan, page, "structure") if found else ""
    count = sum(s.kind in listed.kinds for s in model.structures.values())
    return text_page(plan, page, listed.title, body, lead=f"{count:,} · {listed.lead}")


def regions(model: UnsidedModel, plan: Plan, page: Page) -> str:
    """The list of regions, each with what might be behind pain there."""
    found = [s for s in model.structures.values() if s.kind == "Region"]
    return text_page(
        plan,
        page,
        "Regions",
        _alphabet(found, plan, page, "region"),
        lead="Pain is felt here: what elsewhere might be behind it? Red flags first, then candidates with "
        "their reasons, told of the right side where there are two.",
    )


def chains(model: UnsidedModel, plan: Plan, page: Page) -> str:
    """The list of published chains with their gaps."""
    rows = "".join(
        f'<tr><th scope="row"><a href="{plan.href(page, "chain", c.id)}">{escape(c.label)}</a></th>'
        f"<td>{escape(c.definition)}</td><td>{len(c.links)}</td><td>{sum(x.gap for x in c.links) or 'none'}</td>"
        f"<td>{badge(c.grade)}</td></tr>"
        for c in sorted(model.chains.values(), key=lambda c: c.label)
    )
    head = "".join(f"<th scope='col'>{t}</th>" for t in ("Chain", "What it is", "Links", "Gaps", "As a whole"))
    return text_page(
        plan,
        page,
        "Chains",
        f'<table class="wide"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>',
        lead="Published chains and slings, link by link: what holds each, and where nothing was verified.",
    )


def claims(model: UnsidedModel, plan: Plan, page: Page) -> str:
    """The list of claims by what became of them."""
    body = ""
    for verdict, title in VERDICTS.items():
        found = [c for c in model.claims.values() if c.verdict == verdict]
        items = "".join(f'<li><a href="{plan.href(page, "claim", c.id)}">{escape(c.statement)}</a></li>' for c in found)
        body += f'<h2 id="{verdict}">{title}, {len(found)}</h2><ul class="claims">{items}</ul>' if found else ""
    return text_page(
        plan, page, "Claims", body, lead="What popular documents say about the body, and what the evidence says of it."
    )


def _alphabet(found: Iterable[Structure], plan: Plan, page: Page, folder: str) -> str:
    """Structures as lists, one for each first letter."""
    ordered = sorted(found, key=lambda s: (s.label.casefold(), s.id))
    parts = []
    for letter, group in groupby(ordered, key=lambda s: s.label[0].upper()):
        items = "".join(f'<li><a href="{plan.href(page, folder, s.id)}">{escape(s.label)}</a></li>' for s in group)
        parts.append(f"<section><h2>{escape(letter)}</h2><ul>{items}</ul></section>")
    return f'<div class="names">{"".join(parts)}</div>'
