"""The searches answer as plain NetworkX does, on graphs that chance makes, dead ends and equal lengths among them."""

from __future__ import annotations

import random
from itertools import islice

import networkx as nx
import pytest

from kinchain.graph.search.compressed import Graph, compressed
from kinchain.graph.search.onward import Onward
from kinchain.graph.search.push import personalized
from kinchain.graph.search.yen import loopless


def made(seed: int, nodes: int = 400, edges: int = 1200) -> tuple[Graph, nx.DiGraph]:
    chance, plain = random.Random(seed), nx.DiGraph()
    plain.add_nodes_from(range(nodes))
    while plain.number_of_edges() < edges:
        plain.add_edge(*chance.sample(range(nodes), 2), cost=chance.choice((0.5, 1.0, 1.0, 5.0)))
    return compressed(nodes, *zip(*plain.edges(data="cost"), strict=True)), plain


@pytest.mark.parametrize("seed", range(3))
def test_each_of_twenty_routes_is_as_long_as_in_networkx(seed: int) -> None:
    graph, plain = made(seed)
    chance = random.Random(seed)
    for _ in range(8):
        one, two = chance.sample(range(len(plain)), 2)
        found = list(islice(loopless(graph.out, graph.into, one, two), 20))
        if not nx.has_path(plain, one, two):
            assert found == []
            continue
        wanted = [
            nx.path_weight(plain, way, "cost") for way in islice(nx.shortest_simple_paths(plain, one, two, "cost"), 20)
        ]
        assert [length for length, _ in found] == pytest.approx(wanted)
        assert all(nx.is_simple_path(plain, way) for _, way in found)
        assert len({tuple(way) for _, way in found}) == len(found)


def test_a_target_with_one_door_has_the_ways_through_it_only() -> None:
    """Every detour that left the last hop would look at all nodes and find nothing."""
    _, plain = made(7, nodes=1000, edges=6000)
    plain.remove_edges_from(list(plain.in_edges(5)))
    plain.add_edge(4, 5, cost=1.0)
    graph = compressed(1000, *zip(*plain.edges(data="cost"), strict=True))
    found = list(islice(loopless(graph.out, graph.into, 0, 5), 10))
    wanted = [nx.path_weight(plain, way, "cost") for way in islice(nx.shortest_simple_paths(plain, 0, 5, "cost"), 10)]
    assert [length for length, _ in found] == pytest.approx(wanted)
    assert {way[-2] for _, way in found} == {4}


def test_distances_are_found_bit_by_bit_and_are_those_of_networkx() -> None:
    graph, plain = made(3)
    wanted = nx.single_source_dijkstra_path_length(plain.reverse(), 9, weight="cost")
    onward = Onward(graph.into, 9)
    for node in plain:
        assert onward.reach(node) == (node in wanted)
        assert all(onward.radius <= length for other, length in wanted.items() if other not in onward.settled)
    assert onward.settled == pytest.approx(wanted)


def test_ranks_are_those_of_networkx() -> None:
    graph, plain = made(4)
    ranks = personalized(graph.shares, {3: 0.5, 8: 0.5}, accuracy=1e-10)
    wanted = nx.pagerank(plain, personalization={3: 0.5, 8: 0.5}, weight="cost", tol=1e-12, max_iter=1000)
    assert {node: ranks.get(node, 0.0) for node in plain} == pytest.approx(wanted, abs=1e-6)
