"""The frame of every page: one HTML file that opens offline, with its policy, sources and notice.

Everything is inlined, under a Content-Security-Policy that names the hashes of what is inlined and allows no request.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from kinchain.model import Source
from kinchain.views import jsonout

Sources = Mapping[str, Source]


def badge(grade: str) -> str:
    """A grade of evidence as a pill."""
    return f'<span class="grade {html.escape(grade.lower())}">{html.escape(grade)}</span>'


def links(ids: tuple[str, ...], sources: Sources) -> str:
    """Sources as links to the list of references."""
    return ", ".join(f'<a href="#ref-{html.escape(i)}">{html.escape(_source(i, sources).label)}</a>' for i in ids)


def _source(i: str, sources: Sources) -> Source:
    return sources.get(i) or Source(i, i)


_STATUS = {
    "Verified": "record and finding checked",
    "RecordOnly": "record seen, finding not read",
    "Unverified": "not verified",
}


def references(ids: Iterable[str], sources: Sources) -> str:
    """The list of works cited, each with how far its record was checked."""
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


def fill(
    *,
    title: str,
    heading: str,
    choices: str,
    body: str,
    notes: str,
    references: str,
    network: dict[str, Any],
    data: Any,
    caption: str,
    shown: str,
) -> str:
    """A page from its parts; every part that is a string is HTML, but *title*, *heading*, *caption* and *shown*."""
    style, script, vis = _asset("page.css"), _asset("page.js"), _vis_network()
    policy = (
        f"default-src 'none'; script-src {_hash(vis)} {_hash(script)}; style-src {_hash(style)}; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )
    parts = {
        "policy": policy,
        "title": html.escape(title),
        "heading": html.escape(heading),
        "caption": html.escape(caption),
        "shown": html.escape(shown),
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
