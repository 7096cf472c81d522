"""Pages that tell of strands: a picture of the body beside tables that say the same.

A strand is a route, the main line of a chain, one of its branches, or the way of a remote cause.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kinchain.answers import Hop
from kinchain.model import Named, UnsidedModel
from kinchain.views import cite
from kinchain.views.frame import INLINE, Assets, Sources, badge, fill, links, references
from kinchain.views.picture import Lane, Link, draw

CAPTION = "Structures stand where they lie in the body. Drag to move, scroll to zoom; arrow keys walk the steps."


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a picture and one row of its table."""

    source: Named
    target: Named
    words: str
    grade: str
    crosses: bool
    sources: tuple[str, ...]
    against: tuple[str, ...]
    comment: str
    gap: bool = False


@dataclass(frozen=True, slots=True)
class Strand:
    """Steps that follow one another, with what stands above their table and the ``chains`` that they run along."""

    number: int
    title: str
    facts: tuple[str, ...]
    steps: tuple[Step, ...]
    chains: tuple[str, ...] = ()

    @property
    def stations(self) -> tuple[Named, ...]:
        """The structures along the strand, both ends included."""
        return (self.steps[0].source, *(step.target for step in self.steps))


def step(hop: Hop) -> Step:
    """A hop of a route as a step."""
    return Step(hop.source, hop.target, hop.words, hop.grade, hop.crosses, hop.sources, hop.against, hop.comment)


def page(
    *,
    title: str,
    heading: str,
    shown: str,
    strands: Sequence[Strand],
    notes: Sequence[str],
    model: UnsidedModel,
    data: Any,
    cited: Sequence[str] = (),
    before: str = "",
    stacked: bool = False,
    overview: Lane | None = None,
    assets: Assets = INLINE,
) -> str:
    """A page of strands: the picture, a table for each, notes, the works that are cited.

    *stacked* strands are looked at one by one on one body, after an *overview* when there is one; others stand side by
    side. *heading*, *title* and *shown* are text, *notes* and *before* are HTML.
    """
    sources = model.sources
    lanes = [*([overview] if overview else []), *(lane(strand) for strand in strands)]
    used = {i for strand in strands for step in strand.steps for i in (*step.sources, *step.against)} | {*cited}
    return fill(
        "page.html",
        assets=assets,
        text={"title": title, "heading": heading, "caption": CAPTION, "shown": shown},
        html_parts={
            "choices": "".join(_choice(lane) for lane in lanes) if len(lanes) > 1 else "",
            "body": before + "".join(_section(strand, sources, assets) for strand in strands),
            "notes": "".join(f"<p>{note}</p>" for note in notes),
            "references": references(sorted(used), sources),
        },
        data={
            "network": draw(model, lanes, stacked=stacked, body_beside=bool(assets.folder)),
            "answer-data": data,
            "citations": cite.records(used, sources),
        },
    )


def lane(strand: Strand) -> Lane:
    """A strand as a lane: its structures in order, and a link for each step."""
    links = tuple(
        Link(number, number + 1, step.words, step.grade, step.crosses, step.gap)
        for number, step in enumerate(strand.steps)
    )
    return Lane(strand.number, strand.title, strand.stations, links)


def _choice(lane: Lane) -> str:
    text = html.escape(lane.title.removesuffix(" route"))
    return f'<button type="button" data-show="{lane.number}" aria-pressed="false">{text}</button>'


def _section(strand: Strand, sources: Sources, assets: Assets) -> str:
    along = "".join(f"<li>{html.escape(words)}</li>" for words in strand.chains)
    rows = "".join(_row(strand, position, step, sources, assets) for position, step in enumerate(strand.steps))
    return (
        f'<section class="route" id="route-{strand.number}" aria-labelledby="title-{strand.number}">'
        f'<h2 id="title-{strand.number}">{html.escape(strand.title)}</h2>'
        f'<p class="facts">{" · ".join(strand.facts)}</p>'
        + (f'<p class="chains">Runs along published chains:</p><ul class="chains">{along}</ul>' if along else "")
        + "<table><thead><tr><th scope='col'>Step</th><th scope='col'>Connection</th><th scope='col'>Evidence</th>"
        f"<th scope='col'>Sources</th></tr></thead><tbody>{rows}</tbody></table></section>"
    )


def _row(strand: Strand, position: int, step: Step, sources: Sources, assets: Assets) -> str:
    crossing = ' <strong class="cross">⇄ crosses the midline</strong>' if step.crosses else ""
    comment = f'<br><span class="comment">{html.escape(step.comment)}</span>' if step.comment else ""
    against = f'<br><span class="comment">Against: {links(step.against, sources)}</span>' if step.against else ""
    label = f"show step {position + 1} of {html.escape(strand.title)} in the picture"
    return (
        f'<tr data-route="{strand.number}" data-hop="{position}" data-from="{position}" data-to="{position + 1}">'
        f'<th scope="row"><button type="button" aria-label="{label}">{position + 1}</button></th>'
        f"<td>{assets.linked(step.words, (step.source, step.target))}{crossing}{comment}{against}</td>"
        f"<td>{badge(step.grade)}</td><td>{links(step.sources, sources)}</td></tr>"
    )
