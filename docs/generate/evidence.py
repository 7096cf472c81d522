"""Grades, mechanisms and circumstances: what each means, what it weighs and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from kinchain.graph import chance

from . import Known
from .markdown import escaped, number, table
from .schema import Term


def grades(known: Known) -> str:
    """The evidence grades, surest first."""
    unsided = known.body.model.unsided
    count = Counter(c.grade for c in unsided.connections if not c.derived_by)
    rows = []
    for term in sorted(known.schema.of_type("EvidenceGrade"), key=lambda t: int(t.one("gradeOrder"))):
        penalty, weight = term.one("penalty"), term.one("weight")
        rows.append(
            (
                f"**{term.label}**",
                escaped(term.definition),
                f"{float(penalty):g}" if penalty else "never",
                f"{float(weight):g}" if weight else "none",
                number(count[term.name]),
            )
        )
    return table(("grade", "what it says", "penalty", "weight", "connections"), rows, "llrrr")


def grade_reasons(known: Known) -> str:
    """Why the grades have their penalties and weights."""
    rows = [
        (term.label, escaped(term.one("costReason")), escaped(term.one("weightReason")), ", ".join(term.alignments))
        for term in sorted(known.schema.of_type("EvidenceGrade"), key=lambda t: int(t.one("gradeOrder")))
    ]
    return table(("grade", "why this penalty", "why this weight", "elsewhere"), rows)


def mechanisms(known: Known) -> str:
    """The mechanisms of remote causes with their weights."""
    unsided = known.body.model.unsided
    count = Counter(chance.mechanism(c, unsided.structures) for c in unsided.connections if c.relation in chance.FELT)
    rows = [
        (
            f"`{term.label.replace(' ', '_')}`",
            escaped(term.definition),
            f"{float(term.one('weight')):g}",
            escaped(term.one("weightReason")),
            number(count[term.name]),
        )
        for term in known.schema.of_type("Mechanism")
    ]
    return table(("mechanism", "what it says", "weight", "why", "referrals and contributions"), rows, "llrlr")


def circumstances(known: Known) -> str:
    """The circumstances that make a reason count more or less."""
    rows = [
        (f"**{t.label}**", escaped(t.definition), f"{float(t.one('weight')):g}", escaped(t.one("weightReason")))
        for t in known.schema.of_type("Circumstance")
    ]
    return table(("circumstance", "what it says", "weight", "why"), rows, "llrl")


# The short lists of the vocabulary, in the order of the reference.
LISTS = ("Verdict", "Urgency", "RecordStatus", "Laterality", "SideRule")


def lists(known: Known) -> str:
    """All short lists, each under a heading."""
    sections = []
    for kind in LISTS:
        head = known.schema.named(kind)
        sections.append(f"## {head.label.capitalize()}\n\n{escaped(head.definition)}\n\n{_values(known, kind)}")
    return "\n\n".join(sections)


def verdicts(known: Known) -> str:
    """The verdicts of claims."""
    return _values(known, "Verdict")


def record_status(known: Known) -> str:
    """How far the records of sources were checked."""
    return _values(known, "RecordStatus")


def _values(known: Known, kind: str) -> str:
    """The values of a short list, with how often each is used."""
    unsided = known.body.model.unsided
    used: dict[str, Iterable[str]] = {
        "Verdict": (c.verdict for c in unsided.claims.values()),
        "Urgency": (f.urgency for f in unsided.red_flags.values()),
        "RecordStatus": (s.status for s in unsided.sources.values()),
        "Laterality": (str(s.laterality) for s in unsided.structures.values()),
        "SideRule": (str(c.side_rule) for c in unsided.connections),
    }
    count = Counter(used[kind])
    rows = [(f"**{t.label}**", escaped(t.definition), _used(t, count)) for t in known.schema.of_type(kind)]
    return table(("value", "what it says", "used"), rows, "llr")


def _used(term: Term, count: Counter[str]) -> str:
    return number(count[term.name] or count[term.label])


PARTS = {
    "grades": grades,
    "grade_reasons": grade_reasons,
    "mechanisms": mechanisms,
    "circumstances": circumstances,
    "lists": lists,
    "record_status": record_status,
    "verdicts": verdicts,
}
