"""Claims: which statement of the documents does a question speak of?

A question and a claim are compared as bags of words in which the name of a structure counts as one word, whatever it
is called ("glutes", "Gmax"); each word weighs by how rare it is among the claims (inverse document frequency, Spärck
Jones 1972). The best wording of a claim counts, by the harmonic mean of what it shares with the question and the
question with it. A claim that leaves out a structure which the question names is no answer, and nothing below a floor
is offered: a question that no claim speaks of is refused, not guessed.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import cached_property

from kinchain.clinical import Claim
from kinchain.errors import BadQuestion, NothingFound
from kinchain.queries.care import care
from kinchain.queries.incidence import Incidence
from kinchain.queries.lookup import Names, check_text
from kinchain.records import dataclass
from kinchain.spelling import singular, words
from kinchain.vocab import CLINICAL_KINDS

_FLOOR = 0.58  # of the harmonic mean: below it, question and claim speak of different things
_NEARLY = 0.88  # further claims are shown that reach this share of the best one's score
_LONGEST_NAME = 7
_EMPTY = frozenset(
    (
        *("a", "an", "the", "of", "in", "on", "at", "to", "is", "are", "be", "do", "does", "did", "it", "its"),
        *("that", "this", "true", "and", "or", "by", "with", "for", "from", "as", "can", "could", "will", "would"),
        *("may", "have", "might", "should", "your", "my", "our", "their", "his", "her", "really", "actually"),
        *("always", "ever", "just", "all", "only", "there", "any", "has", "not", "than", "you", "i", "one"),
        *("what", "which"),
    )
)
# Words that people use for one another when they speak of muscles and pain; the first stands for all.
_ALIKE = (
    ("contract", "fire", "activate", "engage", "switch", "kick", "recruit", "turn"),
    ("before", "first", "earlier", "ahead"),
    ("cause", "lead", "produce", "create", "trigger", "give", "make", "causing"),
    ("weak", "weakness", "weaken"),
    ("tight", "tightness", "short", "tighten", "shortened"),
    ("connect", "link", "join", "attach", "continuous", "connection", "via", "through"),
    ("train", "strengthen", "work", "target", "exercise", "training"),
    ("stretch", "stretching", "lengthen"),
    ("fix", "treat", "improve", "help", "cure", "heal", "relieve", "resolve"),
    ("prevent", "avoid", "protect", "reduce"),
    ("sit", "sitting", "seated"),
    ("mean", "define", "call", "stand", "defined", "abbreviation", "expand"),
    ("pain", "ache", "hurt", "painful", "sore"),
)
_CANON = {word: group[0] for group in _ALIKE for word in group}


@dataclass(frozen=True, slots=True)
class ClaimMatch:
    """A claim that a question may speak of; score 1 is the same words."""

    claim: Claim
    score: float


class ClaimIndex:
    """The claims of a body, ready to be asked in plain words. Building it is linear in their words."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.claims = names.model.unsided.claims

    def search(self, text: str, *, limit: int = 5) -> list[ClaimMatch]:
        """The claims that a question speaks of, best first; empty where none does."""
        asked = self.bag(text)
        scored = []
        named = {word for word in asked if word.startswith("@")}
        for claim in self.claims.values():
            if not named <= self._names_of(claim):
                continue
            score = max((self._likeness(asked, bag) for bag in self._bags[claim.id]), default=0.0)
            if score >= _FLOOR:
                scored.append(ClaimMatch(claim, round(score, 3)))
        scored.sort(key=lambda match: (-match.score, match.claim.id))
        return [match for match in scored[:limit] if match.score >= _NEARLY * scored[0].score]

    def _names_of(self, claim: Claim) -> set[str]:
        """The structures of which a claim speaks, in any of its wordings."""
        told = {word for bag in self._bags[claim.id] for word in bag if word.startswith("@")}
        return told | {"@" + name for name in (*claim.subjects, *claim.objects)}

    def named(self, text: str) -> list[str]:
        """The ids of the structures that a text names."""
        return sorted(word[1:] for word in self.bag(text) if word.startswith("@"))

    def bag(self, text: str) -> frozenset[str]:
        """The words of a text that carry its meaning, each name of a structure as ``@id``."""
        tokens = words(re.sub(r"[’']s\b", "", text))
        found: set[str] = set()
        position = 0
        while position < len(tokens):
            length, name = self._name_at(tokens, position)
            if name:
                found.add("@" + name)
                position += length
                continue
            stem = _stem(tokens[position])
            if stem not in _EMPTY:
                found.add(stem)
            position += 1
        return frozenset(found)

    def _name_at(self, tokens: tuple[str, ...], position: int) -> tuple[int, str]:
        structures = self.names.model.unsided.structures
        for length in range(min(_LONGEST_NAME, len(tokens) - position), 0, -1):
            phrase = tokens[position : position + length]
            if length == 1 and (phrase[0] in _EMPTY or _stem(phrase[0]) in _CANON.values()):
                continue
            meant = self.names.exact(phrase)
            if len(meant) == 1:
                (name,) = meant
                # A finding or test is known by ordinary words ("prolonged sitting"), which stay comparable as such.
                return (length, name) if structures[name].kind not in CLINICAL_KINDS else (0, "")
        return 0, ""

    @cached_property
    def _bags(self) -> dict[str, list[frozenset[str]]]:
        return {c.id: [self.bag(text) for text in (c.statement, *c.wordings)] for c in self.claims.values()}

    @cached_property
    def _weights(self) -> dict[str, float]:
        seen = Counter(word for bags in self._bags.values() for word in frozenset().union(*bags))
        return {word: math.log(1 + len(self._bags) / number) for word, number in seen.items()}

    def _likeness(self, asked: frozenset[str], said: frozenset[str]) -> float:
        rare = math.log(1 + len(self._bags))

        def weight(some: frozenset[str]) -> float:
            return sum(self._weights.get(word, rare) for word in some)

        whole = weight(asked) + weight(said)
        return 2 * weight(asked & said) / whole if whole else 0.0


def claimed(index: ClaimIndex, incidence: Incidence, text: str | None, verdict: str | None) -> tuple[Claim, ...]:
    """All claims, one by its id, those about a structure, or those that a statement speaks of; as ``Body.claimed``."""
    found = tuple(index.claims.values()) if text is None else _about(index, incidence, check_text(text))
    verdicts = sorted({c.verdict for c in index.claims.values()})
    if verdict is not None and verdict.casefold() not in verdicts:
        raise BadQuestion(f"there is no verdict '{verdict[:40]}'; choose from {', '.join(verdicts)}")
    found = tuple(c for c in found if verdict is None or c.verdict == verdict.casefold())
    if not found:
        raise NothingFound(
            f"no claim speaks of '{(text or verdict or '')[:60]}'; 'kinchain claim' lists all, 'kinchain path A B' "
            "says what links two structures"
        )
    return found


def _about(index: ClaimIndex, incidence: Incidence, text: str) -> tuple[Claim, ...]:
    key = text.casefold().removeprefix("claim ")
    if key in index.claims:
        return (index.claims[key],)
    if index.names.known(text):
        return care(incidence, index.names.resolve(text)[0]).claims
    return tuple(match.claim for match in index.search(text))


def _stem(word: str) -> str:
    """A word without the endings of English verbs and plurals, so that "causes" and "caused" are "cause"."""
    (word,) = singular((word,))
    if word in _CANON:
        return _CANON[word]
    for ending in ("ing", "ed", "es"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            bare = word[: -len(ending)]
            for form in (bare, bare + "e", bare[:-1]):
                if form in _CANON:
                    return _CANON[form]
            return bare
    return word
