"""The real server in a process of its own, asked over loopback."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import httpx
import pytest

from kinchain.body import Body


@dataclass
class Server:
    """A server that runs: where it is, and what it has said on standard error."""

    process: subprocess.Popen[str]
    said: list[str] = field(default_factory=list)
    url: str = ""

    def listen(self) -> None:
        """Collect what it says, and wait until it says where it serves."""
        ready = threading.Event()

        def collect() -> None:
            assert self.process.stderr is not None
            for line in self.process.stderr:
                self.said.append(line)
                found = re.search(r"serving on (http://\S+)", line)
                if found:
                    self.url = found[1]
                    ready.set()
            ready.set()

        self._thread = threading.Thread(target=collect, daemon=True)
        self._thread.start()
        assert ready.wait(180)
        assert self.url, "".join(self.said)

    def end(self, number: int = signal.SIGTERM) -> int:
        """Say that it should end, and wait until it has; the exit status."""
        self.process.send_signal(number)
        status = self.process.wait(60)
        self._thread.join(10)
        return status

    def away(self) -> None:
        """End it at once, if it is still there."""
        self.process.kill()
        self.process.wait()
        self._thread.join(10)
        assert self.process.stderr is not None
        self.process.stderr.close()


Serve = Callable[..., Server]


def started(*arguments: str) -> Server:
    """A server on a free port."""
    command = [sys.executable, "-m", "kinchain", "serve", "--port", "0", *arguments]
    server = Server(subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True))
    server.listen()
    return server


@pytest.fixture(scope="session")
def server(body: Body) -> Iterator[Server]:
    """One server for all tests, which leave it as they found it; *body* comes first, so that it is compiled."""
    running = started("--workers", "1")
    yield running
    running.away()


@pytest.fixture(scope="session")
def client(server: Server) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.url, timeout=60) as found:
        yield found


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Start servers, which are gone when the test ends."""
    running: list[Server] = []

    def start(*arguments: str) -> Server:
        running.append(started(*arguments))
        return running[-1]

    yield start
    for each in running:
        each.away()
