"""What an Anki deck asks: one question a card, every right answer on its back, unsided.

Nothing is asked that the ontology does not know, and nothing to which nobody would want to know all answers: a whole
with many answers is asked about part by part. Derived connections and refuted ones are no answers.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kinchain.exports.deck_regions import region_of
from kinchain.graph.weights import weakest
from kinchain.model import Connection, SidedModel, SideRule

MOST = 8  # answers on one card; a part that cannot be divided may have half as many again
# fmt: off
_OF_MUSCLES = {  # kind of card: the relations that answer it, the question
    "origin": (("origin",), "Where does the {} arise?"),
    "insertion": (("insertion",), "Where does the {} insert?"),
    "nerve": (("innervatedBy",), "What supplies the {}?"),
    "roots": (("hasMainRoot", "hasRoot"), "From which spinal nerves is the {} supplied?"),
    "action": (("produces",), "Which movements does the {} produce?"),
}
_BACKWARDS = {
    "arises here": ("origin", "Which muscles arise from the {}?"),
    "inserts here": ("insertion", "Which muscles insert into the {}?"),
    "supplied by": ("innervatedBy", "Which muscles does the {} supply{}?"),
    "movers": ("produces", "Which muscles produce {}?"),
}
# fmt: on
_NOT_ASKED = frozenset({"Region", "Group"})
_INCONSTANT = 4.0  # what it costs to pass through a muscle that not everybody has: see ``schema.ttl``
# Muscles and landmarks that come rib by rib or vertebra by vertebra: few people learn them one by one.
_SERIES = re.compile(
    r"\b(rib|vertebra|costal cartilage|levator costarum \w+|(external|internal|innermost) intercostal)$|^[CTL]\d"
)
_IN_SERIES, _VARIANTS = "Muscles in series", "Inconstant muscles"


@dataclass(frozen=True, slots=True)
class Answer:
    """A right answer; ``under`` is the part that it holds for, ``remark`` what must be said with it."""

    text: str
    under: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A question with all its answers. ``key`` stays the same from export to export; ``grade`` is the weakest."""

    key: str
    kind: str
    deck: str
    question: str
    answers: tuple[Answer, ...]
    grade: str
    sources: tuple[str, ...]
    against: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many right answers there are."""
        return len({answer.text for answer in self.answers})


class Facts:
    """What is written of the structures of a body, looked up by either end; only those in *model* are asked about."""

    def __init__(self, model: SidedModel) -> None:
        self.model = model.unsided
        self.asked = {structure.unsided for structure in model.structures.values()}
        self._of: dict[str, dict[str, list[Connection]]] = defaultdict(lambda: defaultdict(list))
        self._to: dict[str, dict[str, list[Connection]]] = defaultdict(lambda: defaultdict(list))
        for connection in self.model.connections:
            if not connection.derived_by and connection.grade != "Refuted":
                self._of[connection.subject][connection.relation].append(connection)
                self._to[connection.object][connection.relation].append(connection)

    def of(self, subject: str, *relations: str) -> list[Connection]:
        """The connections of a subject, by relation in the order asked for."""
        return [c for relation in relations for c in self._of[subject][relation]] if subject in self._of else []

    def to(self, target: str, *relations: str) -> list[Connection]:
        """The connections to a target."""
        return [c for relation in relations for c in self._to[target][relation]] if target in self._to else []

    def label(self, structure: str) -> str:
        """The name of a structure."""
        return self.model.structures[structure].label

    def kind(self, structure: str) -> str:
        """The kind of a structure."""
        return self.model.structures[structure].kind

    def parts(self, structure: str, *kinds: str) -> list[str]:
        """The direct parts of a structure, of these kinds if any are named."""
        found = (c.subject for c in self.to(structure, "partOf"))
        return [part for part in found if not kinds or self.kind(part) in kinds]

    def below(self, structure: str, *kinds: str) -> list[str]:
        """A structure and all its parts."""
        return [structure, *(p for part in self.parts(structure, *kinds) for p in self.below(part, *kinds))]

    def region(self, structure: str) -> str:
        """The part of the body that a muscle belongs to."""
        places = [c.object for s in self.below(structure, "Muscle") for c in self.of(s, "locatedIn")]
        wholes = [c.object for c in self.of(structure, "partOf")]
        return region_of(self.model, structure, places or [c.object for w in wholes for c in self.of(w, "locatedIn")])

    def inconstant(self, structure: str) -> bool:
        """Whether not everybody has it."""
        return self.model.structures[structure].passing_cost >= _INCONSTANT

    def deck(self, asked: str, region: str, muscles: Iterable[str]) -> str:
        """The sub-deck of a question about something, to which some muscles are the subject or the answer."""
        if all(map(self.inconstant, muscles)):
            return _VARIANTS
        return _IN_SERIES if _SERIES.search(self.label(asked)) else f"Muscles::{region}"

    def card(
        self, kind: str, about: str, deck: str, question: str, answers: Iterable[Answer], said: Sequence[Connection]
    ) -> Card:
        """A card whose evidence is that of the connections it rests on."""
        grades = {name: grade.order for name, grade in self.model.grades.items()}
        # What a structure's comment says (that textbooks disagree, say) goes with the answers about it and its parts.
        about_it = (self.model.structures[name].comment for name in self.below(about, "Muscle"))
        return Card(
            key=f"{kind}/{about}",
            kind=kind,
            deck=deck,
            question=question,
            answers=tuple(answers),
            grade=weakest(grades, [c.grade for c in said]),
            sources=tuple(sorted({key for c in said for key in c.sources})),
            against=tuple(sorted({key for c in said for key in c.against})),
            notes=tuple(dict.fromkeys(note for note in (*(c.comment for c in said), *about_it) if note)),
        )


def muscle_cards(facts: Facts) -> Iterator[Card]:
    """Origin, insertion, nerve, roots and action of every muscle."""
    muscles = {s.id for s in facts.model.structures.values() if s.kind == "Muscle"}
    inner = {part for muscle in muscles for part in facts.parts(muscle, "Muscle")}
    for muscle in sorted(muscles - inner):
        if facts.asked.isdisjoint(facts.below(muscle, "Muscle")):
            continue
        region = facts.region(muscle)
        for kind in _OF_MUSCLES:
            for card in _about(facts, muscle, kind, region):
                yield replace(card, tags=(region_tag(region),))


def _about(facts: Facts, muscle: str, kind: str, region: str) -> Iterator[Card]:
    relations, question = _OF_MUSCLES[kind]
    said = [c for part in facts.below(muscle, "Muscle") for c in facts.of(part, *relations)]
    parts = facts.parts(muscle, "Muscle")
    count = len({c.object for c in said})
    if parts and count > MOST:
        for part in parts:
            yield from _about(facts, part, kind, region)
    elif said and count <= MOST * 3 // 2:
        answers = _alike(
            Answer(facts.label(c.object), facts.label(c.subject) if c.subject != muscle else "", _remark(c))
            for c in said
        )
        deck = facts.deck(muscle, region, [muscle])
        yield facts.card(kind, muscle, deck, question.format(facts.label(muscle)), answers, said)


def _alike(answers: Iterable[Answer]) -> tuple[Answer, ...]:
    """Answers, each once; what is the same for every part is said of none."""
    by_part: dict[str, dict[Answer, None]] = {}
    for answer in answers:
        by_part.setdefault(answer.under, {})[replace(answer, under="")] = None
    first, *others = by_part.values()
    if all(set(other) == set(first) for other in others):
        return tuple(first)
    return tuple(replace(answer, under=part) for part, found in by_part.items() for answer in found)


def region_tag(region: str) -> str:
    """The tag of a part of the body.

    >>> region_tag("Hip and thigh")
    'region::hip_and_thigh'
    """
    return f"region::{region.lower().replace(' ', '_')}"


def _remark(c: Connection) -> str:
    """What must be said with an answer: a main root, the other side, a grade below textbook."""
    remarks = ["main root"] if c.relation == "hasMainRoot" else []
    remarks += ["of the other side"] if c.side_rule is SideRule.OPPOSITE else []
    remarks += [c.grade] if c.grade != "Textbook" else []
    return ", ".join(remarks)


def reverse_cards(facts: Facts) -> Iterator[Card]:
    """From a place to the muscles that attach there, from a nerve to those that it supplies, from a movement."""
    for kind, (relation, question) in _BACKWARDS.items():
        for name in sorted(facts.model.structures):
            said = [c for c in facts.to(name, relation) if facts.kind(c.subject) == "Muscle"]
            if name not in facts.asked or not said or facts.kind(name) in _NOT_ASKED:
                continue
            if kind.endswith("here") and any(facts.to(part, relation) for part in facts.below(name)[1:]):
                continue  # of a bone with landmarks one would expect all that is attached to these
            # A whole is no answer of its own where one of its parts is one.
            wholes = {c.object for s in said for c in facts.of(s.subject, "partOf")}
            said = [c for c in said if c.subject not in wholes]
            if not said or len({c.subject for c in said}) > MOST:
                continue
            aside = ", its named branches aside" if _branches_supply(facts, name) else ""
            answers = dict.fromkeys(Answer(facts.label(c.subject), remark=_of_a_muscle(facts, c)) for c in said)
            regions = Counter(facts.region(c.subject) for c in said)
            region = min(regions, key=lambda r: (-regions[r], r))
            deck = facts.deck(name, region, [c.subject for c in said])
            card = facts.card(kind, name, deck, question.format(facts.label(name), aside), answers, said)
            yield replace(card, tags=tuple(map(region_tag, sorted(regions))))


def _of_a_muscle(facts: Facts, c: Connection) -> str:
    """What must be said with a muscle that is an answer."""
    return ", ".join(filter(None, ("not in everybody" if facts.inconstant(c.subject) else "", _remark(c))))


def _branches_supply(facts: Facts, nerve: str) -> bool:
    """Whether a named branch of a nerve supplies a muscle."""
    branches, seen = [c.subject for c in facts.to(nerve, "branchOf")], set[str]()
    while branches:
        branch = branches.pop()
        if branch not in seen:
            seen.add(branch)
            branches += [c.subject for c in facts.to(branch, "branchOf")]
    return any(facts.kind(c.subject) == "Muscle" for branch in seen for c in facts.to(branch, "innervatedBy"))


def dermatome_cards(facts: Facts) -> Iterator[Card]:
    """Where a dermatome lies, however many places that are, and which dermatomes reach a place."""
    dermatomes = {c.subject for name in facts.model.structures for c in facts.of(name, "dermatomeOf")}
    reached: dict[str, list[tuple[str, Connection]]] = defaultdict(list)
    for name in sorted(facts.model.structures):
        for c in facts.of(name, "overlaps"):
            if (c.subject in dermatomes) != (c.object in dermatomes):
                reached[c.subject].append((c.object, c))
                reached[c.object].append((c.subject, c))
    for name in sorted(reached):
        if name not in facts.asked:
            continue
        forward = name in dermatomes
        question = "Which parts of the body does the {} reach?" if forward else "Which dermatomes reach the {}?"
        answers = [Answer(facts.label(other), remark=_remark(c)) for other, c in sorted(reached[name])]
        kind, said = "dermatome" if forward else "dermatomes here", [c for _, c in reached[name]]
        yield facts.card(kind, name, "Dermatomes", question.format(facts.label(name)), answers, said)


def cards(model: SidedModel) -> tuple[Card, ...]:
    """All cards of a body, deck by deck; of a part of it, those that ask about its structures.

    >>> from kinchain import Body
    >>> from kinchain.exports.flat import part
    >>> asked = cards(part(Body.load().model, {"right_soleus"}))
    >>> [card.question for card in asked if card.kind == "nerve"]
    ['What supplies the soleus?']
    """
    from kinchain.exports import flashcards_clinical as clinical

    facts = Facts(model)
    found = [
        *muscle_cards(facts),
        *reverse_cards(facts),
        *dermatome_cards(facts),
        *clinical.chain_cards(facts),
        *clinical.red_flag_cards(facts),
    ]
    return tuple(sorted(found, key=lambda card: card.deck))
