"""The founding cases: what kinchain was made to answer, each as its question reads."""

from __future__ import annotations

import pytest

from kinchain.answers import PathAnswer, Route
from kinchain.body import Body
from kinchain.sides.expand import mirrored_id


def ids(route: Route) -> list[str]:
    return [station.id for station in route.stations]


def best(answer: PathAnswer, profile: str = "myofascial") -> Route:
    return next(route for route in answer.routes if route.profile == profile)


def in_order(route: Route, *wanted: str) -> bool:
    """Whether the route passes these structures in this order."""
    rest = iter(ids(route))
    return all(any(station == name for station in rest) for name in wanted)


def attached(body: Body, structure: str, relation: str) -> set[str]:
    """What a sided structure, or a part of it, has by a relation."""
    parts = {structure} | {e.subject for e in body.model.edges if e.relation == "partOf" and e.object == structure}
    return {e.object for e in body.model.edges if e.relation == relation and e.subject in parts}


@pytest.fixture(scope="module")
def founding(body: Body) -> PathAnswer:
    return body.path("right hamstring", "left humerus")


def test_what_links_right_hamstring_to_left_humerus(body: Body, founding: PathAnswer) -> None:
    route = best(founding)
    assert ids(route)[0] == "right_long_head_of_biceps_femoris"
    assert ids(route)[1] == "right_sacrotuberous_ligament"
    assert in_order(
        route,
        "right_superficial_lamina_of_posterior_layer_of_thoracolumbar_fascia",
        "left_superficial_lamina_of_posterior_layer_of_thoracolumbar_fascia",
        "left_latissimus_dorsi",
        "left_humerus",
    )


def test_the_founding_route_crosses_once_at_the_thoracolumbar_fascia(founding: PathAnswer) -> None:
    crossing = [hop for hop in best(founding).hops if hop.crosses]
    assert len(crossing) == 1
    assert "thoracolumbar fascia" in crossing[0].source.label
    assert "vleeming_1995" in crossing[0].sources


def test_the_founding_route_is_as_sure_as_its_weakest_hop(founding: PathAnswer) -> None:
    route = best(founding)
    assert route.grade == "Strong"
    assert all(hop.sources for hop in route.hops)
    ligament = route.hops[0]
    assert {"van_wingerden_1993", "wilke_2016"} <= set(ligament.sources)


def test_the_skeletal_answer_stands_beside_it_and_says_where_it_entered(founding: PathAnswer) -> None:
    route = best(founding, "skeletal")
    assert "sacrum" in ids(route) or "right_hip_bone" in ids(route)
    assert ids(route)[-1] == "left_humerus"
    assert any("is no bone" in note for note in founding.notes)


def test_the_neural_answer_is_honest(founding: PathAnswer) -> None:
    assert not [route for route in founding.routes if route.profile == "neural"]
    text = " ".join(founding.notes)
    assert "humerus is no nerve" in text
    assert "share no root" in text


def test_the_mirrored_question_gives_the_mirrored_answer(body: Body, founding: PathAnswer) -> None:
    mirrored = body.path("left hamstring", "right humerus")
    assert [[mirrored_id(body.model, i) for i in ids(r)] for r in founding.routes] == [ids(r) for r in mirrored.routes]
    assert [(r.cost, r.grade) for r in founding.routes] == [(r.cost, r.grade) for r in mirrored.routes]


def test_right_gluteus_maximus_and_left_latissimus_dorsi(body: Body) -> None:
    there = best(body.path("right gluteus maximus", "left latissimus dorsi"))
    back = best(body.path("left latissimus dorsi", "right gluteus maximus"))
    for route in (there, back):
        assert route.crosses
        assert any("thoracolumbar_fascia" in i for i in ids(route))
    assert set(ids(there)) == set(ids(back))
    assert "back_functional_line" in {match.id for match in there.chains}
    assert "posterior_oblique_sling" in {match.id for match in there.chains}


def test_right_gluteus_maximus_and_its_own_latissimus_need_no_crossing(body: Body) -> None:
    assert not best(body.path("right gluteus maximus", "right latissimus dorsi")).crosses


def test_gluteus_maximus_and_the_sacroiliac_joint(body: Body) -> None:
    assert "right_sacroiliac_joint" in attached(body, "right_gluteus_maximus", "stabilizes")
    origins = attached(body, "right_gluteus_maximus", "origin")
    assert {"right_sacrotuberous_ligament", "right_long_posterior_sacroiliac_ligament"} <= origins


def test_gluteus_maximus_and_the_low_back(body: Body) -> None:
    route = best(body.path("right gluteus maximus", "right low back"))
    assert not route.crosses
    assert any("thoracolumbar" in i or "erector_spinae" in i for i in ids(route))


def test_from_the_sole_over_the_hamstrings_to_the_back(body: Body) -> None:
    up = best(body.path("right sole of the foot", "right hamstrings"))
    assert any("calcaneal_tendon" in i for i in ids(up))
    assert any("gastrocnemius" in i for i in ids(up))
    on = best(body.path("right hamstrings", "right erector spinae"))
    assert in_order(on, "right_long_head_of_biceps_femoris", "right_sacrotuberous_ligament")
    assert not on.crosses


def test_sciatic_nerve_to_the_hamstrings_down_from_its_roots(body: Body) -> None:
    (route,) = body.path("right L5 spinal nerve", "right long head of biceps femoris", profiles=["neural"]).routes
    assert ids(route)[-1] == "right_long_head_of_biceps_femoris"
    (down,) = body.path("right sciatic nerve", "right hamstrings", profiles=["neural"]).routes
    assert "right_tibial_division_of_sciatic_nerve" in ids(down)
    roots = {e.object for e in body.model.edges if e.subject == "right_sciatic_nerve" and "Root" in e.relation}
    assert roots == {f"right_{level}_spinal_nerve" for level in ("l4", "l5", "s1", "s2", "s3")}


def test_the_sacral_plexus_leads_from_the_roots_to_the_sciatic_nerve(body: Body) -> None:
    (route,) = body.path("right ventral ramus of S1 spinal nerve", "right sciatic nerve", profiles=["neural"]).routes
    assert "right_sacral_plexus" in ids(route)


def test_pectoralis_minor_from_the_ribs_to_the_coracoid_process(body: Body) -> None:
    origins = attached(body, "right_pectoralis_minor", "origin")
    ribs = {e.object for e in body.model.edges if e.relation == "partOf" and e.subject in origins}
    assert ribs == {"right_third_rib", "right_fourth_rib", "right_fifth_rib"}
    assert attached(body, "right_pectoralis_minor", "insertion") == {"right_coracoid_process"}


@pytest.mark.parametrize("retractor", ["transverse_part_of_trapezius", "rhomboid_major", "rhomboid_minor"])
def test_pectoralis_minor_opposes_the_retractors_in_retraction_only(body: Body, retractor: str) -> None:
    movements = {
        c.via
        for c in body.model.unsided.connections
        if c.relation == "antagonistOf" and {c.subject, c.object} == {"pectoralis_minor", retractor}
    }
    assert movements & {"scapular_retraction", "scapular_protraction"}
    assert "scapular_downward_rotation" not in movements


def test_clavipectoral_fascia_invests_pectoralis_minor(body: Body) -> None:
    assert "right_pectoralis_minor" in attached(body, "right_clavipectoral_fascia", "invests")


@pytest.mark.parametrize("muscle", ["gluteus medius", "gluteus minimus", "tensor fasciae latae", "hip flexors"])
def test_the_muscles_that_hold_the_pelvis_reach_it(body: Body, muscle: str) -> None:
    route = best(body.path(f"right {muscle}", "right hip bone", profiles=["myofascial"]))
    assert ids(route)[-1] == "right_hip_bone"
    assert route.grade == "Textbook"
    assert not route.crosses


def test_the_short_head_of_biceps_femoris_does_not_come_from_the_ischium(body: Body) -> None:
    origins = attached(body, "right_short_head_of_biceps_femoris", "origin")
    assert origins
    assert not any("ischi" in origin for origin in origins)
    assert attached(body, "right_short_head_of_biceps_femoris", "innervatedBy") == {
        "right_common_fibular_division_of_sciatic_nerve"
    }


def test_latissimus_dorsi_and_serratus_anterior_have_their_own_nerves(body: Body) -> None:
    assert attached(body, "left_latissimus_dorsi", "innervatedBy") == {"left_thoracodorsal_nerve"}
    nerves = attached(body, "left_serratus_anterior", "innervatedBy")
    assert nerves == {"left_long_thoracic_nerve"}
