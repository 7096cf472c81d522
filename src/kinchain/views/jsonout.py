"""Answers as JSON, by the contracts that ``kinchain/views/schemas`` publishes as JSON Schema."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import orjson

from kinchain.answers import NOTICE, ChainMatch, Fact, Finding, Hop, Match, PathAnswer, Profile, Route
from kinchain.model import Named, Source

if TYPE_CHECKING:
    from kinchain.errors import Candidate, KinchainError
    from kinchain.queries.report import Report

Json = dict[str, Any]
Sources = Mapping[str, Source]


def encoded(value: Any) -> bytes:
    """A value as commands print it and the server sends it: the bytes of ``json.dumps`` with an indent, much sooner.

    Only numbers nearer to zero than 0.0001 are written otherwise; answers have none. Of the name of a file that is no
    Unicode what cannot be told becomes a question mark.

    >>> print(encoded({"label": "Müller", "chains": [], "cost": 1.5}).decode(), end="")
    {
      "label": "Müller",
      "chains": [],
      "cost": 1.5
    }
    """
    try:
        return orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    except orjson.JSONEncodeError:
        import json

        return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode(errors="replace")


def named(structure: Candidate) -> Json:
    """The contract ``N``."""
    return {"id": structure.id, "label": structure.label, "side": str(structure.side), "kind": structure.kind}


def cited(ids: Sequence[str], sources: Sources) -> list[Json]:
    """Sources with their label, where to find them, and whether the record was checked."""
    return [
        {"id": i, "label": s.label, "url": s.url, "status": s.status}
        for i in ids
        for s in [sources.get(i) or Source(i, i)]
    ]


def path(answer: PathAnswer, sources: Sources) -> Json:
    """The answer of ``kinchain path --json``."""
    return {
        "query": {
            "source": named(answer.source),
            "target": named(answer.target),
            "profiles": list(answer.profiles),
        },
        "routes": [route(each, sources) for each in answer.routes],
        "notes": list(answer.notes),
        "notice": NOTICE,
    }


def route(each: Route, sources: Sources) -> Json:
    """The contract ``R``: one route."""
    return {
        "rank": each.rank,
        "profile": each.profile,
        "cost": each.cost,
        "evidence": each.grade,
        "crosses_midline": each.crosses,
        "chains": [_chain(match) for match in each.chains],
        "hops": [hop(step, sources) for step in each.hops],
    }


def _chain(match: ChainMatch) -> Json:
    return {"id": match.id, "label": match.label, "links": list(match.links), "of": match.length}


def hop(step: Hop, sources: Sources) -> Json:
    """One hop of a route, read in walking direction."""
    return {
        "from": named(step.source),
        "to": named(step.target),
        "relation": step.relation,
        "forward": step.forward,
        "evidence": step.grade,
        "sources": cited(step.sources, sources),
        "contradicted_by": cited(step.against, sources),
        "crosses_midline": step.crosses,
        "via": named(step.via) if step.via else None,
        "words": step.words,
        "comment": step.comment,
    }


def find(matches: Sequence[Match]) -> list[Json]:
    """The answer of ``kinchain find --json``."""
    return [{**named(m.structure), "matched": m.matched, "score": m.score} for m in matches]


def fact(each: Fact, sources: Sources) -> Json:
    """One connection of a structure."""
    return {
        "relation": each.relation,
        "forward": each.forward,
        "other": named(each.other),
        "evidence": each.grade,
        "sources": cited(each.sources, sources),
        "contradicted_by": cited(each.against, sources),
        "crosses_midline": each.crosses,
        "words": each.words,
        "comment": each.comment,
        "derived_by": each.derived_by,
        "via": each.via,
    }


def show(profile: Profile, sources: Sources) -> Json:
    """The answer of ``kinchain show --json`` for one structure."""
    return {
        "structure": named(profile.structure),
        "definition": profile.definition,
        "synonyms": list(profile.synonyms),
        "latin": list(profile.latin),
        "abbreviations": list(profile.abbreviations),
        "mappings": [{"id": m.id, "predicate": m.predicate, "label": m.label} for m in profile.mappings],
        "exception": profile.exception,
        "comment": profile.comment,
        "connections": [fact(each, sources) for each in profile.facts],
    }


def around(structure: Named, found: Sequence[tuple[int, Fact]], sources: Sources) -> Json:
    """The answer of ``kinchain around --json``."""
    return {
        "structure": named(structure),
        "connections": [{"distance": distance, **fact(each, sources)} for distance, each in found],
    }


def findings(found: Sequence[Finding]) -> Json:
    """The answer of ``kinchain validate --json``."""
    return {
        "valid": not found,
        "findings": [
            {"file": f.file, "line": f.line, "subject": f.subject, "rule": f.rule, "message": f.message} for f in found
        ],
    }


def report(counted: Report) -> Json:
    """The answer of ``kinchain build --json``."""
    return {
        "counts": {name.strip(): {"unsided": one, "sided": two} for name, one, two in counted.counts},
        "missing": {name: number for name, number, _ in counted.missing},
    }


def error(problem: KinchainError) -> Json:
    """What stands on standard output with ``--json`` when the exit status is 1, 2 or 3."""
    return {
        "error": {
            "kind": problem.kind,
            "message": problem.message,
            "candidates": [named(candidate) for candidate in problem.candidates],
        }
    }
