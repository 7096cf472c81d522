"""Runs the server: workers first, then the socket is served until somebody says to end."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import FrameType

import msgspec
import uvicorn

from kinchain import locate
from kinchain.errors import BadQuestion, InvalidOntology
from kinchain.server.app import application
from kinchain.server.desk import Files
from kinchain.server.oxigraph import Oxigraph
from kinchain.server.protocol import Prompt
from kinchain.server.sparql import Proxy
from kinchain.server.workers import Workers

_MOST_HEADERS = 16_384  # bytes of a request's first line and headers
_KEPT_OPEN = 5  # seconds for which a connection stays open between two questions


@dataclass(frozen=True, slots=True)
class Options:
    """How to serve; *seconds* is what a question may take, *sparql_url* a server to ask, "own" to start one."""

    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 2
    seconds: float = 20.0
    sparql_url: str = ""
    log: bool = False
    connections: int = 512


def bound(host: str, port: int) -> socket.socket:
    """A socket that listens; port 0 takes a free one.

    Raises
    ------
    BadQuestion  the address cannot be had
    """
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(address[:2], family=family, backlog=512)
    except (OSError, OverflowError) as problem:
        reason = getattr(problem, "strerror", None) or problem
        raise BadQuestion(f"{host}:{port} cannot be had ({reason}); choose another --port or --host") from None


def serve(options: Options, *, tell: Callable[[str], None]) -> None:
    """Serve until SIGTERM or SIGINT; questions that are being answered are finished first.

    Raises
    ------
    BadQuestion      the address cannot be had
    InvalidOntology  the body cannot be had
    """
    gc.enable()  # which commands that live for a second do without
    listening = bound(options.host, options.port)
    logging.getLogger("uvicorn").setLevel(logging.CRITICAL)  # its messages may repeat what was asked
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)
    with listening, _handled(_stop):
        oxigraph = _own(options.seconds, tell) if options.sparql_url == "own" else None
        try:
            asyncio.run(_run(options, listening, oxigraph, tell))
        finally:
            if oxigraph:
                oxigraph.end()


def _own(seconds: float, tell: Callable[[str], None]) -> Oxigraph:
    """A SPARQL server of our own over the store, which is built when there is none."""
    from kinchain.body import Body
    from kinchain.exports import store

    root = locate.ontology_dir()
    oxigraph = Oxigraph(store.ensure(root, lambda: Body.load(root).model, tell), seconds)
    oxigraph.start()
    return oxigraph


async def _run(
    options: Options, listening: socket.socket, oxigraph: Oxigraph | None, tell: Callable[[str], None]
) -> None:
    workers = Workers(options.workers, options.seconds)
    await workers.start()
    try:
        files = await workers.ask(Files())
        if files.status != 200:
            raise InvalidOntology("the pages cannot be made; 'kinchain validate' tells why")
        config = uvicorn.Config(
            application(
                workers,
                msgspec.json.decode(files.body),
                proxy=_proxy(options, oxigraph),
                log=tell if options.log else None,
            ),
            http=Prompt,  # by h11, which bounds the size of headers
            ws="none",
            loop="asyncio",
            h11_max_incomplete_event_size=_MOST_HEADERS,
            limit_concurrency=options.connections,
            timeout_keep_alive=_KEPT_OPEN,
            timeout_graceful_shutdown=round(options.seconds) + 5,
            proxy_headers=False,  # nobody reads whom a proxy asked for
            access_log=False,
            log_config=None,
            server_header=False,
        )
        host, port = listening.getsockname()[:2]
        shown = f"[{host}]" if ":" in host else host
        said = f"serving on http://{shown}:{port} with {options.workers} workers; Ctrl-C ends it"
        await _Server(config, lambda: tell(said)).serve(sockets=[listening])
    finally:
        await workers.close()


def _proxy(options: Options, oxigraph: Oxigraph | None) -> Proxy | None:
    """The proxy to the SPARQL server that was named, or to our own, which is restarted to stop a query."""
    if oxigraph is None:
        return Proxy(options.sparql_url, options.seconds) if options.sparql_url else None

    def again() -> str:
        oxigraph.restart()
        return oxigraph.url

    return Proxy(oxigraph.url, options.seconds, again)


_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextlib.contextmanager
def _handled(by: Callable[[int, FrameType | None], object]) -> Iterator[None]:
    """Have signals that say to end handled in some way for a time; they come to the main thread alone."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {each: signal.signal(each, by) for each in _SIGNALS}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def _stop(number: int, _: FrameType | None) -> None:
    """End before there is anything to finish, by way of all that tidies up."""
    raise SystemExit(128 + number)


class _Server(uvicorn.Server):
    """Ends quietly: uvicorn raises the signal again when all is done, which would end the process before it tidied."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        with _handled(self.handle_exit):
            yield
