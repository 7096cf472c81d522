"""Connections: whoever asks nothing whole in time is let go, and nobody else."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection

import pytest
import uvicorn

from kinchain.server import protocol
from kinchain.server.protocol import Prompt

WHOLE = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"


async def app(_scope: object, _receive: object, send: object) -> None:
    """Answers late, so that an answer takes longer than a question may."""
    await asyncio.sleep(0.5)
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})  # type: ignore[operator]
    await send({"type": "http.response.body", "body": b"ok"})  # type: ignore[operator]


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    monkeypatch.setattr(protocol, "SECONDS", 0.2)
    server = uvicorn.Server(uvicorn.Config(app, http=Prompt, lifespan="off", timeout_keep_alive=30, log_config=None))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield listening.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join()


@pytest.mark.parametrize("said", [b"", b"GET / HT", WHOLE[:-2]])
def test_who_asks_nothing_whole_is_let_go(port: int, said: bytes) -> None:
    with socket.create_connection(("127.0.0.1", port), 20) as raw:
        raw.sendall(said)
        assert raw.recv(100) == b""


def test_an_answer_may_take_longer_and_the_connection_stays_for_the_next(port: int) -> None:
    with closing(HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
        connection.connect()
        raw = connection.sock
        for _ in range(2):
            connection.request("GET", "/")
            assert connection.getresponse().read() == b"ok"
            assert connection.sock is raw
            time.sleep(0.3)  # which is for uvicorn's own patience with connections that stay open
        raw.sendall(WHOLE[:9])
        assert raw.recv(100) == b""
