"""Cards about published chains, link by link, and about red flags."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import replace

from kinchain.clinical import RedFlag
from kinchain.exports.deck_regions import DECK_OF
from kinchain.exports.flashcards import Answer, Card, Facts, region_tag
from kinchain.graph.weights import weakest
from kinchain.model import Chain, ChainLink, SideRule

_GAP = "gap: nothing verified joins the two"


def chain_cards(facts: Facts) -> Iterator[Card]:
    """What follows in a chain, for each of its stations, and how sure the whole chain is."""
    for chain in facts.model.chains.values():
        ends = {end for link in chain.links for end in (link.source, link.target)}
        if not ends & facts.asked:
            continue
        yield _whole(chain)
        for source in dict.fromkeys(link.source for link in chain.links):
            links = [link for link in chain.links if link.source == source]
            if facts.asked & {source, *(link.target for link in links)}:
                yield _links(facts, chain, source, links)


def _whole(chain: Chain) -> Card:
    return Card(
        key=f"chain evidence/{chain.id}",
        kind="chain evidence",
        deck=f"Chains::{chain.label}",
        question=f"How well is the {chain.label} shown as a whole?",
        answers=(Answer(chain.grade),),
        grade=chain.grade,
        sources=chain.sources,
        against=chain.against,
        notes=tuple(text for text in (chain.definition, chain.comment) if text),
        tags=(f"chain::{chain.id}",),
    )


def _links(facts: Facts, chain: Chain, source: str, links: list[ChainLink]) -> Card:
    grades = {name: grade.order for name, grade in facts.model.grades.items()}
    return Card(
        key=f"chain link/{chain.id}/{source}",
        kind="chain link",
        deck=f"Chains::{chain.label}",
        question=f"In the {chain.label}, as it is published, what follows the {facts.label(source)}?",
        answers=tuple(Answer(facts.label(link.target), remark=_remark(link)) for link in links),
        grade=weakest(grades, [link.grade for link in links]),
        sources=tuple(sorted({key for link in links for key in link.sources})),
        against=tuple(sorted({key for link in links for key in link.against})),
        notes=tuple(dict.fromkeys(link.comment for link in links if link.comment)),
        tags=(f"chain::{chain.id}", *(("gap",) if any(link.gap for link in links) else ())),
    )


def _remark(link: ChainLink) -> str:
    """What must be said with a link: always its grade."""
    across = ["of the other side"] if link.side_rule is SideRule.OPPOSITE else []
    return ", ".join([*across, link.grade, *([_GAP] if link.gap else [])])


def red_flag_cards(facts: Facts) -> Iterator[Card]:
    """What a red flag may mean and what to do about it, and the signs of what must not be missed."""
    for flag in sorted(facts.model.red_flags.values(), key=lambda f: (f.urgency_order, f.id)):
        places = {c.object for c in facts.of(flag.id, "screens")}
        if not {flag.id, *places} & facts.asked:
            continue
        meaning = _flag(facts, flag, places)
        label = facts.label(flag.id)
        yield replace(
            meaning,
            key=f"red flag/{flag.id}",
            kind="red flag",
            question=f"Red flag: {label}. What must be thought of, and what done?",
            answers=(Answer(flag.condition),),
        )
        if flag.signs:
            yield replace(meaning, answers=tuple(Answer(sign) for sign in flag.signs))


def _flag(facts: Facts, flag: RedFlag, places: Set[str]) -> Card:
    """The card that asks for the signs, without them."""
    suspects = [facts.label(c.object) for c in facts.of(flag.id, "suspects")]
    where = "everywhere" if flag.everywhere else ", ".join(sorted(map(facts.label, places)))
    notes = (
        f"What to do ({flag.urgency}): {flag.action}",
        f"What it suspects: {', '.join(suspects)}." if suspects else "",
        f"Where to look for it: {where}." if where else "",
    )
    regions = sorted({DECK_OF[place] for place in places if place in DECK_OF})
    return Card(
        key=f"signs/{flag.id}",
        kind="signs",
        deck="Red flags",
        question=f"Which signs point to {flag.condition}?",
        answers=(),
        grade=flag.grade,
        sources=flag.sources,
        notes=tuple(filter(None, notes)),
        tags=(f"urgency::{flag.urgency.replace(' ', '_')}", *map(region_tag, regions)),
    )
