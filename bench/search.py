"""How long the searches take beside plain NetworkX, on the body's walks and a random graph. Run by ``make bench``."""

from __future__ import annotations

import argparse
import gc
import random
import statistics
from itertools import islice
from typing import Any

import networkx as nx
from table import Row, compare, show, timed

from kinchain import Body
from kinchain.graph.search.bidirectional import bidirectional
from kinchain.graph.search.compressed import Graph, compressed
from kinchain.graph.search.push import personalized
from kinchain.graph.search.yen import loopless

ACCURACIES = (4e-4, 2e-4, 1e-4, 7e-5, 5e-5, 4e-5, 3e-5)
AGREE = 0.95


def main() -> None:
    """Measure, and print one table for each graph."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-n", type=int, default=40, help="how many pairs are searched")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    body = Body.load()
    for profile in ("myofascial", "any"):
        show(f"Searches in the walk '{profile}'", _walk(body.walk(profile), asked.n, asked.seed))
    show(
        "Searches in a random graph of 5,000 nodes and 30,000 edges", _walk(_random(5000, 30_000), asked.n, asked.seed)
    )


def _random(nodes: int, edges: int) -> nx.DiGraph:
    chance = random.Random(0)
    graph = nx.DiGraph()
    graph.add_nodes_from(range(nodes))
    while graph.number_of_edges() < edges:
        graph.add_edge(chance.randrange(nodes), chance.randrange(nodes), cost=chance.choice((0.5, 1.0, 1.5, 2.0, 3.0)))
    return graph


def _walk(walk: nx.DiGraph, n: int, seed: int) -> list[Row]:
    number = {node: at for at, node in enumerate(walk)}
    one, two, cost = zip(*((number[u], number[v], c) for u, v, c in walk.edges(data="cost")), strict=True)
    graph = compressed(len(number), one, two, cost)
    for node in number.values():  # as NetworkX has its rows in memory
        _ = graph.out[node], graph.into[node], graph.shares[node]
    pairs = _pairs(walk, n, random.Random(seed))
    few = pairs[: max(3, n // 4)]
    gc.collect()
    gc.freeze()  # the graphs stay, and need not be looked through in the middle of a measurement, ours or theirs
    return [
        _over("weighted route / NetworkX", 0.4, pairs, lambda u, v: nx.bidirectional_dijkstra(walk, u, v, "cost"),
              lambda u, v: bidirectional(graph.out, graph.into, number[u], number[v])),
        _over("ten routes / NetworkX", 0.12, few,
              lambda u, v: list(islice(nx.shortest_simple_paths(walk, u, v, "cost"), 10)),
              lambda u, v: list(islice(loopless(graph.out, graph.into, number[u], number[v]), 10))),
        _ranking(walk, graph, number, few),
    ]  # fmt: skip


def _pairs(walk: nx.DiGraph, n: int, chance: random.Random) -> list[tuple[Any, Any]]:
    nodes, found = list(walk), []
    while len(found) < n:
        source, target = chance.sample(nodes, 2)
        if nx.has_path(walk, source, target):
            found.append((source, target))
    return found


def _over(what: str, goal: float, pairs: list[tuple[Any, Any]], theirs: Any, ours: Any) -> Row:
    """One measurement for each pair; where both tell a length, it must be the same."""
    turns = [iter(pairs), iter(pairs)]
    first, second = ours(*pairs[0]), theirs(*pairs[0])
    if isinstance(second, tuple) and abs(first[0] - second[0]) > 1e-9:
        raise SystemExit(f"{what}: {first[0]} is not {second[0]}")
    return compare(what, goal, timed(lambda: ours(*next(turns[0]))), timed(lambda: theirs(*next(turns[1]))), len(pairs))


def _ranking(walk: nx.DiGraph, graph: Graph, number: dict[Any, int], pairs: list[tuple[Any, Any]]) -> Row:
    """Measured at the coarsest accuracy at which the first 20 agree well enough."""
    exact = {u: nx.pagerank(walk, personalization={u: 1.0}, weight="cost", tol=1e-10) for u, _ in pairs}
    for accuracy in ACCURACIES:
        agreed = statistics.mean(
            _agreed(exact[u], personalized(graph.shares, {number[u]: 1.0}, accuracy=accuracy), list(walk))
            for u in exact
        )
        if agreed >= AGREE:
            break
    return _over(
        f"ranking / nx.pagerank (first 20 agree {agreed:.1%}, {accuracy:g})", 0.05, pairs,
        lambda u, v: nx.pagerank(walk, personalization={u: 1.0}, weight="cost") and None,
        lambda u, v: personalized(graph.shares, {number[u]: 1.0}, accuracy=accuracy),
    )  # fmt: skip


def _agreed(exact: dict[Any, float], ranks: dict[int, float], names: list[Any]) -> float:
    """How many of the first 20 are among the exact first 20, or as high as the last of them."""
    mine = [names[at] for at in sorted(ranks, key=ranks.__getitem__, reverse=True)[:20]]
    least = sorted(exact.values(), reverse=True)[len(mine) - 1]
    return sum(exact[node] >= least * (1 - 1e-6) for node in mine) / len(mine)


if __name__ == "__main__":
    main()
