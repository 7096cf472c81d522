"""What concerns a structure in practice: what tests it, trains or treats it, cautions, red flags, claims about it."""

from __future__ import annotations

from collections.abc import Iterable

from kinchain.clinical import Claim, ClinicalTest, Intervention, RedFlag
from kinchain.model import Named
from kinchain.queries.incidence import Incidence
from kinchain.records import dataclass

# What is said of a group of so many says little of each member.
_LARGEST_GROUP = 12


@dataclass(frozen=True, slots=True)
class TestItem:
    """A test on its side, and what of the structure it concerns: itself, a part, its group or a finding of these."""

    __test__ = False  # no test of ours

    structure: Named
    concerns: tuple[Named, ...]
    details: ClinicalTest


@dataclass(frozen=True, slots=True)
class CareItem:
    """An intervention on its side, what it concerns, and the findings in which it must not be used."""

    structure: Named
    concerns: tuple[Named, ...]
    details: Intervention
    contraindicated_in: tuple[Named, ...]
    prepared_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FlagItem:
    """A red flag with what it suspects."""

    structure: Named
    details: RedFlag
    suspects: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Care:
    """All that concerns a structure in practice."""

    findings: tuple[Named, ...]
    tests: tuple[TestItem, ...]
    interventions: tuple[CareItem, ...]
    red_flags: tuple[FlagItem, ...]
    claims: tuple[Claim, ...]


def care(incidence: Incidence, structure: Named) -> Care:
    """What concerns a sided structure, its parts, the groups and wholes that it belongs to, and their findings.

    Best evidence first; red flags by urgency. Linear in the edges of these.
    """
    scope = _scope(incidence, structure)
    findings = sorted({f for here in scope for f in incidence.subjects(here, "findingOf")})
    concerned = [*scope, *findings]
    model = incidence.model
    tests, interventions = concerning(incidence, [structure])
    unsided = {model.structures[i].unsided for i in concerned} | {structure.unsided}
    return Care(
        findings=tuple(model.structures[i] for i in findings),
        tests=tuple(t for t in tests if t.structure != structure),
        interventions=tuple(c for c in interventions if c.structure != structure),
        red_flags=flags(incidence, [*concerned, *_regions(incidence, structure)]),
        claims=tuple(
            c for c in model.unsided.claims.values() if unsided & {*c.subjects, *c.objects} or c.id == structure.id
        ),
    )


def concerning(incidence: Incidence, structures: Iterable[Named]) -> tuple[tuple[TestItem, ...], tuple[CareItem, ...]]:
    """The tests and interventions of some structures and of their findings, best evidence first."""
    model = incidence.model
    concerned: list[str] = []
    for structure in structures:
        concerned += [i for i in _scope(incidence, structure) if i not in concerned]
    concerned += sorted({f for here in concerned for f in incidence.subjects(here, "findingOf")} - {*concerned})
    order = {name: grade.order for name, grade in model.unsided.grades.items()}
    tests = [
        TestItem(named, concerns, model.unsided.tests[named.unsided])
        for named, concerns in _acting(incidence, concerned, "tests")
    ]
    items = [intervention(incidence, named, concerns) for named, concerns in _acting(incidence, concerned, "targets")]
    return (
        tuple(sorted(tests, key=lambda t: (order[t.details.grade], t.structure.label))),
        tuple(sorted(items, key=lambda t: (order[t.details.grade], t.structure.label))),
    )


def intervention(incidence: Incidence, named: Named, concerns: tuple[Named, ...] = ()) -> CareItem:
    """An intervention with what speaks against it and what is taught to come first."""
    model = incidence.model
    details = model.unsided.interventions[named.unsided]
    barred = tuple(model.structures[o] for o in incidence.objects(named.id, "contraindicatedIn"))
    first = tuple(model.unsided.structures[i].label for i in details.prepared_by)
    return CareItem(named, concerns, details, barred, first)


def flags(incidence: Incidence, structures: Iterable[str]) -> tuple[FlagItem, ...]:
    """The red flags that suspect one of some structures or screen it, most urgent first."""
    found = {
        f for here in structures for relation in ("suspects", "screens") for f in incidence.subjects(here, relation)
    }
    return flag_items(incidence, found)


def flag_items(incidence: Incidence, ids: Iterable[str]) -> tuple[FlagItem, ...]:
    """Red flags with what they suspect, most urgent first."""
    model = incidence.model
    items = [
        FlagItem(
            model.structures[i],
            model.unsided.red_flags[model.structures[i].unsided],
            tuple(model.structures[o] for o in incidence.objects(i, "suspects")),
        )
        for i in set(ids)
    ]
    return tuple(sorted(items, key=lambda f: (f.details.urgency_order, f.details.everywhere, f.structure.id)))


def _acting(incidence: Incidence, concerned: list[str], relation: str) -> list[tuple[Named, tuple[Named, ...]]]:
    """What has a care relation to any of these, with those of them that it concerns."""
    found: dict[str, list[Named]] = {}
    for here in concerned:
        for actor in incidence.subjects(here, relation):
            found.setdefault(actor, []).append(incidence.model.structures[here])
    return [(incidence.model.structures[actor], tuple(concerns)) for actor, concerns in sorted(found.items())]


def _scope(incidence: Incidence, structure: Named) -> list[str]:
    """The structure, its parts and wholes, the groups of few that it belongs to; for a group its members."""
    found = [structure.id]
    for relation, down in (("partOf", True), ("memberOf", True), ("partOf", False)):
        queue = [structure.id]
        while queue:
            here = queue.pop()
            new = incidence.subjects(here, relation) if down else incidence.objects(here, relation)
            fresh = [n for n in new if n not in found]
            found += fresh
            queue += fresh
    for here in [*found]:
        for group in incidence.objects(here, "memberOf"):
            if group not in found and len(incidence.subjects(group, "memberOf")) <= _LARGEST_GROUP:
                found.append(group)
    return found


def _regions(incidence: Incidence, structure: Named) -> list[str]:
    return [structure.id] if structure.kind == "Region" else incidence.objects(structure.id, "locatedIn")
