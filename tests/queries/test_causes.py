"""Remote causes: sites in people's words, red flags first, reasons with routes, mirrored sides."""

from __future__ import annotations

import pytest

from kinchain.body import Body
from kinchain.errors import BadQuestion, UnknownName
from kinchain.model import Side
from kinchain.queries import site
from kinchain.queries.causes import Causes
from kinchain.queries.clues import AMONG
from kinchain.queries.safety import red_flags


def ids(answer: Causes) -> list[str]:
    return [c.structure.id for c in answer.candidates]


def mirrored(name: str) -> str:
    side, _, rest = name.partition("_")
    return {"right": "left_", "left": "right_"}.get(side, side + "_") + rest if side in ("right", "left") else name


@pytest.mark.parametrize(
    ("complaint", "places", "qualifiers"),
    [
        ("right lower back pain", {"right_low_back_pain"}, set()),
        ("pain on the outside of my left knee", {"left_outer_knee"}, set()),
        ("tingling in the little finger", {"right_little_finger", "left_little_finger"}, {"tingling"}),
        ("tight hamstrings", {"right_tight_hamstrings", "left_tight_hamstrings"}, set()),
        ("left arm pain on exertion", {"left_arm_pain"}, {"on_exertion"}),
        ("ring and little finger tingling", {"right_ring_finger", "left_ring_finger", "right_little_finger",
                                             "left_little_finger"}, {"tingling"}),
        ("buttock and back of thigh pain after a fall", {"right_buttock", "left_buttock", "right_back_of_thigh",
                                                         "left_back_of_thigh"}, {"after_a_fall"}),
        ("chest pain without fever", {"chest"}, set()),
        ("left knee pain in a 14 year old girl", {"left_knee_pain"}, {"age_under_20", "girl"}),
        ("left hip pain, 67-year-old", {"left_hip_pain"}, {"age_over_60"}),
        ("low back pain, aged 81", {"right_low_back_pain", "left_low_back_pain"}, {"age_over_70"}),
        ("left knee pain in a 35 yo", {"left_knee_pain"}, set()),
        ("left knee pain for 3 years", {"left_knee_pain"}, set()),
        ("testicular pain at night", {"right_testicular_pain", "left_testicular_pain"}, {"at_night"}),
        ("left testicular pain at night", {"left_testicular_pain"}, {"at_night"}),
        ("left leg swelling in women", {"left_leg_swelling"}, {"female_sex"}),
        ("limited right gastrocnemius flexibility", {"right_gastrocnemius"}, {"tightness"}),
    ],
)  # fmt: skip
def test_a_complaint_is_read(body: Body, complaint: str, places: set[str], qualifiers: set[str]) -> None:
    read = site.read(body.incidence, body.names, complaint)
    assert {p.id for p in read.places} == places
    assert {q.unsided for q in read.qualifiers} == qualifiers


def test_words_that_are_not_understood_are_told(body: Body) -> None:
    read = site.read(body.incidence, body.names, "quixotic left knee pain")
    assert read.left_out == ("quixotic",)


@pytest.mark.parametrize("complaint", ["flurb", "the wobbly bits"])
def test_what_names_no_place_is_refused(body: Body, complaint: str) -> None:
    with pytest.raises(UnknownName):
        site.read(body.incidence, body.names, complaint)


def test_a_side_that_does_not_exist_is_refused(body: Body) -> None:
    with pytest.raises(BadQuestion, match="left only"):
        body.causes("right spleen")


@pytest.mark.parametrize(
    "complaint",
    ["{} inner arm", "{} shoulder tip", "{} low back pain", "{} outer knee", "{} little finger", "{} groin"],
)
def test_the_mirrored_site_has_the_mirrored_causes(body: Body, complaint: str) -> None:
    """Organs on one side are the exception, so they are left out of the comparison."""
    laterality = {name: s.laterality.value for name, s in body.model.unsided.structures.items()}
    paired = [
        {
            c.structure.id: c.score
            for c in body.causes(complaint.format(side), top=200).candidates
            if laterality[c.structure.unsided or c.structure.id] in ("Paired", "Median")
        }
        for side in ("right", "left")
    ]
    common = {mirrored(name) for name in paired[0]} & set(paired[1])
    assert len(common) > 10
    for name in common:
        assert paired[1][name] == paired[0][mirrored(name)]


def test_ranks_count_what_lies_elsewhere(body: Body) -> None:
    answer = body.causes("right outer knee")
    local = {s.id for s in answer.local}
    assert local
    assert [c.rank for c in answer.candidates] == list(range(1, len(answer.candidates) + 1))
    soft = {c.structure.id for c in answer.candidates if c.structure.kind in ("Muscle", "Joint", "Ligament")}
    assert not local & soft


def test_one_structure_stands_once(body: Body) -> None:
    for complaint in ("right low back pain", "left shoulder pain", "knee pain"):
        answer = body.causes(complaint, top=200)
        keys = [(c.structure.id, c.where) for c in answer.candidates]
        assert len(set(keys)) == len(keys)


def test_every_candidate_has_a_route_evidence_and_sources(body: Body) -> None:
    for candidate in body.causes("left inner arm", top=100).candidates:
        assert candidate.reasons
        for reason in candidate.reasons:
            assert reason.hops
            assert reason.sources
            assert 0 < reason.weight <= 1
            assert reason.hops[0].source.id == reason.structure.id
            assert all(one.target.id == two.source.id for one, two in zip(reason.hops, reason.hops[1:]))  # noqa: B905


def test_the_weight_of_a_reason_is_the_product_of_its_factors(body: Body) -> None:
    for candidate in body.causes("left inner arm", top=50).candidates:
        for reason in candidate.reasons:
            product = 1.0
            for _, share in reason.factors:
                product *= share
            assert reason.weight == pytest.approx(product, rel=2e-3, abs=2e-4)


def test_several_mechanisms_stand_on_the_first_page(body: Body) -> None:
    for complaint in ("low back pain", "left shoulder pain", "knee pain", "neck pain", "groin pain"):
        first = {c.reasons[0].mechanism for c in body.causes(complaint, top=10).candidates}
        assert len(first) >= 4, complaint


def test_the_heart_refers_to_either_arm(body: Body) -> None:
    for side in ("right", "left"):
        assert "heart" in ids(body.causes(f"{side} inner arm on exertion", top=15))


def test_a_qualifier_re_ranks_and_hides_nothing(body: Body) -> None:
    plain = body.causes("left little finger", top=200)
    tingling = body.causes("left little finger", qualifiers=["tingling"], top=200)
    assert set(ids(plain)) == set(ids(tingling))
    nerves = ("NeuralRoot", "PeripheralNerve")
    assert all(c.reasons[0].mechanism in nerves for c in tingling.candidates[:4])
    assert {f.structure.id for f in plain.red_flags} <= {f.structure.id for f in tingling.red_flags}


def test_what_feels_tight_is_no_pain(body: Body) -> None:
    """Tightness speaks for tissue and motion; referral of pain stays on the list, lower."""
    tight = body.causes("limited right gastrocnemius flexibility", top=200)
    sore = body.causes("right gastrocnemius", top=200)
    assert set(ids(tight)) == set(ids(sore))
    tissue = ("Myofascial", "JointMechanical", "Compensation")
    counts = [sum(c.reasons[0].mechanism in tissue for c in each.candidates[:10]) for each in (tight, sore)]
    assert counts[0] > counts[1]


@pytest.mark.parametrize(
    ("complaint", "has", "has_not"),
    [
        ("low back pain in a man", "prostate", "uterus"),
        ("low back pain in women", "uterus", "prostate"),
        ("pubic pain in pregnancy", "uterus", "prostate"),
        ("vulval pain", "uterus", "testis"),
        ("testicular pain", "prostate", "ovary"),
        ("ovary", "uterus", "prostate"),
    ],
)
def test_nobody_has_the_organs_of_the_other_sex(body: Body, complaint: str, has: str, has_not: str) -> None:
    answer = body.causes(complaint, top=200)
    told = {c.structure.unsided for c in answer.candidates} | {s.unsided for s in answer.local}
    assert has in told
    assert has_not not in told


def met_among(answer: Causes) -> set[str]:
    found = (c.structure.unsided for c in answer.candidates for r in c.reasons if AMONG in dict(r.factors))
    return set(found)


def test_what_is_met_in_those_that_are_named_counts_more(body: Body) -> None:
    anybody, throwers = (body.causes(f"shoulder pain{who}", top=200) for who in ("", " in an overhead athlete"))
    first, second = (ids(answer).index("external_oblique") for answer in (anybody, throwers))
    assert second < first
    assert "external_oblique" in met_among(throwers)
    assert not met_among(anybody)


def test_a_mechanism_that_is_asked_for_fills_more_of_the_first_page(body: Body) -> None:
    asked = ("JointMechanical", "Compensation")
    counts = [
        sum(c.reasons[0].mechanism in asked for c in body.causes(f"shoulder pain{who}", top=10).candidates)
        for who in ("", " in an overhead athlete")
    ]
    assert counts[0] < counts[1] < 10


def test_who_belongs_to_a_narrower_group_belongs_to_the_wider(body: Body) -> None:
    implied = body.model.unsided.implies["kicking_sport"]
    assert implied == ("sport",)
    wider, narrower = (met_among(body.causes(f"groin pain in {who}", top=200)) for who in ("athletes", "a footballer"))
    assert wider
    assert wider <= narrower


def test_a_qualifier_raises_its_red_flags_to_the_top(body: Body) -> None:
    answer = body.causes("low back pain with saddle numbness")
    assert answer.raised
    assert answer.red_flags[0].structure.id in answer.raised
    assert "red_flag_cauda_equina_syndrome" in answer.raised


def test_red_flags_come_by_urgency(body: Body) -> None:
    for complaint in ("left shoulder tip", "low back pain", "calf", "headache", "abdomen"):
        answer = body.causes(complaint)
        assert answer.red_flags
        quiet = [f.details.urgency_order for f in answer.red_flags if f.structure.id not in answer.raised]
        assert quiet == sorted(quiet)


def test_every_region_has_a_red_flag(body: Body) -> None:
    for place in body.model.structures.values():
        if place.kind == "Region" and place.side is not Side.LEFT:
            assert red_flags(body.incidence, site.Site("", (place,), ())).items, place.id


def test_what_was_refuted_is_told_as_refuted(body: Body) -> None:
    answer = body.causes("low back pain")
    assert any("flat foot" in r.why for r in answer.refuted)
    assert all(r.sources for r in answer.refuted)
    assert all(reason.grade != "Refuted" for c in answer.candidates for reason in c.reasons)


def test_mechanisms_and_evidence_can_be_asked_for(body: Body) -> None:
    nerves = body.causes("left outer elbow", mechanisms=["peripheral nerve"])
    assert {r.mechanism for c in nerves.candidates for r in c.reasons} == {"PeripheralNerve"}
    sure = body.causes("left outer elbow", min_evidence="moderate", top=100)
    order = {name: grade.order for name, grade in body.model.unsided.grades.items()}
    assert all(order[r.grade] <= order["Moderate"] for c in sure.candidates for r in c.reasons)


def test_a_median_site_has_median_causes_and_both_sides(body: Body) -> None:
    sides = {c.structure.side for c in body.causes("hypogastrium", top=100).candidates}
    assert {Side.MEDIAN, Side.RIGHT, Side.LEFT} <= sides


def test_without_a_side_a_structure_stands_once_whatever_its_side(body: Body) -> None:
    for complaint in ("knee pain", "front of the chest pain"):
        names = [c.structure.id for c in body.causes(complaint, top=100).candidates]
        assert len(names) == len(set(names)), complaint


def test_a_place_at_which_a_nerve_is_caught_counts_less_than_the_nerve(body: Body) -> None:
    reasons = [r for c in body.causes("right outer leg pain", top=100).candidates for r in c.reasons]
    told = [r for r in reasons if any(text.startswith("acts through the ") for text, _ in r.factors)]
    assert told
    assert all(r.through and r.mechanism in ("NeuralRoot", "PeripheralNerve") for r in told)


def test_an_impairment_beside_a_place_speaks_for_what_contributes_to_it(body: Body) -> None:
    plain = ids(body.causes("right front of knee pain", top=100))
    valgus = ids(body.causes("right front of knee pain, dynamic knee valgus", top=100))
    assert valgus.index("right_gluteus_medius") < plain.index("right_gluteus_medius")


def test_a_weakness_speaks_for_the_roots_and_nerves_behind_it(body: Body) -> None:
    answer = body.causes("right calf pain", qualifiers=["right weak plantarflexion"])
    root = next(c for c in answer.candidates if c.structure.id == "right_s1_spinal_nerve")
    assert ("the qualifiers speak for it", 1.0) in root.reasons[0].factors


def test_the_heart_leads_when_the_arm_hurts_on_exertion(body: Body) -> None:
    first = [c.structure.id for c in body.causes("left arm pain on exertion").candidates[:2]]
    assert {"heart", "coronary_arteries"} & set(first)
