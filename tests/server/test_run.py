"""How the server begins and ends."""

from __future__ import annotations

import json
import signal
import socket
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from contextlib import closing
from http.client import HTTPConnection

import httpx
import psutil
import pytest

from tests.conftest import Run
from tests.server.conftest import Serve

LONG = {"source": "right hamstring", "target": "left humerus", "profile": ["any"], "k": 10}


def _status_and_size(asked: HTTPConnection) -> tuple[int, int]:
    with closing(asked), asked.getresponse() as answer:
        return answer.status, len(answer.read())


@pytest.mark.parametrize("number", [signal.SIGTERM, pytest.param(signal.SIGINT, marks=pytest.mark.slow)])
def test_a_signal_ends_it_when_the_last_answer_is_out(serve: Serve, number: int) -> None:
    server = serve("--workers", "1")
    children = psutil.Process(server.process.pid).children(recursive=True)
    asked = [HTTPConnection(server.url.removeprefix("http://"), timeout=60) for _ in range(4)]
    for one in asked:  # of one worker, so that the last is still waiting when the first is told
        one.request("POST", "/api/path", json.dumps(LONG), {"Content-Type": "application/json"})
    with ThreadPoolExecutor(len(asked)) as several:
        answers = [several.submit(_status_and_size, one) for one in asked]
        wait(answers, timeout=60, return_when=FIRST_COMPLETED)
        assert server.end(number) == 0
    assert {answer.result() for answer in answers} == {answers[0].result()}
    assert answers[0].result()[0] == 200
    assert [line for line in server.said if "serving on" not in line] == []
    assert psutil.wait_procs(children, timeout=20)[1] == []


@pytest.mark.slow
def test_the_sparql_server_ends_with_it_and_answers_before(serve: Serve) -> None:
    server = serve("--workers", "1", "--sparql", "--log-questions")
    query = "SELECT (COUNT(*) AS ?n) { ?s a kc:Bone ; kc:side ?side }"
    got = httpx.get(f"{server.url}/sparql", params={"query": query}, timeout=60)
    assert got.json()["results"]["bindings"][0]["n"]["value"] == "206"
    assert "/sparql" in httpx.get(f"{server.url}/openapi.json").json()["paths"]
    children = psutil.Process(server.process.pid).children(recursive=True)
    assert any("oxigraph" in child.name() for child in children)
    assert server.end() == 0
    assert psutil.wait_procs(children, timeout=20)[1] == []
    assert any("/sparql?query=" in line for line in server.said)  # it was told to


def test_a_port_that_is_taken_is_told_in_a_sentence(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = run("serve", "--port", str(taken.getsockname()[1]))
    assert done.returncode == 2
    assert "choose another --port" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--host", "no.such.host.invalid"), "cannot be had"),
        (("--sparql-url", "ftp://example.org"), "is no address"),
        (("--sparql", "--sparql-url", "http://example.org"), "choose one of them"),
    ],
)
def test_options_that_cannot_be_are_refused(run: Run, arguments: tuple[str, ...], words: str) -> None:
    done = run("serve", *arguments)
    assert done.returncode == 2
    assert words in done.stderr
