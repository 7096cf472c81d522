"""Routes: properties that hold for every pair, and what is refused."""

from __future__ import annotations

import random

import networkx as nx
import pytest

from kinchain.answers import Route
from kinchain.body import Body
from kinchain.errors import BadQuestion, KinchainError
from kinchain.graph.profiles import ends, starts
from kinchain.model import Side
from kinchain.sides.expand import mirrored_id


def ids(route: Route) -> list[str]:
    return [station.id for station in route.stations]


@pytest.fixture(scope="session")
def tissues(body: Body) -> list[str]:
    kinds = ("Muscle", "Fascia", "Ligament", "Tendon", "Bone", "Nerve", "Joint")
    return sorted(s.label for s in body.model.structures.values() if s.kind in kinds and s.side is not Side.MEDIAN)


def pair(tissues: list[str], seed: int) -> tuple[str, str]:
    source, target = random.Random(seed).sample(tissues, 2)
    return source, target


@pytest.mark.parametrize("profile", ["myofascial", "skeletal", "neural", "any"])
@pytest.mark.parametrize("seed", range(8))
def test_a_route_and_its_mirror_are_mirror_images(body: Body, tissues: list[str], seed: int, profile: str) -> None:
    """Structures on one side only are left out: there the body itself is no mirror image."""
    ends_ = pair(tissues, seed)
    here = body.path(*ends_, profiles=[profile])
    there = body.path(*(swap(label) for label in ends_), profiles=[profile])
    assert [[mirrored_id(body.model, i) for i in ids(r)] for r in here.routes] == [ids(r) for r in there.routes]
    assert [(r.cost, r.grade, r.crosses) for r in here.routes] == [(r.cost, r.grade, r.crosses) for r in there.routes]


def swap(label: str) -> str:
    side, name = label.split(" ", 1)
    return f"{'left' if side == 'right' else 'right'} {name}"


@pytest.mark.parametrize("seed", range(100, 125))
def test_an_odd_number_of_crossings_changes_the_side(body: Body, tissues: list[str], seed: int) -> None:
    for route in body.path(*pair(tissues, seed), profiles=["myofascial", "skeletal", "neural"]).routes:
        changed = route.stations[0].side is not route.stations[-1].side
        assert route.crosses == changed
        assert (sum(hop.crosses for hop in route.hops) % 2 == 1) == changed


@pytest.mark.parametrize("seed", range(20))
def test_the_best_route_costs_what_plain_dijkstra_finds(body: Body, seed: int) -> None:
    muscles = sorted(
        s.label for s in body.model.structures.values() if s.kind == "Muscle" and s.side is not Side.MEDIAN
    )
    labels = random.Random(seed).sample(muscles, 2)
    source, target = (body.names.resolve(label)[0] for label in labels)
    walk = body.walk("myofascial")
    lengths = [
        nx.shortest_path_length(walk, here, there, weight="cost")
        for here in starts(body.model, "myofascial", source)
        for there in ends(body.model, "myofascial", target)
        if here in walk and there in walk and nx.has_path(walk, here, there)
    ]
    routes = body.path(*labels, profiles=["myofascial"]).routes
    assert [route.cost for route in routes] == ([pytest.approx(min(lengths))] if lengths else [])


def test_several_routes_come_cheapest_first_and_differ(body: Body) -> None:
    routes = body.path("right hamstrings", "left humerus", profiles=["myofascial"], k=6).routes
    assert [r.rank for r in routes] == [1, 2, 3, 4, 5, 6]
    assert [r.cost for r in routes] == sorted(r.cost for r in routes)
    assert len({tuple(ids(r)) for r in routes}) == 6


def test_a_route_is_as_sure_as_its_weakest_hop(body: Body) -> None:
    order = {name: grade.order for name, grade in body.model.unsided.grades.items()}
    for route in body.path("right sole of the foot", "left shoulder girdle", profiles=["myofascial"], k=5).routes:
        assert order[route.grade] == max(order[hop.grade] for hop in route.hops)


def test_a_route_visits_each_structure_once(body: Body) -> None:
    for route in body.path("right hamstrings", "left humerus", k=5).routes:
        assert len(ids(route)) == len(set(ids(route)))


def test_from_a_median_structure_both_sides_are_open(body: Body) -> None:
    for side in ("right", "left"):
        (route,) = body.path("sacrum", f"{side} humerus", profiles=["skeletal"]).routes
        assert route.stations[-1].id == f"{side}_humerus"
        assert not route.crosses


def test_without_a_side_the_answer_says_which_one_it_took(body: Body) -> None:
    answer = body.path("latissimus dorsi", "humerus", profiles=["myofascial"])
    assert answer.source.side is Side.EITHER
    assert ids(answer.routes[0])[0] == "right_latissimus_dorsi"
    assert ids(answer.routes[0])[-1] == "right_humerus"


def test_an_end_without_side_takes_the_nearer_one(body: Body) -> None:
    (route,) = body.path("latissimus dorsi", "left humerus", profiles=["myofascial"]).routes
    assert ids(route)[0] == "left_latissimus_dorsi"


@pytest.mark.parametrize(
    ("source", "target", "reason"),
    [
        ("sacrum", "sacrum", "both ends"),
        ("right biceps femoris", "biceps femoris", "both ends"),
        ("glute max", "right gluteus maximus", "both ends"),
    ],
)
def test_a_structure_to_itself_is_refused(body: Body, source: str, target: str, reason: str) -> None:
    with pytest.raises(BadQuestion, match=reason):
        body.path(source, target)


def test_right_to_left_of_one_structure_is_a_real_question(body: Body) -> None:
    (route,) = body.path("right latissimus dorsi", "left latissimus dorsi", profiles=["myofascial"]).routes
    assert route.crosses


@pytest.mark.parametrize("k", [0, -1, 51])
def test_too_many_or_no_routes_are_refused(body: Body, k: int) -> None:
    with pytest.raises(BadQuestion, match="routes"):
        body.path("right hamstrings", "left humerus", k=k)


def test_an_unknown_profile_is_refused_with_the_known_ones(body: Body) -> None:
    with pytest.raises(BadQuestion, match="myofascial"):
        body.path("right hamstrings", "left humerus", profiles=["magical"])


def test_two_structures_that_nothing_joins_are_said_so(small: Body) -> None:
    answer = small.path("spleen", "right fibula", profiles=["myofascial"])
    assert answer.routes == ()
    assert "spleen" in answer.notes[0]


def test_every_refusal_is_a_kinchain_error(body: Body) -> None:
    for bad in ("", "nothing like that", "pec", "\x00"):
        with pytest.raises(KinchainError):
            body.path(bad, "left humerus")
