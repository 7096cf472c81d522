"""The same answers from a real server; a whole graph given to one; and servers that are down, slow or talk nonsense."""

from __future__ import annotations

import http.server
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kinchain.body import Body
from kinchain.errors import BadQuestion, KinchainError, ServerFailed
from kinchain.exports import http as web
from kinchain.exports import library, remote, results, triples
from tests.conftest import ONTOLOGY
from tests.exports import servers

LIBRARY = library.entries(ONTOLOGY)
GRAPH = "https://w3id.org/kinchain/graph"
ALL = "SELECT * { ?s ?p ?o }"
JSON = "application/sparql-results+json"
Request = http.server.BaseHTTPRequestHandler


def ask(text: str, address: str, **options: object) -> results.Answer:
    return remote.ask(text, address, **{"seconds": 60.0, "limit": 0, **options})  # type: ignore[arg-type]


# ---------------------------------------------------------------- a real server


# These look at every connection of the body, on both sides.
HEAVY = {"contested-connections", "grades-by-relation", "relations", "weaker-than", "works-cited-most"}


@pytest.mark.parametrize(
    "name", [pytest.param(n, marks=pytest.mark.slow) if n in HEAVY else n for n in sorted(LIBRARY)]
)
def test_a_library_query_has_the_same_answer_embedded_and_served(
    name: str, embedded: Callable[[str], results.Answer], served: str
) -> None:
    here = embedded(name)
    there = ask(LIBRARY[name].text, f"{served}/query")
    assert there.variables == here.variables
    assert there.rows == here.rows


def test_triples_and_truths_come_from_a_server_too(served: str) -> None:
    assert ask('ASK { body:sacrum kc:side "median" }', f"{served}/query").truth is True
    found = ask("CONSTRUCT { body:soleus kc:origin ?o } WHERE { body:soleus kc:origin ?o }", f"{served}/query")
    assert found.triples
    assert {triple.subject.value for triple in found.triples} == {"https://w3id.org/kinchain/body/soleus"}


def test_a_limit_cuts_what_a_server_answers(served: str) -> None:
    found = ask("SELECT ?m { ?m a kc:Muscle }", f"{served}/query", limit=5)
    assert (len(found.rows), found.cut) == (5, True)


def test_a_server_that_finds_the_query_wrong_is_quoted(served: str) -> None:
    with pytest.raises(BadQuestion, match=r"does not accept the query \(400"):
        ask("SELECT * { ?s nowhere:x ?o }", f"{served}/query")


@pytest.mark.parametrize(("path", "words"), [("/nowhere", "is not the address that is meant"), ("/store", "refuses")])
def test_the_wrong_address_of_a_real_server_is_told_apart(path: str, words: str, served: str) -> None:
    with pytest.raises(ServerFailed, match=words):
        ask(ALL, served + path)


def test_a_graph_goes_to_no_wrong_address(empty_server: str) -> None:
    with pytest.raises(ServerFailed, match="is not the address that is meant"):
        remote.put([], f"{empty_server}/nowhere")


def given_back(address: str, graph: str) -> list[ox.Triple]:
    reply = web.exchange(
        "GET", f"{address}/store?graph={graph}", seconds=60, headers={"Accept": "application/n-triples"}
    )
    return [ox.Triple(q.subject, q.predicate, q.object) for q in ox.parse(reply.body, ox.RdfFormat.N_TRIPLES)]


def test_a_graph_is_replaced_whole_and_reads_back_the_same(small: Body, mini: Path, empty_server: str) -> None:
    graph = "https://example.org/whole"
    stray = ox.Triple(ox.NamedNode("ex:old"), ox.NamedNode("ex:old"), ox.Literal("old"))
    assert remote.put([stray], f"{empty_server}/store", graph=graph) == 1
    written = list(triples.walkable(small.model, mini))
    assert remote.put(iter(written), f"{empty_server}/store", graph=graph) == len(written)
    back = given_back(empty_server, graph)
    assert len(back) == len(written)
    assert stray not in back
    assert triples.counted(back) == triples.counted(written)


def test_named_graphs_do_not_mix_and_the_default_graph_is_another(empty_server: str) -> None:
    def one(name: str) -> ox.Triple:
        return ox.Triple(ox.NamedNode(f"ex:{name}"), ox.NamedNode("ex:p"), ox.Literal(name))

    for name in ("one", "two"):
        remote.put([one(name)], f"{empty_server}/store", graph=f"https://example.org/{name}")
    remote.put([one("default")], f"{empty_server}/store")
    asked = "SELECT ?o { ?s ex:p ?o }".replace("ex:p", "<ex:p>")
    assert ask(asked, f"{empty_server}/query", graph="https://example.org/two").cells() == [("two",)]
    assert ask(asked, f"{empty_server}/query").cells() == [("default",)]


def test_a_load_that_breaks_off_leaves_the_old_graph(empty_server: str) -> None:
    def broken() -> Iterator[ox.Triple]:
        for number in range(50_000):
            yield ox.Triple(ox.NamedNode("ex:new"), ox.NamedNode("ex:p"), ox.Literal(number))
        raise BadQuestion("the source of the triples failed")

    graph = "https://example.org/kept"
    remote.put(
        [ox.Triple(ox.NamedNode("ex:old"), ox.NamedNode("ex:p"), ox.Literal("old"))],
        f"{empty_server}/store",
        graph=graph,
    )
    with pytest.raises(BadQuestion, match="source of the triples"):
        remote.put(broken(), f"{empty_server}/store", graph=graph)
    assert [t.subject.value for t in given_back(empty_server, graph)] == ["ex:old"]


@pytest.mark.slow
def test_everything_goes_to_a_server_and_every_library_query_has_the_same_answer_there(
    body: Body, triple_store: Path, embedded: Callable[[str], results.Answer]
) -> None:
    with servers.oxigraph("serve") as address:
        sent = remote.put(triples.walkable(body.model, ONTOLOGY), f"{address}/store", graph=GRAPH)
        assert sent == len(ox.Store.read_only(str(triple_store)))
        for name, entry in LIBRARY.items():
            here = embedded(name)
            there = ask(entry.text, f"{address}/query", graph=GRAPH)
            assert Counter(there.cells()) == Counter(here.cells()), name


# ---------------------------------------------------------------- servers that fail


def refused(answer: Callable[[Request], None], words: str, *, seconds: float = 30.0, path: str = "/query") -> None:
    """Both ways to use a server end in one sentence with these words."""
    with servers.answering(answer) as address:
        with pytest.raises(KinchainError, match=words) as asked:
            ask(ALL, address + path, seconds=seconds)
        assert "\n" not in asked.value.message


def test_nobody_listens() -> None:
    address = f"http://127.0.0.1:{servers.free_port()}/query"
    with pytest.raises(ServerFailed, match="nobody listens there"):
        ask(ALL, address)
    with pytest.raises(ServerFailed, match="nobody listens there"):
        remote.put([], address)


def test_no_such_host() -> None:
    with pytest.raises(ServerFailed, match="cannot be reached"):
        ask(ALL, "http://nowhere.invalid/query")


def test_html_instead_of_results() -> None:
    page = b"<html><body>Welcome to our portal</body></html>"
    refused(servers.saying(200, "text/html", page), "answers 'text/html', which is no SPARQL result")


def test_csv_is_no_answer_since_it_has_lost_the_terms() -> None:
    refused(servers.saying(200, "text/csv", b"s,p,o\r\n"), "which is no SPARQL result")


@pytest.mark.parametrize(
    ("status", "words"),
    [(500, "failed .500"), (503, "failed .503"), (401, "wants to know who asks"), (403, "refuses .403")],
)
def test_an_error_status_is_told_with_the_server_s_words(status: int, words: str) -> None:
    page = b"<html><script>alert(1)</script><h1>Out of \x1b[31mcoffee</h1></html>"
    with servers.answering(servers.saying(status, "text/html", page)) as address:
        with pytest.raises(ServerFailed, match=words) as problem:
            ask(ALL, address)
        assert "Out of [31mcoffee" in problem.value.message.replace("  ", " ")
        with pytest.raises(ServerFailed, match=words):
            remote.put([], address)


@pytest.mark.parametrize(
    "body", [b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":', b"not JSON", b"\xff\xfe", b"", b'{"head":{}}']
)
def test_a_damaged_answer(body: bytes) -> None:
    refused(servers.saying(200, JSON, body), "is damaged or broke off")


def test_an_answer_that_breaks_off() -> None:
    refused(servers.saying(200, JSON, b'{"head":', length=1000), "broke off in the middle")


def test_a_server_that_hangs_up_at_once() -> None:
    refused(lambda request: request.connection.close(), "broke off")


def test_a_server_that_never_answers() -> None:
    ended = threading.Event()
    try:
        refused(lambda _: ended.wait(30) and None, "is too slow", seconds=0.5)
    finally:
        ended.set()


def test_a_server_that_sends_a_byte_now_and_then() -> None:
    def drip(request: Request) -> None:
        request.send_response(200)
        request.send_header("Content-Type", JSON)
        request.send_header("Content-Length", "100000")
        request.end_headers()
        for _ in range(200):
            request.wfile.write(b" ")
            request.wfile.flush()
            time.sleep(0.05)

    refused(drip, "is too slow: no whole answer in 0.5 s", seconds=0.5)


def test_an_answer_without_end_is_bounded() -> None:
    def endless(request: Request) -> None:
        request.send_response(200)
        request.send_header("Content-Type", JSON)
        request.end_headers()
        while True:
            request.wfile.write(b" " * 65_536)

    with servers.answering(endless) as address, pytest.raises(ServerFailed, match="answers more than 1 MB"):
        web.exchange("POST", address, seconds=30, largest=2**20)


def test_a_server_that_sends_on_for_ever() -> None:
    refused(servers.saying(302, "text/html", b"", headers={"Location": "/again"}), "sends on from one address")


def test_a_load_that_is_too_slow_stops_sending() -> None:
    sent: list[int] = []

    def endless() -> Iterator[ox.Triple]:
        number = 0
        while True:
            sent.append(number)
            yield ox.Triple(ox.NamedNode("ex:s"), ox.NamedNode("ex:p"), ox.Literal(number))
            number += 1

    def swallow(request: Request) -> None:
        while request.rfile.read(65_536):
            pass

    with servers.answering(swallow) as address:
        with pytest.raises(ServerFailed, match="too slow"):
            remote.put(endless(), address, seconds=0.5)
        _settled(sent)


def _settled(sent: list[int]) -> None:
    """Wait until nothing more is sent; fails by never ending within the patience of pytest's own run."""
    for _ in range(600):
        before = len(sent)
        time.sleep(0.1)
        if len(sent) == before:
            return
    pytest.fail("triples are still being sent")


# ---------------------------------------------------------------- addresses


@pytest.mark.parametrize(
    "url",
    ["", "localhost:7878/query", "ftp://localhost/", "file:///etc/passwd", "http://", "http://a b/", "http://h:x/"],
)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(BadQuestion, match=r"is no (http or https )?URL"):
        ask(ALL, url)


@pytest.mark.parametrize("graph", ["graph", "http://a b", "ex:<x>", "ex:\n"])
def test_what_is_no_graph_is_refused(graph: str) -> None:
    with pytest.raises(BadQuestion, match="is no IRI of a graph"):
        ask(ALL, "http://127.0.0.1:1/", graph=graph)


def test_a_password_goes_to_the_server_and_into_no_message() -> None:
    seen: list[str | None] = []

    def answer(request: Request) -> None:
        seen.append(request.headers.get("Authorization"))
        servers.saying(500, "text/plain", b"no")(request)

    with servers.answering(answer) as address, pytest.raises(ServerFailed) as problem:
        ask(ALL, address.replace("http://", "http://me:s%20ecret@"))
    assert seen == ["Basic bWU6cyBlY3JldA=="]
    assert "ecret" not in problem.value.message


def test_an_update_goes_to_no_server() -> None:
    asked: list[str] = []
    with servers.answering(lambda request: asked.append(request.path)) as address:
        with pytest.raises(BadQuestion, match="only reads"):
            ask("DROP ALL", address)
        with pytest.raises(BadQuestion, match="asks another server"):
            ask("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", address)
    assert not asked
