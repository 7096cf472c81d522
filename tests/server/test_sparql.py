"""SPARQL by proxy over a small store: whole results, bounds, nothing written, nobody else asked."""

from __future__ import annotations

import socket
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import psutil
import pyoxigraph as ox
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.routing import Route

from kinchain.errors import MissingLibrary
from kinchain.server import oxigraph as oxigraphs
from kinchain.server import sparql
from kinchain.server.app import bounded
from kinchain.server.guard import Guard
from kinchain.server.oxigraph import Oxigraph
from kinchain.server.sparql import Proxy

ALL = "SELECT ?s ?o { ?s ?p ?o } ORDER BY ?o"


@contextmanager
def hosted(proxy: Proxy) -> Iterator[httpx.Client]:
    """A client of a server that has the proxy alone."""

    async def answer(request: Any) -> Any:
        return await bounded(proxy.answer(request))

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        await proxy.close()

    app = Guard(Starlette(routes=[Route("/sparql", answer, methods=["GET", "POST"])], lifespan=lifespan))
    server = uvicorn.Server(uvicorn.Config(app, http="h11", log_config=None))
    listening = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        with httpx.Client(base_url=url, timeout=30, trust_env=False) as client:
            yield client
    finally:
        server.should_exit = True
        thread.join()
        listening.close()


@pytest.fixture(scope="module")
def child(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Oxigraph]:
    folder = tmp_path_factory.mktemp("store")
    store = ox.Store(str(folder))
    things = [ox.NamedNode(f"https://w3id.org/kinchain/body/thing{n}") for n in range(300)]
    label = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    store.extend(ox.Quad(each, label, ox.Literal(f"thing {n:03}")) for n, each in enumerate(things))
    store.flush()
    del store
    running = Oxigraph(folder, seconds=2)
    running.start()
    yield running
    running.end()


@pytest.fixture
def client(child: Oxigraph) -> Iterator[httpx.Client]:
    def again() -> str:
        child.restart()
        return child.url

    with hosted(Proxy(child.url, 2.0, again)) as found:
        yield found


def test_a_query_is_answered_in_each_way_of_the_protocol(client: httpx.Client) -> None:
    query = ALL + " LIMIT 2"
    told = [
        client.get("/sparql", params={"query": query}),
        client.post("/sparql", data={"query": query}),
        client.post("/sparql", content=query, headers={"content-type": "application/sparql-query"}),
    ]
    assert {each.status_code for each in told} == {200}
    assert len({each.content for each in told}) == 1
    assert told[0].headers["content-type"] == "application/sparql-results+json"
    assert [b["o"]["value"] for b in told[0].json()["results"]["bindings"]] == ["thing 000", "thing 001"]


@pytest.mark.parametrize(
    ("query", "accept", "kind", "begins"),
    [
        (ALL, "text/csv", "text/csv", b"s,o\r\nhttps://w3id.org/kinchain/body/thing0,thing 000"),
        (ALL, "text/tab-separated-values, */*;q=0.1", "text/tab-separated-values", b"?s\t?o\n"),
        (ALL, "application/sparql-results+xml", "application/sparql-results+xml", b"<?xml"),
        ("ASK { body:thing1 ?p ?o }", "*/*", "application/sparql-results+json", b'{"head":{},"boolean":true}'),
        ("DESCRIBE body:thing1", "", "application/n-triples", b"<https://w3id.org/kinchain/body/thing1>"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "text/turtle", "text/turtle", b"<https://w3id.org/kinchain/body/thing"),
    ],
)
def test_a_result_comes_in_the_format_that_is_accepted(
    client: httpx.Client, query: str, accept: str, kind: str, begins: bytes
) -> None:
    got = client.get("/sparql", params={"query": query}, headers={"accept": accept})
    assert got.status_code == 200
    assert got.headers["content-type"].split(";")[0] == kind
    assert got.content.startswith(begins)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "empty"),
        ("SELECT * { ?s ?p }", "line 1"),
        ("INSERT DATA { <a:a> <a:b> <a:c> }", "INSERT changes data"),
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "SERVICE"),
        ("SELECT * { \\u0053ERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "SERVICE"),
        ("SELECT * { ?s ?p 1SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "SERVICE"),
        ("SELECT * { ?s ?p ?o } #" + "a" * 17_000, "more than"),
    ],
)
def test_what_may_not_be_asked_is_refused_in_a_sentence(client: httpx.Client, query: str, words: str) -> None:
    got = client.post("/sparql", content=query, headers={"content-type": "application/sparql-query"})
    assert got.status_code in (400, 413)
    assert words in got.json()["error"]["message"]


def test_other_parameters_of_the_protocol_are_refused(client: httpx.Client) -> None:
    got = client.get("/sparql", params={"query": ALL, "default-graph-uri": "http://example.org/"})
    assert got.status_code == 400


def test_a_query_that_cannot_be_stopped_is_stopped_and_the_next_is_answered(client: httpx.Client) -> None:
    product = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o }"
    got = client.get("/sparql", params={"query": product})
    assert got.status_code == 503
    assert got.json()["error"]["kind"] in ("too_slow", "server_failed")
    assert client.get("/sparql", params={"query": ALL}).status_code == 200


def test_a_result_that_is_too_large_is_refused(client: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sparql, "MOST_RESULT", 10_000)
    got = client.get("/sparql", params={"query": ALL})
    assert got.status_code == 400
    assert "add LIMIT" in got.json()["error"]["message"]


@pytest.mark.parametrize("torn", [b'{"head":{"vars":["s"]},"results":{"bindings":[The query was cancelled', b""])
def test_half_a_result_is_no_result(torn: bytes) -> None:
    """Oxigraph tells of a failure in the middle of a result with status 200."""

    class Torn(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(torn)

        def log_message(self, *_: Any) -> None: ...

    upstream = ThreadingHTTPServer(("127.0.0.1", 0), Torn)
    thread = threading.Thread(target=upstream.serve_forever, daemon=True)
    thread.start()
    with hosted(Proxy(f"http://127.0.0.1:{upstream.server_port}/query", 5.0)) as client:
        got = client.get("/sparql", params={"query": ALL})
    upstream.shutdown()
    upstream.server_close()
    assert got.status_code == 503
    assert "in the middle" in got.json()["error"]["message"]


def test_a_server_that_is_not_there_is_told(tmp_path: Path) -> None:
    with hosted(Proxy("http://127.0.0.1:9/query", 5.0)) as client:
        got = client.get("/sparql", params={"query": ALL})
    assert (got.status_code, got.json()["error"]["kind"]) == (503, "server_failed")


def test_no_proxy_of_the_environment_learns_what_is_asked(child: Oxigraph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    with hosted(Proxy(child.url, 5.0)) as client:
        assert client.get("/sparql", params={"query": ALL}).status_code == 200


def test_the_child_writes_nothing_and_ends(tmp_path: Path) -> None:
    ox.Store(str(tmp_path)).flush()
    running = Oxigraph(tmp_path, seconds=1)
    running.start()
    update = running.url.replace("/query", "/update")
    refused = httpx.post(update, content="CLEAR ALL", headers={"content-type": "application/sparql-update"})
    assert refused.status_code == 403
    children = [c for c in psutil.Process().children() if "oxigraph" in c.name()]
    running.end()
    assert not any(c.is_running() and str(tmp_path) in " ".join(c.cmdline()) for c in children)


def test_without_the_program_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(oxigraphs.shutil, "which", lambda *_, **__: None)
    with pytest.raises(MissingLibrary, match=r"pip install 'kinchain\[server\]'"):
        Oxigraph(tmp_path, 1).start()
