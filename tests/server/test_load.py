"""Under load: every answer right, none that fails, memory flat."""

from __future__ import annotations

import random

import pytest
from bench.load import Ask, bad, load, memory, path

from tests.conftest import Run
from tests.server.conftest import Serve

REQUESTS, CONNECTIONS = 10_000, 16
PAIRS = [
    ("right hamstring", "left humerus"),
    ("R glute max", "left lats"),
    ("sciatic nerve", "right hamstrings"),
    ("right soleus", "right plantaris"),
    ("left pectoralis minor", "left biceps brachii"),
    ("left patella", "liver"),
]
OTHERS = [("find", "text", "glute"), ("show", "structure", "soleus"), ("chain", "name", "left spiral line"),
          ("around", "structure", "left sacroiliac joint"), ("show", "structure", "right median nerve")]  # fmt: skip


@pytest.mark.slow
def test_ten_thousand_questions_with_bad_ones_among_them_are_answered_right(run: Run, serve: Serve) -> None:
    good = []
    for pair in PAIRS:
        done = run("path", *pair, "-p", "neural", "--json")
        good.append(Ask(path(*pair, profile="neural"), 404 if done.returncode else 200, done.stdout.encode()))
    done = run("path", *PAIRS[0], "--json")
    good.append(Ask(path(*PAIRS[0]), 200, done.stdout.encode()))
    for command, name, value in OTHERS:
        done = run(command, value, "--json")
        good.append(Ask(f"/api/{command}?{name}={value.replace(' ', '+')}", 200, done.stdout.encode()))
    chance = random.Random(3)
    asks = [bad(n, chance) if n % 4 == 0 else chance.choice(good) for n in range(REQUESTS)]
    server = serve("--workers", "2")
    warm = load(server.url, asks[:1_500], CONNECTIONS)
    before = memory(server.process.pid)
    told = load(server.url, asks, CONNECTIONS)
    after = memory(server.process.pid)
    assert [*warm.wrong, *told.wrong] == []
    assert len(told.seconds) == REQUESTS
    assert not [status for status in told.statuses if status >= 500]
    assert {200, 400, 404, 413, 414, 422} == set(told.statuses)
    assert after < before * 1.05 + 10 * 2**20
    assert server.end() == 0
    assert [line for line in server.said if "serving on" not in line] == []
