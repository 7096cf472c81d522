"""The one question that a batch asks of every row, and the line that answers a row."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from kinchain.body import Body
from kinchain.errors import BadQuestion, KinchainError, NoRoute
from kinchain.graph.profiles import DEFAULT_PROFILES
from kinchain.views import json_causes, jsonout

Json = dict[str, Any]
COLUMNS = {"path": ("source", "target"), "causes": ("site",)}
MOST_TEXT = 65_536  # characters of a row; a longer one is a mistake


@dataclass(frozen=True, slots=True)
class Spec:
    """What is asked of every row; *brief* keeps of an answer what fits into a table."""

    question: str
    brief: bool = False
    profiles: tuple[str, ...] = DEFAULT_PROFILES
    k: int = 1
    min_evidence: str = ""
    top: int = 15
    mechanisms: tuple[str, ...] = ()

    @property
    def needed(self) -> tuple[str, ...]:
        """The columns that the question is read from.

        >>> Spec("path").needed
        ('source', 'target')
        """
        return COLUMNS[self.question]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the input: its number from 1, its columns, and what is wrong with it, if anything."""

    number: int
    columns: Mapping[str, Any]
    problem: str = ""


def line(row: Row, spec: Spec, body: Body) -> bytes:
    r"""The answer to a row as one line of JSON: ``row``, ``input``, and ``answer`` or ``error``.

    >>> body = Body.load()
    >>> line(Row(1, {"source": "soleus", "target": "no such thing"}), Spec("path"), body)[:60]
    b'{"row":1,"input":{"source":"soleus","target":"no such thing"'
    """
    told: Json = {"row": row.number, "input": dict(row.columns)}
    try:
        if row.problem:
            raise BadQuestion(f"row {row.number} {row.problem}")
        told["answer"] = _answer(row, spec, body)
    except KinchainError as problem:
        told |= jsonout.error(problem)
    return msgspec.json.encode(told) + b"\n"


def check(spec: Spec, body: Body) -> None:
    """Refuse options that would make every row an error.

    Raises
    ------
    BadQuestion  an option that does not exist or is out of bounds
    """
    trial = {"path": {"source": "right soleus", "target": "left soleus"}, "causes": {"site": "left knee"}}
    with contextlib.suppress(NoRoute):
        _answer(Row(0, trial[spec.question]), spec, body)


def _answer(row: Row, spec: Spec, body: Body) -> Any:
    said = [_text(row.columns[name]) for name in spec.needed]
    unsided = body.model.unsided
    if spec.question == "path":
        found = body.path(*said, profiles=spec.profiles, k=spec.k, min_evidence=spec.min_evidence)
        if not found.routes:
            raise NoRoute(" ".join(found.notes))
        answer = jsonout.path(found, unsided.sources)
        return _brief_routes(answer) if spec.brief else answer
    causes = body.causes(
        *said,
        qualifiers=_qualifiers(row.columns.get("with")),
        top=spec.top,
        mechanisms=spec.mechanisms,
        min_evidence=spec.min_evidence,
    )
    answer = json_causes.causes(causes, unsided.sources, dict(unsided.mechanisms))
    return _brief_causes(answer) if spec.brief else answer


def _text(value: Any) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)


def _qualifiers(value: Any) -> Sequence[str]:
    """What qualifies a complaint: a list, or a text with semicolons between."""
    parts = value if isinstance(value, (list, tuple)) else _text(value).split(";")
    return [text for part in parts if (text := _text(part).strip())]


def _brief_routes(answer: Json) -> list[Json]:
    return [
        {
            "rank": r["rank"],
            "profile": r["profile"],
            "cost": r["cost"],
            "evidence": r["evidence"],
            "crosses_midline": r["crosses_midline"],
            "hops": len(r["hops"]),
            "route": "; ".join(hop["words"] for hop in r["hops"]),
            "sources": ", ".join(dict.fromkeys(s["id"] for hop in r["hops"] for s in hop["sources"])),
            "chains": ", ".join(chain["label"] for chain in r["chains"]),
        }
        for r in answer["routes"]
    ]


def _brief_causes(answer: Json) -> list[Json]:
    """The candidates by rank, each with the red flags of the complaint, which are told even where there is none."""
    flags = "; ".join(f"{f['label']} ({f['urgency']})" for f in answer["red_flags"] if f["raised"])
    raised = {"red_flags_raised": flags, "red_flags_to_ask": len(answer["red_flags"])}
    found = [
        {
            "rank": c["rank"],
            "structure": c["structure"]["label"],
            "structure_id": c["structure"]["id"],
            "where": c["where"],
            "score": c["score"],
            "evidence": c["evidence"],
            "mechanisms": ", ".join(m["mechanism"] for m in c["mechanisms"]),
            "route": c["mechanisms"][0]["words"],
            "tests": "; ".join(t["label"] for t in c["tests"]),
            **raised,
        }
        for c in answer["candidates"]
    ]
    return found or [raised]
