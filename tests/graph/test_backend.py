"""NetworkX asks the searches as a backend of its own, and its own tests pass on it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import pytest

from kinchain.body import Body
from kinchain.graph.backend_info import FUNCTIONS

ROOT = Path(__file__).parents[2]
SOURCE, TARGET = "right_long_head_of_biceps_femoris", "left_humerus"


@pytest.fixture(autouse=True)
def _no_word_of_the_cache() -> Iterator[None]:
    """NetworkX warns each time it uses a converted graph again; the walks of a body are not changed."""
    nx.config.warnings_to_ignore.add("cache")
    yield
    nx.config.warnings_to_ignore.discard("cache")


def test_the_functions_run_on_a_walk(body: Body) -> None:
    walk = body.walk("myofascial")
    for name, settings in (
        ("shortest_path", {"weight": "weight"}),
        ("bidirectional_dijkstra", {"weight": "weight"}),
        ("single_source_dijkstra", {"weight": "weight"}),
    ):
        ask = getattr(nx, name)
        assert ask(walk, SOURCE, TARGET, backend="kinchain", **settings) == ask(walk, SOURCE, TARGET, **settings)
    three = [
        [
            way
            for way, _ in zip(nx.shortest_simple_paths(walk, SOURCE, TARGET, "weight", **more), range(3), strict=False)
        ]
        for more in ({}, {"backend": "kinchain"})
    ]
    assert three[0] == three[1]


def test_the_ranking_agrees_with_networkx(body: Body) -> None:
    walk = body.walk("any")
    settings = {"personalization": {SOURCE: 1.0}, "weight": None}
    one, other = nx.pagerank(walk, backend="kinchain", **settings), nx.pagerank(walk, tol=1e-10, **settings)
    first = [sorted(ranks, key=ranks.__getitem__, reverse=True)[:20] for ranks in (one, other)]
    assert len(set(first[0]) & set(first[1])) >= 19
    assert sum(one.values()) == pytest.approx(1.0)


def test_a_cost_along_a_walk_is_that_of_networkx(body: Body) -> None:
    walk = body.walk("myofascial")
    length, way = nx.bidirectional_dijkstra(walk, SOURCE, TARGET, weight="cost", backend="kinchain")
    assert length == pytest.approx(nx.shortest_path_length(walk, SOURCE, TARGET, weight="cost"))
    assert nx.path_weight(walk, way, "cost") == pytest.approx(length)


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({"weight": lambda one, two, data: 1}, "weight function"),
        ({"weight": "cost", "method": "bellman-ford"}, "method"),
    ],
)
def test_what_the_backend_does_not_do_is_refused(body: Body, settings: dict[str, object], reason: str) -> None:
    with pytest.raises(NotImplementedError, match="kinchain"):
        nx.shortest_path(body.walk("neural"), SOURCE, TARGET, backend="kinchain", **settings)


@pytest.mark.slow
def test_the_tests_of_networkx_pass_on_the_backend(tmp_path: Path) -> None:
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-p", "tests.tools.backend_calls", "-o", "addopts=", "--pyargs"),
            "networkx.algorithms.shortest_paths.tests",
            "networkx.algorithms.tests.test_simple_paths",
            "networkx.algorithms.link_analysis.tests.test_pagerank",
            *("--rootdir", str(tmp_path), "-p", "no:cacheprovider"),
        ],
        env={**os.environ, "NETWORKX_TEST_BACKEND": "kinchain", "PYTHONPATH": str(ROOT)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]
    ran = {line.split()[4]: int(line.split()[5]) for line in done.stdout.splitlines() if line.startswith("ran on")}
    print(ran)
    assert set(ran) == set(FUNCTIONS)
    assert min(ran.values()) >= 10
