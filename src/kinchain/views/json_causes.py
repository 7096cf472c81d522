"""Remote causes as JSON."""

from __future__ import annotations

from typing import Any

from kinchain.answers import NOTICE
from kinchain.model import Mechanism
from kinchain.queries.care import CareItem, TestItem
from kinchain.queries.causes import Candidate, Causes
from kinchain.queries.reasons import Reason
from kinchain.views.json_clinical import accuracy, cautions, red_flag
from kinchain.views.jsonout import Json, Sources, cited, hop, named

Mechanisms = dict[str, Mechanism]


def causes(answer: Causes, sources: Sources, mechanisms: Mechanisms, *, explain: bool = False) -> Json:
    """The answer of ``kinchain causes --json``; *explain* adds the shares of which a reason's weight is the product."""
    return {
        "sites": [named(place) for place in answer.site.places],
        "qualifiers": [named(q) for q in answer.site.qualifiers],
        "red_flags": [{**red_flag(f, sources), "raised": f.structure.id in answer.raised} for f in answer.red_flags],
        "local": [named(structure) for structure in answer.local],
        "candidates": [_candidate(c, sources, mechanisms, explain) for c in answer.candidates],
        "refuted": [
            {"structure": named(r.structure), "why": r.why, "sources": cited(r.sources, sources)}
            for r in answer.refuted
        ],
        "notice": NOTICE,
    }


def _candidate(c: Candidate, sources: Sources, mechanisms: Mechanisms, explain: bool) -> Json:
    return {
        "rank": c.rank,
        "structure": named(c.structure),
        "where": c.where,
        "score": c.score,
        "evidence": c.grade,
        "mechanisms": [_reason(n, r, sources, mechanisms, explain) for n, r in enumerate(c.reasons, 1)],
        "tests": [_test(t, sources) for t in c.tests],
        "care": [_care(i, sources) for i in c.care],
        "cautions": cautions(c.care),
    }


def _reason(number: int, r: Reason, sources: Sources, mechanisms: Mechanisms, explain: bool) -> Json:
    answer: dict[str, Any] = {
        "mechanism": mechanisms[r.mechanism].key,
        "evidence": r.grade,
        "route": {
            "rank": number,
            "profile": "myofascial" if r.mechanism == "Myofascial" else "referral",
            "cost": len(r.hops),
            "evidence": r.grade,
            "crosses_midline": sum(h.crosses for h in r.hops) % 2 == 1,
            "chains": [],
            "hops": [hop(h, sources) for h in r.hops],
        },
        "words": r.words,
        "comment": r.comment,
        "sources": cited(r.sources, sources),
        "contradicted_by": cited(r.against, sources),
    }
    if explain:
        answer["weight"] = round(r.weight, 4)
        answer["factors"] = [{"what": what, "share": share} for what, share in r.factors]
    return answer


def _test(item: TestItem, sources: Sources) -> Json:
    return {
        **named(item.structure),
        "for_or_against": item.for_or_against,
        "evidence": item.details.grade,
        "accuracy": [accuracy(a, sources) for a in item.details.accuracies],
        "reading": item.details.reading,
        "sources": cited(item.details.sources, sources),
    }


def _care(item: CareItem, sources: Sources) -> Json:
    return {
        **named(item.structure),
        "evidence": item.details.grade,
        "dosage": [d.words or d.comment for d in item.details.dosages],
        "effect": item.details.effect,
        "sources": cited(item.details.sources, sources),
    }
