"""Chains, claims and what concerns a structure in practice, as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kinchain.answers import NOTICE
from kinchain.clinical import Accuracy, Claim, Dosage
from kinchain.model import Chain, Structure
from kinchain.queries.care import Care, CareItem, FlagItem, TestItem
from kinchain.queries.chains import TracedChain, TracedLink
from kinchain.views.jsonout import Json, Sources, cited, named


def chains(found: Iterable[Chain], sources: Sources) -> list[Json]:
    """The answer of ``kinchain chain --json``."""
    return [
        {
            "id": c.id,
            "label": c.label,
            "definition": c.definition,
            "synonyms": list(c.synonyms),
            "links": len(c.links),
            "gaps": sum(link.gap for link in c.links),
            "evidence": c.grade,
            "sources": cited(c.sources, sources),
        }
        for c in found
    ]


def chain(traced: TracedChain, sources: Sources) -> Json:
    """The answer of ``kinchain chain NAME --json``."""
    known = traced.chain
    return {
        "chain": {
            "id": known.id,
            "label": traced.label,
            "side": str(traced.side),
            "definition": known.definition,
            "synonyms": list(known.synonyms),
            "evidence": known.grade,
            "sources": cited(known.sources, sources),
            "contradicted_by": cited(known.against, sources),
            "comment": known.comment,
            "gaps": list(traced.gaps),
            "end_side": str(traced.end_side),
        },
        "links": [_link(link, sources) for link in traced.links],
        "notice": NOTICE,
    }


def _link(link: TracedLink, sources: Sources) -> Json:
    return {
        "position": link.position,
        "strand": link.strand,
        "from": named(link.source),
        "to": named(link.target),
        "evidence": link.grade,
        "holds": link.holds,
        "stands_on": link.stands_on,
        "crosses_midline": link.crosses,
        "sources": cited(link.sources, sources),
        "contradicted_by": cited(link.against, sources),
        "comment": link.comment,
    }


def care(found: Care, sources: Sources, structures: Mapping[str, Structure]) -> Json:
    """What tests, trains or treats a structure, its findings and red flags, and what is claimed about it."""
    return {
        "findings": [named(f) for f in found.findings],
        "red_flags": [red_flag(f, sources) for f in found.red_flags],
        "tests": [test(t, sources) for t in found.tests],
        "care": [intervention(c, sources) for c in found.interventions],
        "cautions": cautions(found.interventions),
        "claims": [claim(c, sources, structures) for c in found.claims],
    }


def cautions(items: Iterable[CareItem]) -> list[Json]:
    """What to mind with each of some interventions."""
    return [
        {"of": named(item.structure), "caution": text}
        for item in items
        for text in (*item.details.cautions, *(f"not in {f.label}" for f in item.contraindicated_in))
    ]


def red_flag(flag: FlagItem, sources: Sources) -> Json:
    """One red flag: what one hears, what it may be, what to do, how soon."""
    return {
        "id": flag.structure.id,
        "label": flag.structure.label,
        "condition": flag.details.condition,
        "signs": list(flag.details.signs),
        "suspects": [named(s) for s in flag.suspects],
        "action": flag.details.action,
        "urgency": flag.details.urgency,
        "evidence": flag.details.grade,
        "sources": cited(flag.details.sources, sources),
    }


def test(item: TestItem, sources: Sources) -> Json:
    """One test: how, what a result says, its figures."""
    details = item.details
    return {
        **named(item.structure),
        "concerns": [named(c) for c in item.concerns],
        "evidence": details.grade,
        "procedure": details.procedure,
        "positive_sign": details.positive_sign,
        "reading": details.reading,
        "side_meaning": details.side_meaning,
        "accuracy": [accuracy(a, sources) for a in details.accuracies],
        "reliability": details.reliability,
        "cautions": list(details.cautions),
        "taught_by": cited(details.taught_by, sources),
        "sources": cited(details.sources, sources),
    }


def accuracy(figures: Accuracy, sources: Sources) -> Json:
    """The figures of one study; null was not published."""
    return {**_plain(figures), "words": figures.words, "sources": cited(figures.sources, sources)}


def intervention(item: CareItem, sources: Sources) -> Json:
    """One intervention: how, how much, what it did, what to mind."""
    details = item.details
    return {
        **named(item.structure),
        "concerns": [named(c) for c in item.concerns],
        "evidence": details.grade,
        "procedure": details.procedure,
        "side_meaning": details.side_meaning,
        "dosage": [{**_plain(d), "words": d.words, "sources": cited(d.sources, sources)} for d in details.dosages],
        "prepared_by": list(item.prepared_by),
        "effect": details.effect,
        "cautions": list(details.cautions),
        "contraindicated_in": [named(f) for f in item.contraindicated_in],
        "taught_by": cited(details.taught_by, sources),
        "sources": cited(details.sources, sources),
        "contradicted_by": cited(details.against, sources),
    }


def _plain(figures: Accuracy | Dosage) -> Json:
    return {key: getattr(figures, key) for key in figures.__match_args__ if key != "sources"}


def claim(each: Claim, sources: Sources, structures: Mapping[str, Structure]) -> Json:
    """One claim: who says what, what became of it, what the evidence says."""

    def plain(i: str) -> Json:
        return {"id": i, "label": structures[i].label if i in structures else i.replace("_", " ")}

    edge: dict[str, Any] | None = None
    if each.edge:
        edge = {"from": plain(each.edge[0]), "relation": each.edge[1], "to": plain(each.edge[2])}
    return {
        "id": each.id,
        "statement": each.statement,
        "claimed_by": cited(each.claimed_by, sources),
        "kind": each.kind,
        "subjects": [plain(i) for i in each.subjects],
        "relation": each.relation,
        "objects": [plain(i) for i in each.objects],
        "object_text": each.object_text,
        "sides": each.sides,
        "verdict": each.verdict,
        "correction": each.correction,
        "sources": cited(each.sources, sources),
        "contradicted_by": cited(each.against, sources),
        "edge": edge,
    }
