"""A worker: a process with a body of its own that answers one question after another."""

from __future__ import annotations

import gc
import signal
from typing import NamedTuple

from kinchain.body import Body
from kinchain.errors import KinchainError
from kinchain.server.answers import answer
from kinchain.server.channel import Line
from kinchain.server.pages import Pages
from kinchain.server.questions import ENDPOINTS, Question, read
from kinchain.server.reply import FAILED, JSON, Reply, error, tell_failure
from kinchain.views.jsonout import encoded


class Api(NamedTuple):
    """A question of the API."""

    question: Question


class Live(NamedTuple):
    """A question that a page answers, and its query string."""

    name: str
    question: Question
    query: str


class Refused(NamedTuple):
    """A question that could not be read, to be told as a page."""

    problem: KinchainError


class Site(NamedTuple):
    """A page of the site, by its folder and name."""

    folder: str
    name: str


class Files(NamedTuple):
    """The files that pages need."""


Job = Api | Live | Refused | Site | Files


class Desk:
    """Answers jobs with a body.

    >>> desk = Desk(Body.load())
    >>> desk.reply(Site("", "no_such_page")).status
    404
    """

    def __init__(self, body: Body) -> None:
        self._body = body
        self._pages = Pages(body)

    def reply(self, job: Job) -> Reply:
        """The reply to a job; what kinchain refuses is a reply too."""
        try:
            match job:
                case Api(question):
                    return Reply(200, JSON, encoded(answer(question, self._body)))
                case Live(name, question, query):
                    return self._pages.answer(name, question, query)
                case Site(folder, name):
                    return self._pages.site(folder, name)
                case Files():
                    return Reply(200, JSON, encoded(self._pages.files()))
                case Refused(problem):
                    return self._pages.error(problem)
        except KinchainError as problem:
            if isinstance(job, Api | Files):
                return error(problem)
            asked = (job.name, job.query) if isinstance(job, Live) else ()
            return self._pages.error(problem, *asked)

    def warm(self) -> None:
        """Make what the first question would have to wait for."""
        for endpoint in ENDPOINTS.values():
            self.reply(Api(read(endpoint.question, endpoint.example)))


def work(line: Line) -> None:
    """What the process of a worker does: say that it is ready, then answer until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all; the server says when the work is done
    try:
        try:
            desk = Desk(Body.load())
            desk.warm()
        except KinchainError as problem:
            line.send(error(problem))
            return
        gc.collect()
        gc.freeze()  # the body stays and need not be looked through
        line.send(Reply(200, JSON, b""))
        while True:
            line.send(_safe(desk, line.receive()))
    except (EOFError, ConnectionError):
        return


def _safe(desk: Desk, job: Job) -> Reply:
    """The reply to a job, also where the program fails."""
    try:
        return desk.reply(job)
    except Exception as failure:
        tell_failure(failure)
        return FAILED
