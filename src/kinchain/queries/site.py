"""Where it hurts, and how: from "tingling in my left little finger at night" to a region, a side and qualifiers.

Names of findings that qualify a complaint (numbness, on exertion, after a fall) are taken out first; words that only
say that something hurts are dropped; what is left must name regions, structures or complaints by the names that
``lookup`` knows. Nothing is guessed: what names no place at all is refused, and words that are not understood beside a
place are told as left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kinchain.errors import AmbiguousName, BadQuestion, KinchainError, UnknownName
from kinchain.model import Named, Side
from kinchain.queries.incidence import Incidence
from kinchain.queries.lookup import Names, check_text
from kinchain.records import dataclass
from kinchain.spelling import Words, words

_LONGEST = 8
_SIDES = {"right": Side.RIGHT, "left": Side.LEFT}
# What a complaint says is not there: neither a place nor a qualifier.
_DENYING = ("no", "not", "without", "normal", "never", "denies")
# What follows an age in years; who is younger than so many is not grown.
_OLD = (("year", "old"), ("years", "old"), ("yr", "old"), ("yrs", "old"), ("y", "o"), ("yo",))
_GROWN = 20
# Words that say that something is felt, or only join others.
_COMPLAINT = frozenset(
    (
        *("pain", "pains", "ache", "aches", "aching", "hurt", "hurts", "hurting", "sore", "soreness", "painful"),
        *("discomfort", "symptom", "symptoms", "problem", "problems", "trouble", "complaint", "complaints", "feeling"),
        *("in", "on", "at", "my", "the", "a", "an", "with", "and", "of", "his", "her", "their", "your", "i", "have"),
        *("has", "is", "it", "that", "when", "from", "to", "for", "side", "area", "region", "felt", "some", "patient"),
        *("woman", "man", "person", "old", "year", "down", "into", "over", "both", "this", "there", "who", "where"),
    )
)


@dataclass(frozen=True, slots=True)
class Site:
    """What a complaint names: where (on every side that was not excluded), its qualifiers, and words left out."""

    text: str
    places: tuple[Named, ...]
    qualifiers: tuple[Named, ...]
    left_out: tuple[str, ...] = ()


def read(incidence: Incidence, names: Names, text: str, qualifiers: Iterable[str] = ()) -> Site:
    """The site and the qualifiers of a complaint in people's words; *qualifiers* are further ones, by name.

    Raises
    ------
    BadQuestion                 no text, a side that a structure does not have, a qualifier that is no finding
    UnknownName, AmbiguousName  words that name nothing, or several things
    """
    clean = check_text(text)
    extra = [_qualifier(names, each) for each in qualifiers]
    whole: KinchainError | None = None
    if names.known(clean):
        try:
            places = names.resolve(clean)
        except AmbiguousName as error:
            whole = error
        else:
            if not _is_qualifier(incidence, places[0]):
                return Site(clean, places, tuple(extra))
            said = f"'{clean}' says how and not where it is felt"
            whole = UnknownName(f"{said}; name a place too, as 'left knee at night'")
    said, denied = _denied(clean)
    tokens = words(said)
    side = next((_SIDES[t] for t in tokens if t in _SIDES), Side.EITHER)
    age, rest = _age(names, tuple(t for t in tokens if t not in _SIDES))
    found, rest = _take(incidence, names, rest)
    found += age
    named, left_out = _places(names, rest, side)
    places = tuple(p for p in named if not _is_qualifier(incidence, p))
    found += [p for p in named if p not in places]
    if not places:  # a sign alone is where it is seen: foot drop, a swollen leg
        labels = [names.model.unsided.structures[f.unsided].label for f in found if not _is_qualifier(incidence, f)]
        signs = tuple(sign for label in labels for sign in names.resolve(label))
        places = tuple(s for s in signs if side in (Side.EITHER, s.side) or s.side is Side.MEDIAN)
        found = [f for f in found if _is_qualifier(incidence, f)]
    if not places:
        raise whole or names.unknown(clean)
    return Site(clean, places, tuple(dict.fromkeys((*found, *extra))), (*left_out, *words(denied)))


def _denied(text: str) -> tuple[str, str]:
    """A text without what it says is not there, and that: from the word that denies to the end of its clause."""
    if not any(word in text.casefold() for word in _DENYING):
        return text, ""
    import re

    denial = re.compile(rf"\b(?:{'|'.join(_DENYING)})\b[^,;()]*", re.IGNORECASE)
    return denial.sub(" ", text), " ".join(found.group() for found in denial.finditer(text))


def _qualifier(names: Names, text: str) -> Named:
    found, _ = names.asked(text)
    if found.kind != "Finding":
        raise BadQuestion(f"'{text[:60]}' is no qualifier of a complaint; give one as 'at night' or 'numbness'")
    return found


def _is_qualifier(incidence: Incidence, structure: Named) -> bool:
    """Whether a finding says how a complaint is, not where: it is a finding of nothing."""
    return structure.kind == "Finding" and not incidence.objects(structure.id, "findingOf")


def _age(names: Names, tokens: Words) -> tuple[list[Named], Words]:
    """The finding to which an age in years belongs, as of "a 14 year old", and the words without it."""
    for at, token in enumerate(tokens):
        if not token.isdecimal() or len(token) > 3:
            continue
        before = at > 0 and tokens[at - 1] in ("age", "aged")
        after = next((len(said) for said in _OLD if tokens[at + 1 : at + 1 + len(said)] == said), 0)
        if before or after:
            age = int(token)
            bounds = [("under", bound) for bound in range(age + 1, _GROWN + 1)]
            bounds += [("over", bound) for bound in range(age, _GROWN, -1)]
            known = (_one(names, ("age", word, str(bound))) for word, bound in bounds)
            found = [each for each in known if each is not None][:1]
            return found, (*tokens[: at - before], *tokens[at + 1 + after :])
    return [], tokens


def _take(incidence: Incidence, names: Names, tokens: Words) -> tuple[list[Named], Words]:
    """The qualifiers and signs among some words, longest names first, and the words that are left.

    A sign is a finding that raises a red flag; it qualifies a complaint of another place ("low back pain with saddle
    numbness"). Of a longer name that is a complaint itself ("night cramps") no part is taken out.
    """
    found: list[Named] = []
    rest: list[str] = []
    position = 0
    while position < len(tokens):
        for length in range(min(_LONGEST, len(tokens) - position), 0, -1):
            meant = _one(names, tokens[position : position + length])
            if meant is not None:
                telling = meant.kind == "Finding" and (
                    _is_qualifier(incidence, meant) or bool(incidence.objects(meant.id, "signOf"))
                )
                found += [meant] if telling else []
                rest += ["and"] if telling else tokens[position : position + length]
                position += length
                break
        else:
            rest.append(tokens[position])
            position += 1
    return found, tuple(rest)


def _one(names: Names, phrase: Words) -> Named | None:
    ids = names.exact(phrase)
    if len(ids) != 1:
        return None
    structure = names.model.unsided.structures[next(iter(ids))]
    return names.asked(structure.label)[0] if len(structure.laterality.sides) < 2 else names.resolve(structure.label)[0]


def _places(names: Names, tokens: Words, side: Side) -> tuple[tuple[Named, ...], tuple[str, ...]]:
    """The places that words name, longest names first, and the words that name nothing."""
    found: list[Named] = []
    unknown: list[str] = []
    position = 0
    while position < len(tokens):
        for length in range(min(_LONGEST, len(tokens) - position), 0, -1):
            phrase = tokens[position : position + length]
            if length == 1 and phrase[0] in _COMPLAINT:
                continue
            sided = _resolved(names, phrase, side)
            if sided:
                found += sided
                position += length
                break
        else:
            shared = () if tokens[position] in _COMPLAINT else _shared(names, tokens, position, side)
            found += shared
            if not shared and tokens[position] not in _COMPLAINT:
                unknown.append(tokens[position])
            position += 1
    return tuple(dict.fromkeys(found)), tuple(unknown)


def _shared(names: Names, tokens: Words, position: int, side: Side) -> Sequence[Named]:
    """The place of a word that shares a later one with its neighbour: the ring of "ring and little finger"."""
    for later in tokens[position + 1 : position + 5]:
        if later not in _COMPLAINT:
            sided = _resolved(names, (tokens[position], later), side)
            if sided:
                return sided
    return ()


def _resolved(names: Names, phrase: Words, side: Side) -> Sequence[Named]:
    text = " ".join(phrase)
    if not names.exact(phrase) and not names.exact(tuple(w for w in phrase if w not in _COMPLAINT)):
        return ()
    if not names.known(text):
        return ()
    try:
        sided = names.resolve(text)
    except AmbiguousName:
        return ()
    kept = tuple(s for s in sided if side in (Side.EITHER, s.side) or s.side is Side.MEDIAN)
    if not kept:
        names.resolve(f"{side} {text}")  # refuses with the reason
    return kept
