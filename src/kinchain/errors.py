"""Everything that kinchain refuses, as one family of exceptions.

Each error is one sentence that says what is wrong, where, and what to do next; its parts stay available as
attributes, and ``exit_status`` is what the command line ends with (1 nothing found, 2 the question is wrong,
3 the ontology is invalid).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing import Protocol

    class Candidate(Protocol):
        """What a text may have meant; ``kinchain.model.Named`` is one."""

        @property
        def id(self) -> str:
            """The sided id."""

        @property
        def label(self) -> str:
            """The name, with its side."""

        @property
        def side(self) -> str:
            """right, left, median or either."""

        @property
        def kind(self) -> str:
            """The class of the structure."""
else:
    Candidate = Any


class KinchainError(Exception):
    """Base of all errors that kinchain raises on purpose.

    >>> import kinchain
    >>> try:
    ...     kinchain.Body.load().path("left humerus", "philtrum")
    ... except kinchain.KinchainError as problem:
    ...     problem.kind, problem.exit_status
    ('unknown_name', 2)
    """

    exit_status = 2
    kind = "error"

    def __init__(self, message: str, *, candidates: Sequence[Candidate] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.candidates = tuple(candidates)


class BadQuestion(KinchainError):
    """The question cannot be read: empty, too long, control characters, an option that does not exist.

    >>> import kinchain
    >>> kinchain.Body.load().show(" ")
    Traceback (most recent call last):
    kinchain.errors.BadQuestion: the text is empty; type the name of a structure, as 'left humerus'
    """

    kind = "bad_question"


class UnknownName(KinchainError):
    """A text names no structure; ``candidates`` has close matches.

    >>> import kinchain
    >>> try:
    ...     kinchain.Body.load().show("solius")
    ... except kinchain.UnknownName as problem:
    ...     problem.candidates[0].label
    'soleus'
    """

    kind = "unknown_name"


class AmbiguousName(KinchainError):
    """A text names several structures; ``candidates`` has them all.

    >>> import kinchain
    >>> try:
    ...     kinchain.Body.load().show("pec")
    ... except kinchain.AmbiguousName as problem:
    ...     [candidate.label for candidate in problem.candidates]
    ['pectoralis major', 'pectoralis minor']
    """

    kind = "ambiguous_name"


class NoRoute(KinchainError):
    """Nothing that may be walked joins the two ends.

    >>> raise NoRoute("no neural route joins them; ask for another profile")
    Traceback (most recent call last):
    kinchain.errors.NoRoute: no neural route joins them; ask for another profile
    """

    exit_status = 1
    kind = "no_route"


class NothingFound(KinchainError):
    """A search found nothing.

    >>> import kinchain
    >>> try:
    ...     kinchain.Body.load().claimed("philtrum")
    ... except kinchain.NothingFound as problem:
    ...     problem.exit_status
    1
    """

    exit_status = 1
    kind = "nothing_found"


class InvalidOntology(KinchainError):
    """The ontology breaks a rule or cannot be read; ``file``, ``line``, ``subject`` say where.

    >>> InvalidOntology("an edge leads to nothing", file="anatomy/leg.ttl", line=7, subject="body:soleus").message
    'anatomy/leg.ttl:7: an edge leads to nothing'
    """

    exit_status = 3
    kind = "invalid_ontology"

    def __init__(
        self, message: str, *, file: str = "", line: int | None = None, subject: str = "", rule: str = ""
    ) -> None:
        where = f"{file}:{line}: " if file and line else f"{file}: " if file else ""
        super().__init__(where + message)
        self.file, self.line, self.subject, self.rule = file, line, subject, rule


class DamagedBody(KinchainError):
    """A compiled body is missing, truncated, foreign or of another ontology; it is rebuilt, never trusted."""

    exit_status = 3
    kind = "damaged_body"


class CannotRead(KinchainError):
    """A file that was given cannot be read: missing, too large, of another kind, broken."""

    kind = "cannot_read"


class CannotWrite(KinchainError):
    """A file that was asked for cannot be written."""

    kind = "cannot_write"


class MissingLibrary(KinchainError):
    """What was asked for needs a library that is not installed; the message has the pip command."""

    kind = "missing_library"


class TooSlow(KinchainError):
    """A query was not answered in the time that it had; it was stopped."""

    kind = "too_slow"


class ServerFailed(KinchainError):
    """A server is down, slow, refuses, or answers something else than was asked for."""

    kind = "server_failed"
