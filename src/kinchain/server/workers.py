"""The workers of the server: processes that answer, each with a real limit of time.

A thread may not be stopped and a search in Python holds the interpreter, so every worker is a process, and one that
takes too long is ended and replaced. A question waits until a worker is free; when too many wait, it is refused.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import queue
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from kinchain.errors import InvalidOntology
from kinchain.server.desk import Job, work
from kinchain.server.reply import Reply, plain_error

WAITING = 256  # so many questions wait at most
Target = Callable[[Connection], None]
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
        self._connection: Connection

    def start(self) -> None:
        """Have a process that is ready.

        Raises
        ------
        InvalidOntology  the body cannot be had; says why
        """
        if self._process is not None and self._process.is_alive():
            return
        context = multiprocessing.get_context("spawn")  # the same on every system, and no thread is copied half
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=self._target, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()
        try:
            told: Reply = self._receive(_START)
        except (Overdue, EOFError):
            self.end()
            raise InvalidOntology("a worker did not come up; 'kinchain build' tells why") from None
        if told.status != 200:
            self.end()
            raise InvalidOntology(_message(told))

    def ask(self, job: Job, seconds: float) -> Reply:
        """The reply to a job.

        Raises
        ------
        Overdue   it took too long; the worker was ended
        EOFError  the process was ended from outside
        """
        self.start()
        try:
            self._connection.send(job)
            return self._receive(seconds)
        except (Overdue, EOFError, BrokenPipeError, ConnectionResetError) as failure:
            self.end()
            raise (failure if isinstance(failure, Overdue) else EOFError()) from None

    def _receive(self, seconds: float) -> Reply:
        if not self._connection.poll(seconds):
            raise Overdue
        reply: Reply = self._connection.recv()
        return reply

    def end(self) -> None:
        """End the process, whatever it does."""
        if self._process is not None:
            self._connection.close()
            self._process.kill()
            self._process.join()
            self._process = None


class Workers:
    """Some workers, and who waits for them."""

    def __init__(self, count: int, seconds: float, waiting: int = WAITING, target: Target = work) -> None:
        self.count, self.seconds, self._target = count, seconds, target
        self._idle: queue.LifoQueue[Worker] = queue.LifoQueue()  # the last one used has its data at hand
        self._threads = ThreadPoolExecutor(count, "worker")
        self._most, self._asked = count + waiting, 0

    def start(self) -> None:
        """Start all workers: the first one alone, since it builds the body where there is none.

        Raises
        ------
        InvalidOntology  the body cannot be had
        """
        workers = [Worker(self._target) for _ in range(self.count)]
        try:
            workers[0].start()
            list(self._threads.map(Worker.start, workers[1:]))
        except InvalidOntology:
            for worker in workers:
                worker.end()
            raise
        for worker in workers:
            self._idle.put(worker)

    async def ask(self, job: Job) -> Reply:
        """The reply to a job; 503 when too many wait, or when it takes longer than it may."""
        if self._asked >= self._most:
            return plain_error(503, "busy", "too many questions at once; ask again in a moment")
        self._asked += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, self._ask, job)
        finally:
            self._asked -= 1

    def _ask(self, job: Job) -> Reply:
        worker = self._idle.get()
        try:
            reply = _asked(worker, job, self.seconds)
        except Overdue:
            self._threads.submit(self._replace, worker)
            return plain_error(
                503, "overdue", f"this takes longer than the {self.seconds:g} s that a question may take; ask for less"
            )
        except InvalidOntology as problem:
            reply = plain_error(
                503, problem.kind, "the body cannot be read at present; please tell who runs the server"
            )
        self._idle.put(worker)
        return reply

    def _replace(self, worker: Worker) -> None:
        try:
            worker.start()
        except InvalidOntology:
            pass  # the next question tries again and is told
        finally:
            self._idle.put(worker)

    def close(self) -> None:
        """End all workers; whoever is still asking gets no reply."""
        self._threads.shutdown(wait=True, cancel_futures=True)
        while not self._idle.empty():
            self._idle.get().end()


def _asked(worker: Worker, job: Job, seconds: float) -> Reply:
    """The reply of a worker; one that was ended from outside is started again and asked once more."""
    try:
        return worker.ask(job, seconds)
    except EOFError:
        try:
            return worker.ask(job, seconds)
        except EOFError:
            return plain_error(503, "worker_ended", "the worker was ended from outside; ask again")


def _message(told: Reply) -> str:
    import json

    return str(json.loads(told.body)["error"]["message"])
