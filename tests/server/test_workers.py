"""The workers: each question has its time, and whoever is ended is replaced."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import psutil
import pytest

from kinchain.errors import InvalidOntology
from kinchain.server.workers import Workers
from tests.server.fakes import bodiless, obedient

T = TypeVar("T")

Asked = Callable[..., list[Any]]


class Loop:
    """An event loop in a thread of its own: the browser of other tests has this one."""

    def __init__(self) -> None:
        self._thread, self._loop = ThreadPoolExecutor(1), asyncio.new_event_loop()

    def run(self, what: Coroutine[Any, Any, T]) -> T:
        return self._thread.submit(self._loop.run_until_complete, what).result()

    def end(self) -> None:
        self._thread.submit(self._loop.close).result()
        self._thread.shutdown()


@pytest.fixture
def loop() -> Iterator[Loop]:
    made = Loop()
    yield made
    made.end()


async def _replies(workers: Workers, *jobs: Any) -> list[Any]:
    return list(await asyncio.gather(*(workers.ask(job) for job in jobs)))


async def _made(count: int, **options: Any) -> Workers:
    workers = Workers(count, **options)
    await workers.start()
    return workers


@pytest.fixture
def ask(loop: Loop) -> Iterator[Asked]:
    """The replies to jobs that are asked at once."""
    workers = loop.run(_made(1, seconds=1.0, waiting=1, target=obedient))
    yield lambda *jobs: loop.run(_replies(workers, *jobs))
    loop.run(workers.close())


def test_a_question_that_takes_too_long_is_ended_and_the_next_one_is_answered(ask: Asked) -> None:
    (before,) = ask("who")
    (late,) = ask(60)
    assert late.status == 503
    assert b"takes longer than the 1 s" in late.body
    (after,) = ask("who")
    assert after.status == 200
    assert after.body != before.body
    assert not psutil.pid_exists(int(before.body))


def test_a_worker_that_is_ended_from_outside_is_replaced_and_asked_again(ask: Asked) -> None:
    (before,) = ask("who")
    psutil.Process(int(before.body)).kill()
    (after,) = ask("who")
    assert after.status == 200
    assert after.body != before.body


def test_a_question_that_ends_every_worker_is_told_so(ask: Asked) -> None:
    (told,) = ask("die")
    assert told.status == 503
    assert b"ended from outside" in told.body
    assert ask("who")[0].status == 200


def test_when_too_many_wait_the_next_is_refused(ask: Asked) -> None:
    statuses = [reply.status for reply in ask(0.3, 0.3, 0.3)]
    assert statuses == [200, 200, 503]


def test_a_question_that_nobody_waits_for_any_more_leaves_no_answer_to_the_next(loop: Loop) -> None:
    async def scenario() -> list[Any]:
        workers = await _made(1, seconds=5, target=obedient)
        given_up = asyncio.create_task(workers.ask(3))  # type: ignore[arg-type]
        await asyncio.sleep(0.1)
        given_up.cancel()
        told = [await workers.ask("who") for _ in range(2)]  # type: ignore[arg-type]
        await workers.close()
        return told

    first, second = loop.run(scenario())
    assert first == second
    assert first.status == 200


def test_a_large_answer_comes_whole(loop: Loop) -> None:
    async def scenario() -> Any:
        workers = await _made(1, seconds=20, target=obedient)
        told = await workers.ask(b"a" * 20_000_000)  # type: ignore[arg-type]
        await workers.close()
        return told

    assert loop.run(scenario()).body == b"a" * 20_000_000


def test_all_workers_are_gone_at_the_end(loop: Loop) -> None:
    async def scenario() -> set[int]:
        workers = await _made(2, seconds=5, target=obedient)
        told = await _replies(workers, 0.2, 0.2)
        await workers.close()
        return {int(reply.body) for reply in told}

    before = loop.run(scenario())
    assert len(before) == 2
    assert not any(psutil.pid_exists(pid) for pid in before)


def test_a_body_that_cannot_be_had_is_told_at_the_start(loop: Loop) -> None:
    with pytest.raises(InvalidOntology, match="no ontology here"):
        loop.run(_made(1, seconds=1, target=bodiless))
