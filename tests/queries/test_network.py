"""The body as a network: what is joined, what the measures say on graphs that can be seen through."""

from __future__ import annotations

import subprocess
import sys

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinchain.body import Body
from kinchain.queries import network


@pytest.fixture(scope="module")
def whole(body: Body) -> nx.Graph:
    return network.contacts(body.model)


def test_a_muscle_is_fixed_to_bones_through_its_tendon_and_by_all_its_heads(body: Body) -> None:
    graph = network.attachments(body.model.unsided)
    assert {"femur", "calcaneus"} <= set(graph["gastrocnemius"])
    assert "long_head_of_biceps_femoris" not in graph
    assert {"hip_bone", "femur", "fibula"} <= set(graph["biceps_femoris"])


def test_every_link_joins_a_muscle_and_an_anchor(body: Body) -> None:
    graph = network.attachments(body.model.unsided)
    side = dict(graph.nodes(data="bipartite"))
    assert all({side[a], side[b]} == {0, 1} for a, b in graph.edges)


def test_with_bones_only_nothing_else_is_an_anchor(body: Body) -> None:
    graph = network.attachments(body.model.unsided, bones_only=True)
    assert {kind for _, kind in graph.nodes(data="kind")} == {"Bone", "Muscle"}
    assert graph.degree("palmaris_brevis") == 0  # it is fixed to skin and aponeurosis


def test_what_is_refuted_joins_nothing(body: Body) -> None:
    model = body.model
    refuted = {frozenset((e.subject, e.object)) for e in model.edges if model.connection(e).grade == "Refuted"}
    said = {frozenset((e.subject, e.object)) for e in model.edges if model.connection(e).grade != "Refuted"}
    graph = network.contacts(model)
    assert not [pair for pair in refuted - said if len(pair) == 2 and graph.has_edge(*pair)]


def test_contacts_are_the_same_on_both_sides(whole: nx.Graph, body: Body) -> None:
    def mirrored(name: str) -> str:
        for here, there in (("right_", "left_"), ("left_", "right_")):
            if name.startswith(here) and there + name.removeprefix(here) in body.model.structures:
                return there + name.removeprefix(here)
        return name

    one_sided = {s.id for s in body.model.unsided.structures.values() if s.laterality.name.endswith("ONLY")}
    edges = {frozenset(e) for e in whole.edges if not any(whole.nodes[n]["label"] in one_sided for n in e)}
    assert {frozenset(map(mirrored, e)) for e in edges} == edges


def test_the_skull_has_its_bones_and_a_joint_joins_them(body: Body) -> None:
    skull = network.members(body.model, "skull")
    assert len(skull) == 22
    bones = network.contacts(body.model, ["Bone"])
    assert {"left_parietal_bone", "frontal_bone", "occipital_bone"} <= set(bones["right_parietal_bone"])


def test_figures_of_a_ring() -> None:
    told = network.figures(nx.cycle_graph(6))
    assert (told.nodes, told.links, told.components, told.clustering) == (6, 6, 1, 0.0)
    assert told.path_length == pytest.approx(1.8)


def test_figures_of_nothing() -> None:
    assert network.figures(nx.Graph()) == network.Figures(0, 0, 0, 0.0, 0.0, 0)


def test_the_node_between_two_halves_is_the_most_central() -> None:
    graph = nx.relabel_nodes(nx.barbell_graph(4, 1), str)
    assert next(iter(network.betweenness(graph))) == "4"


def test_communities_do_not_depend_on_the_order_of_the_nodes() -> None:
    program = (
        "from kinchain import Body\nfrom kinchain.queries import network as n\n"
        "m = Body.load().model.unsided\n"
        "print([sorted(c) for c in n.communities(n.shared(n.attachments(m)), resolution=4.3)])"
    )
    first, second = (
        subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    )
    assert first == second
    assert len(first) > 1000


@given(st.integers(2, 6), st.integers(3, 6))
def test_cliques_are_communities(count: int, size: int) -> None:
    graph = nx.disjoint_union_all([nx.complete_graph(size)] * count)
    found = network.communities(graph)
    assert sorted(map(len, found)) == [size] * count
    assert network.modularity(graph, found) == pytest.approx(1 - 1 / count)


def test_what_lies_in_one_community_agrees_more_than_chance() -> None:
    told = network.agreement({0, 1, 2, 3}, [range(4), range(4, 8), range(8, 12)])
    assert (told.members, told.spans, told.share) == (4, 1, 1.0)
    assert told.by_chance < 0.75


def test_members_outside_all_communities_are_left_out() -> None:
    assert network.agreement({"x"}, [{"a"}]) == network.Agreement(0, 0, 0.0, 0.0)


def test_a_chain_of_groups_stands_for_their_muscles(body: Body) -> None:
    model = body.model.unsided
    assert {"rhomboid_major", "rhomboid_minor"} <= network.along(model, model.chains["spiral_line"])


def test_the_middle_of_a_path_cuts_it_off_and_the_end_does_not() -> None:
    path = nx.path_graph(["a", "b", "c", "d", "e"], nx.Graph)
    assert network.failure(path, "e").cut_off == ()
    assert network.failure(path, "e").loss == pytest.approx(0.0)
    assert network.failure(path, "b").cut_off == ("a",)
    assert network.failure(path, "b").loss > 0.2


def test_what_is_not_in_the_network_cannot_fail() -> None:
    with pytest.raises(KeyError, match="tail"):
        network.failure(nx.path_graph(["a", "b"], nx.Graph), "tail")


def test_the_figures_lie_near_the_published_ones(body: Body) -> None:
    """Murphy et al. 2018: density 0.074 of the network of muscles, a muscle has at most 30 bones, most have few."""
    graph = network.attachments(body.model.unsided, bones_only=True)
    muscles = network.shared(graph)
    degrees = [graph.degree(n) for n in muscles]
    assert nx.density(muscles) == pytest.approx(0.074, abs=0.02)
    assert 25 <= max(degrees) <= 35
    assert sum(d <= 2 for d in degrees) > len(degrees) / 2
