"""Questions in plain words, understood by their form: no model, no network, nothing guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kinchain.errors import BadQuestion, KinchainError
from kinchain.queries.lookup import Names, check_text

_OPENINGS = (
    r"(?:what|which \w+|how) (?:links?|connects?|joins?|lies between|is between|are between|runs? from) ",
    r"how (?:is|are|does|do) (?:the )?",
    r"(?:path|route|way|link|connection|chain)s? (?:from|between|of) ",
    r"(?:show (?:me )?)?(?:the )?(?:path|route|way|link|connection)s? (?:from|between) ",
)
_JOINTS = (
    "connected to",
    "connected with",
    "linked to",
    "linked with",
    "joined to",
    "connect to",
    "to",
    "and",
    "with",
)
CAN_ANSWER = "what links A to B?"


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was understood."""

    form: str
    source: str
    target: str

    @property
    def understood(self) -> str:
        """The reading, in words."""
        return f"what links {self.source} to {self.target}"


def understand(text: str, names: Names) -> Question:
    """The question that a text puts.

    Raises
    ------
    BadQuestion                 no form that kinchain answers; the message lists those that it does
    UnknownName, AmbiguousName  the form is clear but an end names no structure, or several

    """
    clean = check_text(text).rstrip(" ?!.")
    for opening in _OPENINGS:
        begun = re.match(opening, clean, re.IGNORECASE)
        if begun:
            return _two_ends(clean[begun.end() :], names)
    raise BadQuestion(f"this form of question is not understood; ask '{CAN_ANSWER}', or use 'kinchain --help'")


def _two_ends(rest: str, names: Names) -> Question:
    failure: KinchainError | None = None
    for source, target in _splits(rest):
        try:
            names.resolve(source)
            names.resolve(target)
        except KinchainError as error:
            failure = failure or error
            continue
        return Question("path", source, target)
    raise failure or BadQuestion(f"the question names one structure only; ask '{CAN_ANSWER}'")


def _splits(rest: str) -> Iterator[tuple[str, str]]:
    for joint in _JOINTS:
        for found in re.finditer(rf" {joint} ", rest, re.IGNORECASE):
            yield rest[: found.start()], rest[found.end() :]
