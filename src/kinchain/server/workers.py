"""The workers of the server: processes that answer, each with a real limit of time.

A thread may not be stopped and a search in Python holds the interpreter, so every worker is a process, and one that
takes too long is ended and replaced. A question waits until a worker is free; when too many wait, it is refused. All
that is here belongs to one event loop, which sends a worker its next question as soon as it has the last answer.
"""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import socket
from collections.abc import Callable, Coroutine
from multiprocessing.process import BaseProcess
from typing import Any

from kinchain.errors import InvalidOntology
from kinchain.server.channel import Far, Line
from kinchain.server.desk import Job, work
from kinchain.server.reply import Reply, plain_error

WAITING = 256  # so many questions wait at most
Target = Callable[[Line], None]
_START = 180.0  # seconds in which a body is there, also when it has to be built first


class Overdue(Exception):
    """A question took longer than it may."""


class Worker:
    """A process that answers; started when it is first asked, and again after it was ended.

    *target* is what the process does: say that it is ready, then answer (``desk.work``).
    """

    def __init__(self, target: Target = work) -> None:
        self._target = target
        self._process: BaseProcess | None = None
        self._far: Far

    async def start(self) -> None:
        """Have a process that is ready.

        Raises
        ------
        InvalidOntology  the body cannot be had; says why
        """
        if self._process is not None:
            return
        ours, theirs = socket.socketpair()
        with theirs:
            context = multiprocessing.get_context("spawn")  # the same on every system, and no thread is copied half
            self._process = context.Process(target=_begin, args=(self._target, theirs), daemon=True)
            self._process.start()
        self._far = await Far.over(ours)
        try:
            async with asyncio.timeout(_START):
                told: Reply = await self._far.receive()
        except BaseException as failure:
            self.end()
            if isinstance(failure, (TimeoutError, EOFError, ConnectionError)):
                raise InvalidOntology("a worker did not come up; 'kinchain build' tells why") from None
            raise
        if told.status != 200:
            self.end()
            raise InvalidOntology(str(json.loads(told.body)["error"]["message"]))

    async def ask(self, job: Job, seconds: float) -> Reply:
        """The reply to a job.

        Raises
        ------
        Overdue   it took too long; the worker was ended
        EOFError  the process was ended from outside
        """
        await self.start()
        try:
            self._far.send(job)
            async with asyncio.timeout(seconds):
                reply: Reply = await self._far.receive()
                return reply
        except BaseException as failure:
            self.end()  # half an answer may be on its way
            if isinstance(failure, TimeoutError):
                raise Overdue from None
            if isinstance(failure, ConnectionError):
                raise EOFError from None
            raise

    def end(self) -> None:
        """End the process, whatever it does."""
        if self._process is not None:
            self._far.close()
            self._process.kill()
            self._process.join()
            self._process = None


def _begin(target: Target, end: socket.socket) -> None:
    """What runs in the process of a worker."""
    target(Line(end))


class Workers:
    """Some workers, and who waits for them."""

    def __init__(self, count: int, seconds: float, waiting: int = WAITING, target: Target = work) -> None:
        self.count, self.seconds = count, seconds
        self._workers = [Worker(target) for _ in range(count)]
        self._idle: asyncio.LifoQueue[Worker] = asyncio.LifoQueue()  # the last one used has its data at hand
        self._most, self._asked = count + waiting, 0
        self._later: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Start all workers: the first one alone, since it builds the body where there is none.

        Raises
        ------
        InvalidOntology  the body cannot be had
        """
        first, *others = self._workers
        try:
            await first.start()
            await asyncio.gather(*(worker.start() for worker in others))
        except BaseException:
            await self.close()
            raise
        for worker in self._workers:
            self._idle.put_nowait(worker)

    async def ask(self, job: Job) -> Reply:
        """The reply to a job; 503 when too many wait, or when it takes longer than it may."""
        if self._asked >= self._most:
            return plain_error(503, "busy", "too many questions at once; ask again in a moment")
        self._asked += 1
        try:
            return await self._ask(await self._idle.get(), job)
        finally:
            self._asked -= 1

    async def _ask(self, worker: Worker, job: Job) -> Reply:
        try:
            reply = await _asked(worker, job, self.seconds)
        except Overdue:
            self._do_later(self._replace(worker))
            return plain_error(
                503, "overdue", f"this takes longer than the {self.seconds:g} s that a question may take; ask for less"
            )
        except InvalidOntology as problem:
            reply = plain_error(
                503, problem.kind, "the body cannot be read at present; please tell who runs the server"
            )
        except BaseException:
            self._idle.put_nowait(worker)
            raise
        self._idle.put_nowait(worker)
        return reply

    def _do_later(self, what: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(what)
        self._later.add(task)  # a task that nobody holds may vanish
        task.add_done_callback(self._later.discard)

    async def _replace(self, worker: Worker) -> None:
        try:
            await worker.start()
        except InvalidOntology:
            pass  # the next question tries again and is told
        finally:
            self._idle.put_nowait(worker)

    async def close(self) -> None:
        """End all workers; whoever is still asking gets no reply."""
        for task in self._later:
            task.cancel()
        for worker in self._workers:
            worker.end()
        await asyncio.sleep(0)  # in which their connections are let go


async def _asked(worker: Worker, job: Job, seconds: float) -> Reply:
    """The reply of a worker; one that was ended from outside is started again and asked once more."""
    try:
        return await worker.ask(job, seconds)
    except EOFError:
        try:
            return await worker.ask(job, seconds)
        except EOFError:
            return plain_error(503, "worker_ended", "the worker was ended from outside; ask again")
