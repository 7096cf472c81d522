"""From a text to a structure: "R glute max", "the left lats", "sit bone". Nothing is guessed.

An exact label wins, then a synonym, abbreviation or Latin name; singular and plural are one. What fits several
structures, or none, is refused with candidates.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from kinchain.answers import Match
from kinchain.errors import AmbiguousName, BadQuestion, NothingFound, UnknownName
from kinchain.graph.kept import kept_of
from kinchain.graph.naming import KINDS, key
from kinchain.model import Laterality, Named, Side, SidedModel, Structure
from kinchain.records import dataclass
from kinchain.spelling import FILLERS, SPELLINGS, Words, singular, words

MAX_TEXT = 300
MAX_CANDIDATES = 12
_SIDES = {
    "right": Side.RIGHT,
    "r": Side.RIGHT,
    "rt": Side.RIGHT,
    "dexter": Side.RIGHT,
    "left": Side.LEFT,
    "l": Side.LEFT,
    "lt": Side.LEFT,
    "sinister": Side.LEFT,
}
# A word that says what kind of thing is meant may be left away, and then only that kind is found.
_GENERIC = {
    **dict.fromkeys(("muscle", "muscles"), frozenset({"Muscle", "Group"})),
    **dict.fromkeys(("bone", "bones"), frozenset({"Bone", "Landmark"})),
}


def check_text(text: str) -> str:
    """The text, stripped; refused when it is empty, far too long, or holds control characters.

    Raises
    ------
    BadQuestion  says what is wrong with the text, without repeating all of it
    """
    if len(text) > MAX_TEXT:
        raise BadQuestion(
            f"the text has {len(text):,} characters and a name has at most {MAX_TEXT}; ask for one structure at a time"
        )
    if not text.isprintable() and any(_is_control(c) for c in text):
        raise BadQuestion("the text holds control characters; type the name of a structure, as 'left humerus'")
    stripped = " ".join(text.split())
    if not stripped:
        raise BadQuestion("the text is empty; type the name of a structure, as 'left humerus'")
    return stripped


def _is_control(character: str) -> bool:
    import unicodedata

    return unicodedata.category(character) in ("Cc", "Cs") and character not in "\t\n"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a text names: a structure, and the side that was asked for."""

    structure: Structure
    side: Side


@dataclass(frozen=True, slots=True)
class Reading:
    """A way to read a text: a side, a name, and the kinds that it may have (any, when there are none)."""

    side: Side
    name: Words
    kinds: frozenset[str] = frozenset()


class Names:
    """All names of a body: read from a compiled one, else an index that is linear in their number."""

    def __init__(self, model: SidedModel) -> None:
        self.model = model
        self._index = kept_of(model).names

    @cached_property
    def texts(self) -> list[tuple[str, str]]:
        """Every name that people use with the structure that has it."""
        return [
            (text, structure.id)
            for structure in self.model.unsided.structures.values()
            for text in (
                structure.label,
                *structure.synonyms,
                *structure.latin,
                *structure.abbreviations,
                *structure.short_words,
            )
        ]

    @cached_property
    def _spelt(self) -> list[str]:
        """The texts as they are compared."""
        return [" ".join(words(name)) for name, _ in self.texts]

    def resolve(self, text: str) -> tuple[Named, ...]:
        """The sided structures that a text names: one, or both sides when a paired structure comes without a side.

        Raises
        ------
        BadQuestion    no text that could be a name, or a side that the structure does not have
        AmbiguousName  several structures have this name; ``candidates`` are they
        UnknownName    none has; ``candidates`` are the closest
        """
        meaning = self.meaning(text)
        structure, side = meaning.structure, meaning.side
        if side is not Side.EITHER and side not in structure.laterality.sides:
            raise BadQuestion(_no_such_side(structure, side))
        sides = structure.laterality.sides if side is Side.EITHER else (side,)
        return tuple(self._named(structure, each) for each in sides)

    def asked(self, text: str) -> tuple[Named, tuple[Named, ...]]:
        """The structure as the question put it, and what it means as ``resolve`` tells it.

        As the question put it, ``side`` is ``either`` when a paired one was named without a side.
        """
        found = self.resolve(text)
        if len(found) == 1:
            return found[0], found
        structure = self.model.unsided.structures[found[0].unsided]
        return Named(structure.id, structure.label, Side.EITHER, structure.kind, structure.id), found

    def meaning(self, text: str) -> Meaning:
        """The one structure and side that a text means, by exact names only."""
        clean = check_text(text)
        for reading in _readings(clean):
            for found in self._exact(reading):
                if len(found) == 1:
                    return Meaning(self.model.unsided.structures[next(iter(found))], reading.side)
                raise self._ambiguous(clean, found)
        raise self.unknown(clean)

    def unknown(self, clean: str) -> AmbiguousName | UnknownName:
        """What to say of a text that is nobody's name, with the closest; linear in the number of names."""
        begun = {i for reading in _readings(clean) for i in self._begun(reading.name)}
        if 1 < len(begun) <= MAX_CANDIDATES:
            return self._ambiguous(clean, begun)
        close = [match.structure for match in self.search(clean, limit=5)]
        hint = (
            f"; did you mean {_listed(c.label for c in close)}?"
            if close
            else "; try 'kinchain find' with one word of it"
        )
        return UnknownName(f"nothing in the body is called '{_short(clean)}'{hint}", candidates=close)

    def _ambiguous(self, text: str, found: set[str]) -> AmbiguousName:
        labels = _listed(self._label(i) for i in sorted(found))
        return AmbiguousName(
            f"'{_short(text)}' may be {labels}; say which one", candidates=[self._either(i) for i in sorted(found)]
        )

    def _exact(self, reading: Reading) -> Iterator[set[str]]:
        """The structures of exactly this name: as it stands before any other spelling, labels before other names."""
        for number, spelling in enumerate(SPELLINGS):
            entries = self._index.get(key(spelling(reading.name)), ())
            for kind in range(KINDS):
                found = next((set(ids) for code, ids in entries if code == kind * len(SPELLINGS) + number), set())
                if reading.kinds:
                    found = {i for i in found if self.model.unsided.structures[i].kind in reading.kinds}
                if found:
                    yield found

    def known(self, text: str) -> bool:
        """Whether a text is exactly the name of something; quick, since nothing is suggested."""
        return any(True for reading in _readings(text) for _ in self._exact(reading))

    def exact(self, name: Words) -> set[str]:
        """The ids of the structures that have exactly this name, labels before other names; none where none has."""
        return next(self._exact(Reading(Side.EITHER, name)), set())

    def _begun(self, name: Words) -> list[str]:
        """The structures whose label begins or ends with the name: "lumbricals" are those of hand and foot."""
        wanted = singular(name)
        found = (i for i, label in self._labels if wanted in (label[: len(wanted)], label[-len(wanted) :]))
        return sorted(found)

    @cached_property
    def _labels(self) -> list[tuple[str, Words]]:
        """The words of every label, in the singular."""
        return [(s.id, singular(words(s.label))) for s in self.model.unsided.structures.values()]

    def search(self, text: str, *, limit: int = 10, at_least: float = 70.0) -> list[Match]:
        """Structures whose names resemble a text, best first; score 100 is exact. Linear in the number of names."""
        from rapidfuzz import fuzz, process

        clean = check_text(text)
        scores: dict[str, tuple[float, str]] = {}
        read = list(readings(words(clean)))
        taken = read[-1] if read else Reading(Side.EITHER, ())
        for reading in read:
            exact = next(self._exact(reading), None)
            if exact:
                taken = reading
                scores = {found: (100.0, " ".join(reading.name)) for found in exact}
                break
        query = " ".join(taken.name)
        keys = self._spelt
        if query:
            for _, score, position in process.extract(
                query, keys, scorer=fuzz.WRatio, limit=limit * 6, score_cutoff=at_least
            ):
                name, found = self.texts[position]
                whole = round(0.5 * score + 0.5 * fuzz.ratio(query, keys[position]), 1)
                if whole > scores.get(found, (0.0, ""))[0]:
                    scores[found] = (min(whole, 99.0), name)
        ranked = sorted(scores.items(), key=lambda item: (-item[1][0], item[0]))[:limit]
        return [Match(self._either(found, taken.side), name, score) for found, (score, name) in ranked]

    def find(self, text: str, *, limit: int = 10) -> list[Match]:
        """As ``search``, but an empty answer is refused.

        Raises
        ------
        NothingFound  no name resembles the text
        """
        found = self.search(text, limit=limit)
        if not found:
            raise NothingFound(
                f"no name resembles '{_short(' '.join(text.split()))}'; try one word, or another spelling"
            )
        return found

    def _label(self, unsided: str) -> str:
        return self.model.unsided.structures[unsided].label

    def _either(self, unsided: str, side: Side = Side.EITHER) -> Named:
        structure = self.model.unsided.structures[unsided]
        if side in structure.laterality.sides:
            return self._named(structure, side)
        if len(structure.laterality.sides) == 1:
            return self._named(structure, structure.laterality.sides[0])
        return Named(structure.id, structure.label, Side.EITHER, structure.kind, structure.id)

    def _named(self, structure: Structure, side: Side) -> Named:
        return self.model.structures[structure.id if side is Side.MEDIAN else f"{side}_{structure.id}"]


def _readings(text: str) -> list[Reading]:
    """The ways to read a text, a hyphen as a space or as nothing."""
    return [*readings(words(text)), *(readings(words(text.replace("-", ""))) if "-" in text else ())]


def readings(tokens: Words) -> Iterator[Reading]:
    """The ways to read words as a side and a name: as said, without filler words, without a word for the kind."""
    for side, rest in _side_and_rest(tokens):
        without = tuple(word for word in rest if word not in FILLERS)
        yield Reading(side, rest)
        yield Reading(side, without)
        generic = [word for word in without if word in _GENERIC]
        if generic and len(generic) < len(without):
            yield Reading(side, tuple(w for w in without if w not in generic), _GENERIC[generic[0]])


def _side_and_rest(tokens: tuple[str, ...]) -> Iterator[tuple[Side, tuple[str, ...]]]:
    yield Side.EITHER, tokens
    for position in {0, len(tokens) - 1, *(i for i, word in enumerate(tokens) if word in ("right", "left"))}:
        if 0 <= position < len(tokens) and tokens[position] in _SIDES:
            yield _SIDES[tokens[position]], tokens[:position] + tokens[position + 1 :]
    if tokens and tokens[0] in FILLERS:
        yield from _side_and_rest(tokens[1:])


def _no_such_side(structure: Structure, side: Side) -> str:
    if structure.laterality is Laterality.MEDIAN:
        return f"the {structure.label} lies in the midline and has no {side} one; ask for it without a side"
    return f"the {structure.label} exists on the {structure.laterality.sides[0]} only; ask for it without a side"


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "…"


def _listed(labels: Iterable[str]) -> str:
    items = list(labels)
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + " or " + items[-1]
