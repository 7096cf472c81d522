"""What the published pairs say of the ranking must not get worse: the floor under its figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from kinchain.body import Body
from kinchain.queries import benchmark
from kinchain.queries.benchmark import Outcome, Score

PAIRS = Path(__file__).parents[1] / "benchmark" / "pairs.tsv"


@pytest.fixture(scope="module")
def outcomes(body: Body) -> dict[str, list[Outcome]]:
    found = benchmark.run(body.incidence, body.graph, lambda site: body.causes(site, top=200), benchmark.read(PAIRS))
    return {**benchmark.groups(found), "red flags": [each for each in found if each.flagged is not None]}


def by_method(outcomes: dict[str, list[Outcome]], group: str) -> dict[str, Score]:
    return {score.method: score for score in benchmark.scores(outcomes[group])}


@pytest.mark.slow
def test_every_red_flag_pair_is_raised(outcomes: dict[str, list[Outcome]]) -> None:
    assert len(outcomes["red flags"]) >= 10
    assert all(each.flagged for each in outcomes["red flags"])


@pytest.mark.slow
def test_organs_are_among_the_first_five(outcomes: dict[str, list[Outcome]]) -> None:
    assert by_method(outcomes, "documented: visceral referral")["kinchain"].hits[1] == 1


@pytest.mark.slow
def test_other_mechanisms_are_found_clearly_above_every_baseline(outcomes: dict[str, list[Outcome]]) -> None:
    ours, *others = (
        by_method(outcomes, "documented: other mechanisms")[name]
        for name in ("kinchain", "distance", "pagerank", "chance")
    )
    assert ours.mrr >= 0.5
    assert ours.hits[1] >= 0.75
    assert ours.hits[2] >= 0.9
    assert ours.low > max(other.high for other in others)
