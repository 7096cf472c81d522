"""An answer as a page: the only room that sees pyvis.

pyvis makes the graph (nodes, edges, and the vis-network script that it ships); the frame, style and script make it a
page. What a picture shows is strands: a route, the main line of a chain, one of its branches.
"""

from __future__ import annotations

import html
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kinchain.model import Mechanism, Named, PathAnswer, Route, Side
from kinchain.queries.causes import Causes
from kinchain.queries.chains import TracedChain, TracedLink
from kinchain.views import json_causes, json_clinical, jsonout
from kinchain.views.frame import Sources, badge, fill, links, references
from kinchain.views.table import chain_words

# Darkened from Okabe and Ito's palette, which colour-blind people can tell apart, so that white text on each has a
# contrast of at least 4.5; corners say the kind as well: angular muscles and bones, rounded bands and nerves.
_KIND_STYLE: dict[str, tuple[str, int]] = {
    "Muscle": ("#b34700", 3),
    "Group": ("#b34700", 3),
    "Fascia": ("#0063a0", 20),
    "Tendon": ("#0063a0", 20),
    "Ligament": ("#00734f", 20),
    "Bone": ("#57606f", 0),
    "Landmark": ("#57606f", 0),
    "Cartilage": ("#57606f", 20),
    "Joint": ("#374151", 20),
    "Nerve": ("#7d5a00", 12),
    "Plexus": ("#7d5a00", 12),
    "SpinalNerve": ("#7d5a00", 12),
}
_OTHER_KIND = ("#57606f", 8)
_GRADE_DASHES: dict[str, bool | list[int]] = {
    "Textbook": False,
    "Strong": False,
    "Moderate": [14, 5],
    "Limited": [6, 6],
    "Conflicting": [2, 4],
    "Claimed": [1, 7],
}
_GRADE_WIDTH = {"Textbook": 4, "Strong": 4, "Moderate": 3}
_LANE, _COLUMN, _STEP = 1000, 190, 104
_FROM_BEHIND = (
    "Seen from behind: the left of the body on the left. Start below, end above. Drag to move, scroll to zoom."
)


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


def path(answer: PathAnswer, sources: Sources) -> str:
    """The page of a route: picture, hops as a readable list, evidence, sources, a table that says the same."""
    strands = [_strand(route) for route in answer.routes]
    return _page(
        title=f"{answer.source.label} → {answer.target.label}",
        heading=f"What links the {answer.source.label} to the {answer.target.label}?",
        shown="routes",
        strands=strands,
        notes=[html.escape(note) for note in answer.notes],
        sources=sources,
        data=jsonout.path(answer, sources),
    )


def _strand(route: Route) -> Strand:
    count = sum(hop.crosses for hop in route.hops)
    facts = (
        f"weakest evidence: {badge(route.grade)}",
        {0: "stays on its side", 1: "crosses the midline once"}.get(count, f"crosses the midline {count} times"),
        f"{len(route.hops)} hops",
        f"cost {route.cost:g}",
    )
    steps = tuple(
        Step(h.source, h.target, h.words, h.grade, h.crosses, h.sources, h.against, h.comment) for h in route.hops
    )
    along = tuple(chain_words(m.label, m.links, m.length) for m in route.chains)
    return Strand(route.rank, f"{route.rank}. {route.profile} route", facts, steps, along)


def chain(traced: TracedChain, sources: Sources) -> str:
    """The page of a chain: link by link, gaps as gaps, what speaks against it."""
    strands = []
    for number, line in enumerate(traced.strands, 1):
        first, last = line[0].source.label, line[-1].target.label
        title = "main line" if number == 1 else f"branch {number - 1}"
        weakest = [link.position for link in line if link.holds == "gap"]
        gaps = f"nothing verified at link {', '.join(map(str, weakest))}" if weakest else "no gap"
        facts = (html.escape(f"{first} → {last}"), gaps)
        strands.append(Strand(number, f"{number}. {title}", facts, tuple(_link_step(link) for link in line)))
    known = traced.chain
    against = f" Against: {links(known.against, sources)}." if known.against else ""
    notes = [
        html.escape(known.definition),
        f"As a whole: {badge(known.grade)} {links(known.sources, sources)}.{against}",
        html.escape(known.comment),
    ]
    return _page(
        title=traced.label,
        heading=f"The {traced.label}",
        shown="links of the chain",
        strands=strands,
        notes=[note for note in notes if note],
        sources=sources,
        data=json_clinical.chain(traced, sources),
        cited=(*known.sources, *known.against),
    )


def _link_step(link: TracedLink) -> Step:
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


def causes(answer: Causes, sources: Sources, mechanisms: dict[str, Mechanism]) -> str:
    """The page of remote causes: red flags first, then the candidates with their routes, what was refuted."""
    where = ", ".join(dict.fromkeys(p.label for p in answer.site.places))
    how = ", ".join(q.label for q in answer.site.qualifiers)
    strands = []
    for c in answer.candidates:
        steps = tuple(
            Step(h.source, h.target, h.words, h.grade, h.crosses, h.sources, h.against, h.comment)
            for h in c.reasons[0].hops
        )
        told = [f"{mechanisms[r.mechanism].label} {badge(r.grade)}" for r in c.reasons]
        facts = [" and ".join(told), f"score {c.score:.2f}", html.escape(c.where)]
        facts += [f"tests: {html.escape('; '.join(t.structure.label for t in c.tests))}"] if c.tests else []
        facts += [f"care: {html.escape('; '.join(i.structure.label for i in c.care))}"] if c.care else []
        strands.append(Strand(c.rank, f"{c.rank}. {c.structure.label}", tuple(facts), steps))
    return _page(
        title=f"Remote causes: {where}",
        heading=f"What might be behind {where}?" + (f" ({how})" if how else ""),
        shown="ways in which each candidate may reach the site",
        strands=strands,
        notes=_refuted_notes(answer, sources),
        sources=sources,
        data=json_causes.causes(answer, sources, mechanisms),
        cited=[i for f in answer.red_flags for i in f.details.sources],
        before=_flags(answer, sources),
    )


def _flags(answer: Causes, sources: Sources) -> str:
    rows = "".join(
        f'<li class="{f.details.urgency}"><strong>{f.details.urgency}'
        f"{', raised by the question' if f.structure.id in answer.raised else ''}</strong> "
        f"{html.escape(f.structure.label)}: {html.escape(f.details.condition)}. "
        f"<em>{html.escape(f.details.action)}</em> {links(f.details.sources, sources)}</li>"
        for f in answer.red_flags
    )
    local_ = html.escape(", ".join(s.label for s in answer.local))
    return (
        f'<section class="flags" aria-labelledby="flags"><h2 id="flags">Red flags first</h2><ul>{rows}</ul></section>'
        f'<section class="local"><h2>At the site itself</h2><p>{local_}</p></section>'
    )


def _refuted_notes(answer: Causes, sources: Sources) -> list[str]:
    return [
        f"Looked for and not found: {html.escape(r.structure.label)}. {html.escape(r.why)} {links(r.sources, sources)}"
        for r in answer.refuted
    ]


def _page(
    *,
    title: str,
    heading: str,
    shown: str,
    strands: Sequence[Strand],
    notes: Sequence[str],
    sources: Sources,
    data: Any,
    cited: Sequence[str] = (),
    before: str = "",
) -> str:
    used = {i for strand in strands for step in strand.steps for i in (*step.sources, *step.against)} | {*cited}
    return fill(
        title=title,
        heading=heading,
        choices="".join(_choice(strand) for strand in strands) if len(strands) > 1 else "",
        body=before + "".join(_section(strand, sources) for strand in strands),
        notes="".join(f"<p>{note}</p>" for note in notes),
        references=references(sorted(used), sources),
        network=_network(strands),
        data=data,
        caption=_FROM_BEHIND,
        shown=shown,
    )


def _network(strands: Sequence[Strand]) -> dict[str, Any]:
    """The strands side by side, seen from behind: the left of the body on the left, the start below."""
    from pyvis.network import Network

    net = Network(directed=True, cdn_resources="in_line", height="100%", width="100%")
    for lane, strand in enumerate(strands):
        for number, structure in enumerate(strand.stations):
            color, corner = _KIND_STYLE.get(structure.kind, _OTHER_KIND)
            net.add_node(
                _node(strand, number),
                label=structure.label,
                title=f"{structure.label} ({structure.kind})",
                x=lane * _LANE + _column(structure) * _COLUMN,
                y=-number * _STEP,
                color=color,
                shape="box",
                shapeProperties={"borderRadius": corner},
            )
        for number, step in enumerate(strand.steps):
            label = "gap" if step.gap else "crosses the midline" if step.crosses else ""
            net.add_edge(
                _node(strand, number),
                _node(strand, number + 1),
                title=f"{step.words}\nevidence: {step.grade}" + ("\ncrosses the midline" if step.crosses else ""),
                label=label,
                dashes=[1, 14] if step.gap else _GRADE_DASHES.get(step.grade, [1, 7]),
                width=_GRADE_WIDTH.get(step.grade, 2) + (2 if step.crosses else 0),
                color="#a0366f" if step.crosses else "#64748b",
            )
    net.set_options(json.dumps(_OPTIONS))
    nodes, edges, *_ = net.get_network_data()
    lanes = [
        {"x": lane * _LANE, "rank": s.number, "title": s.title, "height": len(s.steps) * _STEP}
        for lane, s in enumerate(strands)
    ]
    return {"nodes": nodes, "edges": edges, "options": _OPTIONS, "lanes": lanes, "spread": _COLUMN}


_OPTIONS: dict[str, Any] = {
    "physics": False,
    "interaction": {"hover": True, "keyboard": False, "tooltipDelay": 150, "selectConnectedEdges": False},
    "nodes": {
        "font": {"color": "#ffffff", "size": 16, "face": "system-ui, sans-serif"},
        "margin": 9,
        "widthConstraint": {"maximum": 200},
        "borderWidth": 0,
        "borderWidthSelected": 4,
    },
    "edges": {
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.6}},
        "smooth": False,
        "font": {"size": 13, "align": "middle", "strokeWidth": 5},
        "selectionWidth": 2,
    },
}


def _node(strand: Strand, number: int) -> str:
    return f"{strand.number}:{number}"


def _column(structure: Named) -> int:
    return {Side.LEFT: -1, Side.RIGHT: 1}.get(structure.side, 0)


def _choice(strand: Strand) -> str:
    text = html.escape(strand.title.removesuffix(" route"))
    return f'<button type="button" data-show="{strand.number}">{text}</button>'


def _section(strand: Strand, sources: Sources) -> str:
    along = "".join(f"<li>{html.escape(words)}</li>" for words in strand.chains)
    rows = "".join(_row(strand, position, step, sources) for position, step in enumerate(strand.steps))
    return (
        f'<section class="route" id="route-{strand.number}" aria-labelledby="title-{strand.number}">'
        f'<h2 id="title-{strand.number}">{html.escape(strand.title)}</h2>'
        f'<p class="facts">{" · ".join(strand.facts)}</p>'
        + (f'<p class="chains">Runs along published chains:</p><ul class="chains">{along}</ul>' if along else "")
        + "<table><thead><tr><th scope='col'>Step</th><th scope='col'>Connection</th><th scope='col'>Evidence</th>"
        f"<th scope='col'>Sources</th></tr></thead><tbody>{rows}</tbody></table></section>"
    )


def _row(strand: Strand, position: int, step: Step, sources: Sources) -> str:
    crossing = ' <strong class="cross">⇄ crosses the midline</strong>' if step.crosses else ""
    comment = f'<br><span class="comment">{html.escape(step.comment)}</span>' if step.comment else ""
    against = f'<br><span class="comment">Against: {links(step.against, sources)}</span>' if step.against else ""
    label = f"show step {position + 1} of {html.escape(strand.title)} in the picture"
    return (
        f'<tr data-route="{strand.number}" data-hop="{position}">'
        f'<th scope="row"><button type="button" aria-label="{label}">{position + 1}</button></th>'
        f"<td>{html.escape(step.words)}{crossing}{comment}{against}</td>"
        f"<td>{badge(step.grade)}</td><td>{links(step.sources, sources)}</td></tr>"
    )
