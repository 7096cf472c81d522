"""What every answer of the server keeps: headers, bounds, and silence about what was asked."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kinchain.errors import BadQuestion
from kinchain.server.reply import FAILED, Reply, plain_error, tell_failure

MOST_QUERY = 4_096  # bytes of a query string
MOST_BODY = 16_384  # bytes of a body
_BODY_SECONDS = 10.0

HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),  # the address of an answer holds the question
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)
# A page brings a policy of its own, with the hashes of what is in it; both hold.
_PAGE_POLICY = (
    b"content-security-policy",
    b"base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
)
_DATA_POLICY = (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'; base-uri 'none'")
_NOT_KEPT = (b"cache-control", b"no-store")


class TooLarge(Exception):
    """A body has more bytes than it may; ``args`` is the limit."""


class TooSlow(Exception):
    """A body did not come in time."""


class Guard:
    """Around the application: bounds, headers, and failures that tell nothing of the question.

    *log* is called with one line for each answer when it was asked for; else nobody learns what was asked.
    """

    def __init__(self, app: ASGIApp, *, log: Callable[[str], None] | None = None) -> None:
        self._app, self._log = app, log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, status = time.perf_counter(), 0

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], *_missing(message["headers"])]
            await send(message)

        try:
            if len(scope["query_string"]) > MOST_QUERY or len(scope["raw_path"]) > MOST_QUERY:
                await response(_TOO_LONG)(scope, receive, sending)
            else:
                await self._app(scope, receive, sending)
        except Exception as failure:
            tell_failure(failure)
            if not status:
                await response(FAILED)(scope, receive, sending)
        if self._log:
            asked = scope["raw_path"].decode("ascii", "replace")
            query = f"?{scope['query_string'].decode('ascii', 'replace')}" if scope["query_string"] else ""
            self._log(f"{scope['method']} {asked}{query} {status} {1000 * (time.perf_counter() - begun):.0f} ms")


_TOO_LONG = plain_error(
    414, "too_long", f"the address has more than {MOST_QUERY} characters; send the question by POST"
)


def _missing(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    said = dict(headers)
    page = said.get(b"content-type", b"").startswith(b"text/html")
    added = [*HEADERS, _PAGE_POLICY if page else _DATA_POLICY]
    return added if b"cache-control" in said else [*added, _NOT_KEPT]


def response(reply: Reply) -> Response:
    """A reply as a response.

    >>> response(plain_error(404, "not_found", "there is no such page")).status_code
    404
    """
    headers = {"location": reply.location} if reply.location else {}
    if reply.status == 503:
        headers["retry-after"] = "5"
    return Response(reply.body, reply.status, headers, reply.content_type)


async def body(request: Request, kinds: tuple[str, ...], most: int = MOST_BODY) -> tuple[str, bytes]:
    """The kind and the bytes of a request's body.

    Raises
    ------
    BadQuestion  it is of no kind that is read here
    TooLarge     it has more than *most* bytes
    TooSlow      it does not come
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in kinds:
        raise BadQuestion(f"a body is sent as {' or '.join(kinds)}; say so in its Content-Type")
    read = bytearray()
    try:
        async with asyncio.timeout(_BODY_SECONDS):
            async for part in request.stream():
                read += part
                if len(read) > most:
                    raise TooLarge(most)
    except TimeoutError:
        raise TooSlow from None
    return kind, bytes(read)
