"""The page of remote causes: red flags first, then the candidates, each with its way to the site."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence

from kinchain.model import Side, UnsidedModel
from kinchain.queries.care import FlagItem
from kinchain.queries.causes import Candidate, Causes
from kinchain.views import json_causes
from kinchain.views.frame import INLINE, Assets, badge, links
from kinchain.views.pages import strands
from kinchain.views.pages.strands import Strand, step
from kinchain.views.picture import Lane

_SHOWN_FLAGS = 7  # besides those that the question raises; the others are a click away
_OVERVIEW = 0  # the lane that shows every candidate; those of the candidates follow by rank


def page(answer: Causes, model: UnsidedModel, *, assets: Assets = INLINE) -> str:
    """The page of a complaint: flags, what lies there, ranked candidates; choosing one draws its way."""
    where = place_words(answer, model)
    how = ", ".join(q.label for q in answer.site.qualifiers)
    return strands.page(
        title=f"Remote causes: {where}",
        heading=f"What might be behind {where}?" + (f" ({how})" if how else ""),
        shown="candidates and the ways in which each may reach the site",
        strands=[_strand(c, model) for c in answer.candidates],
        notes=[
            f"Looked for and not found: {html.escape(r.structure.label)}. {html.escape(r.why)} "
            f"{links(r.sources, model.sources)}"
            for r in answer.refuted
        ],
        model=model,
        assets=assets,
        data=json_causes.causes(answer, model.sources, dict(model.mechanisms)),
        cited=[
            *(i for f in answer.red_flags for i in f.details.sources),
            *(i for r in answer.refuted for i in r.sources),
        ],
        before=_flags(answer, model) + _candidates(answer, model, assets) + _local(answer, assets),
        stacked=True,
        overview=overview(answer),
    )


def place_words(answer: Causes, model: UnsidedModel) -> str:
    """The places of a complaint, without their side where both are meant."""
    sides: dict[str, set[Side]] = {}
    for p in answer.site.places:
        sides.setdefault(p.unsided, set()).add(p.side)
    return ", ".join(
        dict.fromkeys(
            model.structures[p.unsided].label if len(sides[p.unsided]) > 1 else p.label for p in answer.site.places
        )
    )


def overview(answer: Causes) -> Lane:
    """Every candidate where it lies, by rank, and the painful place."""
    found = [c.reasons[0].structure for c in answer.candidates]
    ranks = [c.rank for c in answer.candidates]
    places = answer.site.places
    return Lane(
        _OVERVIEW,
        "all",
        (*places, *found),
        (),
        numbers=(*[None] * len(places), *ranks),
        marked=tuple(range(len(places))),
        opens=(*[None] * len(places), *ranks),
    )


def _strand(c: Candidate, model: UnsidedModel) -> Strand:
    mechanisms = [f"{html.escape(model.mechanisms[r.mechanism].label)} {badge(r.grade)}" for r in c.reasons]
    facts = [" and ".join(mechanisms), html.escape(c.where), f"score {c.score:.2f}"]
    tests = "; ".join(t.structure.label for t in c.tests)
    care = "; ".join(i.structure.label for i in c.care)
    facts += [f"tests: {html.escape(tests)}"] if tests else []
    facts += [f"care: {html.escape(care)}"] if care else []
    return Strand(c.rank, f"{c.rank}. {c.structure.label}", tuple(facts), tuple(map(step, c.reasons[0].hops)))


def _flags(answer: Causes, model: UnsidedModel) -> str:
    """Red flags by urgency: those that the question raises opened, the first of the place, the others folded."""
    if not answer.red_flags:
        return ""
    near = [f for f in answer.red_flags if f.structure.id in answer.raised | answer.of_region]
    first = near[: max(_SHOWN_FLAGS, len(answer.raised))]
    more = (
        (near[len(first) :], "for this place"),
        ([f for f in answer.red_flags if f not in near], "looked for everywhere, or through one of the candidates"),
    )
    folded = "".join(_folded(flags, where, answer, model) for flags, where in more if flags)
    return (
        '<section class="flags" aria-labelledby="flags"><h2 id="flags">Red flags first</h2>'
        f"{_flag_list(first, answer, model)}{folded}</section>"
    )


def _folded(flags: Sequence[FlagItem], where: str, answer: Causes, model: UnsidedModel) -> str:
    urgent = sum(f.details.urgency == "emergency" for f in flags)
    counted = f", {urgent} of them emergencies" if urgent else ""
    return f"<details><summary>{len(flags)} more {where}{counted}</summary>{_flag_list(flags, answer, model)}</details>"


def _flag_list(flags: Iterable[FlagItem], answer: Causes, model: UnsidedModel) -> str:
    return (
        "<ul>"
        + "".join(
            f'<li class="{f.details.urgency}"><details{" open" if f.structure.id in answer.raised else ""}>'
            f"<summary><strong>{f.details.urgency}"
            f"{', raised by the question' if f.structure.id in answer.raised else ''}</strong> "
            f"{html.escape(f.structure.label)}</summary>"
            f"<p>{html.escape(f.details.condition)}. <em>{html.escape(f.details.action)}</em> "
            f"{links(f.details.sources, model.sources)}</p></details></li>"
            for f in flags
        )
        + "</ul>"
    )


def _candidates(answer: Causes, model: UnsidedModel, assets: Assets) -> str:
    rows = "".join(
        f'<tr><th scope="row"><button type="button" data-open="{c.rank}" '
        f'aria-label="show candidate {c.rank}, {html.escape(c.structure.label)}">{c.rank}</button></th>'
        f'<td>{assets.named(c.structure)} <span class="comment">{html.escape(c.where)}</span></td>'
        f"<td>{', '.join(html.escape(model.mechanisms[r.mechanism].label) for r in c.reasons[:2])}</td>"
        f"<td>{badge(c.grade)}</td></tr>"
        for c in answer.candidates
    )
    if not rows:
        return "<p>No candidate elsewhere is known under these conditions.</p>"
    return (
        '<section class="candidates"><h2>What elsewhere might be behind it</h2>'
        "<table><thead><tr><th scope='col'>Rank</th><th scope='col'>Structure</th><th scope='col'>Mechanism</th>"
        f"<th scope='col'>Evidence</th></tr></thead><tbody>{rows}</tbody></table></section>"
    )


def _local(answer: Causes, assets: Assets) -> str:
    names = ", ".join(map(assets.named, answer.local))
    return (
        '<details class="local"><summary>What lies at the site itself '
        f"({len(answer.local)} structures, not ranked)</summary><p>{names}</p></details>"
    )
