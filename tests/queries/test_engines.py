"""The compiled walks, asked as they are or through NetworkX, and plain NetworkX answer the same; it is the oracle."""

from __future__ import annotations

import random

import networkx as nx
import pytest

from kinchain.body import Body
from kinchain.errors import KinchainError
from kinchain.graph.engines import ENGINES
from kinchain.graph.profiles import PROFILES, ends, starts
from kinchain.model import Side
from kinchain.views import json_causes, jsonout


@pytest.fixture(scope="session")
def labels(body: Body) -> list[str]:
    kinds = ("Muscle", "Fascia", "Ligament", "Bone", "Nerve", "Joint", "Region", "Group")
    sided = [s.label for s in body.model.structures.values() if s.kind in kinds]
    return sorted([*sided, *(s.label for s in body.model.unsided.structures.values() if s.kind in kinds)])


def told(body: Body, source: str, target: str, engine: str, **settings: object) -> object:
    try:
        answer = body.path(source, target, engine=engine, **settings)  # type: ignore[arg-type]
    except KinchainError as refused:
        return refused.message
    return jsonout.path(answer, body.model.unsided.sources)


def pairs(labels: list[str], seed: int, count: int) -> list[tuple[str, str]]:
    chance = random.Random(seed)
    return [(one, two) for one, two in (chance.sample(labels, 2) for _ in range(count))]


@pytest.mark.parametrize("profile", sorted(PROFILES))
def test_all_engines_tell_the_same_routes(body: Body, labels: list[str], profile: str) -> None:
    for source, target in pairs(labels, 8, 24):
        backend, compiled, oracle = (told(body, source, target, engine, profiles=[profile]) for engine in ENGINES)
        assert backend == compiled == oracle, (source, target)


@pytest.mark.parametrize("weakest", ["textbook", "moderate"])
def test_all_engines_leave_out_the_same(body: Body, labels: list[str], weakest: str) -> None:
    for source, target in pairs(labels, 9, 6):
        backend, compiled, oracle = (
            told(body, source, target, engine, profiles=["myofascial", "neural"], min_evidence=weakest)
            for engine in ENGINES
        )
        assert backend == compiled == oracle, (source, target)


def test_all_engines_tell_the_same_ten_routes(body: Body, labels: list[str]) -> None:
    for source, target in pairs(labels, 10, 4):
        backend, compiled, oracle = (
            told(body, source, target, engine, profiles=["myofascial"], k=10) for engine in ENGINES
        )
        assert backend == compiled == oracle, (source, target)


def test_all_engines_tell_the_same_causes(body: Body) -> None:
    for site in ("right shoulder", "low back pain at night", "left knee"):
        backend, compiled, oracle = (
            json_causes.causes(
                body.causes(site, engine=engine), body.model.unsided.sources, dict(body.model.unsided.mechanisms)
            )
            for engine in ENGINES
        )
        assert backend == compiled == oracle


@pytest.mark.slow
@pytest.mark.parametrize("first_side", [Side.RIGHT, Side.LEFT])
@pytest.mark.parametrize("profile", sorted(PROFILES))
def test_both_engines_find_the_same_ways_in_thousands_of_pairs(body: Body, profile: str, first_side: Side) -> None:
    compiled, oracle = (body.engines.walks(engine)(profile, first_side, "") for engine in ("compiled", "networkx"))
    structures = sorted(body.model.structures.values(), key=lambda s: s.id)
    begin = [n for s in structures for n in starts(body.model, profile, s) if n in oracle]
    end = [n for s in structures for n in ends(body.model, profile, s) if n in oracle]
    chance = random.Random(11)
    for _ in range(400):
        source, target = chance.choice(begin), chance.choice(end)
        if source != target:
            one, other = (list(walk.ways([source], [target], 1)) for walk in (compiled, oracle))
            assert one == other


def test_an_unknown_engine_is_refused_with_the_known_ones(body: Body) -> None:
    with pytest.raises(KinchainError, match="backend, compiled, networkx"):
        body.path("right soleus", "left soleus", engine="steam")


def test_the_command_takes_an_engine(run: object) -> None:
    one, other = (
        run("path", "right hamstring", "left humerus", "--json", "--engine", engine)  # type: ignore[operator]
        for engine in ("compiled", "networkx")
    )
    assert one.stdout == other.stdout
    assert one.returncode == 0


def test_the_library_asks_through_networkx(body: Body, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def noted(*arguments: object, **settings: object) -> object:
        asked.append("bidirectional_dijkstra")
        return original(*arguments, **settings)

    original = nx.bidirectional_dijkstra
    monkeypatch.setattr(nx, "bidirectional_dijkstra", noted)
    body.path("right soleus", "right calcaneus", profiles=["myofascial"])
    assert asked
