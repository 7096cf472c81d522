"""The frame of every page: one HTML file that opens offline, with its policy, sources and notice.

Everything is inlined, under a Content-Security-Policy that names the hashes of what is inlined and allows no request.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from kinchain.answers import NOTICE
from kinchain.model import Named, Source

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
                f"{s.authors} ({s.year or 'no year'})." if s.authors else f"({s.year or 'no year'}).",
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


@dataclass(frozen=True, slots=True)
class Assets:
    """Where a page has its style and scripts from: inlined when *folder* is empty, else files beside the page.

    *folder* is the way from the page to the folder of the files, as ``"../assets"``. The page of a site has a *header*
    of its own, *more* files that it needs, and *href*, which gives the page of an unsided structure where there is one.
    """

    folder: str = ""
    header: str = '<p class="brand">kinchain</p>\n'
    more: tuple[str, ...] = ()
    href: Callable[[str], str] | None = None

    def linked(self, text: str, structures: Iterable[Named]) -> str:
        """A text as HTML, in which the names of some structures lead to their pages."""
        pages = {s.label: self.href(s.unsided) for s in structures} if self.href else {}
        names = sorted((re.escape(label) for label, page in pages.items() if page), key=len, reverse=True)
        if not names:
            return html.escape(text)
        parts = re.split(rf"(?<!\w)({'|'.join(names)})(?!\w)", text)
        return "".join(
            f'<a href="{html.escape(pages[part])}">{html.escape(part)}</a>' if number % 2 else html.escape(part)
            for number, part in enumerate(parts)
        )

    def named(self, structure: Named) -> str:
        """The name of a structure as HTML, which leads to its page."""
        return self.linked(structure.label, (structure,))

    def style(self, names: Sequence[str]) -> tuple[str, str]:
        """The elements that bring some style sheets, and the part of the policy that allows them."""
        if self.folder:
            names = [*names, *(name for name in self.more if name.endswith(".css"))]
            return "".join(f'<link rel="stylesheet" href="{self.folder}/{name}">\n' for name in names), _BESIDE
        texts = [asset(name) for name in names]
        return "".join(f"<style>{text}</style>\n" for text in texts), " ".join(map(_hash, texts))

    def scripts(self, names: Sequence[str]) -> tuple[str, str]:
        """The elements that run some scripts in their order, and the part of the policy that allows them."""
        if self.folder:
            names = [*names, *(name for name in self.more if name.endswith(".js"))]
            return "".join(f'<script src="{self.folder}/{name}"></script>\n' for name in names), _BESIDE
        texts = [asset(name) for name in names]
        return "".join(f"<script>{text}</script>\n" for text in texts), " ".join(map(_hash, texts))


_BESIDE = "'self' file:"  # opened from disk, a page is no origin of its own
INLINE = Assets()
VIS = "vis-network.min.js"
BODY = "body-paths.js"  # of a site: the outline that is in no page of it, see ``picture.draw``


def fill(
    template: str,
    *,
    assets: Assets = INLINE,
    styles: Sequence[str] = ("page.css",),
    scripts: Sequence[str] = (VIS, "picture.js", "svg.js", "exports.js", "page.js"),
    data: Mapping[str, Any] | None = None,
    text: Mapping[str, str] | None = None,
    html_parts: Mapping[str, str] | None = None,
) -> str:
    """A page from a template of ``assets`` and its parts.

    *text* is escaped, *html_parts* are not; each value of *data* becomes a JSON element whose id is its key. The slots
    ``policy``, ``styles``, ``scripts``, ``data``, ``header`` and ``notice`` are filled here.
    """
    if data and "network" in data and "body" not in data["network"]:
        scripts = (BODY, *scripts)
    style, styles_allowed = assets.style(styles)
    run, scripts_allowed = assets.scripts(scripts)
    parts = {
        "policy": f"default-src 'none'; script-src {scripts_allowed}; style-src {styles_allowed}; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'",
        "styles": style,
        "scripts": run,
        "data": "".join(
            f'<script type="application/json" id="{name}">{_inline_json(value)}</script>\n'
            for name, value in (data or {}).items()
        ),
        "header": assets.header,
        "notice": html.escape(NOTICE),
        **{name: html.escape(value) for name, value in (text or {}).items()},
        **(html_parts or {}),
    }
    # One pass, so that nothing in a value is taken for a slot.
    return re.sub(r"\{\{(\w+)\}\}", lambda found: parts[found[1]], asset(template))


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
def asset(name: str) -> str:
    """The text of an asset: one of ours, or the vis-network script that pyvis ships."""
    if name == VIS:
        return _vis_network()
    return (resources.files("kinchain.views") / "assets" / name).read_text("utf-8")


def _vis_network() -> str:
    """The script that pyvis ships; a closing tag in it would end the element that holds it."""
    import pyvis

    *_, found = sorted((Path(pyvis.__file__).parent / "lib").glob("vis-*/vis-network.min.js"))
    return re.sub(r"</(?=script)", r"<\\/", found.read_text("utf-8"), flags=re.IGNORECASE)
