"""The workers: each question has its time, and whoever is ended is replaced."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psutil
import pytest

from kinchain.errors import InvalidOntology
from kinchain.server.workers import Workers
from tests.server.fakes import bodiless, obedient


@pytest.fixture
def workers() -> Iterator[Workers]:
    made = Workers(1, seconds=1.0, waiting=1, target=obedient)
    made.start()
    yield made
    made.close()


def ask(workers: Workers, *jobs: Any) -> list[Any]:
    """The replies to jobs that are asked at once, in a thread of its own: the browser of other tests has this one."""

    async def all_at_once() -> list[Any]:
        return list(await asyncio.gather(*(workers.ask(job) for job in jobs)))

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(all_at_once())).result()


def test_a_question_that_takes_too_long_is_ended_and_the_next_one_is_answered(workers: Workers) -> None:
    (before,) = ask(workers, "who")
    (late,) = ask(workers, 60)
    assert late.status == 503
    assert b"takes longer than the 1 s" in late.body
    (after,) = ask(workers, "who")
    assert after.status == 200
    assert after.body != before.body
    assert not psutil.pid_exists(int(before.body))


def test_a_worker_that_is_ended_from_outside_is_replaced_and_asked_again(workers: Workers) -> None:
    (before,) = ask(workers, "who")
    psutil.Process(int(before.body)).kill()
    (after,) = ask(workers, "who")
    assert after.status == 200
    assert after.body != before.body


def test_a_question_that_ends_every_worker_is_told_so(workers: Workers) -> None:
    (told,) = ask(workers, "die")
    assert told.status == 503
    assert b"ended from outside" in told.body
    assert ask(workers, "who")[0].status == 200


def test_when_too_many_wait_the_next_is_refused(workers: Workers) -> None:
    statuses = [reply.status for reply in ask(workers, 0.3, 0.3, 0.3)]
    assert statuses == [200, 200, 503]


def test_all_workers_are_gone_at_the_end() -> None:
    made = Workers(2, seconds=5, target=obedient)
    made.start()
    ask(made, *["who"] * 4)
    before = [
        child.pid for child in psutil.Process(os.getpid()).children() if "spawn_main" in " ".join(child.cmdline())
    ]
    assert len(before) == 2
    made.close()
    assert not any(psutil.pid_exists(pid) for pid in before)


def test_a_body_that_cannot_be_had_is_told_at_the_start() -> None:
    with pytest.raises(InvalidOntology, match="no ontology here"):
        Workers(1, seconds=1, target=bodiless).start()
