"""The pages that tell of the site itself: home, sources, about, and what a host shows for an address that is not."""

from __future__ import annotations

from html import escape

from kinchain.model import UnsidedModel
from kinchain.views.frame import INLINE, fill, references
from kinchain.views.site import nav
from kinchain.views.site.lists import text_page
from kinchain.views.site.plan import Page, Plan
from kinchain.views.site.tables import TABLES

_STATUS = {
    "Verified": ("Record and finding checked", "Somebody found the record and read the finding that is cited."),
    "RecordOnly": ("Record seen, finding not read", "The work exists; what it is cited for was not read in it."),
    "Unverified": ("Not verified", "Nobody has looked up the record yet. Do not rely on it alone."),
}
_NOT_FOUND = "There is no such page"


def home(model: UnsidedModel, plan: Plan, page: Page) -> str:
    """What this is, a door for each of three people, and all the lists."""
    counts = (
        (len(model.structures), "structures"),
        (sum(not c.derived_by for c in model.connections), "connections"),
        (len(model.chains), "published chains"),
        (len(model.claims), "claims held against the evidence"),
        (len(model.sources), "works"),
    )
    told = "".join(f"<li><strong>{count:,}</strong> {escape(what)}</li>" for count, what in counts)
    doors = (
        ("For a class", "See where a connection runs in the body, how sure it is, and where a chain has gaps.",
         ("map", "The whole body as a map"), ("chains", "Chains"), ("muscles", "Muscles"), ("quiz", "Quiz"),
         ("claims", "What is claimed")),
        ("For a practice", "Pain is felt here: red flags first, then what elsewhere might be behind it.",
         ("regions", "Regions"), ("red_flags", "Red flags"), ("tests", "Tests"), ("care", "Exercises and treatments")),
    )  # fmt: skip
    rooms = "".join(_door(plan, page, title, words, entries) for title, words, *entries in doors)
    every = "".join(f'<li><a href="{href}">{escape(title)}</a></li>' for href, title in nav.lists(plan, page))
    return text_page(
        plan,
        page,
        "How do the parts of the body hang together?",
        f'<ul class="counts">{told}</ul><div class="doors">{rooms}{_data_door(plan, page)}</div>'
        f'<h2>All lists</h2><ul class="every">{every}</ul>',
        lead="Muscles, fascia, ligaments, nerves, bones and joints, joined by typed, cited and graded connections. "
        "Do not look only at the site of pain.",
    )


def _door(plan: Plan, page: Page, title: str, words: str, entries: list[tuple[str, str]]) -> str:
    known = [(href, text) for name, text in entries if (href := plan.href(page, "", name))]
    items = "".join(f'<li><a href="{href}">{escape(text)}</a></li>' for href, text in known)
    return f"<section><h2>{escape(title)}</h2><p>{escape(words)}</p><ul>{items}</ul></section>" if known else ""


def _data_door(plan: Plan, page: Page) -> str:
    items = "".join(f'<li><a href="{page.root}data/{name}" download>{escape(name)}</a></li>' for name in TABLES)
    return (
        "<section><h2>For your own work</h2><p>The whole atlas as tables for a spreadsheet or a program, UTF-8 with a "
        f'header line. Licence: CC BY 4.0.</p><ul>{items}<li><a href="{plan.href(page, "", "sources")}">All works that '
        "are cited</a></li></ul></section>"
    )


def sources(model: UnsidedModel, plan: Plan, page: Page) -> str:
    """Every work that the atlas cites, by how far its record was checked."""
    body = ""
    for status, (title, words) in _STATUS.items():
        found = sorted((s for s in model.sources.values() if s.status == status), key=lambda s: (s.label, s.id))
        if found:
            body += f"<h2>{title}, {len(found)}</h2><p>{words}</p>"
            body += f'<div class="references"><ul>{references((s.id for s in found), model.sources)}</ul></div>'
    return text_page(plan, page, "Sources", body, lead=f"{len(model.sources)} works, and how far each was checked.")


def about(model: UnsidedModel, plan: Plan, page: Page) -> str:
    """What the grades mean, how sides are told, what the site is not."""
    grades = "".join(
        f"<dt>{escape(g.name)}</dt><dd>{escape(g.definition)}</dd>"
        for g in sorted(model.grades.values(), key=lambda g: g.order)
    )
    return text_page(
        plan,
        page,
        "About and notice",
        "<h2>What this is not</h2><p>No diagnosis, no advice about a person, no substitute for an examination. A "
        "painful or worrying problem belongs to a clinician; the pages of regions begin with the signs that ask for "
        "medical referral first.</p>"
        f"<h2>How sure is a connection?</h2><p>Each says its evidence and its sources.</p><dl>{grades}</dl>"
        "<h2>Right and left</h2><p>Everything is known once, without sides; right and left are derived. Pages tell of "
        "the right side where there are two. What crosses the midline says so.</p>"
        "<h2>How it works</h2><p>These are plain files. They ask nothing of any network, keep nothing about you, and "
        "open from a disk as well as from a web host. The search looks through names, in your browser.</p>"
        "<h2>Licence</h2><p>The knowledge: CC BY 4.0. The program that wrote these pages: MIT.</p>",
    )


def not_found(plan: Plan) -> str:
    """What a host shows for an address that is not: all in one file, since nobody knows how deep that address was."""
    home = f"{plan.base_url}/index.html" if plan.base_url else "index.html"
    link = f'<p><a href="{escape(home)}">To the first page</a>, where you can search.</p>'
    return fill(
        "site.html",
        assets=INLINE,
        styles=("page.css", "site.css"),
        scripts=(),
        text={"title": _NOT_FOUND, "heading": _NOT_FOUND},
        html_parts={"body": link, "lead": ""},
    )
