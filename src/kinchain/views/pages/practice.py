"""What concerns a structure in practice, as parts of a page: red flags, tests, training and treatment, claims."""

from __future__ import annotations

import html
from collections.abc import Container, Iterable, Sequence

from kinchain.clinical import Claim
from kinchain.model import Named, UnsidedModel
from kinchain.queries.care import Care, CareItem, FlagItem, TestItem
from kinchain.views.frame import Sources, badge, links
from kinchain.views.pages.lanes import NameLink, plain

_FIRST_FLAGS = 5


def cited(care: Care) -> set[str]:
    """The sources of all that is told here."""
    found = {i for flag in care.red_flags for i in flag.details.sources}
    for test in care.tests:
        found |= {*test.details.sources, *test.details.taught_by}
        found |= {i for figures in test.details.accuracies for i in figures.sources}
    for item in care.interventions:
        found |= {*item.details.sources, *item.details.taught_by, *item.details.against}
        found |= {i for dosage in item.details.dosages for i in dosage.sources}
    for claim in care.claims:
        found |= {*claim.claimed_by, *claim.sources, *claim.against}
    return found


def red_flags(flags: Sequence[FlagItem], direct: Container[str], sources: Sources, link: NameLink) -> str:
    """Red flags: a few opened, those that name the structure itself (*direct*) first; the others folded but counted."""
    if not flags:
        return ""
    ordered = sorted(flags, key=lambda f: f.structure.id not in direct)  # each part stays by urgency
    first, others = ordered[:_FIRST_FLAGS], ordered[_FIRST_FLAGS:]
    urgent = sum(f.details.urgency_order == 0 for f in others)
    more = (
        f"<details><summary>{len(others)} more, {urgent} of them emergencies: looked for in its region, or everywhere"
        f"</summary>{_flags(others, sources, link)}</details>"
        if others
        else ""
    )
    return (
        '<section class="flags" aria-labelledby="flags"><h2 id="flags">Red flags first</h2>'
        f"{_flags(first, sources, link)}{more}</section>"
    )


def _flags(flags: Iterable[FlagItem], sources: Sources, link: NameLink) -> str:
    items = "".join(
        f'<li class="{html.escape(f.details.urgency)}"><details><summary><strong>{html.escape(f.details.urgency)}'
        f"</strong> {plain(f.structure)}</summary>{_own_page(f.structure, link)}<p>{flag_words(f, link)} "
        f"{links(f.details.sources, sources)}</p></details></li>"
        for f in flags
    )
    return f"<ul>{items}</ul>" if items else ""


def flag_words(flag: FlagItem, link: NameLink) -> str:
    """What a red flag may be, what it suspects, and what to do."""
    suspects = f" (suspects {', '.join(map(link, flag.suspects))})" if flag.suspects else ""
    return f"May be {html.escape(flag.details.condition)}{suspects}. <em>{html.escape(flag.details.action)}</em>"


def tests(items: Sequence[TestItem], sources: Sources, link: NameLink) -> str:
    """What tests a structure: how, what a result says for and against, its figures."""
    return _list("What tests it", [test(item, sources, link) for item in items])


def test(item: TestItem, sources: Sources, link: NameLink) -> str:
    """One test as the item of a list."""
    details = item.details
    figures = "".join(
        f"<li>{html.escape(a.words or a.comment)}{_remark(a.comment if a.words else '')} "
        f"{links(a.sources, sources)}</li>"
        for a in details.accuracies
    )
    facts = (
        ("How", details.procedure),
        ("Positive when", details.positive_sign),
        ("What it says", details.reading),
        ("Sides", details.side_meaning),
        ("Reliability", details.reliability),
        ("Cautions", " ".join(details.cautions)),
    )
    return _item(
        item.structure,
        link,
        details.grade,
        "".join(_fact(name, text) for name, text in facts)
        + (f"<p><b>Figures</b></p><ul>{figures}</ul>" if figures else "<p>No figures for its accuracy are known.</p>")
        + _works((("Taught by", details.taught_by), ("Sources", details.sources)), sources),
    )


def interventions(items: Sequence[CareItem], sources: Sources, link: NameLink) -> str:
    """What trains or treats a structure, how much, and what it did; then what to mind."""
    cautions = "".join(
        f"<li><strong>{link(item.structure)}</strong>: {caution_words(item, link)}</li>"
        for item in items
        if item.details.cautions or item.contraindicated_in
    )
    told = _list("What trains or treats it", [intervention(item, sources, link) for item in items])
    return told + (f'<section class="cautions"><h2>Cautions</h2><ul>{cautions}</ul></section>' if cautions else "")


def intervention(item: CareItem, sources: Sources, link: NameLink) -> str:
    """One exercise, technique or treatment as the item of a list."""
    details = item.details
    doses = "; ".join(
        f"{html.escape(d.words or d.comment)} {links(d.sources, sources)}".strip() for d in details.dosages
    )
    facts = (
        ("How", details.procedure),
        ("Sides", details.side_meaning),
        ("What it did", details.effect),
        ("First", ", ".join(item.prepared_by)),
    )
    works = (("Taught by", details.taught_by), ("Sources", details.sources), ("Against", details.against))
    return _item(
        item.structure,
        link,
        details.grade,
        "".join(_fact(name, text) for name, text in facts)
        + (f"<p><b>How much</b> {doses}</p>" if doses else "")
        + _works(works, sources),
    )


def caution_words(item: CareItem, link: NameLink) -> str:
    """What to mind with an intervention, and the findings in which it is not used."""
    barred = f"Not in: {', '.join(map(link, item.contraindicated_in))}." if item.contraindicated_in else ""
    return " ".join(part for part in (*map(html.escape, item.details.cautions), barred) if part)


def claims(found: Sequence[Claim], model: UnsidedModel) -> str:
    """What is claimed about a structure, and what became of it."""
    return _list(f"Claims about it ({len(found)})", [claim(each, model) for each in found])


def claim(each: Claim, model: UnsidedModel) -> str:
    """One claim as the item of a list: its verdict, who says so, what the evidence says."""
    works = (("Claimed by", each.claimed_by), ("Sources", each.sources), ("Against", each.against))
    verdict = html.escape(each.verdict)
    return (
        f'<li><details><summary><strong class="verdict {verdict}">{verdict}</strong> '
        f"{html.escape(each.statement)}</summary>{_fact('What the evidence says', each.correction)}"
        f"{_works(works, model.sources)}</details></li>"
    )


def _list(title: str, items: Sequence[str]) -> str:
    if not items:
        return ""
    return f'<section class="practice"><h2>{html.escape(title)}</h2><ul class="plain">{"".join(items)}</ul></section>'


def _item(structure: Named, link: NameLink, grade: str, body: str) -> str:
    return (
        f"<li><details><summary>{plain(structure)} {badge(grade)}</summary>"
        f"{_own_page(structure, link)}{body}</details></li>"
    )


def _own_page(structure: Named, link: NameLink) -> str:
    """The way to the page of what a summary names, where there is one: a summary itself holds no link."""
    linked = link(structure)
    return "" if linked == plain(structure) else f"<p>Its page: {linked}</p>"


def _fact(name: str, text: str) -> str:
    return f"<p><b>{name}</b> {html.escape(text)}</p>" if text else ""


def _remark(text: str) -> str:
    return f' <span class="comment">{html.escape(text)}</span>' if text else ""


def _works(works: Iterable[tuple[str, tuple[str, ...]]], sources: Sources) -> str:
    return "".join(f'<p class="comment">{name}: {links(ids, sources)}</p>' for name, ids in works if ids)
