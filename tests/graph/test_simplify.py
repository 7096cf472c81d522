"""The walk of a profile: median stations keep the side of entry, and some kinds are only ends."""

from __future__ import annotations

import re

import networkx as nx
import pytest

from kinchain.body import Body
from kinchain.graph.simplify import PROFILES, structure_of
from kinchain.model import Laterality, Side


def test_passing_the_sacrum_does_not_cross_the_midline(small: Body) -> None:
    """Right ligament, sacrum, left fascia is a false route: both attach to the sacrum, and nothing passes over."""
    walk = small.walk("myofascial")
    without = nx.DiGraph(walk)
    crossing = [pair for pair in walk.edges if walk.edges[pair]["crosses"]]
    without.remove_edges_from(crossing)
    assert crossing
    assert not nx.has_path(without, "right_sacrotuberous_ligament", "left_thoracolumbar_fascia")
    assert nx.has_path(walk, "right_sacrotuberous_ligament", "left_thoracolumbar_fascia")


def test_a_median_station_leads_back_to_its_side(body: Body) -> None:
    for profile in ("myofascial", "neural", "skeletal", "any"):
        walk = body.walk(profile)
        for source, target, data in walk.edges(data=True):
            entered = source.rsplit("@", 1)[-1].rstrip("^") if "@" in source else ""
            left_to = body.model.structures[structure_of(target)].side
            if entered and left_to is not Side.MEDIAN and not data["crosses"]:
                assert entered == left_to, (source, target)


def test_only_bones_and_joints_carry_across_without_an_opposite_edge(body: Body) -> None:
    walk = body.walk("any")
    for source, _, data in walk.edges(data=True):
        if data["crosses"] and not body.model.edges[data["edge"]].crosses:
            assert body.model.structures[structure_of(source)].kind in ("Bone", "Joint")


def test_skeletal_hops_through_the_sacrum_cross_and_say_so(small: Body) -> None:
    walk = small.walk("skeletal")
    nodes = nx.shortest_path(walk, "right_hip_bone", "left_hip_bone")
    assert [structure_of(n) for n in nodes] == [
        "right_hip_bone",
        "right_sacroiliac_joint",
        "sacrum",
        "left_sacroiliac_joint",
        "left_hip_bone",
    ]
    assert sum(walk.edges[pair]["crosses"] for pair in nx.utils.pairwise(nodes)) == 1


def test_a_landmark_ends_a_myofascial_route_and_is_not_passed(body: Body) -> None:
    walk = body.walk("myofascial")
    for node in walk:
        structure = body.model.structures[structure_of(node)]
        if structure.kind in ("Bone", "Landmark"):
            onward = {body.model.structures[structure_of(n)].kind for n in walk.successors(node)}
            assert node.endswith(">") or onward <= {"Bone", "Landmark"}


@pytest.mark.parametrize("profile", sorted(PROFILES))
def test_a_walk_has_the_mirror_of_each_edge_at_the_same_cost(body: Body, profile: str) -> None:
    def mirrored(node: str) -> str:
        for one, two in (("right_", "left_"), ("left_", "right_")):
            if node.startswith(one) and two + node.removeprefix(one).rstrip(">^") in body.model.structures:
                return two + node.removeprefix(one)
        return re.sub("@(right|left)", lambda found: "@" + ("left" if found[1] == "right" else "right"), node)

    one_sided = {
        name
        for name, structure in body.model.unsided.structures.items()
        if structure.laterality in (Laterality.LEFT_ONLY, Laterality.RIGHT_ONLY)
    }
    walk, mirror = body.walk(profile), body.walk(profile, Side.LEFT)
    for source, target, data in walk.edges(data=True):
        ends = {body.model.structures[structure_of(node)].unsided for node in (source, target)}
        if ends & one_sided:
            continue  # the spleen has no mirror image
        other = mirror.edges[mirrored(source), mirrored(target)]
        assert (data["cost"], data["weight"], data["crosses"]) == (other["cost"], other["weight"], other["crosses"])


def test_refuted_edges_are_never_walked(body: Body) -> None:
    for profile in PROFILES:
        for *_, data in body.walk(profile).edges(data=True):
            assert body.model.connection(body.model.edges[data["edge"]]).grade != "Refuted"


def test_force_is_walked_forwards_only(body: Body) -> None:
    for *_, data in body.walk("myofascial").edges(data=True):
        edge = body.model.edges[data["edge"]]
        assert edge.relation != "transmitsForceTo" or data["forward"]


def test_motor_clinical_and_care_edges_are_in_no_walk(body: Body) -> None:
    never = {"produces", "opposes", "stabilizes", "antagonistOf", "synergistOf", "memberOf", "locatedIn", "tests"}
    for profile in PROFILES:
        used = {body.model.edges[data["edge"]].relation for *_, data in body.walk(profile).edges(data=True)}
        assert not used & never


def test_a_whole_joins_no_parts(body: Body) -> None:
    """Two laminae of one fascia are not continuous because both belong to it."""
    walk = body.walk("myofascial")
    for source, target, data in walk.edges(data=True):
        edge = body.model.edges[data["edge"]]
        if edge.relation == "partOf" and data["forward"] and body.model.structures[edge.subject].kind != "Landmark":
            downwards = [
                n
                for n in walk.successors(target)
                if body.model.edges[walk.edges[target, n]["edge"]].relation == "partOf"
                and not walk.edges[target, n]["forward"]
            ]
            assert not downwards, (source, target)


def test_the_short_head_does_not_reach_the_ligament_through_its_muscle(small: Body, body: Body) -> None:
    (route,) = body.path(
        "right short head of biceps femoris", "right sacrotuberous ligament", profiles=["myofascial"]
    ).routes
    stations = [station.id for station in route.stations]
    assert stations[1:3] != ["right_biceps_femoris", "right_long_head_of_biceps_femoris"]
