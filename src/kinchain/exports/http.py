"""Ask a server over HTTP, within a time and a size; whatever goes wrong becomes one sentence.

httpx bounds each step of an exchange. A server that sends a byte now and then, or a name that is never resolved,
would still hold everything up: so the whole runs in a thread that is waited for no longer than the time allows.
"""

from __future__ import annotations

import base64
import re
import socket
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit, urlunsplit

from kinchain.errors import BadQuestion, MissingLibrary, ServerFailed

LARGEST = 256 * 2**20  # bytes of an answer
_CHUNK = 2**16
_REDIRECTS = 3


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered."""

    status: int
    reason: str
    media_type: str
    body: bytes


def exchange(
    method: str,
    url: str,
    *,
    seconds: float,
    parameters: str = "",
    body: bytes | Iterable[bytes] | None = None,
    headers: Mapping[str, str] | None = None,
    largest: int = LARGEST,
) -> Reply:
    """One request and its answer; *parameters*, encoded, are added to the URL.

    A user name and password in the URL are sent as such (basic authentication) and told to nobody else.

    Raises
    ------
    BadQuestion     the URL is none that HTTP can ask
    ServerFailed    nobody listens, the server is too slow, breaks off, or answers more than *largest* bytes
    MissingLibrary  httpx is not installed
    """
    target, credentials = _address(url)
    if parameters:
        target += ("&" if urlsplit(target).query else "?") + parameters
    sent = {"User-Agent": "kinchain", **(headers or {}), **credentials}
    return _within(seconds, shown(url), lambda stop: _exchange(method, target, seconds, body, sent, largest, stop))


def shown(url: str) -> str:
    """A URL without its password, for messages.

    >>> shown("http://me:secret@localhost:7878/store")
    'http://localhost:7878/store'
    """
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def _address(url: str) -> tuple[str, dict[str, str]]:
    """The URL to ask, and the header that says who asks."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise BadQuestion(f"'{url[:200]}' is no URL ({error}); write one such as http://localhost:7878/query") from None
    if parts.scheme not in ("http", "https") or not parts.hostname or re.search(r"[\x00-\x20]", url):
        raise BadQuestion(f"'{url[:200]}' is no http or https URL; write one such as http://localhost:7878/query")
    if not parts.username:
        return shown(url), {}
    who = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
    return shown(url), {"Authorization": f"Basic {base64.b64encode(who.encode()).decode()}"}


def _exchange(
    method: str,
    url: str,
    seconds: float,
    body: bytes | Iterable[bytes] | None,
    headers: Mapping[str, str],
    largest: int,
    stopped: threading.Event,
) -> Reply:
    try:
        import httpx
    except ImportError:
        raise MissingLibrary(
            "asking a server needs httpx, which is not installed; pip install 'kinchain[server]'"
        ) from None
    timeout = httpx.Timeout(seconds, connect=min(seconds, 10.0))
    if body is not None and not isinstance(body, bytes):
        body = _until(stopped, body)
    try:
        with (
            # What the environment says of proxies and passwords (~/.netrc) is for browsers.
            httpx.Client(timeout=timeout, follow_redirects=True, max_redirects=_REDIRECTS, trust_env=False) as client,
            client.stream(method, url, content=body, headers=dict(headers)) as response,
        ):
            data = bytearray()
            for chunk in response.iter_bytes(_CHUNK):
                data += chunk
                if len(data) > largest:
                    raise ServerFailed(
                        f"{url} answers more than {largest // 2**20} MB; ask for less, with LIMIT in the query"
                    )
                if stopped.is_set():
                    break
            media_type = response.headers.get("Content-Type", "")
            return Reply(response.status_code, response.reason_phrase, media_type, bytes(data))
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
        raise _problem(url, error) from None


def _until(stopped: threading.Event, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Send no more once nobody waits: a request that is cut off changes nothing."""
    for chunk in chunks:
        if stopped.is_set():
            raise ServerFailed("stopped")
        yield chunk


def _problem(url: str, error: Exception) -> ServerFailed:
    import httpx

    said = _short(error)
    if isinstance(error, httpx.ConnectTimeout):
        return ServerFailed(f"{url} cannot be reached (no answer to the connection); is the server up?")
    if isinstance(error, httpx.ConnectError) and ("SSL" in said or "certificate" in said.lower()):
        return ServerFailed(f"{url} cannot be trusted ({said}); mend its certificate or the address")
    if isinstance(error, httpx.ConnectError) and _root(error) is socket.gaierror:
        return ServerFailed(f"{url} cannot be reached (no such host); mend the address")
    if isinstance(error, httpx.ConnectError):
        return ServerFailed(f"{url} cannot be reached (nobody listens there); start the server or mend the address")
    if isinstance(error, httpx.TimeoutException):
        return ServerFailed(f"{url} is too slow: no answer in time; try again, or allow more with --timeout")
    if isinstance(error, (httpx.TooManyRedirects, httpx.StreamConsumed)):
        return ServerFailed(f"{url} sends on from one address to the next; give the last one")
    return ServerFailed(f"{url} broke off in the middle of its answer ({said}); try again")


def _root(error: BaseException) -> type[BaseException]:
    """The kind of the first cause."""
    while (cause := error.__cause__ or error.__context__) is not None:
        error = cause
    return type(error)


def _short(error: object) -> str:
    return " ".join(str(error).split())[:160]


def said(reply: Reply) -> str:
    """The first words of an error page, made plain."""
    page = reply.body[:20_000].decode("utf-8", "replace")
    text = re.sub(r"<(script|style)\b.*?</\1\s*>|<[^>]*>", " ", page, flags=re.DOTALL)
    text = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(text.split())[:160]


def _within(seconds: float, where: str, work: Callable[[threading.Event], Reply]) -> Reply:
    """What *work* returns or raises, unless it takes longer."""
    done: list[Reply | BaseException] = []
    stopped = threading.Event()

    def call() -> None:
        try:
            done.append(work(stopped))
        except BaseException as problem:
            done.append(problem)

    thread = threading.Thread(target=call, daemon=True, name="kinchain-http")
    thread.start()
    thread.join(seconds)
    stopped.set()
    if not done:
        raise ServerFailed(f"{where} is too slow: no whole answer in {seconds:g} s; try again, or allow more time")
    found = done[0]
    if isinstance(found, BaseException):
        raise found
    return found
