"""From triples to the clinical layer: tests with their figures, interventions with their dosage, red flags, claims."""

from __future__ import annotations

from kinchain.clinical import Accuracy, Claim, ClinicalTest, Dosage, Intervention, RedFlag
from kinchain.rdf.facts import Facts
from kinchain.vocab import KC, RDFS, SKOS, local_name


def tests(facts: Facts) -> dict[str, ClinicalTest]:
    """Every ``kc:Test``, by id."""
    return {
        local_name(iri): ClinicalTest(
            id=local_name(iri),
            grade=_grade(facts, iri),
            procedure=facts.text(iri, KC + "procedure"),
            positive_sign=facts.text(iri, KC + "positiveSign"),
            reading=facts.text(iri, KC + "reading"),
            side_meaning=facts.text(iri, KC + "sideMeaning"),
            accuracies=tuple(_accuracy(facts, node) for node in facts.all(iri, KC + "accuracy")),
            reliability=facts.text(iri, KC + "reliability"),
            cautions=tuple(facts.all(iri, KC + "caution")),
            taught_by=facts.cited([iri], KC + "taughtBy"),
            sources=facts.cited([iri]),
        )
        for iri in facts.of_type(KC + "Test")
    }


def _accuracy(facts: Facts, node: str) -> Accuracy:
    return Accuracy(
        sensitivity=facts.number(node, KC + "sensitivity"),
        specificity=facts.number(node, KC + "specificity"),
        likelihood_positive=facts.number(node, KC + "likelihoodRatioPositive"),
        likelihood_negative=facts.number(node, KC + "likelihoodRatioNegative"),
        participants=_whole(facts, node, "participants"),
        comment=facts.comment(node),
        sources=facts.cited([node]),
    )


def interventions(facts: Facts) -> dict[str, Intervention]:
    """Every ``kc:Intervention``, by id."""
    return {
        local_name(iri): Intervention(
            id=local_name(iri),
            grade=_grade(facts, iri),
            procedure=facts.text(iri, KC + "procedure"),
            side_meaning=facts.text(iri, KC + "sideMeaning"),
            dosages=tuple(_dosage(facts, node) for node in facts.all(iri, KC + "dosage")),
            prepared_by=facts.names(iri, KC + "preparedBy"),
            against=facts.cited([iri], KC + "contradictedBy"),
            effect=facts.text(iri, KC + "effect"),
            cautions=tuple(facts.all(iri, KC + "caution")),
            taught_by=facts.cited([iri], KC + "taughtBy"),
            sources=facts.cited([iri]),
        )
        for iri in facts.of_type(KC + "Intervention")
    }


def _dosage(facts: Facts, node: str) -> Dosage:
    return Dosage(
        effort_percent=facts.number(node, KC + "effortPercent"),
        effort_percent_up_to=facts.number(node, KC + "effortPercentUpTo"),
        hold_seconds=facts.number(node, KC + "holdSeconds"),
        hold_seconds_up_to=facts.number(node, KC + "holdSecondsUpTo"),
        sets=_whole(facts, node, "sets"),
        sets_up_to=_whole(facts, node, "setsUpTo"),
        repetitions=_whole(facts, node, "repetitions"),
        repetitions_up_to=_whole(facts, node, "repetitionsUpTo"),
        sessions_per_week=_whole(facts, node, "sessionsPerWeek"),
        weeks=_whole(facts, node, "weeks"),
        each_side=facts.one(node, KC + "eachSide") == "true",
        participants=_whole(facts, node, "participants"),
        comment=facts.comment(node),
        sources=facts.cited([node]),
    )


def red_flags(facts: Facts) -> dict[str, RedFlag]:
    """Every ``kc:RedFlag``, by id."""
    found = {}
    for iri in facts.of_type(KC + "RedFlag"):
        urgency = facts.one(iri, KC + "urgency")
        found[local_name(iri)] = RedFlag(
            id=local_name(iri),
            condition=facts.text(iri, KC + "condition"),
            action=facts.text(iri, KC + "action"),
            urgency=local_name(urgency).lower(),
            urgency_order=int(facts.one(urgency, KC + "gradeOrder", "0")),
            signs=tuple(facts.all(iri, KC + "sign")),
            everywhere=facts.one(iri, KC + "everywhere") == "true",
            grade=_grade(facts, iri),
            sources=facts.cited([iri]),
        )
    return found


def claims(facts: Facts) -> dict[str, Claim]:
    """Every ``kc:Claim``, by id."""
    found = {}
    for iri in facts.of_type(KC + "Claim"):
        edge = tuple(local_name(facts.one(iri, KC + part)) for part in ("edgeFrom", "edgeRelation", "edgeTo"))
        found[local_name(iri)] = Claim(
            id=local_name(iri),
            statement=facts.one(iri, RDFS + "label"),
            claimed_by=facts.cited([iri], KC + "claimedBy"),
            kind=facts.one(iri, KC + "claimKind"),
            subjects=facts.names(iri, KC + "claimSubject"),
            relation=facts.one(iri, KC + "claimRelation"),
            objects=facts.names(iri, KC + "claimObject"),
            object_text=facts.text(iri, KC + "claimText"),
            sides=facts.one(iri, KC + "sides"),
            verdict=local_name(facts.one(iri, KC + "verdict")).lower(),
            correction=" ".join(part for part in (facts.text(iri, KC + "correction"), facts.comment(iri)) if part),
            wordings=tuple(sorted(facts.all(iri, SKOS + "altLabel"))),
            sources=facts.cited([iri]),
            against=facts.cited([iri], KC + "contradictedBy"),
            edge=(edge[0], edge[1], edge[2]) if all(edge) else None,
        )
    return found


def _grade(facts: Facts, iri: str) -> str:
    return local_name(facts.one(iri, KC + "evidence", "Claimed"))


def _whole(facts: Facts, node: str, name: str) -> int | None:
    value = facts.number(node, KC + name)
    return None if value is None else int(value)
