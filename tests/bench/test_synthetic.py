"""Bodies of any size are like the body, and the code of the body opens, searches and ranks them."""

from __future__ import annotations

import random
import statistics
from itertools import islice
from pathlib import Path

import networkx as nx
import pytest
from bench.synthetic import Synthetic, synthetic

from kinchain.graph.search.bidirectional import bidirectional
from kinchain.graph.search.compressed import Graph, compressed
from kinchain.graph.search.push import personalized
from kinchain.graph.search.yen import loopless
from kinchain.store.container import opened
from kinchain.store.writing import pack

KEY = "0" * 64
SMALL = 2_000


def networkx_of(made: Synthetic) -> nx.DiGraph:
    graph = nx.DiGraph()
    graph.add_nodes_from(range(made.size))
    graph.add_weighted_edges_from(zip(made.sources, made.targets, made.costs, strict=True), weight="cost")
    return graph


def kept(made: Synthetic, path: Path) -> Graph:
    """The graph written to a file, and opened from it."""
    sections: dict[str, tuple[str, bytes]] = {}
    compressed(made.size, made.sources, made.targets, made.costs).write(sections, "walk")
    path.write_bytes(pack(sections, KEY))
    return Graph.read(opened(path, KEY), "walk")


def pairs(size: int, count: int) -> list[list[int]]:
    chance = random.Random(1)
    return [chance.sample(range(size), 2) for _ in range(count)]


@pytest.fixture(scope="module")
def made() -> Synthetic:
    return synthetic(SMALL)


@pytest.fixture(scope="module")
def plain(made: Synthetic) -> nx.DiGraph:
    return networkx_of(made)


@pytest.fixture(scope="module")
def ours(made: Synthetic, tmp_path_factory: pytest.TempPathFactory) -> Graph:
    return kept(made, tmp_path_factory.mktemp("synthetic") / "graph")


def test_the_same_seed_makes_the_same_graph(made: Synthetic) -> None:
    assert synthetic(SMALL) == made
    assert synthetic(SMALL, seed=1) != made


def test_no_edge_stands_twice_and_none_leads_to_itself(made: Synthetic, plain: nx.DiGraph) -> None:
    assert plain.number_of_edges() == len(made.sources)
    assert nx.number_of_selfloops(plain) == 0


def test_left_mirrors_right(made: Synthetic) -> None:
    edges = set(zip(made.sources, made.targets, made.costs, strict=True))
    assert {(made.mirrored(one), made.mirrored(two), cost) for one, two, cost in edges} == edges


def test_sides_meet_at_median_stations(made: Synthetic) -> None:
    sides = [(made.side(one), made.side(two)) for one, two in zip(made.sources, made.targets, strict=True)]
    across = sum(set(each) == {"right", "left"} for each in sides)
    assert 0 < across < 0.01 * len(sides)
    assert sum(made.side(node) == "median" for node in range(SMALL)) == SMALL // 20
    assert any(set(each) == {"right", "median"} for each in sides)


def test_the_body_and_its_image_have_the_same_structure(plain: nx.DiGraph, walk: nx.DiGraph) -> None:
    """What is random differs by a fifth at most in a graph of this size."""
    for measure, margin in ((mean_degree, 0.1), (nx.reciprocity, 0.03), (clustering, 0.2), (tenth, 0.2)):
        assert measure(plain) == pytest.approx(measure(walk), rel=margin), measure.__name__
    costs, model = (sorted(cost for *_, cost in graph.edges(data="cost")) for graph in (plain, walk))
    assert [statistics.quantiles(costs, n=4)] == [statistics.quantiles(model, n=4)]


def test_few_are_hubs_and_nearly_all_hang_together(plain: nx.DiGraph) -> None:
    neighbours = sorted(degree for _, degree in plain.to_undirected().degree)
    assert neighbours[SMALL // 2] <= 8
    assert neighbours[-1] > 80
    assert len(max(nx.weakly_connected_components(plain), key=len)) > 0.97 * SMALL


def mean_degree(graph: nx.DiGraph) -> float:
    return graph.number_of_edges() / len(graph)


def clustering(graph: nx.DiGraph) -> float:
    return float(nx.average_clustering(nx.Graph(graph)))


def tenth(graph: nx.DiGraph) -> float:
    """What a tenth of the nodes have as neighbours, or more."""
    return float(statistics.quantiles((degree for _, degree in nx.Graph(graph).degree), n=10)[-1])


@pytest.fixture(scope="module")
def walk(body: object) -> nx.DiGraph:
    graph: nx.DiGraph = body.walk("any")  # type: ignore[attr-defined]
    return graph


def assert_equal_costs(ours: Graph, plain: nx.DiGraph, questions: list[list[int]]) -> None:
    for source, target in questions:
        found = bidirectional(ours.out, ours.into, source, target)
        if found is None:
            assert not nx.has_path(plain, source, target)
        else:
            assert found[0] == pytest.approx(nx.dijkstra_path_length(plain, source, target, "cost"))
            assert nx.path_weight(plain, found[1], "cost") == pytest.approx(found[0])


def test_routes_cost_what_they_cost_in_networkx(ours: Graph, plain: nx.DiGraph) -> None:
    assert_equal_costs(ours, plain, pairs(SMALL, 100))


def test_ten_routes_cost_what_they_cost_in_networkx(ours: Graph, plain: nx.DiGraph) -> None:
    joined = [(one, two) for one, two in pairs(SMALL, 10) if nx.has_path(plain, one, two)]
    for source, target in joined:
        lengths = [length for length, _ in islice(loopless(ours.out, ours.into, source, target), 10)]
        ways = islice(nx.shortest_simple_paths(plain, source, target, "cost"), 10)
        assert lengths == pytest.approx([nx.path_weight(plain, way, "cost") for way in ways])
    assert joined


def test_the_backend_answers_as_networkx_does(plain: nx.DiGraph) -> None:
    source, target = max(plain, key=plain.out_degree), max(plain, key=plain.in_degree) ^ 1
    answers = [
        nx.bidirectional_dijkstra(plain, source, target, "cost", **more) for more in ({}, {"backend": "kinchain"})
    ]
    assert answers[0][0] == pytest.approx(answers[1][0])


def test_the_first_twenty_are_those_of_networkx(ours: Graph, plain: nx.DiGraph) -> None:
    agreed = [agreement(ours, plain, source) for source in (0, 101, SMALL - 1)]
    assert statistics.mean(agreed) >= 0.95


def agreement(ours: Graph, plain: nx.DiGraph, source: int) -> float:
    """The share of our first twenty that have a rank at least as high as the twentieth of NetworkX."""
    ranks = personalized(ours.shares, {source: 1.0}, accuracy=1e-5)
    mine = sorted(ranks, key=ranks.__getitem__, reverse=True)[:20]
    exact = nx.pagerank(plain, personalization={source: 1.0}, weight="cost", tol=1e-10)
    least = sorted(exact.values(), reverse=True)[len(mine) - 1]
    return sum(exact[node] >= least * (1 - 1e-6) for node in mine) / len(mine)


@pytest.mark.slow
def test_a_hundred_thousand_nodes_are_opened_searched_and_ranked(tmp_path: Path) -> None:
    large = synthetic(100_000)
    ours, plain = kept(large, tmp_path / "graph"), networkx_of(large)
    assert_equal_costs(ours, plain, pairs(large.size, 30))
    assert agreement(ours, plain, 7) >= 0.9
