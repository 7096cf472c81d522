"""The application: which address is answered by what."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from html import escape

import msgspec
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kinchain import __version__
from kinchain.errors import BadQuestion, NothingFound
from kinchain.server import guard
from kinchain.server.desk import Api, Job, Live, Refused, Site
from kinchain.server.guard import Guard, TooLarge, TooSlow, response
from kinchain.server.openapi import description
from kinchain.server.pages import PAGES
from kinchain.server.questions import ENDPOINTS, Endpoint, Question, from_query, read
from kinchain.server.reply import HTML, JSON, Reply, error, plain_error
from kinchain.server.sparql import Proxy
from kinchain.server.workers import Workers
from kinchain.views.jsonout import encoded

_TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "csv": "text/csv; charset=utf-8"}
_KEPT = "public, max-age=3600"  # files are the same for everybody and tell nothing of a question


def application(
    workers: Workers,
    files: Mapping[str, str],
    *,
    proxy: Proxy | None = None,
    log: Callable[[str], None] | None = None,
) -> Guard:
    """The application over some workers, with the *files* that pages need."""
    api = [
        Route(f"/api/{each.name}", _api(workers, each), methods=["GET", "POST"], name=each.name)
        for each in ENDPOINTS.values()
    ]
    live = [Route(f"/{name}", _live(workers, name, question)) for name, question in PAGES.items()]
    held = {path: _file(path, text) for path, text in files.items()}
    told = encoded(description(sparql=proxy is not None))
    healthy = encoded({"status": "ok", "version": __version__, "workers": workers.count})

    async def file(request: Request) -> Response:
        return held[request.url.path[1:]](request)

    async def openapi(_: Request) -> Response:
        return response(Reply(200, JSON, told))

    async def healthz(_: Request) -> Response:
        return response(Reply(200, JSON, healthy))

    async def icon(_: Request) -> Response:
        return Response(status_code=204, headers={"cache-control": _KEPT})

    async def site(request: Request) -> Response:
        given = request.path_params
        return _page(await workers.ask(Site(given.get("folder", ""), given.get("name", "index"))))

    async def sparql(request: Request) -> Response:
        assert proxy is not None
        return await bounded(proxy.answer(request))

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        if proxy:
            await proxy.close()

    routes = [
        *api,
        *([Route("/sparql", sparql, methods=["GET", "POST"])] if proxy else []),
        Route("/healthz", healthz),
        Route("/openapi.json", openapi),
        *live,
        *(Route(f"/{path}", file) for path in held),
        Route("/favicon.ico", icon),
        Route("/", site),
        Route("/{name}.html", site),
        Route("/{folder}/{name}.html", site),
    ]
    handlers = {HTTPException: _not_there(workers)}
    return Guard(Starlette(routes=routes, exception_handlers=handlers, lifespan=lifespan), log=log)


def _api(workers: Workers, endpoint: Endpoint) -> Callable[[Request], object]:
    async def answered(request: Request) -> Reply:
        try:
            question = await _question(request, endpoint.question)
        except BadQuestion as problem:
            return error(problem)
        return await workers.ask(Api(question))

    async def answer(request: Request) -> Response:
        return await bounded(answered(request))

    return answer


async def _question(request: Request, question: type[Question]) -> Question:
    if request.method != "POST":
        return from_query(question, request.query_params.multi_items())
    _, data = await guard.body(request, (JSON,))
    try:
        said = msgspec.json.decode(data)
    except (msgspec.DecodeError, RecursionError):
        raise BadQuestion("the body is no JSON; send an object with the parameters by name") from None
    return read(question, said)


async def bounded(answering: object) -> Response:
    """A reply as a response, also where the body was too large or did not come."""
    try:
        return response(await answering)  # type: ignore[misc]
    except TooLarge as limit:
        return response(plain_error(413, "too_large", f"the body has more than {limit.args[0]} bytes; send less"))
    except TooSlow:
        return response(plain_error(408, "too_slow", "the body did not come in time; send it again"))


def _live(workers: Workers, name: str, kind: type[Question]) -> Callable[[Request], object]:
    async def page(request: Request) -> Response:
        job: Job
        try:
            question = from_query(kind, request.query_params.multi_items())
            job = Live(name, question, request.url.query)
        except BadQuestion as problem:
            job = Refused(problem)
        return _page(await workers.ask(job))

    return page


def _page(reply: Reply) -> Response:
    """A page; what is no page since no worker could make one is told as one."""
    if reply.content_type == JSON:
        message = msgspec.json.decode(reply.body)["error"]["message"]
        text = (
            f"<!doctype html><html lang='en'><title>kinchain</title><h1>No answer at present</h1><p>{escape(message)}"
        )
        reply = reply._replace(content_type=HTML, body=text.encode())
    return response(reply)


def _file(path: str, text: str) -> Callable[[Request], Response]:
    """What answers with a file, or with 304 to a browser that has it already."""
    data = text.encode()
    mark = f'"{hashlib.sha256(data).hexdigest()[:16]}"'
    headers = {"etag": mark, "cache-control": _KEPT}
    kind = _TYPES[path.rsplit(".", 1)[1]]

    def answer(request: Request) -> Response:
        if request.headers.get("if-none-match") == mark:
            return Response(status_code=304, headers=headers)
        return Response(data, headers=headers, media_type=kind)

    return answer


def _not_there(workers: Workers) -> Callable[[Request, Exception], Awaitable[Response]]:
    """What answers where nothing is: a page for a browser, an error object for a program."""

    async def answer(request: Request, problem: Exception) -> Response:
        assert isinstance(problem, HTTPException)
        asked = request.headers.get("accept", "")
        if problem.status_code == 404 and "text/html" in asked and not request.url.path.startswith("/api/"):
            return _page(await workers.ask(Refused(NothingFound("there is no such page; search from the first one"))))
        kinds = {404: ("not_found", "there is no such address; /openapi.json lists those of the API, / is for people"),
                 405: ("not_allowed", "this address does not take this method; ask by GET or POST")}  # fmt: skip
        kind, message = kinds.get(problem.status_code, ("refused", "the request was refused"))
        told = response(plain_error(problem.status_code, kind, message))
        told.headers.update(problem.headers or {})
        return told

    return answer
