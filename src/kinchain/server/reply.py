"""What a worker answers with: status, kind of content, bytes; errors as the error object."""

from __future__ import annotations

import sys
import traceback
from pathlib import PurePath
from typing import NamedTuple

from kinchain.errors import AmbiguousName, BadQuestion, KinchainError, NoRoute, NothingFound, UnknownName
from kinchain.views.jsonout import encoded
from kinchain.views.jsonout import error as as_json

JSON, HTML = "application/json", "text/html; charset=utf-8"
# 400: the question is not well formed; 422: it is, and cannot be answered as it is put; 404: nothing is there.
_STATUS: dict[type[KinchainError], int] = {
    BadQuestion: 400,
    UnknownName: 404,
    AmbiguousName: 422,
    NoRoute: 404,
    NothingFound: 404,
}


class Reply(NamedTuple):
    """An answer as it goes out; *location* is where a question leads that another page answers."""

    status: int
    content_type: str
    body: bytes
    location: str = ""


def status_of(problem: KinchainError) -> int:
    """The HTTP status of what kinchain refuses; 503 when it is not the question's fault.

    >>> status_of(BadQuestion("the text is empty"))
    400
    """
    return _STATUS.get(type(problem), 503)


def error(problem: KinchainError) -> Reply:
    """An error as JSON, as the commands print it."""
    return Reply(status_of(problem), JSON, encoded(as_json(problem)))


def plain_error(status: int, kind: str, message: str) -> Reply:
    """An error object for what is no ``KinchainError``: an address that is not, a body too large.

    >>> plain_error(404, "not_found", "there is no such page").status
    404
    """
    return Reply(status, JSON, encoded({"error": {"kind": kind, "message": message, "candidates": []}}))


FAILED = plain_error(500, "internal", "the answer failed inside the server; please tell who runs it")


def tell_failure(failure: BaseException) -> None:
    """Say on standard error where the program failed, without its message, which may repeat what was asked."""
    frames = traceback.extract_tb(failure.__traceback__)[-3:]
    places = " < ".join(f"{PurePath(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))
    print(f"kinchain: an answer failed, {type(failure).__name__} at {places}", file=sys.stderr, flush=True)
