"""The page of a structure: red flags, names, then what it is joined to, group by group; choosing a row draws it."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from kinchain.answers import Fact, Profile
from kinchain.model import Named, Side, TermMapping, UnsidedModel
from kinchain.queries.care import Care, CareItem, FlagItem, TestItem
from kinchain.queries.membership import Membership
from kinchain.queries.partners import Partner
from kinchain.views import cite
from kinchain.views.frame import INLINE, Assets, badge, fill, links, references
from kinchain.views.pages import lanes, practice
from kinchain.views.pages.lanes import NameLink, plain
from kinchain.views.picture import Lane, Link, draw

_CAPTION = "The structure, ringed, where it lies. Choose a group above or a row of a table; arrow keys walk the rows."
_DRAWN = 14  # of a group: with more, names would cover one another
_OVERVIEW = 0  # the lane of the foremost of each group
_FOREMOST = 5  # of each group there
_SURE = ("Textbook", "Strong", "Moderate")
_IN_OVERVIEW = ("Attachments", "Nerves", "Continuity", "Chains")

# The groups in which a page tells what a structure is joined to, and the relations of each.
# fmt: off
_GROUPS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("Attachments", "Attachments", ("origin", "insertion", "attachesTo")),
    ("Nerves", "Nerves and roots", ("innervatedBy", "hasMainRoot", "hasRoot", "branchOf", "passesThrough",
                                    "dermatomeOf")),
    ("Movements", "Movements and joints", ("produces", "movementAt", "opposes", "stabilizes", "crosses",
                                           "articulates")),
    ("Continuity", "Continuity and neighbours", ("continuousWith", "invests", "transmitsForceTo", "coactivatesWith",
                                                 "station")),
    ("Place", "Parts and place", ("partOf", "memberOf", "aspectOf", "locatedIn", "overlaps")),
    ("Pain", "Pain and trouble", ("refersPainTo", "contributesTo", "compensatesFor", "associatedWith", "weakens",
                                  "findingOf", "signOf", "contraindicatedIn")),
    ("Concerns", "What it concerns", ("tests", "targets", "screens", "suspects")),
)
# fmt: on
_TOLD_UNDER_CARE = frozenset(_GROUPS[-1][2])
_TOLD_AS_PARTNERS = frozenset(("antagonistOf", "synergistOf"))
_MAPPINGS = {
    "UBERON": "http://purl.obolibrary.org/obo/UBERON_",
    "FMA": "http://purl.org/sig/ont/fma/fma",
    "ILX": "http://uri.interlex.org/base/ilx_",
}


@dataclass(frozen=True, slots=True)
class _Item:
    """A row of a group: what it joins, by whom it is said; ``cells`` are HTML, the last two evidence and sources."""

    ends: tuple[Named, ...]  # one other structure, or the two ends of a chain's link
    cells: tuple[str, ...]
    words: str
    grade: str
    crosses: bool = False
    gap: bool = False


@dataclass(frozen=True, slots=True)
class _Group:
    """What stands under one heading; *name* is what its button says."""

    name: str
    title: str
    items: tuple[_Item, ...]


def page(
    profile: Profile,
    care: Care,
    model: UnsidedModel,
    *,
    chains: Sequence[Membership] = (),
    partners: Sequence[Partner] = (),
    link: NameLink | None = None,
    assets: Assets = INLINE,
) -> str:
    """The page of a structure.

    *link* makes of another structure, or of a chain (a Named of the kind Chain), its name as HTML that leads to its
    page; left out, it is what the *assets* know of pages.
    """
    structure, link = profile.structure, link or assets.named
    groups = _groups(profile, chains, partners, model, link)
    drawn = [_lane(number, structure, group, model) for number, group in enumerate(groups, 1)]
    shown = [_overview(structure, drawn, model), *drawn]
    sections = "".join(_section(lane, group, structure) for lane, group in zip(drawn, groups, strict=True))
    cited = _cited(profile, care, chains, partners, model)
    direct = {f.other.id for f in profile.facts if f.relation in ("suspects", "screens") and not f.forward}
    return fill(
        "page.html",
        assets=assets,
        styles=("page.css", "about.css"),
        text={
            "title": structure.label,
            "heading": structure.label[:1].upper() + structure.label[1:],
            "caption": _CAPTION,
            "shown": f"{structure.label} and what it is joined to",
        },
        html_parts={
            "choices": lanes.choices(shown),
            "body": practice.red_flags(care.red_flags, direct, model.sources, link)
            + _head(profile, care, link)
            + _own_details(profile, model, link)
            + sections
            + practice.tests(care.tests, model.sources, link)
            + practice.interventions(care.interventions, model.sources, link)
            + practice.claims(care.claims, model),
            "notes": "",
            "references": references(sorted(cited), model.sources),
        },
        data={
            "network": draw(model, shown, stacked=True, body_beside=bool(assets.folder)),
            "citations": cite.records(cited, model.sources),
        },
    )


def _head(profile: Profile, care: Care, link: NameLink) -> str:
    """What it is, what else it is called, and for which side the page is told."""
    structure = profile.structure
    rows = (
        ("Kind", html.escape(structure.kind)),
        ("Also", html.escape(", ".join((*profile.synonyms, *profile.abbreviations)))),
        ("Latin", f'<i lang="la">{html.escape(", ".join(profile.latin))}</i>' if profile.latin else ""),
        ("Same as", ", ".join(map(_mapping, _distinct(profile.mappings)))),
        ("Exception", html.escape(profile.exception)),
        ("Findings", ", ".join(map(link, care.findings))),
    )
    names = "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in rows if value)
    mirrored = structure.side in (Side.RIGHT, Side.LEFT) and not profile.exception
    side = f"<p class='comment'>Told for the {structure.side} side; the other mirrors it.</p>" if mirrored else ""
    comment = f'<p class="comment">{html.escape(profile.comment)}</p>' if profile.comment else ""
    definition = f"<p>{html.escape(profile.definition)}</p>" if profile.definition else ""
    return (
        f'<section class="about" aria-labelledby="about"><h2 id="about">What it is</h2>{definition}'
        f"<dl>{names}</dl>{comment}{side}</section>"
    )


def _distinct(mappings: Iterable[TermMapping]) -> list[TermMapping]:
    return list({m.id: m for m in reversed([*mappings])}.values())[::-1]


def _mapping(mapping: TermMapping) -> str:
    """A term of another ontology as a link to it, where its address is known."""
    prefix, _, local = mapping.id.partition(":")
    name = html.escape(f"{mapping.id} {mapping.label}".strip())
    if prefix not in _MAPPINGS:
        return name
    return f'<a href="{html.escape(_MAPPINGS[prefix] + local)}" rel="noreferrer">{name}</a>'


def _own_details(profile: Profile, model: UnsidedModel, link: NameLink) -> str:
    """Of a test, intervention or red flag: how it is done, what it says."""
    here, name = profile.structure, profile.structure.unsided
    if name in model.tests:
        told = practice.test(TestItem(here, (), model.tests[name]), model.sources, plain)
    elif name in model.interventions:
        barred = tuple(f.other for f in profile.facts if f.relation == "contraindicatedIn" and f.forward)
        item = CareItem(here, (), model.interventions[name], barred)
        caution = practice.caution_words(item, link)
        told = practice.intervention(item, model.sources, plain) + (
            f"<li><b>Mind</b> {caution}</li>" if caution else ""
        )
    elif name in model.red_flags:
        told = f"<li>{practice.flag_words(FlagItem(here, model.red_flags[name], ()), link)}</li>"
    else:
        return ""
    opened = told.replace("<details>", "<details open>", 1)
    return f'<section class="practice"><h2>How it is done and read</h2><ul class="plain">{opened}</ul></section>'


# ---------------------------------------------------------------- the groups


def _groups(
    profile: Profile, chains: Sequence[Membership], partners: Sequence[Partner], model: UnsidedModel, link: NameLink
) -> list[_Group]:
    found = []
    order = {name: grade.order for name, grade in model.grades.items()}
    for name, title, relations in _GROUPS:
        facts = [f for f in profile.facts if f.relation in relations and _told_here(f)]
        facts.sort(key=partial(_rank, relations, order))
        found.append(_Group(name, title, tuple(_fact_item(f, profile.structure, model, link) for f in facts)))
    with_and_against = _Group(
        "Muscles", "Muscles with and against it", tuple(_partner_item(p, model, link) for p in partners)
    )
    along = _Group(
        "Chains",
        "Chains it belongs to",
        tuple(_chain_item(m, n, model, link) for m in chains for n in range(len(m.links))),
    )
    known = {r for _, _, relations in _GROUPS for r in relations} | _TOLD_AS_PARTNERS
    others = [f for f in profile.facts if f.relation not in known]
    rest = _Group("Other", "Other", tuple(_fact_item(f, profile.structure, model, link) for f in others))
    ordered = (*found[:3], with_and_against, found[3], along, *found[4:], rest)
    return [group for group in ordered if group.items]


def _rank(relations: Sequence[str], order: Mapping[str, int], fact: Fact) -> tuple[int, bool, int]:
    """Facts in the order of a group's relations, the surest of each first."""
    return relations.index(fact.relation), not fact.forward, order[fact.grade]


def _told_here(fact: Fact) -> bool:
    """What tests or treats a structure is told at length among what concerns it in practice, not as a row."""
    return fact.forward or fact.relation not in _TOLD_UNDER_CARE


def _fact_item(fact: Fact, structure: Named, model: UnsidedModel, link: NameLink) -> _Item:
    part = "" if fact.of == structure else f'<span class="comment">{html.escape(fact.of.label)}</span> '
    at = f' <span class="comment">at the {html.escape(fact.via)}</span>' if fact.derived_by == "station" else ""
    remark = _remark("" if fact.derived_by else fact.comment)
    words = f"{part}{html.escape(fact.phrase)} {link(fact.other)}{at}"
    cells = _cells(words, remark, fact.grade, fact.sources, fact.against, fact.crosses, model)
    return _Item((fact.other,), cells, fact.words, fact.grade, fact.crosses)


def _partner_item(partner: Partner, model: UnsidedModel, link: NameLink) -> _Item:
    verb = "opposes" if partner.opposes else "works with"
    moves = ", ".join(partner.movements)
    words = f'{verb} {link(partner.structure)} <span class="comment">in {html.escape(moves)}</span>'
    cells = _cells(words, "", partner.grade, partner.sources, (), partner.crosses, model)
    return _Item((partner.structure,), cells, f"{verb} {partner.structure.label}", partner.grade, partner.crosses)


def _chain_item(membership: Membership, number: int, model: UnsidedModel, link: NameLink) -> _Item:
    traced, step = membership.chain, membership.links[number]
    chain = Named(traced.chain.id, traced.label, traced.side, "Chain", traced.chain.id)
    where = f"link {step.position} of {len(traced.links)}"
    words = f"{link(chain)}, {where}: {link(step.source)} → {link(step.target)}"
    holds = "nothing was verified: a gap" if step.holds == "gap" else f"holds by {step.holds}"
    cells = _cells(words, _remark(holds), step.grade, step.sources, step.against, step.crosses, model)
    says = f"{traced.label}, {where}"
    return _Item((step.source, step.target), cells, says, step.grade, step.crosses, step.holds == "gap")


def _remark(text: str) -> str:
    return f'<br><span class="comment">{html.escape(text)}</span>' if text else ""


def _cells(
    words: str,
    remark: str,
    grade: str,
    sources: tuple[str, ...],
    against: tuple[str, ...],
    crosses: bool,
    model: UnsidedModel,
) -> tuple[str, ...]:
    crossing = ' <strong class="cross">⇄ crosses the midline</strong>' if crosses else ""
    speaks = f'<br><span class="comment">Against: {links(against, model.sources)}</span>' if against else ""
    return words + crossing + remark + speaks, badge(grade), links(sources, model.sources)


# ---------------------------------------------------------------- picture and tables


def _lane(number: int, structure: Named, group: _Group, model: UnsidedModel) -> Lane:
    """The structure and the first of a group that have a place in the body, joined as the rows say."""
    placed = [structure] if structure.unsided in model.positions else []
    joined = []
    for item in group.items:
        ends = [e for e in _ends(item, structure) if e in placed or e != structure]
        fresh = [e for e in dict.fromkeys(ends) if e not in placed]
        if any(e.unsided not in model.positions for e in ends) or len(placed) + len(fresh) > _DRAWN + 1:
            continue
        placed += fresh
        first, last = placed.index(ends[0]), placed.index(ends[-1])
        if first != last:
            joined.append(Link(first, last, item.words, item.grade, item.crosses, item.gap))
    marked = (0,) if structure in placed else ()
    numbers = (None,) * len(placed) if group.name == "Chains" else _numbers(placed, group, structure)
    return Lane(number, group.name, tuple(placed), _single(joined), numbers=numbers, marked=marked)


def _numbers(placed: Sequence[Named], group: _Group, structure: Named) -> tuple[int | None, ...]:
    """For each structure of a lane the number of the first row that draws it."""
    rows = [item.ends[0] for item in group.items if item.ends[0] in placed]
    return tuple(None if s == structure else rows.index(s) + 1 for s in placed)


def _ends(item: _Item, structure: Named) -> tuple[Named, ...]:
    return item.ends if len(item.ends) > 1 else (structure, item.ends[0])


def _single(joined: Iterable[Link]) -> tuple[Link, ...]:
    """One line for each pair: the first said of it."""
    found: dict[tuple[int, int], Link] = {}
    for each in joined:
        found.setdefault((each.source, each.target), each)
    return tuple(found.values())


def _overview(structure: Named, drawn: Sequence[Lane], model: UnsidedModel) -> Lane:
    """The structure with the foremost and surest of each group; a click on one leads to its group."""
    placed: list[Named] = [structure] if structure.unsided in model.positions else []
    opens: list[int | None] = [None] * len(placed)
    joined = []
    for lane in (lane for lane in drawn if lane.title in _IN_OVERVIEW or not placed):
        beside = [each for each in lane.links if each.source == 0 and structure in placed and each.grade in _SURE]
        for position in [each.target for each in beside][:_FOREMOST] if placed else range(len(lane.structures)):
            other = lane.structures[position]
            if other in placed or len(placed) > _DRAWN:
                continue
            placed.append(other)
            opens.append(lane.number)
            joined += [
                Link(0, len(placed) - 1, each.words, each.grade, each.crosses, each.gap)
                for each in beside
                if each.target == position
            ]
    own = structure in placed
    return Lane(
        _OVERVIEW,
        "Overview",
        tuple(placed),
        tuple(joined),
        numbers=(None,) * len(placed),
        marked=(0,) if own else (),
        opens=tuple(opens),
    )


def _section(lane: Lane, group: _Group, structure: Named) -> str:
    """The table of a group: numbered as in the picture; what is not drawn follows, folded where it is much."""
    drawn: list[str] = []
    others: list[str] = []
    own = structure in lane.structures
    for item in group.items:
        ends = [e for e in _ends(item, structure) if own or e != structure]
        if ends and all(e in lane.structures for e in ends):
            first, last = lane.structures.index(ends[0]), lane.structures.index(ends[-1])
            drawn.append(lanes.row(lane.number, len(drawn) + 1, (first, last), item.cells, item.words))
        else:
            others.append(lanes.still_row(item.cells))
    head = ("Draw", "Connection", "Evidence", "Sources")
    if len(others) <= 3 or not drawn:
        return lanes.section(lane.number, group.title, lanes.table(head, [*drawn, *others]))
    more = (
        f"<details><summary>{len(others)} more, not drawn</summary>{lanes.table(head, others)}</details>"
        if others
        else ""
    )
    return lanes.section(lane.number, group.title, lanes.table(head, drawn) + more)


def _cited(
    profile: Profile, care: Care, chains: Sequence[Membership], partners: Sequence[Partner], model: UnsidedModel
) -> set[str]:
    used = practice.cited(care)
    for fact in profile.facts:
        used |= {*fact.sources, *fact.against}
    for partner in partners:
        used |= {*partner.sources}
    for membership in chains:
        used |= {i for link in membership.links for i in (*link.sources, *link.against)}
    name = profile.structure.unsided
    own_test, own_care, own_flag = (
        model.tests.get(name),
        model.interventions.get(name),
        model.red_flags.get(name),
    )
    here = profile.structure
    return used | practice.cited(
        Care(
            (),
            (TestItem(here, (), own_test),) if own_test else (),
            (CareItem(here, (), own_care, ()),) if own_care else (),
            (FlagItem(here, own_flag, ()),) if own_flag else (),
            (),
        )
    )
