"""An answer as a page: one HTML file that opens offline. The only room that sees pyvis.

pyvis makes the graph (nodes, edges, and the vis-network script that it ships); our template, style and script make it a
page. Everything is inlined, under a Content-Security-Policy that names the hashes of what is inlined and allows no
request at all.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from kinchain.model import Hop, Named, PathAnswer, Route, Side, Source
from kinchain.views import jsonout
from kinchain.views.table import chain_words

Sources = Mapping[str, Source]

# Darkened from Okabe and Ito's palette, which colour-blind people can tell apart, so that white text on each has a
# contrast of at least 4.5; corners say the kind as well: angular muscles and bones, rounded bands and nerves.
_KIND_STYLE: dict[str, tuple[str, int]] = {
    "Muscle": ("#b34700", 3),
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


def path(answer: PathAnswer, sources: Sources) -> str:
    """The page of a route: picture, hops as a readable list, evidence, sources, a table that says the same."""
    title = f"{answer.source.label} → {answer.target.label}"
    used = sorted({i for r in answer.routes for h in r.hops for i in (*h.sources, *h.against)})
    return _fill(
        title=title,
        heading=f"What links the {answer.source.label} to the {answer.target.label}?",
        choices="".join(_choice(route) for route in answer.routes) if len(answer.routes) > 1 else "",
        body="".join(_route_section(route, sources) for route in answer.routes),
        notes="".join(f"<p>{html.escape(note)}</p>" for note in answer.notes),
        references=_references(used, sources),
        network=_network(answer),
        data=jsonout.path(answer, sources),
    )


def _network(answer: PathAnswer) -> dict[str, Any]:
    """The routes side by side, seen from behind: the left of the body on the left, the start below."""
    from pyvis.network import Network

    net = Network(directed=True, cdn_resources="in_line", height="100%", width="100%")
    for lane, route in enumerate(answer.routes):
        for number, structure in enumerate(route.stations):
            color, corner = _KIND_STYLE.get(structure.kind, _OTHER_KIND)
            net.add_node(
                _node(route, number),
                label=structure.label,
                title=f"{structure.label} ({structure.kind})",
                x=lane * _LANE + _column(structure) * _COLUMN,
                y=-number * _STEP,
                color=color,
                shape="box",
                shapeProperties={"borderRadius": corner},
            )
        for number, hop in enumerate(route.hops):
            net.add_edge(
                _node(route, number),
                _node(route, number + 1),
                title=f"{hop.words}\nevidence: {hop.grade}" + ("\ncrosses the midline" if hop.crosses else ""),
                label="crosses the midline" if hop.crosses else "",
                dashes=_GRADE_DASHES.get(hop.grade, [1, 7]),
                width=_GRADE_WIDTH.get(hop.grade, 2) + (2 if hop.crosses else 0),
                color="#a0366f" if hop.crosses else "#64748b",
            )
    net.set_options(json.dumps(_OPTIONS))
    nodes, edges, *_ = net.get_network_data()
    lanes = [
        {"x": lane * _LANE, "rank": r.rank, "title": f"{r.rank}. {r.profile} route", "height": len(r.hops) * _STEP}
        for lane, r in enumerate(answer.routes)
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


def _node(route: Route, number: int) -> str:
    return f"{route.rank}:{number}"


def _column(structure: Named) -> int:
    return {Side.LEFT: -1, Side.RIGHT: 1}.get(structure.side, 0)


def _choice(route: Route) -> str:
    return f'<button type="button" data-show="{route.rank}">{route.rank}. {html.escape(route.profile)}</button>'


def _route_section(route: Route, sources: Sources) -> str:
    number = sum(hop.crosses for hop in route.hops)
    facts = [
        f"weakest evidence: {_badge(route.grade)}",
        {0: "stays on its side", 1: "crosses the midline once"}.get(number, f"crosses the midline {number} times"),
        f"{len(route.hops)} hops",
        f"cost {route.cost:g}",
    ]
    chains = "".join(f"<li>{html.escape(chain_words(m.label, m.links, m.length))}</li>" for m in route.chains)
    rows = "".join(_hop_row(route, position, hop, sources) for position, hop in enumerate(route.hops))
    return (
        f'<section class="route" id="route-{route.rank}" aria-labelledby="title-{route.rank}">'
        f'<h2 id="title-{route.rank}">{route.rank}. {html.escape(route.profile.capitalize())} route</h2>'
        f'<p class="facts">{" · ".join(facts)}</p>'
        + (f'<p class="chains">Runs along published chains:</p><ul class="chains">{chains}</ul>' if chains else "")
        + "<table><thead><tr><th scope='col'>Hop</th><th scope='col'>Connection</th><th scope='col'>Evidence</th>"
        f"<th scope='col'>Sources</th></tr></thead><tbody>{rows}</tbody></table></section>"
    )


def _hop_row(route: Route, position: int, hop: Hop, sources: Sources) -> str:
    crossing = ' <strong class="cross">⇄ crosses the midline</strong>' if hop.crosses else ""
    comment = f'<br><span class="comment">{html.escape(hop.comment)}</span>' if hop.comment else ""
    against = f'<br><span class="comment">Against: {_links(hop.against, sources)}</span>' if hop.against else ""
    label = f"show hop {position + 1} of route {route.rank} in the picture"
    return (
        f'<tr data-route="{route.rank}" data-hop="{position}">'
        f'<th scope="row"><button type="button" aria-label="{label}">{position + 1}</button></th>'
        f"<td>{html.escape(hop.words)}{crossing}{comment}{against}</td>"
        f"<td>{_badge(hop.grade)}</td><td>{_links(hop.sources, sources)}</td></tr>"
    )


def _badge(grade: str) -> str:
    return f'<span class="grade {html.escape(grade.lower())}">{html.escape(grade)}</span>'


def _links(ids: tuple[str, ...], sources: Sources) -> str:
    return ", ".join(f'<a href="#ref-{html.escape(i)}">{html.escape(_source(i, sources).label)}</a>' for i in ids)


def _source(i: str, sources: Sources) -> Source:
    return sources.get(i) or Source(i, i)


_STATUS = {
    "Verified": "record and finding checked",
    "RecordOnly": "record seen, finding not read",
    "Unverified": "not verified",
}


def _references(ids: list[str], sources: Sources) -> str:
    items = []
    for i in ids:
        s = _source(i, sources)
        text = " ".join(
            part
            for part in (
                f"{s.authors} ({s.year})." if s.authors else f"({s.year}).",
                f"{s.title}.",
                f"{s.venue}." if s.venue else "",
            )
            if part
        )
        link = f' <a href="{html.escape(s.url)}" rel="noreferrer">{html.escape(s.url)}</a>' if s.url else ""
        items.append(
            f'<li id="ref-{html.escape(i)}">{html.escape(text)}{link} <em>{_STATUS.get(s.status, "")}</em></li>'
        )
    return "".join(items)


def _fill(
    *,
    title: str,
    heading: str,
    choices: str,
    body: str,
    notes: str,
    references: str,
    network: dict[str, Any],
    data: Any,
) -> str:
    style, script, vis = _asset("page.css"), _asset("page.js"), _vis_network()
    policy = (
        f"default-src 'none'; script-src {_hash(vis)} {_hash(script)}; style-src {_hash(style)}; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )
    parts = {
        "policy": policy,
        "title": html.escape(title),
        "heading": html.escape(heading),
        "style": style,
        "choices": choices,
        "body": body,
        "notes": notes,
        "references": references,
        "notice": html.escape(jsonout.NOTICE),
        "network": _inline_json(network),
        "data": _inline_json(data),
        "vis": vis,
        "script": script,
    }
    # One pass, so that nothing in a value is taken for a slot.
    return re.sub(r"\{\{(\w+)\}\}", lambda found: parts[found[1]], _asset("page.html"))


def _inline_json(value: Any) -> str:
    """JSON that cannot end its script element or open a comment."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return (
        text.replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
    )


def _hash(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


@cache
def _asset(name: str) -> str:
    return (resources.files("kinchain.views") / "assets" / name).read_text("utf-8")


@cache
def _vis_network() -> str:
    """The vis-network script that pyvis ships; a closing tag in it would end the element that holds it."""
    import pyvis

    *_, found = sorted((Path(pyvis.__file__).parent / "lib").glob("vis-*/vis-network.min.js"))
    return re.sub(r"</(?=script)", r"<\\/", found.read_text("utf-8"), flags=re.IGNORECASE)
