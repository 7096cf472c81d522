"""Questions for learners from the graph: one right answer each, and three that are near it and certainly wrong."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from math import dist

from kinchain.answers import Fact
from kinchain.errors import BadQuestion, NothingFound
from kinchain.model import Chain, ChainLink, Named, Side
from kinchain.queries.chains import resolve
from kinchain.queries.incidence import Incidence
from kinchain.queries.lookup import Names
from kinchain.queries.membership import standing_for
from kinchain.queries.neighbourhood import show
from kinchain.queries.targets import own_regions

CHOICES = 4
MOST = 100  # questions on one page
_NEAR = 8  # wrong answers are drawn from so many of the nearest

# Kind of question: the relation that is asked for, the question, and the relations whose objects are no wrong answers,
# since they might be argued for.
# fmt: off
_KINDS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "origin": ("origin", "Where does the {} arise?", ("origin", "insertion", "attachesTo", "continuousWith")),
    "insertion": ("insertion", "Where does the {} insert?", ("origin", "insertion", "attachesTo", "continuousWith")),
    "nerve": ("innervatedBy", "Which nerve supplies the {}?", ("innervatedBy", "passesThrough")),
    "root": ("hasMainRoot", "Which spinal nerve is a main root of the {}?", ("hasMainRoot", "hasRoot")),
    "action": ("produces", "Which movement does the {} produce?", ("produces", "stabilizes")),
}
# fmt: on
_NEXT = "next link"
KINDS = (*_KINDS, _NEXT)
_ANSWER_KINDS = {
    "origin": ("Landmark", "Bone"),
    "insertion": ("Landmark", "Bone"),
    "nerve": ("Nerve",),
    "root": ("SpinalNerve",),
    "action": ("Movement",),
}


@dataclass(frozen=True, slots=True)
class Question:
    """A question, what it asks about, its choices, which of them is right, and why."""

    kind: str
    text: str
    about: Named
    choices: tuple[Named, ...]
    right: int
    explanation: str
    grade: str
    sources: tuple[str, ...]

    @property
    def answer(self) -> Named:
        """The right choice."""
        return self.choices[self.right]


def said(structure: Named) -> str:
    """The name of a structure as people say it when no side is meant."""
    return structure.label.removeprefix(f"{structure.side} ")


def quiz(
    incidence: Incidence, names: Names, *, region: str = "", chain: str = "", count: int = 20, seed: int = 1
) -> tuple[Question, ...]:
    """Up to *count* questions, of each kind in turn, the same for the same *seed*.

    *region* and *chain* limit what is asked about to what lies there, or belongs to the chain.

    Raises
    ------
    BadQuestion   a count out of range, a region that is none
    UnknownName   a region or chain that nobody knows
    NothingFound  nothing can be asked under these conditions
    """
    if not 1 <= count <= MOST:
        raise BadQuestion(f"a quiz of {count} questions cannot be made; choose from 1 to {MOST}")
    maker = _Maker(incidence, random.Random(seed))
    limit = maker.lying_in(names, region) if region else None
    known, chains = maker.model.unsided, list(maker.model.unsided.chains.values())
    if chain:
        chains = [resolve(known.chains, chain)[0]]
        members = maker.members(chains[0])
        limit = members if limit is None else limit & members
    muscles = maker.muscles(limit)
    asked = [maker.about(maker.rng.sample(muscles, len(muscles)), kind) for kind in _KINDS]
    asked.append(maker.along(chains, limit))
    found: list[Question] = []
    for turn in zip_longest(*asked):
        found += [question for question in turn if question]
        if len(found) >= count:
            break
    if not found:
        raise NothingFound("nothing can be asked under these conditions; choose another region or chain, or none")
    return tuple(found[:count])


class _Maker:
    def __init__(self, incidence: Incidence, rng: random.Random) -> None:
        self.incidence, self.model, self.rng = incidence, incidence.model, rng
        self._alternatives: dict[str, list[str]] = {}
        self.parts: dict[str, set[str]] = {}
        for part, wholes in incidence.wholes.items():
            for whole in wholes:
                self.parts.setdefault(whole, set()).add(part)
        self.members_of: dict[str, set[str]] = {}
        for member, groups in incidence.groups.items():
            for group in groups:
                self.members_of.setdefault(group, set()).add(member)

    def lying_in(self, names: Names, text: str) -> frozenset[str]:
        """The unsided structures that lie in a region, or in the aspects of a part of the body."""
        place = names.resolve(text)[0]
        regions = own_regions(self.incidence, place)
        if place.kind not in ("Region", "Group") or not regions:
            raise BadQuestion(f"the {place.label} is no region; name one, as 'shoulder' or 'back of thigh'")
        structures = self.model.structures
        return frozenset(
            structures[here].unsided for region in regions for here in self.incidence.subjects(region, "locatedIn")
        )

    def muscles(self, limit: frozenset[str] | None) -> list[str]:
        """The muscles that are no part of another, where they or their parts are within a limit."""
        structures = self.model.unsided.structures
        return sorted(
            s.id
            for s in structures.values()
            if s.kind == "Muscle"
            and not any(structures[w].kind == "Muscle" for w in self.incidence.wholes[s.id] - {s.id})
            and (limit is None or limit & self.parts[s.id])
        )

    def members(self, chain: Chain) -> frozenset[str]:
        """The structures that a chain runs through, their parts and members included."""
        return frozenset(i for link in chain.links for end in (link.source, link.target) for i in self.below(end))

    def below(self, unsided: str) -> set[str]:
        """A structure, its parts, its members and theirs."""
        found, queue = set[str](), [unsided]
        while queue:
            here = queue.pop()
            if here not in found:
                found.add(here)
                queue += [*self.parts.get(here, ()), *self.members_of.get(here, ())]
        return found

    def kin(self, unsided: str) -> set[str]:
        """What might be said instead of a structure: wholes, groups, parts, members, and for a nerve its branches."""
        found = {unsided}
        queue = [unsided]
        while queue:
            here = queue.pop()
            new = {*self.branches(here, up=True), *self.branches(here, up=False)} if here == unsided else set()
            new |= standing_for(self.incidence, here) if here == unsided else set()
            new |= self.below(here) if self.model.unsided.structures[here].kind != "Group" else set()
            queue += sorted(new - found)
            found |= new
        return found

    def branches(self, unsided: str, *, up: bool) -> set[str]:
        """All nerves from which a nerve branches, or that branch from it."""
        found, queue = set[str](), [unsided]
        while queue:
            here = queue.pop()
            for c in self.incidence.unsided(here):
                if c.relation == "branchOf" and here == (c.subject if up else c.object):
                    other = c.object if up else c.subject
                    if other not in found:
                        found.add(other)
                        queue.append(other)
        return found

    # ------------------------------------------------------------ about a muscle

    def about(self, muscles: Sequence[str], kind: str) -> Iterator[Question]:
        """Questions of a kind about muscles, in their order."""
        for muscle in muscles:
            question = self.question(muscle, kind)
            if question:
                yield question

    def question(self, muscle: str, kind: str) -> Question | None:
        """A question about a muscle, unless too little is known or no wrong answer is certain."""
        relation, text, arguable = _KINDS[kind]
        structure = self.right_side(muscle)
        facts = [f for f in show(self.incidence, structure).facts if f.forward]
        true = [f for f in facts if f.relation == relation and self.asks_for(f, kind)]
        if not true:
            return None
        fact = self.rng.choice(true)
        barred: set[str] = set()
        for other in sorted(self.alike(muscle)):
            for connection in self.incidence.unsided(other):
                if connection.relation in arguable and connection.subject == other:
                    barred |= self.kin(connection.object)
        if kind == "action":
            barred |= self.same_joints({f.other.unsided for f in true})
        wrong = self.near(fact.other.unsided, barred, self.alternatives(kind))
        label = self.model.unsided.structures[muscle].label
        part = "" if fact.of == structure else f" ({said(fact.of)})"
        also = sorted({said(f.other) for f in true} - {said(fact.other)})
        others = f" Right as well, but not among the choices: {', '.join(also)}." if also else ""
        explanation = f"The {label}{part} {fact.phrase} {said(fact.other)}.{others}"
        return self.put(kind, text.format(label), structure, fact.other, wrong, explanation, fact.grade, fact.sources)

    def same_joints(self, movements: Iterable[str]) -> set[str]:
        """The movements of the joints at which some happen, which might be argued for; opposites of these are wrong."""
        found, opposites = set[str](), set[str]()
        for movement in sorted(movements):
            for c in self.incidence.unsided(movement):
                if c.relation == "opposes":
                    opposites |= {c.subject, c.object}
                elif c.relation == "movementAt" and c.subject == movement:
                    found |= {x.subject for x in self.incidence.unsided(c.object) if x.relation == "movementAt"}
        return found - opposites

    def asks_for(self, fact: Fact, kind: str) -> bool:
        """Whether a fact is sure enough to ask for, and its answer of a kind that is asked for."""
        sure = fact.grade in ("Textbook", "Strong") and not fact.against and not fact.crosses
        return sure and fact.other.kind in _ANSWER_KINDS[kind]

    def alike(self, muscle: str) -> set[str]:
        """A muscle, its parts and wholes, and the groups and members that might be meant by its name."""
        return self.parts.get(muscle, {muscle}) | set(standing_for(self.incidence, muscle))

    def alternatives(self, kind: str) -> list[str]:
        """What may stand among the choices: everything that is the answer to some such question."""
        if kind not in self._alternatives:
            relation, structures = _KINDS[kind][0], self.model.unsided.structures
            found = {c.object for c in self.model.unsided.connections if c.relation == relation}
            self._alternatives[kind] = sorted(i for i in found if structures[i].kind in _ANSWER_KINDS[kind])
        return self._alternatives[kind]

    # ------------------------------------------------------------ along a chain

    def along(self, chains: Iterable[Chain], limit: frozenset[str] | None) -> Iterator[Question]:
        """Questions for what follows in a chain, gaps left out."""
        links = [
            (chain, link)
            for chain in chains
            for link in chain.links
            if not link.gap and link.source != link.target and (limit is None or {link.source, link.target} & limit)
        ]
        self.rng.shuffle(links)
        for chain, link in links:
            question = self.follows(chain, link)
            if question:
                yield question

    def follows(self, chain: Chain, link: ChainLink) -> Question | None:
        """What follows a structure in a chain: wrong is what no link of it joins to this one, in either direction."""
        structures = self.model.unsided.structures
        here = self.kin(link.source)
        barred = set(here)
        for each in chain.links:
            if each.source in here:
                barred |= self.kin(each.target)
            if each.target in here:
                barred |= self.kin(each.source)
        kind = structures[link.target].kind
        others = sorted(
            {end for c in self.model.unsided.chains.values() for x in c.links for end in (x.source, x.target)}
        )
        same = [i for i in others if structures[i].kind == kind]
        wrong = self.near(link.target, barred, same)
        if len(wrong) < CHOICES - 1:
            wrong = self.near(link.target, barred, others)
        text = f"In the {chain.label}, which of these follows the {structures[link.source].label}?"
        across = ", on the other side" if link.side_rule == "Opposite" else ""
        explanation = (
            f"Link {link.position} of the {chain.label} leads from the {structures[link.source].label} to the "
            f"{structures[link.target].label}{across}."
        )
        answer = self.right_side(link.target)
        return self.put(_NEXT, text, self.right_side(link.source), answer, wrong, explanation, link.grade, link.sources)

    # ------------------------------------------------------------ choices

    def near(self, answer: str, barred: set[str], alternatives: Iterable[str]) -> list[str]:
        """Wrong answers, drawn from those nearest to the right one; none that is, holds or is part of a right one."""
        positions, structures = self.model.unsided.positions, self.model.unsided.structures
        labels = {structures[i].label for i in barred}
        free = [i for i in alternatives if i not in barred and structures[i].label not in labels and i != answer]
        place = positions.get(answer)

        def away(name: str) -> tuple[float, str]:
            return (dist(place, positions[name]) if place and name in positions else 9.0), name

        nearest = sorted(free, key=away)[:_NEAR]
        chosen: list[str] = []
        for name in self.rng.sample(nearest, len(nearest)):
            if not any(name in self.kin(other) for other in chosen):
                chosen.append(name)
        return chosen[: CHOICES - 1]

    def put(
        self,
        kind: str,
        text: str,
        about: Named,
        answer: Named,
        wrong: Sequence[str],
        explanation: str,
        grade: str,
        sources: tuple[str, ...],
    ) -> Question | None:
        """The question with its choices in chance order, unless there are too few."""
        if len(wrong) < CHOICES - 1:
            return None
        choices = [answer, *(self.right_side(i) for i in wrong)]
        order = self.rng.sample(range(CHOICES), CHOICES)
        mixed = tuple(choices[n] for n in order)
        return Question(kind, text, about, mixed, order.index(0), explanation, grade, sources)

    def right_side(self, unsided: str) -> Named:
        """A structure on the right, or where it exists."""
        side = self.model.unsided.structures[unsided].laterality.sides[0]
        return self.model.structures[unsided if side is Side.MEDIAN else f"{side}_{unsided}"]
