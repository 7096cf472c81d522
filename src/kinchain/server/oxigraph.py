"""The SPARQL server behind the proxy: ``oxigraph serve-read-only`` on a free loopback port, a child of the server."""

from __future__ import annotations

import contextlib
import shutil
import socket
import subprocess
import sysconfig
import time
from pathlib import Path

from kinchain.errors import MissingLibrary, ServerFailed

_START = 20.0  # seconds
_TRIES = 3  # a port that was free may be taken a moment later


class Oxigraph:
    """A child process that answers SPARQL over a store, and writes nothing: neither to the store nor to a log."""

    def __init__(self, database: Path, seconds: float) -> None:
        self._database, self._seconds = database, seconds
        self._child: subprocess.Popen[bytes] | None = None
        self.url = ""

    def start(self) -> None:
        """Have a child that answers; *url* is where.

        Raises
        ------
        MissingLibrary  there is no oxigraph here
        ServerFailed    it does not come up
        """
        program = _program()
        for _ in range(_TRIES):
            port = _free_port()
            self._child = subprocess.Popen(
                [program, "serve-read-only", "--location", str(self._database), "--bind", f"127.0.0.1:{port}",
                 "--timeout-s", str(max(1, round(self._seconds)))],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,  # it would repeat what was asked
                start_new_session=True,  # Ctrl-C is for the server, which ends its child when the last answer is out
            )  # fmt: skip
            if self._answers(port):
                self.url = f"http://127.0.0.1:{port}/query"
                return
            self.end()
        raise ServerFailed("the SPARQL server did not come up; leave --sparql away, or give --sparql-url")

    def _answers(self, port: int) -> bool:
        assert self._child is not None
        until = time.monotonic() + _START
        while self._child.poll() is None and time.monotonic() < until:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                return True
            time.sleep(0.05)
        return False

    def end(self) -> None:
        """End the child, whatever it does."""
        if self._child is None:
            return
        self._child.terminate()
        try:
            self._child.wait(2)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()
        self._child = None

    def restart(self) -> None:
        """End the child with the queries that it cannot stop, and have a new one."""
        self.end()
        self.start()


def _program() -> str:
    """Where the program of the package oxigraph is: beside this Python, or on the path."""
    found = shutil.which("oxigraph", path=sysconfig.get_path("scripts")) or shutil.which("oxigraph")
    if not found:
        raise MissingLibrary("SPARQL needs the program oxigraph; pip install 'kinchain[server]' brings it")
    return found


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
