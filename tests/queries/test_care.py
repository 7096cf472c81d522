"""What tests, trains and cautions: the clinical layer, reached from the structure that it concerns."""

from __future__ import annotations

import pytest

from kinchain.body import Body
from kinchain.clinical import Accuracy, Dosage
from kinchain.queries.care import Care

FOUNDING = {
    "waldron_glute_max", "waldron_pectoralis_minor", "waldron_mid_trapezius", "waldron_hamstring_strains",
    "waldron_hamstring_stretching", "waldron_core", "mindful_trailrunner", "underactive_glutes",
    "building_athletic_lifestyles", "faires_2014",
}  # fmt: skip


def care(body: Body, name: str) -> Care:
    return body.care(body.names.resolve(name)[0])


def labels(items: tuple[object, ...]) -> set[str]:
    return {item.structure.unsided for item in items}  # type: ignore[attr-defined]


def test_gluteus_maximus_lists_what_tests_and_trains_it_and_the_cautions(body: Body) -> None:
    found = care(body, "right gluteus maximus")
    assert "prone_hip_extension_test" in labels(found.tests)
    assert {"hip_thrust", "cook_hip_lift", "leg_press_muscle_energy_technique"} <= labels(found.interventions)
    assert any(item.details.cautions for item in found.interventions)
    assert any(item.contraindicated_in for item in found.interventions)
    assert found.claims


def test_only_the_asked_side_is_listed(body: Body) -> None:
    for side in ("right", "left"):
        found = care(body, f"{side} gluteus medius")
        sides = {str(t.structure.side) for t in (*found.tests, *found.interventions)}
        assert sides <= {side, "median"}


@pytest.mark.parametrize(
    ("structure", "test"),
    [
        ("sacroiliac joint", "gillet_test"),
        ("sacroiliac joint", "sacroiliac_provocation_cluster"),
        ("sciatic nerve", "straight_leg_raise"),
        ("sciatic nerve", "slump_test"),
        ("gluteus medius", "trendelenburg_sign"),
        ("pectoralis minor", "pectoralis_minor_length_test"),
        ("hamstrings", "knee_extension_test"),
        ("superior cluneal nerves", "superior_cluneal_nerve_tender_point"),
    ],
)
def test_a_structure_knows_its_tests(body: Body, structure: str, test: str) -> None:
    assert test in labels(care(body, structure).tests)


@pytest.mark.parametrize("technique", ["leg_press_muscle_energy_technique", "pectoralis_minor_anti_spasm_technique"])
def test_the_submaximal_techniques_have_their_dosage(body: Body, technique: str) -> None:
    taught = [dose for dose in body.model.unsided.interventions[technique].dosages if FOUNDING & {*dose.sources}]
    assert any((d.effort_percent, d.hold_seconds) == (20, 20) and 4 in (d.repetitions, d.sets) for d in taught)


def test_the_cook_hip_lift_has_its_dosage(body: Body) -> None:
    (dose,) = [d for d in body.model.unsided.interventions["cook_hip_lift"].dosages if "faires_2014" in d.sources]
    assert (dose.hold_seconds, dose.hold_seconds_up_to) == (5, 8)
    assert (dose.sets, dose.repetitions, dose.repetitions_up_to) == (1, 8, 12)


def test_the_anti_spasm_technique_is_taught_before_strengthening(body: Body) -> None:
    retraction = body.model.unsided.interventions["band_scapular_retraction"]
    assert "pectoralis_minor_anti_spasm_technique" in retraction.prepared_by


def test_figures_that_disagree_are_both_told(body: Body) -> None:
    slump = body.model.unsided.tests["slump_test"]
    assert len(slump.accuracies) >= 2
    assert "disagree" in slump.reading.casefold()


def test_the_founding_documents_tests_and_interventions_are_all_there(body: Body) -> None:
    unsided = body.model.unsided
    assert len(unsided.tests) >= 41
    assert len(unsided.interventions) >= 37
    assert len(unsided.red_flags) >= 50


def test_every_intervention_and_test_reaches_a_structure(body: Body) -> None:
    relations = {"tests", "targets"}
    reaching = {c.subject for c in body.model.unsided.connections if c.relation in relations}
    assert {*body.model.unsided.tests, *body.model.unsided.interventions} <= reaching


def test_words_of_figures_and_dosages() -> None:
    assert Accuracy(likelihood_positive=3.9, likelihood_negative=0.27).words == "LR+ 3.9, LR− 0.27"
    assert Dosage(sets=3, repetitions=10, sessions_per_week=2, weeks=6).words == (
        "3 sets of 10 repetitions, 2 times a week, for 6 weeks"
    )
    assert Dosage(hold_seconds=5, hold_seconds_up_to=8).words == "5–8 s hold"
