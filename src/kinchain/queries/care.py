"""What concerns a structure in practice: what tests it, trains or treats it, cautions, red flags, claims about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kinchain.clinical import Claim, ClinicalTest, Intervention, RedFlag
from kinchain.graph.caring import RELATIONS, scope
from kinchain.model import Named
from kinchain.queries.incidence import Incidence
from kinchain.records import dataclass


@dataclass(frozen=True, slots=True)
class TestItem:
    """A test on its side, and what of the structure it concerns: itself, a part, its group or a finding of these."""

    __test__ = False  # no test of ours

    structure: Named
    concerns: Sequence[Named]
    details: ClinicalTest

    @property
    def for_or_against(self) -> str:
        """Which way it is the more telling: ``for`` when a positive result is, ``against`` when a negative one is."""
        figures = self.details.accuracies
        for a in figures:
            if a.sensitivity is not None and a.specificity is not None:
                return "against" if a.sensitivity > a.specificity else "for"
        only_sensitive = any(a.sensitivity for a in figures) and not any(a.specificity for a in figures)
        return "against" if only_sensitive else "for"


@dataclass(frozen=True, slots=True)
class CareItem:
    """An intervention on its side, what it concerns, and the findings in which it must not be used."""

    structure: Named
    concerns: Sequence[Named]
    details: Intervention
    contraindicated_in: Sequence[Named]
    prepared_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FlagItem:
    """A red flag with what it suspects."""

    structure: Named
    details: RedFlag
    suspects: Sequence[Named]


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
    here = scope(incidence.kept.incident, structure.id)
    findings = sorted({f for each in here for f in incidence.subjects(each, "findingOf")})
    concerned = [*here, *findings]
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


def concerning(
    incidence: Incidence, structures: Iterable[Named], most: int | None = None
) -> tuple[tuple[TestItem, ...], tuple[CareItem, ...]]:
    """The tests and interventions of some structures and of their findings, best evidence first; *most* of each."""
    details = incidence.model.unsided.tests
    numbers = [incidence.number(structure.id) for structure in structures]
    tests, interventions = (_acting(incidence, numbers, relation)[:most] for relation in RELATIONS)
    return (
        tuple(TestItem(test, about, details[test.unsided]) for test, about in _named(incidence, tests)),
        tuple(intervention(incidence, each, about) for each, about in _named(incidence, interventions)),
    )


def intervention(incidence: Incidence, named: Named, concerns: Sequence[Named] = ()) -> CareItem:
    """An intervention with what speaks against it and what is taught to come first."""
    model = incidence.model
    details = model.unsided.interventions[named.unsided]
    barred = incidence.linked(named.id, "contraindicatedIn")
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
            incidence.linked(i, "suspects"),
        )
        for i in set(ids)
    ]
    return tuple(sorted(items, key=lambda f: (f.details.urgency_order, f.details.everywhere, f.structure.id)))


_Acting = list[tuple[int, dict[int, None]]]


def _acting(incidence: Incidence, structures: Iterable[int], relation: str) -> _Acting:
    """What has a care relation to any of these, their parts, groups and findings, with those that it concerns."""
    found: dict[tuple[int, int], dict[int, None]] = {}
    for structure in structures:
        for known, place, actor, here in incidence.kept.acting(structure):
            if RELATIONS[known] == relation:
                found.setdefault((place, actor), {})[here] = None
    return [(actor, found[place, actor]) for place, actor in sorted(found)]


def _named(incidence: Incidence, acting: _Acting) -> Iterator[tuple[Named, Sequence[Named]]]:
    for actor, concerned in acting:
        yield incidence.named(actor), incidence.later(concerned)


def _regions(incidence: Incidence, structure: Named) -> list[str]:
    return [structure.id] if structure.kind == "Region" else incidence.objects(structure.id, "locatedIn")
