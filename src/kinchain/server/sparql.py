"""SPARQL by proxy: queries go to a SPARQL 1.1 server, within bounds, and only whole results come back.

What may be asked is judged here, since the server behind would follow ``SERVICE`` to any address: updates and
federated queries are refused. Results are read as JSON or N-Triples, checked, and then written as was asked for,
because Oxigraph tells of a failure in the middle of a result with status 200.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from urllib.parse import parse_qsl

import httpx
from starlette.requests import Request

from kinchain.errors import BadQuestion, KinchainError, ServerFailed, TooSlow
from kinchain.exports import query_text
from kinchain.server import guard
from kinchain.server.reply import Reply, error, plain_error

MOST_RESULT = 16 * 2**20  # bytes
_AT_ONCE, _WAITING = 2, 32
QUERY, FORM = "application/sparql-query", "application/x-www-form-urlencoded"
_ROWS = {
    "application/sparql-results+json": "JSON",
    "application/json": "JSON",
    "application/sparql-results+xml": "XML",
    "text/csv": "CSV",
    "text/tab-separated-values": "TSV",
}
_GRAPHS = {"application/n-triples": "N_TRIPLES", "text/turtle": "TURTLE", "application/rdf+xml": "RDF_XML"}
_ESCAPED = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


class Proxy:
    """Asks a SPARQL server at *url*; *restart* is called when a query of ours cannot be stopped otherwise."""

    def __init__(self, url: str, seconds: float, restart: Callable[[], str] | None = None) -> None:
        self._url, self._seconds, self._restart = url, seconds, restart
        # A proxy that the environment names would learn what is asked.
        self._client = httpx.AsyncClient(timeout=httpx.Timeout(seconds, connect=5), trust_env=False)
        self._turn, self._asked = asyncio.Semaphore(_AT_ONCE), 0

    async def close(self) -> None:
        """Let go of the connections."""
        await self._client.aclose()

    async def answer(self, request: Request) -> Reply:
        """The reply to a request by the SPARQL 1.1 protocol."""
        try:
            query = query_text.read(await _text(request))
            _refuse_service(query.text)
            if self._asked >= _AT_ONCE + _WAITING:
                return plain_error(503, "busy", "too many questions at once; ask again in a moment")
            self._asked += 1
            try:
                async with self._turn:
                    result = await self._result(query)
            finally:
                self._asked -= 1
            kind = _accepted(request.headers.get("accept", ""), _GRAPHS if query.is_graph else _ROWS)
            return await asyncio.to_thread(_written, result, query, kind)
        except KinchainError as problem:
            return error(problem)

    async def _result(self, query: query_text.Query) -> bytes:
        """The result as the server gives it: SPARQL results JSON, or N-Triples."""
        kind = "application/n-triples" if query.is_graph else "application/sparql-results+json"
        try:
            async with asyncio.timeout(self._seconds):
                return await self._read(query.with_prefixes, kind)
        except TimeoutError:
            await self._stop()
        except httpx.TimeoutException:
            await self._stop()
        except httpx.HTTPError:
            raise ServerFailed("the SPARQL server cannot be reached; ask again in a moment") from None
        raise TooSlow(f"the query was stopped after {self._seconds:g} s; join its patterns, or add LIMIT")

    async def _read(self, text: str, kind: str) -> bytes:
        sent = {"content": text.encode(), "headers": {"content-type": QUERY, "accept": kind}}
        async with self._client.stream("POST", self._url, **sent) as response:  # type: ignore[arg-type]
            read = bytearray()
            async for part in response.aiter_bytes():
                read += part
                if len(read) > MOST_RESULT:
                    raise BadQuestion(f"the result has more than {MOST_RESULT // 2**20} MB; add LIMIT")
        if response.status_code == 400:
            raise query_text.syntax_problem(read[:400].decode("utf-8", "replace"))
        if response.status_code != 200:
            raise ServerFailed(f"the SPARQL server answered with status {response.status_code}; ask again in a moment")
        return bytes(read)

    async def _stop(self) -> None:
        if self._restart:
            self._url = await asyncio.to_thread(self._restart)


async def _text(request: Request) -> str:
    """The text of the query: in the address, in a form, or as the body."""
    if request.method == "POST":
        kind, data = await guard.body(request, (QUERY, FORM))
        try:
            text = data.decode()
        except UnicodeDecodeError:
            raise BadQuestion("the query is no UTF-8; send it as UTF-8") from None
        if kind == QUERY:
            return text
        pairs = parse_qsl(text, keep_blank_values=True)
    else:
        pairs = request.query_params.multi_items()
    queries = [value for name, value in pairs if name == "query"]
    if len(pairs) != 1 or len(queries) != 1:
        raise BadQuestion("a SPARQL request has the parameter 'query' once and no other; all is in the default graph")
    return queries[0]


def _refuse_service(text: str) -> None:
    r"""Refuse whatever might be read as SERVICE, rather too much than too little: ``\u0053ERVICE`` is the same word.

    >>> _refuse_service("SELECT * { \\u0053ervice <http://example.org/> { ?s ?p ?o } }")
    Traceback (most recent call last):
        ...
    kinchain.errors.BadQuestion: the word SERVICE may not be in a query, since it asks other servers; take it out
    """
    plain = _ESCAPED.sub(lambda code: _character(int(code[1] or code[2], 16)), text)
    if "service" in plain.lower():
        raise BadQuestion("the word SERVICE may not be in a query, since it asks other servers; take it out")


def _character(code: int) -> str:
    return chr(code) if code < 0x110000 else "?"


def _accepted(header: str, kinds: dict[str, str]) -> str:
    """The first kind of content that is accepted, in the order of the header; the usual one when none is named."""
    named = [part.partition(";")[0].strip().lower() for part in header.split(",")]
    return next((kind for kind in named if kind in kinds), next(iter(kinds)))


def _written(result: bytes, query: query_text.Query, kind: str) -> Reply:
    """A result in the format that was asked for.

    Raises
    ------
    ServerFailed  it is not whole
    """
    data = _converted(result, query.is_graph, kind)
    if data is None:
        raise ServerFailed("the SPARQL server stopped in the middle of its answer; ask for less, or add LIMIT")
    return Reply(200, kind, data)


def _converted(result: bytes, is_graph: bool, kind: str) -> bytes | None:
    """A result in another format, or nothing when it is not whole.

    All that Oxigraph makes is gone at the end, since it may not leave the thread that it was made in.
    """
    import pyoxigraph as ox

    try:
        if is_graph:
            triples = list(ox.parse(result, format=ox.RdfFormat.N_TRIPLES))
            return ox.serialize(triples, format=getattr(ox.RdfFormat, _GRAPHS[kind])) or b""
        found = ox.parse_query_results(result, format=ox.QueryResultsFormat.JSON)
        return found.serialize(format=getattr(ox.QueryResultsFormat, _ROWS[kind])) or b""
    except (SyntaxError, ValueError):
        return None
