"""Questions in plain words, understood by their form: no model, no network, nothing guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kinchain.errors import BadQuestion, KinchainError
from kinchain.queries.lookup import Names, check_text
from kinchain.records import dataclass

_PATH = (
    r"(?:what|which \w+|how) (?:links?|connects?|joins?|lies between|is between|are between|runs? from) ",
    r"how (?:is|are|does|do) (?:the )?(?=.+\b(?:connect|link|join|attach|relate))",
    r"(?:path|route|way|link|connection|chain)s? (?:from|between|of) ",
    r"(?:show (?:me )?)?(?:the )?(?:path|route|way|link|connection)s? (?:from|between) ",
)
_JOINTS = (
    "connected to",
    "connected with",
    "linked to",
    "linked with",
    "joined to",
    "related to",
    "connect to",
    "to",
    "and",
    "with",
)
_WHO = "(?:i|you|we|one|she|he|they|people|somebody|someone|a therapist|a patient)"
_MAY = "(?:could|can|might|may|would|should|do|does)"
_TEST = "(?:test|examine|assess|check)"
_TRAIN = "(?:train|strengthen|stretch|treat|exercise|loosen|activate)"
# The forms with one end: a name for the form, and what stands around the end.
_FORMS: tuple[tuple[str, str], ...] = (
    ("causes", rf"what (?:else )?{_MAY}(?: be)? (?:causing|cause|behind|lie behind|explain|give|produce) {{x}}"),
    ("causes", r"what(?:'s| is| are)? (?:causes|causing|behind|the causes? of) {x}"),
    ("causes", r"why (?:does|do|is|are) {x} (?:hurt|ache|hurting|aching|sore|painful|tight|tingle|tingling|numb)"),
    ("causes", rf"why (?:do|does|have|has) {_WHO} (?:have|get|feel|has|gets|feels) {{x}}"),
    ("causes", rf"where {_MAY} {{x}} come from"),
    ("nerve", r"(?:which|what) nerves? (?:suppl(?:y|ies)|innervates?|serves?|goe?s? to|controls?|drives?) {x}"),
    ("nerve", r"what (?:innervates|supplies) {x}"),
    ("nerve", r"(?:what|which nerve) is {x} (?:innervated|supplied) by"),
    ("nerve", r"what is the (?:nerve(?: supply)?|innervation) (?:of|to) {x}"),
    ("opposes", r"(?:what|which (?:muscles?|movements?)) (?:opposes?|works? against|antagoni[sz]es?) {x}"),
    ("opposes", r"what (?:is|are) the (?:antagonists?|opposites?) (?:of|to) {x}"),
    ("tests", rf"how (?:{_MAY} {_WHO}|to) {_TEST} {{x}}"),
    ("tests", r"(?:what|which) tests? (?:is there |are there |exists? )?(?:for |of |examines? )?{x}"),
    ("tests", r"how (?:is|are) {x} (?:tested|examined|assessed|checked)"),
    ("care", rf"how (?:{_MAY} {_WHO}|to) {_TRAIN} {{x}}"),
    ("care", r"(?:what|which (?:exercises?|techniques?)) (?:trains?|strengthens?|stretch(?:es)?|treats?|helps?) {x}"),
    ("connections", r"what (?:does|do) {x} (?:connect|attach|join|link)(?: to| with)?"),
    ("connections", r"what (?:is|are) {x} (?:connected|attached|joined|linked|continuous) (?:to|with)"),
    ("connections", r"what (?:connects|attaches|is connected|is attached) (?:to|with) {x}"),
)
_TRUTH = (
    r"(?:is it true|is it right|is it correct|is it so|true or false)[:,]? (?:that |to say )?(?P<x>.+)",
    r"(?P<x>(?:do|does|did|is|are|was|can|could|should|must|has|have) .+)",
)
CAN_ANSWER = (
    "'what links A to B?'",
    "'what could cause pain in A?'",
    "'what does A connect to?'",
    "'which nerve supplies A?'",
    "'what opposes A?'",
    "'is it true that …?'",
    "'how do I test A?'",
    "'how do I train A?'",
)
_WORDS = {
    "path": "what links {0} to {1}",
    "causes": "what could be behind {0}",
    "nerve": "which nerve supplies {0}",
    "opposes": "what opposes {0}",
    "tests": "what tests {0}",
    "care": "what trains or treats {0}",
    "connections": "what {0} connects to",
    "claim": "is it true: {0}",
}


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was understood: its form, and the ends or the statement that it speaks of."""

    form: str
    ends: tuple[str, ...]

    @property
    def understood(self) -> str:
        """The reading, in words.

        >>> Question("nerve", ("soleus",)).understood
        'which nerve supplies soleus'
        """
        return _WORDS[self.form].format(*self.ends)


def understand(text: str, names: Names) -> Question:
    """The question that a text puts.

    Raises
    ------
    BadQuestion                 no form that kinchain answers; the message lists those that it does
    UnknownName, AmbiguousName  the form is clear but an end names no structure, or several
    """
    clean = re.sub(r"[\s?!.]+$", "", check_text(text))
    clean = re.sub(r"^(?:please |tell me |explain |hey |so )+", "", clean, flags=re.IGNORECASE)
    for form, pattern in _FORMS:
        found = re.fullmatch(pattern.replace("{x}", "(?P<x>.+?)"), clean, re.IGNORECASE)
        if found:
            return _one_end(form, found["x"], names)
    for opening in _PATH:
        begun = re.match(opening, clean, re.IGNORECASE)
        if begun:
            return _two_ends(clean[begun.end() :], names)
    for pattern in _TRUTH:
        found = re.fullmatch(pattern, clean, re.IGNORECASE)
        if found:
            return Question("claim", (found["x"],))
    raise BadQuestion(f"this form of question is not understood; ask {', '.join(CAN_ANSWER[:-1])} or {CAN_ANSWER[-1]}")


def _one_end(form: str, end: str, names: Names) -> Question:
    if form == "causes":  # a site is read by ``queries.site``, which knows complaints and qualifiers
        return Question(form, (end,))
    names.resolve(end)
    return Question(form, (end,))


def _two_ends(rest: str, names: Names) -> Question:
    failure: KinchainError | None = None
    for source, target in _splits(rest):
        try:
            names.resolve(source)
            names.resolve(target)
        except KinchainError as error:
            failure = failure or error
            continue
        return Question("path", (source, target))
    raise failure or BadQuestion("the question names one structure only; ask 'what links A to B?'")


def _splits(rest: str) -> Iterator[tuple[str, str]]:
    for joint in _JOINTS:
        for found in re.finditer(rf" {joint} ", rest, re.IGNORECASE):
            yield rest[: found.start()], rest[found.end() :]
