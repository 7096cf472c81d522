"""What speaks for a structure elsewhere as the cause of pain at a site: thousands of clues, each with its weight.

A clue is no more than numbers, and so are the structures that it speaks of (their places among the sided structures);
the few that reach the first page are told in words (``queries.reasons``). The weight of a clue is the product of shares
that stand, with their reasons, in ``ontology/schema.ttl``.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from math import prod
from typing import TYPE_CHECKING, NamedTuple

from kinchain.graph import chance
from kinchain.graph.felt import COUNTED, Factors, among_these, factors, product
from kinchain.graph.incident import OBJECT, SUBJECT
from kinchain.graph.profiles import starts
from kinchain.model import Named, Side
from kinchain.queries.incidence import Incidence
from kinchain.queries.reasons import Reason, Teller
from kinchain.queries.targets import LOCAL_KINDS, Target
from kinchain.records import dataclass

if TYPE_CHECKING:
    from kinchain.graph.walks import Reached, Walks

AMONG = "met in those that the question names"
_PLACES = LOCAL_KINDS | {"Region", "Finding"}
_FARTHEST = 5.0  # in cost; farther than that a walk through tissue explains nothing
_NEAREST = 1.0  # one hop is the site's own tissue
_HEADS = ("Muscle", "Tendon", "Fascia", "Ligament")


class Clue(NamedTuple):
    """One way in which a structure may be behind the pain. ``weight`` is 0 to 1; ``grade`` is the order of a grade;
    ``through`` is one more than the number of the unsided structure through which it acts, or 0.
    """

    structure: int
    mechanism: str
    grade: int
    weight: float
    tell: Callable[[], Reason]
    end: str = ""  # the aspect of the site at which it is felt
    through: int = 0
    more: Factors = ()  # what changed the weight since


# What was found along tissue, by what lies at the mirror image of the site.
Images = dict[frozenset[int], list[Clue]]


@dataclass(frozen=True, slots=True)
class Refutation:
    """What was looked for and not found: a structure, and the position of the edge that says so."""

    structure: int
    mechanism: str
    edge: int


class Gatherer:
    """Gathers clues in one body."""

    def __init__(self, incidence: Incidence) -> None:
        self.incidence, self.teller = incidence, Teller(incidence)
        self.model = incidence.model.unsided
        self.felt, self.roster, self.incident = incidence.kept.felt, incidence.kept.roster, incidence.kept.incident
        self.grades = [grade.order for grade in self.model.grades.values()]
        self.mechanisms = list(self.model.mechanisms)
        self._owners: dict[int, list[tuple[int, int | None]]] = {}

    def among(self, people: Iterable[str]) -> dict[int, float]:
        """The connections that are met in some people, and how many times as much they count there."""
        met = self.incidence.kept.among
        connections = self.model.connections
        return {at: among_these(self.model, connections[at]) for who in people for at in met.get(who, ())}

    def published(self, ends: Mapping[str, Target], among: Mapping[int, float]) -> Iterator[Clue | Refutation]:
        """Referrals and contributions that somebody published, to any end of an explanation; *among* as above."""
        felt, incident, grades, mechanisms = self.felt, self.incident, self.grades, self.mechanisms
        refuted, published, owners = self.incidence.kept.refuted, self.teller.published, self._owners
        weights, graded, acts, through = felt.weight, felt.grade, felt.mechanism, felt.through
        wanted = incident.codes(chance.FELT, OBJECT) | incident.codes(COUNTED[-1:], SUBJECT, OBJECT)
        numbered = {self.incidence.number(name): name for name in ends}
        itself = {at for at, name in numbered.items() if ends[name].weight == 1.0 and self.roster.kind(at) in _PLACES}
        for number, name in numbered.items():
            end = ends[name]
            standing, aspect = round(end.weight, 4), end.aspect or name
            for edge, _, source, connection in incident.numbered(number, wanted):
                mechanism = mechanisms[acts[connection]]
                for structure, finding in owners.get(source) or self.behind(source):
                    if structure in itself:
                        continue
                    if connection in refuted:
                        yield Refutation(structure, mechanism, edge)
                        continue
                    more = among.get(connection)
                    yield Clue(
                        structure,
                        mechanism,
                        grades[graded[connection]],
                        weights[connection] * standing * (more or 1.0),
                        partial(published, structure, finding, edge, source, mechanism, end, aspect),
                        aspect,
                        through[connection],
                        ((AMONG, more),) if more else (),
                    )

    def behind(self, source: int) -> list[tuple[int, int | None]]:
        """The structures for which a source stands: itself, or, with the finding, what an impairment is one of.

        A complaint, which is a finding of a region, is behind nothing: it is felt too.
        """
        if source not in self._owners:
            kind, owners = self.roster.kind, []
            if kind(source) == "Finding":
                found = self.incident.numbered(source, self.incident.codes(("findingOf",), SUBJECT))
                owners = [owner for _, _, owner, _ in found]
            impaired: list[tuple[int, int | None]] = [(owner, source) for owner in owners if kind(owner) != "Movement"]
            of_region = any(kind(owner) == "Region" for owner in owners)
            self._owners[source] = [] if of_region else impaired or [(source, None)]
        return self._owners[source]

    def signified(self, place: Named) -> Iterator[Clue]:
        """The nerves, roots and organs of which a finding is a sign: foot drop of the fibular nerve and of L5."""
        if place.kind != "Finding":
            return
        for edge, structure, grade in self._joined(place.id, ("findingOf",)):
            mechanism = chance.BY_KIND.get(self.roster.kind(structure))
            if mechanism is None:
                continue
            known = (
                self._by(mechanism),
                ("the finding is a sign of it", self.model.grades[grade].weight),
            )
            tell = partial(self.teller.simply, structure, mechanism, edge, known, place.id)
            yield Clue(structure, mechanism, self.model.grades[grade].order, product(known), tell, place.id)

    def supplied(
        self, regions: Sequence[str], here: Mapping[str, Named], published: Container[tuple[int, str]]
    ) -> Iterator[Clue]:
        """Nerves and roots that supply what lies at the site, by the share of it that they supply.

        Where a pattern of pain is *published* of a structure by its mechanism, that it also supplies adds nothing.
        """
        share = self.model.circumstances["ThroughSupply"]
        tissues = [s for s in here.values() if s.kind in ("Muscle", "Joint")]
        supply: dict[int, list[tuple[int, str, bool]]] = {}
        for tissue, is_skin in (*((s.id, False) for s in tissues), *((region, True) for region in regions)):
            for edge, source, grade in self._joined(tissue, ("innervatedBy", "hasMainRoot")):
                supply.setdefault(source, []).append((edge, grade, is_skin))
        for source, found in sorted(supply.items()):
            mechanism = "NeuralRoot" if self.roster.kind(source) == "SpinalNerve" else "PeripheralNerve"
            if (source, mechanism) in published:
                continue
            skin = [each for each in found if each[2]]
            part = 1.0 if skin else min(1.0, len(found) / max(1, len(tissues)))
            known = (
                self._by(mechanism),
                ("supplies the site, no published pattern", share),
                ("share of the site that it supplies", round(part, 4)),
            )
            edge, grade, _ = (skin or found)[0]
            tell = partial(self.teller.simply, source, mechanism, edge, known)
            yield Clue(source, mechanism, self.model.grades[grade].order, product(known), tell)

    def compensating(self, here: Mapping[str, Named]) -> Iterator[Clue]:
        """Muscles for which a muscle at the site works too hard."""
        for tissue in here:
            for edge, source, grade in self._joined(tissue, ("compensatesFor",)):
                if grade == "Refuted":
                    continue
                connection = self.model.connections[self.incident.connection(edge)]
                known = (
                    *factors(self.model, connection, "Compensation"),
                    ("a muscle at the site takes over", self.model.circumstances["NeighbouringRegion"]),
                )
                for structure, finding in self.behind(source):
                    tell = partial(self.teller.taken_over, structure, finding, edge, source, known)
                    order = self.model.grades[grade].order
                    yield Clue(structure, "Compensation", order, product(known), tell)

    def reached(self, walks: Walks, here: Mapping[str, Named], images: Images | None = None) -> Iterator[Clue]:
        """Muscles that the tissues at a site are continuous with, weaker with each unit of cost along the way.

        A structure that is reached from everywhere says little: its weight falls with a power of the number of its own
        neighbours, as path counts are damped by degree in hetnet searches (Himmelstein & Baranzini 2015).

        *images* has what was found from the mirror image of a site and is the same from there, which saves a search.
        """
        images = {} if images is None else images
        lying, twin = frozenset(map(self.incidence.number, here)), self.roster.twin
        if lying in images:

            @cache
            def here_too() -> dict[int, Clue]:  # walked only when one of them is told
                return {clue.structure: clue for clue in self._walked(walks, here, lying)[0]}

            for clue in images[lying]:
                structure = twin(clue.structure)
                yield clue._replace(structure=structure, tell=partial(_told, here_too, structure))
            return
        clues, mirrored = self._walked(walks, here, lying)
        image = frozenset(map(twin, lying))
        if mirrored and image != lying:
            images[image] = clues
        yield from clues

    def _walked(self, walks: Walks, here: Mapping[str, Named], lying: Container[int]) -> tuple[list[Clue], bool]:
        """What is reached from a site, and whether the same is reached from its mirror image; *lying* are the numbers
        of what lies there.
        """
        sided = self.incidence.model
        side = next((s.side for s in here.values() if s.side is not Side.MEDIAN), Side.RIGHT)
        walk = walks("myofascial", side, "")
        begin = {n for s in here.values() if s.kind in _HEADS for n in starts(sided, "myofascial", s) if n in walk}
        if not begin:
            return [], False
        best: dict[int, Reached] = {}
        reach = walk.reach(sorted(begin), _FARTHEST)
        for each in reach.muscles:  # nearest first
            if each.cost > _NEAREST and each.structure not in lying:
                best.setdefault(each.structure, each)
        fading, damping = (self.model.circumstances[name] for name in ("AnotherHop", "ManyConnections"))
        grades = {grade.order: grade for grade in self.model.grades.values()}
        mechanism = self.model.mechanisms["Myofascial"]
        clues = []
        for structure, each in sorted(best.items()):
            grade = grades[each.weakest]
            shares = mechanism.weight, grade.weight, round(fading**each.cost, 4), round(each.degree**-damping, 4)
            tell = partial(self.teller.reached, walk, each, mechanism, grade, shares)
            clues.append(Clue(structure, "Myofascial", each.weakest, prod(shares), tell))
        return clues, reach.mirrored

    def _by(self, mechanism: str) -> tuple[str, float]:
        known = self.model.mechanisms[mechanism]
        return f"mechanism {known.label}", known.weight

    def _joined(self, structure: str, relations: Sequence[str]) -> Iterator[tuple[int, int, str]]:
        """Edge, other structure and grade of the edges of some relations that lead out of a structure."""
        names = list(self.model.grades)
        for edge, _, other, connection in self.incidence.entries(structure, relations, SUBJECT):
            yield edge, other, names[self.felt.grade[connection]]


def _told(clues: Callable[[], Mapping[int, Clue]], structure: int) -> Reason:
    return clues()[structure].tell()
