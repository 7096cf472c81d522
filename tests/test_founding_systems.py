"""The systems that the founding documents describe, each as its story reads: what holds, how well, and who says so."""

from __future__ import annotations

from kinchain.answers import Route
from kinchain.body import Body
from kinchain.model import Connection


def edges(body: Body, subject: str, relation: str, target: str) -> list[Connection]:
    return [
        c for c in body.model.unsided.connections if (c.subject, c.relation, c.object) == (subject, relation, target)
    ]


def contributors(body: Body, target: str, *relations: str) -> dict[str, str]:
    """What contributes to a finding, structure or region, with the grade."""
    return {
        c.subject: c.grade
        for c in body.model.unsided.connections
        if c.object == target and c.relation in (relations or ("contributesTo", "associatedWith"))
    }


def best(body: Body, source: str, target: str, **options: str) -> Route:
    (route,) = body.path(source, target, profiles=["myofascial"], **options).routes  # type: ignore[arg-type]
    return route


def interventions(body: Body, name: str) -> set[str]:
    return {i.structure.unsided for i in body.care(body.names.resolve(name)[0]).interventions}


def checks_of(body: Body, name: str) -> set[str]:
    return {t.structure.unsided for t in body.care(body.names.resolve(name)[0]).tests}


def verdicts(body: Body, *ids: str) -> list[str]:
    return [body.claims.claims[i].verdict for i in ids]


def test_the_diagonal_posterior_chain(body: Body) -> None:
    """From the right hamstring to the left arm: continuous, crossing once, and only a part of the load gets there."""
    route = best(body, "right hamstrings", "left humerus")
    assert route.crosses
    assert route.grade == "Strong"
    assert {"back_functional_line", "superficial_back_line"} <= {match.id for match in route.chains}
    assert verdicts(body, "sc113", "sc115", "sc116", "sc118") == ["correct", "correct", "correct", "imprecise"]
    assert verdicts(body, "sc120", "sc107") == ["contested", "contested"]


def test_gluteus_maximus_thoracolumbar_fascia_sacroiliac_joint_and_low_back(body: Body) -> None:
    """The muscle takes origin from the fascia and presses the joint together; that this helps a back is contested."""
    assert best(body, "right gluteus maximus", "right thoracolumbar fascia").grade in ("Textbook", "Strong")
    joint = {f.other.unsided for f in body.show("right gluteus maximus")[0].facts if f.relation == "stabilizes"}
    assert "sacroiliac_joint" in joint
    assert verdicts(body, "sc004", "sc007", "sc021") == ["correct", "wrong", "contested"]
    assert "gillet_test" in checks_of(body, "sacroiliac joint")


def test_shoulder_and_gluteal(body: Body) -> None:
    """Tension of latissimus changes the opposite hip in living people; that a shoulder weakens a buttock is a claim."""
    (measured,) = edges(body, "latissimus_dorsi", "transmitsForceTo", "gluteus_maximus")
    assert measured.side_rule == "Opposite"
    assert "vivo" in measured.setting
    assert measured.size
    route = best(body, "left latissimus dorsi", "right gluteus maximus")
    assert any("thoracolumbar fascia" in station.label for station in route.stations)
    assert verdicts(body, "sc044", "sc045", "sc048") == ["contested", "contested", "wrong"]


def test_pectoralis_minor_posture_and_breathing(body: Body) -> None:
    """Ends the right way round, antagonists by movement, its fascia, and a posture story that is only claimed."""
    facts = body.show("right pectoralis minor")[0].facts
    assert {f.other.unsided for f in facts if f.relation == "insertion"} == {"coracoid_process"}
    assert all("rib" in f.other.label for f in facts if f.relation == "origin")
    opposed = {(f.other.unsided, f.via) for f in facts if f.relation == "antagonistOf"}
    assert ("rhomboid_major", "scapular protraction") in opposed
    assert ("rhomboid_major", "scapular downward rotation") not in opposed
    assert "clavipectoral_fascia" in {f.other.unsided for f in facts if f.relation == "invests"}
    assert contributors(body, "upper_chest_breathing")["tight_pectoralis_minor"] == "Claimed"
    assert {"pectoralis_minor_anti_spasm_technique", "pectoralis_minor_stretch"} <= interventions(
        body, "pectoralis minor"
    )
    assert verdicts(body, "sc065", "sc051", "sc069") == ["wrong", "imprecise", "contested"]


def test_hamstring_strain_and_its_contributors_elsewhere(body: Body) -> None:
    """Pelvis, sciatic mobility, foot loading, shoulder: all told, none shown; eccentric training prevents."""
    behind = contributors(body, "hamstring_strain")
    weak = {"Claimed", "Limited", "Conflicting"}
    assert behind["pelvic_asymmetry"] in weak
    assert behind["neural_mechanosensitivity"] in weak
    assert any("foot" in name for name in behind)
    assert any(
        "shoulder" in body.model.unsided.structures[name].label
        or name in ("latissimus_dorsi", "limited_shoulder_flexion")
        for name in behind
    )
    assert {"nordic_hamstring_curl", "eccentric_hamstring_training"} <= interventions(body, "hamstrings")
    assert verdicts(body, "sc089", "sc092", "sc100") == ["correct", "correct", "contested"]


def test_sciatic_mobility_and_protective_hamstring_tone(body: Body) -> None:
    """A sensitive nerve may make the muscle guard: plausible and contested; sliders lengthen the reach for a while."""
    assert "neural_mechanosensitivity" in contributors(body, "protective_hamstring_tone")
    assert "sciatic_nerve_slider" in interventions(body, "sciatic nerve")
    assert {"straight_leg_raise", "slump_test"} <= checks_of(body, "sciatic nerve")
    assert verdicts(body, "sc122", "sc126", "sc109") == ["contested", "correct", "wrong"]


def test_core_activity_and_pelvis_spasm_nerves_and_spinal_mobility(body: Body) -> None:
    """That pelvis and nerves switch the core off is claimed; that spasm is dryness is wrong."""
    assert contributors(body, "poor_core_control")
    assert verdicts(body, "sc135", "sc017", "sc071", "sc129") == ["contested", "wrong", "wrong", "correct"]
    assert "whole_body_biomechanical_screen" in body.model.unsided.tests


def test_sitting_hip_flexors_and_gluteal_under_activity(body: Body) -> None:
    """Sitting, tight hip flexors, quiet glutes: each link is weaker than the tale."""
    assert contributors(body, "tight_hip_flexors")["prolonged_sitting"] in ("Claimed", "Limited")
    assert "tight_hip_flexors" in contributors(body, "gluteal_underactivity")
    assert "modified_thomas_test" in checks_of(body, "hip flexors")
    assert "hip_flexor_stretch" in interventions(body, "iliopsoas")
    assert verdicts(body, "sc164", "sc165", "sc203") == ["contested", "contested", "contested"]


def test_gluteus_medius_and_minimus_tensor_fasciae_latae_and_pain_beside_the_midline(body: Body) -> None:
    """The stance side holds the pelvis; weakness goes with back pain, which does not make it the cause."""
    assert "trendelenburg_sign" in checks_of(body, "gluteus medius")
    assert "stance" in body.model.unsided.tests["trendelenburg_sign"].side_meaning
    assert edges(body, "tensor_fasciae_latae_dominance", "compensatesFor", "weak_gluteus_medius")[0].grade in (
        "Claimed", "Limited",
    )  # fmt: skip
    assert {"clam_shell", "lateral_band_walk", "hip_extension_abduction_lift"} <= interventions(body, "gluteus medius")
    assert verdicts(body, "sc173", "sc182") in (["contested", "correct"], ["contested", "imprecise"])
    assert body.names.resolve("TFL")[0].unsided == "tensor_fasciae_latae"
    assert body.names.resolve("TLF")[0].unsided == "thoracolumbar_fascia"


def test_gluteal_amnesia_and_its_compensations(body: Body) -> None:
    """A label without a criterion; what takes over is told by pattern, and no firing order is the rule."""
    over = contributors(body, "gluteal_underactivity", "compensatesFor")
    assert {"overactive_hamstrings", "overactive_lumbar_extensors"} <= over.keys()
    assert verdicts(body, "sc198", "sc199", "sc205") == ["contested", "wrong", "wrong"]
    assert {"cook_hip_lift", "glute_bridge", "one_leg_glute_bridge"} <= interventions(body, "gluteus maximus")


def test_the_techniques_and_the_tests(body: Body) -> None:
    """What the documents teach is there with its dosage, and marked where nobody tried it."""
    unsided = body.model.unsided
    founding = {i for i, s in unsided.sources.items() if i.startswith("waldron") or i == "faires_2014"}
    taught = [i for i in unsided.interventions.values() if founding & {*i.taught_by}]
    assert len(taught) >= 15
    for name in ("pelvic_symmetry_self_test", "sit_to_bench_control_test", "manual_muscle_retest"):
        assert unsided.tests[name].grade in ("Claimed", "Limited")
        assert unsided.tests[name].reading


def test_evidence_can_be_asked_for(body: Body) -> None:
    """A claimed hop disappears when moderate evidence is asked for, and the answer says what it lost."""
    answer = body.path("right sartorius", "right inguinal ligament", profiles=["myofascial"], min_evidence="moderate")
    assert any(note.startswith("Left out") for note in answer.notes)
    order = {name: grade.order for name, grade in body.model.unsided.grades.items()}
    assert all(order[hop.grade] <= order["Moderate"] for route in answer.routes for hop in route.hops)


def test_refuted_connections_are_shown_and_never_walked(body: Body) -> None:
    refuted = [c for c in body.model.unsided.connections if c.grade == "Refuted"]
    assert refuted
    for profile in ("myofascial", "skeletal", "neural", "any", "referral"):
        walk = body.walk(profile)
        for _, _, data in walk.edges(data=True):
            assert body.model.connection(body.model.edges[data["edge"]]).grade != "Refuted"
    shown = {
        f.grade for c in refuted for p in body.show(body.model.unsided.structures[c.subject].label) for f in p.facts
    }
    assert "Refuted" in shown
