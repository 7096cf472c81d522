"""The page of a comparison: two bodies side by side, what both have, what each has alone."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence

from kinchain.answers import Fact, Profile
from kinchain.model import Named, UnsidedModel
from kinchain.queries.chains import TracedChain
from kinchain.queries.compare import Aspect, Comparison, Figure
from kinchain.views import cite
from kinchain.views.compare import as_json
from kinchain.views.frame import INLINE, VIS, Assets, badge, fill, links, references
from kinchain.views.pages import lanes, practice
from kinchain.views.picture import Lane, Link, draw

_CAPTION = (
    "The two side by side, each where it lies in the body. Choose one above for its names, or a row of its table."
)
_DRAWN = 14  # structures on each body: with more, names would cover one another
_RELATIONS = ("origin", "insertion", "attachesTo", "innervatedBy", "branchOf", "hasMainRoot", "hasRoot", "produces",
              "articulates", "continuousWith", "transmitsForceTo")  # fmt: skip


def page(found: Comparison, model: UnsidedModel, *, assets: Assets = INLINE) -> str:
    """The page of a comparison of two chains, two structures, or the two sides of one."""
    if found.chains:
        sides = [_chain(number, each, model, assets) for number, each in enumerate(found.chains, 1)]
        used = {i for each in found.chains for i in _chain_sources(each)}
    else:
        profiles = found.structures or ()
        sides = [_structure(number, each, model, assets) for number, each in enumerate(profiles, 1)]
        used = {i for each in profiles for fact in _told(each) for i in (*fact.sources, *fact.against)}
    used |= {i for c in found.claims for i in (*c.claimed_by, *c.sources, *c.against)}
    shown = [lane for lane, _ in sides]
    first, second = found.labels
    heading = f"{first[:1].upper()}{first[1:]} and {second}"
    return fill(
        "page.html",
        assets=assets,
        styles=("page.css", "about.css"),
        scripts=(VIS, "picture.js", "svg.js", "exports.js", "compare.js", "page.js"),
        text={"title": f"{first} and {second}", "heading": heading, "caption": _CAPTION, "shown": heading},
        html_parts={
            "choices": lanes.choices(shown),
            "body": _compared(found) + practice.claims(found.claims, model) + "".join(body for _, body in sides),
            "notes": "",
            "references": references(sorted(used), model.sources),
        },
        data={
            "network": draw(model, shown, body_beside=bool(assets.folder)),
            "answer-data": as_json(found, model.sources),
            "citations": cite.records(used, model.sources),
        },
    )


def _compared(found: Comparison) -> str:
    """Figures side by side, what both have, and what each has alone."""
    first, second = (html.escape(label) for label in found.labels)
    notes = "".join(f"<p>{html.escape(note)}</p>" for note in found.notes)
    reviews = "".join(f"<p>{html.escape(text)}</p>" for text in found.reviews)
    reviews = f'<section class="compared"><h2>What the reviews say</h2>{reviews}</section>' if reviews else ""
    figures = "".join(_figure(each) for each in found.figures)
    aspects = "".join(_aspect(each) for each in found.aspects)
    return (
        '<section class="compared"><h2>Side by side</h2><table><thead><tr><td></td>'
        f'<th scope="col">{first}</th><th scope="col">{second}</th></tr></thead><tbody>{figures}</tbody></table>'
        f"</section>{notes}"
        '<section class="compared"><h2>In common and apart</h2><table><thead><tr><td></td><th scope="col">Both</th>'
        f'<th scope="col">Only {first}</th><th scope="col">Only {second}</th></tr></thead>'
        f"<tbody>{aspects}</tbody></table></section>{reviews}"
    )


def _figure(each: Figure) -> str:
    cells = (badge(value) if each.title.startswith("verdict") else html.escape(value) for value in _values(each))
    return f'<tr><th scope="row">{html.escape(each.title)}</th>{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>'


def _values(each: Figure) -> tuple[str, str]:
    return each.first, each.second


def _aspect(each: Aspect) -> str:
    cells = "".join(f"<td>{_list(values)}</td>" for values in (each.both, each.first, each.second))
    return f'<tr><th scope="row">{html.escape(each.title)}</th>{cells}</tr>'


def _list(values: Sequence[str]) -> str:
    if not values:
        return '<span class="comment">–</span>'
    return f'<ul class="short">{"".join(f"<li>{html.escape(value)}</li>" for value in values)}</ul>'


# ---------------------------------------------------------------- one of the two


def _chain(number: int, traced: TracedChain, model: UnsidedModel, assets: Assets) -> tuple[Lane, str]:
    """A chain as a lane with all its strands, and the table of its links."""
    places = _distinct(s for link in traced.links for s in (link.source, link.target))
    joined, rows = [], []
    for position, link in enumerate(traced.links, 1):
        ends = places.index(link.source), places.index(link.target)
        words = f"{link.source.label} → {link.target.label}"
        gap = link.holds == "gap"
        joined.append(Link(*ends, words, link.grade, link.crosses, gap))
        crossing = ' <strong class="cross">⇄ crosses the midline</strong>' if link.crosses else ""
        holds = "a gap: nothing was verified" if gap else f"holds by {link.holds}"
        told = f'{assets.linked(words, (link.source, link.target))}{crossing}<br><span class="comment">{holds}</span>'
        cells = (told, badge(link.grade), links(link.sources, model.sources))
        rows.append(lanes.row(number, position, ends, cells, f"link {link.position} of the {traced.label}"))
    lane = Lane(number, traced.label, places, tuple(joined))
    table = lanes.table(("Link", "Connection", "Evidence", "Sources"), rows)
    return lane, lanes.section(number, f"{traced.label}, link by link", table)


def _chain_sources(traced: TracedChain) -> set[str]:
    return {*traced.chain.sources, *traced.chain.against, *(i for link in traced.links for i in link.sources)}


def _told(profile: Profile) -> list[Fact]:
    facts = [f for f in profile.facts if f.relation in _RELATIONS and f.forward]
    return sorted(facts, key=lambda f: _RELATIONS.index(f.relation))


def _structure(number: int, profile: Profile, model: UnsidedModel, assets: Assets) -> tuple[Lane, str]:
    """A structure as a lane with what it is joined to, and the table of this."""
    structure = profile.structure
    places = [structure] if structure.unsided in model.positions else []
    own = len(places)
    joined: list[Link] = []
    rows: list[str] = []
    numbers: list[int | None] = [None] * own
    for fact in _told(profile):
        drawn = fact.other in places or (fact.other.unsided in model.positions and len(places) <= _DRAWN)
        part = "" if fact.of == structure else f'<span class="comment">{html.escape(fact.of.label)}</span> '
        cells = (
            f"{part}{html.escape(fact.phrase)} {assets.named(fact.other)}",
            badge(fact.grade),
            links(fact.sources, model.sources),
        )
        if not drawn:
            rows.append(lanes.still_row(cells))
            continue
        if fact.other not in places:
            places.append(fact.other)
            numbers.append(len(joined) + 1)
        ends = (0 if own else places.index(fact.other), places.index(fact.other))
        joined.append(Link(*ends, fact.words, fact.grade, fact.crosses))
        rows.append(lanes.row(number, len(joined), ends, cells, fact.words))
    once = {(link.source, link.target): link for link in reversed(joined) if link.source != link.target}
    lane = Lane(number, structure.label, tuple(places), tuple(once.values()), tuple(numbers), tuple(range(own)))
    table = lanes.table(("Draw", "Connection", "Evidence", "Sources"), rows)
    return lane, lanes.section(number, structure.label, table)


def _distinct(structures: Iterable[Named]) -> tuple[Named, ...]:
    return tuple(dict.fromkeys(structures))
