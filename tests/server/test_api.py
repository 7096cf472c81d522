"""The JSON API: the same bytes as the commands, errors as error objects, bounds, silence."""

from __future__ import annotations

import json
import socket
from typing import Any

import httpx
import pytest

from kinchain.server.questions import ENDPOINTS
from tests.cli.test_commands import valid
from tests.conftest import ROOT, Run
from tests.server.conftest import Server

SAME: list[tuple[str, dict[str, Any], tuple[str, ...]]] = [
    ("path", {"source": "right hamstring", "target": "left humerus"}, ("path", "right hamstring", "left humerus")),
    (
        "path",
        {"source": "R glute max", "target": "left lats", "profile": ["myofascial", "any"], "k": 2},
        ("path", "R glute max", "left lats", "-p", "myofascial", "-p", "any", "-k", "2"),
    ),
    ("path", {"source": "soleus", "target": "nothing such"}, ("path", "soleus", "nothing such")),
    ("path", {"source": "left patella", "target": "soleus", "profile": ["neural"]},
     ("path", "left patella", "soleus", "-p", "neural")),
    ("causes", {"site": "left knee", "with": ["at night"], "top": 4, "explain": True},
     ("causes", "left knee", "-w", "at night", "--top", "4", "--explain")),
    ("find", {"text": "TLF"}, ("find", "TLF")),
    ("show", {"structure": "pectoralis minor"}, ("show", "pectoralis minor")),
    ("show", {"structure": "lumbricals"}, ("show", "lumbricals")),
    ("around", {"structure": "left sacroiliac joint", "depth": 2, "family": ["tissue"]},
     ("around", "left sacroiliac joint", "--depth", "2", "--family", "tissue")),
    ("chains", {}, ("chain",)),
    ("chain", {"name": "left spiral line"}, ("chain", "left spiral line")),
    ("compare", {"first": "soleus"}, ("compare", "soleus")),
    ("claim", {"text": "gluteus maximus"}, ("claim", "gluteus maximus")),
]  # fmt: skip


@pytest.mark.parametrize(("name", "said", "command"), SAME, ids=lambda v: v if isinstance(v, str) else "")
def test_an_answer_has_the_bytes_of_the_command(
    client: httpx.Client, run: Run, name: str, said: dict[str, Any], command: tuple[str, ...]
) -> None:
    done = run(*command, "--json")
    got = client.get(f"/api/{name}", params=said)
    assert got.text == done.stdout
    assert (got.status_code == 200) == (done.returncode == 0)
    posted = client.post(f"/api/{name}", json=said)
    assert (posted.content, posted.status_code) == (got.content, got.status_code)


@pytest.mark.parametrize("name", ENDPOINTS)
def test_the_example_of_each_endpoint_is_answered_by_its_contract(client: httpx.Client, name: str) -> None:
    endpoint = ENDPOINTS[name]
    got = client.post(f"/api/{name}", json=dict(endpoint.example))
    assert got.status_code == 200
    assert valid(got.json(), endpoint.contract)


@pytest.mark.parametrize(
    ("path", "status", "kind"),
    [
        ("/api/path?source=soleus&target=no+such+thing", 404, "unknown_name"),
        ("/api/path?source=lumbricals&target=soleus", 422, "ambiguous_name"),
        ("/api/path?source=left+patella&target=soleus&profile=neural", 404, "no_route"),
        ("/api/path?source=soleus&target=soleus", 400, "bad_question"),
        ("/api/path?source=soleus", 400, "bad_question"),
        ("/api/path?source=soleus&target=sacrum&k=1000", 400, "bad_question"),
        ("/api/around?structure=soleus&depth=99", 400, "bad_question"),
        ("/api/find?text=%00", 400, "bad_question"),
        ("/api/find?text=" + "a" * 301, 400, "bad_question"),
        ("/api/find?text=zzzzqqqq", 404, "nothing_found"),
        ("/api/find?text=" + "a" * 5000, 414, "too_long"),
        ("/api/nothing", 404, "not_found"),
        ("/" + "a" * 5000, 414, "too_long"),
        ("/../../../../etc/passwd", 404, "not_found"),
        ("/assets/..%2f..%2fpyproject.toml", 404, "not_found"),
    ],
)
def test_what_cannot_be_answered_is_an_error_object(client: httpx.Client, path: str, status: int, kind: str) -> None:
    got = client.get(path)
    assert (got.status_code, got.json()["error"]["kind"]) == (status, kind)
    assert valid(got.json(), "error")


@pytest.mark.parametrize(
    ("sent", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"[" * 10_000, "application/json", 400),
        (b'{"text": "\\ud800"}', "application/json", 400),
        (b'{"text": "TLF"}', "text/plain", 400),
        (b'"TLF"', "application/json", 400),
        (b'{"text": "' + b"a" * 20_000 + b'"}', "application/json", 413),
    ],
)
def test_a_body_that_is_no_question_is_refused(client: httpx.Client, sent: bytes, kind: str, status: int) -> None:
    got = client.post("/api/find", content=sent, headers={"content-type": kind})
    assert got.status_code == status
    assert valid(got.json(), "error")


def test_other_methods_are_refused_with_those_that_are_not(client: httpx.Client) -> None:
    got = client.put("/api/find", json={"text": "TLF"})
    assert got.status_code == 405
    assert {"GET", "POST"} <= set(got.headers["allow"].replace(" ", "").split(","))


def test_a_body_without_end_is_cut_off(server: Server) -> None:
    host, port = server.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), 20) as raw:
        raw.sendall(b"POST /api/find HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                    b"Transfer-Encoding: chunked\r\n\r\n" + (b"4000\r\n" + b"a" * 0x4000 + b"\r\n") * 3)  # fmt: skip
        assert raw.recv(100).startswith(b"HTTP/1.1 413")


def test_headers_without_end_are_cut_off(server: Server) -> None:
    host, port = server.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), 20) as raw:
        raw.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + b"a" * 60_000)
        assert raw.recv(100).startswith(b"HTTP/1.1 400")


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/healthz",
        "/openapi.json",
        "/assets/page.css",
        "/api/find?text=TLF",
        "/api/find",
        "/nothing",
        "/muscles.html",
    ],
)
def test_every_answer_has_the_security_headers_and_names_no_server(client: httpx.Client, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-frame-options"] == "DENY"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["cache-control"] == ("no-store" if "assets" not in path else "public, max-age=3600")
    assert "server" not in headers


def test_a_file_that_the_browser_has_is_not_sent_again(client: httpx.Client) -> None:
    first = client.get("/assets/index.js")
    again = client.get("/assets/index.js", headers={"if-none-match": first.headers["etag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")


def test_the_server_says_that_it_is_well(client: httpx.Client) -> None:
    assert client.get("/healthz").json()["status"] == "ok"


def test_the_description_is_that_of_this_server(client: httpx.Client) -> None:
    told = client.get("/openapi.json").json()
    assert told["openapi"].startswith("3.1")
    assert "/sparql" not in told["paths"]
    assert client.get("/sparql?query=ASK{}").status_code == 404


def test_no_answer_holds_a_path_of_the_server(client: httpx.Client) -> None:
    for path in (
        "/",
        "/api/show?structure=soleus",
        "/api/find?text=%00",
        "/nothing",
        "/openapi.json",
        "/ask?question=x",
    ):
        text = client.get(path).text
        assert str(ROOT) not in text
        assert "site-packages" not in text
        assert "Traceback" not in text


def test_nothing_of_what_is_asked_is_said(client: httpx.Client, server: Server) -> None:
    secret = "left+knee+of+Mrs+Miller"
    client.get(f"/api/causes?site={secret}")
    client.get(f"/causes?site={secret}")
    client.post("/api/causes", json={"site": secret})
    client.get(f"/api/nothing?site={secret}")
    assert [line for line in server.said if "serving on" not in line] == []
    assert json.dumps(client.get("/healthz").json()).find("Miller") == -1
