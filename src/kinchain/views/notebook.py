"""Answers as a notebook shows them: a table with grades and sources, and beside a route the map of where it runs.

``kinchain`` gives this room's ``render`` to the answers of its ``Body``; see ``answers.Shown``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kinchain.answers import NOTICE, Fact, Form, Listed, Match, PathAnswer, Profile, Route
from kinchain.model import SidedModel, UnsidedModel
from kinchain.queries.care import FlagItem
from kinchain.queries.causes import Candidate, Causes
from kinchain.queries.chains import TracedChain, TracedLink
from kinchain.views import still
from kinchain.views.blocks import (
    Alarm,
    Block,
    Break,
    Cell,
    Cite,
    Folded,
    Grade,
    Image,
    Line,
    Rows,
    Soft,
    Strong,
    Title,
    as_html,
    as_text,
)
from kinchain.views.pages import causes as causes_page
from kinchain.views.pages import chain as chain_page
from kinchain.views.pages import route as route_page
from kinchain.views.pages.strands import Step, Strand, lane, step
from kinchain.views.picture import Lane
from kinchain.views.table import chain_words

_SHOWN_FLAGS, _SHOWN_CANDIDATES, _SHOWN_FACTS, _SHOWN_STEPS = 7, 10, 30, 20


def render(model: SidedModel, answer: object, form: Form) -> str:
    """An answer as a piece of HTML, as text, or as its whole page.

    Raises
    ------
    TypeError  what is no answer, or has no page

    >>> from kinchain import Body
    >>> body = Body.load()
    >>> print(render(body.model, body.find("sit bone", limit=1), "text"))
      ischial tuberosity · Landmark · right or left · sit bone · 100 · ischial_tuberosity
    """
    known = model.unsided
    if form == "page":
        return _page(known, answer)
    blocks = _blocks(known, answer)
    return as_html(blocks, known.sources) if form == "html" else as_text(blocks, known.sources)


def _page(model: UnsidedModel, answer: object) -> str:
    match answer:
        case PathAnswer():
            return route_page.page(answer, model)
        case TracedChain():
            return chain_page.page(answer, model)
        case Causes():
            return causes_page.page(answer, model)
    raise TypeError(f"a {type(answer).__name__} has no page")


def _blocks(model: UnsidedModel, answer: object) -> list[Block]:
    match answer:
        case PathAnswer():
            return _path(model, answer)
        case Route():
            return [*_route(model, answer), _notice()]
        case TracedChain():
            return _chain(model, answer)
        case Causes():
            return _causes(model, answer)
        case Profile():
            return _profile(answer)
        case Listed():
            return _list(model, answer)
    raise TypeError(f"a {type(answer).__name__} cannot be shown")


def _notice() -> Line:
    return Line((Soft(NOTICE),))


# ---------------------------------------------------------------- routes and chains


def _path(model: UnsidedModel, answer: PathAnswer) -> list[Block]:
    blocks: list[Block] = [Title(f"What links the {answer.source.label} to the {answer.target.label}?", 1)]
    for route in answer.routes:
        blocks += _route(model, route)
    return [*blocks, *(Line((note,)) for note in answer.notes), _notice()]


def _route(model: UnsidedModel, route: Route) -> list[Block]:
    steps = tuple(map(step, route.hops))
    count = sum(hop.crosses for hop in route.hops)
    where = {0: "stays on its side", 1: "crosses the midline once"}.get(count, f"crosses the midline {count} times")
    hops = "1 hop" if len(steps) == 1 else f"{len(steps)} hops"
    along = "; ".join(chain_words(m.label, m.links, m.length) for m in route.chains)
    return [
        Title(f"{route.rank}. {route.profile} route"),
        Line(("weakest evidence ", Grade(route.grade), f" · {where} · {hops} · cost {route.cost:g}")),
        *([Line((f"Runs along published chains: {along}.",))] if along else []),
        *_drawn(model, Strand(route.rank, "", (), steps)),
    ]


def _drawn(model: UnsidedModel, strand: Strand) -> list[Block]:
    """The map of a strand and its table: the numbers of a step are those of its two ends on the map."""
    if not strand.steps:
        return []
    rows = tuple(
        (
            (f"{number}\u00a0→\u00a0{number + 1}",),
            _words(each),
            (Grade(each.grade),),
            (Cite(each.sources), *_against(each)),
        )
        for number, each in enumerate(strand.steps, 1)
    )
    table = Rows(("On the map", "Connection", "Evidence", "Sources"), rows)
    long = len(rows) > _SHOWN_STEPS
    return [_image(model, lane(strand)), Folded(f"The {len(rows)} steps", (table,)) if long else table]


def _words(each: Step) -> Cell:
    crossing: Cell = (" ", Strong("⇄ crosses the midline")) if each.crosses else ()
    return (each.words, *crossing, *((Soft(each.comment),) if each.comment else ()))


def _against(each: Step) -> Cell:
    return (Soft("against: "), Cite(each.against)) if each.against else ()


def _image(model: UnsidedModel, drawn: Lane) -> Image:
    return Image(still.still(model, drawn), still.words(model, drawn))


def _chain(model: UnsidedModel, traced: TracedChain) -> list[Block]:
    known = traced.chain
    against: Cell = (" · against: ", Cite(known.against)) if known.against else ()
    blocks: list[Block] = [
        Title(f"The {traced.label}", 1),
        Line((known.definition,)),
        Line(("as a whole ", Grade(known.grade), " ", Cite(known.sources), *against)),
        *([Line((known.comment,))] if known.comment else []),
    ]
    for number, links in enumerate(traced.strands, 1):
        blocks += [
            Title("Main line" if number == 1 else f"Branch {number - 1}"),
            Line((f"{links[0].source.label} → {links[-1].target.label} · {_gaps(links)}",)),
            *_drawn(model, Strand(number, "", (), tuple(map(chain_page.link_step, links)))),
        ]
    return [*blocks, _notice()]


def _gaps(links: Sequence[TracedLink]) -> str:
    gaps = [str(link.position) for link in links if link.holds == "gap"]
    return f"nothing was verified at link {', '.join(gaps)}" if gaps else "no gap"


# ---------------------------------------------------------------- remote causes


def _causes(model: UnsidedModel, answer: Causes) -> list[Block]:
    how = ", ".join(q.label for q in answer.site.qualifiers)
    where = causes_page.place_words(answer, model)
    first, more = answer.candidates[:_SHOWN_CANDIDATES], answer.candidates[_SHOWN_CANDIDATES:]
    head = ("Rank", "Structure", "How it may reach the site", "Evidence", "Tests and care", "Sources")
    blocks: list[Block] = [
        Title(f"What might be behind {where}?" + (f" ({how})" if how else ""), 1),
        *_flags(answer),
        Folded(
            f"At the site itself: {len(answer.local)} structures, not ranked",
            (Line((", ".join(s.label for s in answer.local) or "nothing that the body knows",)),),
        ),
        Title("What elsewhere might be behind it"),
    ]
    if first:
        drawn = causes_page.overview(replace(answer, candidates=first))
        blocks += [_image(model, drawn), Rows(head, tuple(_candidate(model, c) for c in first))]
    else:
        blocks.append(Line(("No candidate elsewhere is known under these conditions.",)))
    if more:
        blocks.append(Folded(f"{len(more)} more candidates", (Rows(head, tuple(_candidate(model, c) for c in more)),)))
    if answer.refuted:
        rows = tuple(((r.structure.label,), (r.why,), (Grade("Refuted"),), (Cite(r.sources),)) for r in answer.refuted)
        blocks += [Title("Looked for and not found"), Rows(("Structure", "Why", "Evidence", "Sources"), rows)]
    return [*blocks, _notice()]


def _flags(answer: Causes) -> list[Block]:
    """Red flags: those that the question raises and the first of the place at once, the others a click away."""
    if not answer.red_flags:
        return []
    near = [f for f in answer.red_flags if f.structure.id in answer.raised | answer.of_region]
    first = near[: max(_SHOWN_FLAGS, len(answer.raised))]
    rest = [f for f in answer.red_flags if f not in first]
    blocks: list[Block] = [Title("Red flags first"), _flag_rows(first, answer)]
    if rest:
        urgent = sum(f.details.urgency == "emergency" for f in rest)
        summary = f"{len(rest)} more" + (f", {urgent} of them emergencies" if urgent else "")
        blocks.append(Folded(summary, (_flag_rows(rest, answer),)))
    return [Alarm(tuple(blocks))]


def _flag_rows(flags: Sequence[FlagItem], answer: Causes) -> Rows:
    def urgency(f: FlagItem) -> Cell:
        raised = f.structure.id in answer.raised
        return (Strong(f.details.urgency), *((Soft("raised by the question"),) if raised else ()))

    return Rows(
        ("Urgency", "Red flag", "What to do", "Sources"),
        tuple(
            (
                urgency(f),
                (f.structure.label, Soft(f.details.condition)),
                (f.details.action,),
                (Cite(f.details.sources),),
            )
            for f in flags
        ),
    )


def _candidate(model: UnsidedModel, c: Candidate) -> tuple[Cell, ...]:
    why: list[Cell] = [
        (Strong(model.mechanisms[r.mechanism].label), f": {r.words} ", Grade(r.grade)) for r in c.reasons
    ]
    tests = ", ".join(t.structure.label for t in c.tests[:3])
    care = ", ".join(i.structure.label for i in c.care[:3])
    works = tuple(dict.fromkeys(i for r in c.reasons for i in r.sources))
    return (
        (str(c.rank),),
        (c.structure.label, Soft(f"{c.where}, score {c.score:.2f}")),
        tuple(part for n, cell in enumerate(why) for part in ((Break(), *cell) if n else cell)),
        (Grade(c.grade),),
        ((f"tests: {tests}" if tests else ""), *((Soft(f"care: {care}"),) if care else ())),
        (Cite(works),),
    )


# ---------------------------------------------------------------- structures


def _profile(profile: Profile) -> list[Block]:
    structure = profile.structure
    about = (
        ("", profile.definition),
        ("Also: ", ", ".join((*profile.synonyms, *profile.abbreviations))),
        ("Latin: ", ", ".join(profile.latin)),
        ("Same as: ", ", ".join(f"{m.id} {m.label}" for m in profile.mappings)),
        ("", profile.exception),
        ("Note: ", profile.comment),
    )
    first, more = profile.facts[:_SHOWN_FACTS], profile.facts[_SHOWN_FACTS:]
    return [
        Title(f"{structure.label} ({structure.kind})", 1),
        *(Line((name + value,)) for name, value in about if value),
        *([_fact_rows(first)] if first else []),
        *([Folded(f"{len(more)} more connections", (_fact_rows(more),))] if more else []),
    ]


def _fact_rows(facts: Sequence[Fact]) -> Rows:
    return Rows(("Connection", "Evidence", "Sources"), tuple(map(_fact, facts)))


def _fact(fact: Fact) -> tuple[Cell, ...]:
    crossing: Cell = (" ", Strong("⇄ crosses the midline")) if fact.crosses else ()
    against: Cell = (Soft("against: "), Cite(fact.against)) if fact.against else ()
    return (fact.words, *crossing), (Grade(fact.grade),), (Cite(fact.sources), *against)


def _list(model: UnsidedModel, answers: Listed[object]) -> list[Block]:
    """Matches, facts and rows of a query as one table each, other answers one after another."""
    matches = [a for a in answers if isinstance(a, Match)]
    near = [a for a in answers if isinstance(a, tuple)]
    blocks: list[Block] = []
    if matches:
        head = ("Structure", "Kind", "Side", "Matched", "Score", "Id")
        blocks.append(Rows(head, tuple(_match(m) for m in matches)))
    if near:
        rows = tuple(((str(distance),), *_fact(fact)) for distance, fact in near)
        blocks.append(Rows(("Hops", "Connection", "Evidence", "Sources"), rows))
    found = [a for a in answers if isinstance(a, dict)]
    if found:
        blocks.append(Rows(tuple(found[0]), tuple(tuple((value,) for value in row.values()) for row in found)))
    for answer in answers:
        if not isinstance(answer, Match | tuple | dict):
            blocks += _blocks(model, answer)
    return blocks or [Line(("Nothing was found.",))]


def _match(m: Match) -> tuple[Cell, ...]:
    s = m.structure
    side = "right or left" if s.side == "either" else str(s.side)
    return (s.label,), (s.kind,), (side,), (m.matched,), (f"{m.score:g}",), (s.id,)
