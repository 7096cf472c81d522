"""Ask a server over HTTP, within a time and a size; whatever goes wrong becomes one sentence.

urllib3 bounds each step of an exchange. A server that sends a byte now and then, or a name that is never resolved,
would still hold everything up: so the whole runs in a thread that is waited for no longer than the time allows.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit, urlunsplit

from kinchain.errors import BadQuestion, MissingLibrary, ServerFailed

if TYPE_CHECKING:
    import urllib3

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
    MissingLibrary  urllib3 is not installed
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
    import urllib3

    who = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
    return shown(url), dict(urllib3.make_headers(basic_auth=who))


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
        import urllib3
        from urllib3.exceptions import HTTPError
    except ImportError:
        raise MissingLibrary(
            "asking a server needs urllib3, which is not installed; pip install 'kinchain[server]'"
        ) from None
    retries = urllib3.Retry(total=None, connect=0, read=0, status=0, other=0, redirect=_REDIRECTS)
    timeout = urllib3.Timeout(connect=min(seconds, 10.0), read=seconds)
    if body is not None and not isinstance(body, bytes):
        body = _until(stopped, body)
    try:
        with (
            urllib3.PoolManager(retries=retries, timeout=timeout) as pool,
            pool.request(method, url, body=body, headers=dict(headers), preload_content=False) as response,
        ):
            data = bytearray()
            for chunk in response.stream(_CHUNK):
                data += chunk
                if len(data) > largest:
                    raise ServerFailed(
                        f"{url} answers more than {largest // 2**20} MB; ask for less, with LIMIT in the query"
                    )
                if stopped.is_set():
                    break
            media_type = response.headers.get("Content-Type", "")
            return Reply(response.status, response.reason or "", media_type, bytes(data))
    except HTTPError as error:
        raise _problem(url, error) from None


def _until(stopped: threading.Event, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Send no more once nobody waits: a request that is cut off changes nothing."""
    for chunk in chunks:
        if stopped.is_set():
            raise ServerFailed("stopped")
        yield chunk


def _problem(url: str, error: urllib3.exceptions.HTTPError) -> ServerFailed:
    from urllib3 import exceptions as e

    cause = getattr(error, "reason", None) or error
    if isinstance(cause, e.NameResolutionError):
        return ServerFailed(f"{url} cannot be reached (no such host); mend the address")
    if isinstance(cause, e.NewConnectionError):
        return ServerFailed(f"{url} cannot be reached (nobody listens there); start the server or mend the address")
    if isinstance(cause, e.ConnectTimeoutError):
        return ServerFailed(f"{url} cannot be reached (no answer to the connection); is the server up?")
    if isinstance(cause, e.ReadTimeoutError):
        return ServerFailed(f"{url} is too slow: no answer in time; try again, or allow more with --timeout")
    if isinstance(cause, e.SSLError):
        return ServerFailed(f"{url} cannot be trusted ({_short(cause)}); mend its certificate or the address")
    if isinstance(cause, e.ResponseError) and "redirect" in str(cause):
        return ServerFailed(f"{url} sends on from one address to the next; give the last one")
    return ServerFailed(f"{url} broke off in the middle of its answer ({_short(cause)}); try again")


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
