"""Why a structure might be behind pain at a site: one reason for each mechanism, with the route that explains it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import prod

from kinchain.answers import Hop
from kinchain.graph import chance
from kinchain.model import Connection, Edge, Named
from kinchain.queries.incidence import Incidence
from kinchain.queries.neighbourhood import hop, hop_of
from kinchain.queries.targets import LOCAL_KINDS, Target
from kinchain.records import dataclass, replace

_PLACES = LOCAL_KINDS | {"Region", "Finding"}


@dataclass(frozen=True, slots=True)
class Reason:
    """One way in which a structure may be behind the pain. ``weight`` is 0 to 1; ``factors`` say how it came about."""

    structure: Named
    mechanism: str
    grade: str
    hops: tuple[Hop, ...]
    weight: float
    factors: tuple[tuple[str, float], ...]
    sources: tuple[str, ...]
    comment: str = ""
    through: str = ""
    against: tuple[str, ...] = ()
    end: str = ""  # the aspect of the site at which it is felt


@dataclass(frozen=True, slots=True)
class Refuted:
    """What was looked for and not found."""

    structure: Named
    mechanism: str
    why: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """A reason, the place that it explains, and the side of the question (0 or 1) on which it was found."""

    side: int
    place: str
    reason: Reason


def explained(found: Sequence[Explained], places: int) -> list[Reason]:
    """One reason for each mechanism: the best, weighed by how much of the complaint the mechanism explains.

    Within a place reasons that end at different aspects of it add up like independent chances; over several places the
    mean counts, so that what explains the back and the leg stands before what explains the leg alone. Of two sides that
    mirror each other the better one is told.
    """
    told = []
    for mechanism in sorted({each.reason.mechanism for each in found}):
        best: tuple[float, Reason] | None = None
        for side in sorted({each.side for each in found}):
            mine = [e for e in found if e.reason.mechanism == mechanism and e.side == side]
            missed: dict[str, dict[str, float]] = {}
            for each in mine:
                at = each.reason.end
                aspects = missed.setdefault(each.place, {})
                aspects[at] = min(aspects.get(at, 1.0), 1 - each.reason.weight)
            weight = sum(1 - prod(aspects.values()) for aspects in missed.values()) / places
            if mine and (best is None or weight > best[0]):
                best = (weight, max(mine, key=lambda e: e.reason.weight).reason)
        if best is not None:
            share = best[0] / best[1].weight if best[1].weight else 0.0
            factors = (*best[1].factors, ("share of the complaint that it explains", round(share, 4)))
            told.append(
                replace(best[1], weight=best[0], factors=factors if places > 1 or share > 1.0001 else best[1].factors)
            )
    return told


class Reasoner:
    """Gathers reasons in one body."""

    def __init__(self, incidence: Incidence) -> None:
        self.incidence = incidence
        self.model = incidence.model.unsided

    def by_chance(self, mechanism: str, source: str, target: str) -> float:
        """How often rewired graphs join this source and this target; see ``graph.chance``."""
        first, second = self.incidence.kept.degrees.get(mechanism, ({}, {}))
        key = f"{first.get(source, 0)}:{second.get(target, 0)}"
        return self.model.chance.get(mechanism, {}).get(key, 0.0)

    def published(self, ends: dict[str, Target]) -> Iterator[Reason | Refuted]:
        """Referrals and contributions that somebody published, to any end of an explanation."""
        for name, end in ends.items():
            for edge in self.incidence.edges(name):
                felt = edge.relation in chance.FELT and edge.object == name
                if not felt and edge.relation != "associatedWith":
                    continue
                connection = self.incidence.model.connection(edge)
                source = edge.subject if edge.object == name else edge.object
                for structure, hops in self._behind(source):
                    if structure.kind in _PLACES and structure.id in ends and ends[structure.id].weight == 1.0:
                        continue  # the site itself
                    last = hop_of(self.incidence, edge, source)
                    told = self._told(structure, (*hops, last, *end.hops), connection, edge, end.weight)
                    aspect = next((h.target.id for h in end.hops if h.relation == "overlaps"), name)
                    yield told if isinstance(told, Refuted) else replace(told, end=aspect)

    def _behind(self, source: str) -> Iterator[tuple[Named, tuple[Hop, ...]]]:
        """The structures for which a source stands: itself, or what an impairment is an impairment of.

        A complaint, which is a finding of a region, is behind nothing: it is felt too.
        """
        structure = self.incidence.model.structures[source]
        owners = self.incidence.objects(source, "findingOf") if structure.kind == "Finding" else []
        kinds = [self.incidence.model.structures[o].kind for o in owners]
        if "Region" in kinds:
            return
        owners = [o for o, kind in zip(owners, kinds, strict=True) if kind != "Movement"]
        if not owners:
            yield structure, ()
        for owner in owners:
            yield self.incidence.model.structures[owner], (hop(self.incidence, owner, source, "findingOf"),)

    def _told(
        self, structure: Named, hops: tuple[Hop, ...], connection: Connection, edge: Edge, standing: float
    ) -> Reason | Refuted:
        mechanism = chance.mechanism(connection, self.model.structures)
        if connection.grade == "Refuted":
            told = hop_of(self.incidence, edge, edge.subject).words
            words = f"{told}. {connection.comment}".strip()
            return Refuted(structure, mechanism, words, (*connection.sources, *connection.against))
        chanced = self.by_chance(mechanism, connection.subject, connection.object)
        factors = (
            (f"mechanism {self.model.mechanisms[mechanism].label}", self.model.mechanisms[mechanism].weight),
            (f"evidence {connection.grade.lower()}", self.model.grades[connection.grade].weight),
            (f"{(connection.frequency or 'Occasional').lower()} there", self._frequency(connection)),
            (_felt(hops, standing), round(standing, 4)),
            ("more than chance", round((1 - chanced) ** self.model.circumstances["MoreThanChance"], 4)),
        )
        return Reason(
            structure=structure,
            mechanism=mechanism,
            grade=connection.grade,
            hops=hops,
            weight=_product(factors),
            factors=factors,
            sources=connection.sources,
            comment=connection.comment,
            through=connection.through,
            against=connection.against,
        )

    def _frequency(self, connection: Connection) -> float:
        return self.model.circumstances[connection.frequency or "Occasional"]

    def signified(self, place: Named) -> Iterator[Reason]:
        """The nerves, roots and organs of which a finding is a sign: foot drop of the fibular nerve and of L5."""
        if place.kind != "Finding":
            return
        for edge in self.incidence.edges(place.id):
            if edge.relation != "findingOf" or edge.subject != place.id:
                continue
            owner = self.incidence.model.structures[edge.object]
            name = chance.BY_KIND.get(owner.kind)
            if name is None:
                continue
            step = hop_of(self.incidence, edge, edge.object)
            factors = (
                (f"mechanism {self.model.mechanisms[name].label}", self.model.mechanisms[name].weight),
                ("the finding is a sign of it", self.model.grades[step.grade].weight),
            )
            yield Reason(owner, name, step.grade, (step,), _product(factors), factors, step.sources, end=place.id)

    def supplied(self, regions: list[str], here: dict[str, Named]) -> Iterator[Reason]:
        """Nerves and roots that supply what lies at the site, by the share of it that they supply."""
        share = self.model.circumstances["ThroughSupply"]
        tissues = [s for s in here.values() if s.kind in ("Muscle", "Joint")]
        supply: dict[str, list[Hop]] = {}
        for tissue in [*tissues, *(self.incidence.model.structures[r] for r in regions)]:
            for edge in self.incidence.edges(tissue.id):
                if edge.subject == tissue.id and edge.relation in ("innervatedBy", "hasMainRoot"):
                    supply.setdefault(edge.object, []).append(hop_of(self.incidence, edge, edge.object))
        for source, hops in sorted(supply.items()):
            structure = self.incidence.model.structures[source]
            mechanism = "NeuralRoot" if structure.kind == "SpinalNerve" else "PeripheralNerve"
            skin = [h for h in hops if h.target.kind == "Region"]
            part = 1.0 if skin else min(1.0, len(hops) / max(1, len(tissues)))
            factors = (
                (f"mechanism {self.model.mechanisms[mechanism].label}", self.model.mechanisms[mechanism].weight),
                ("supplies the site, no published pattern", share),
                ("share of the site that it supplies", round(part, 4)),
            )
            first = (skin or hops)[0]
            yield Reason(structure, mechanism, first.grade, (first,), _product(factors), factors, first.sources)

    def compensating(self, here: dict[str, Named]) -> Iterator[Reason]:
        """Muscles for which a muscle at the site works too hard."""
        for tissue in here.values():
            for edge in self.incidence.edges(tissue.id):
                if edge.relation != "compensatesFor" or edge.subject != tissue.id:
                    continue
                connection = self.incidence.model.connection(edge)
                if connection.grade == "Refuted":
                    continue
                for structure, hops in self._behind(edge.object):
                    factors = (
                        ("mechanism compensation", self.model.mechanisms["Compensation"].weight),
                        (f"evidence {connection.grade.lower()}", self.model.grades[connection.grade].weight),
                        ("a muscle at the site takes over", self.model.circumstances["NeighbouringRegion"]),
                    )
                    step = hop_of(self.incidence, edge, edge.object)
                    yield Reason(
                        structure, "Compensation", connection.grade, (*hops, step), _product(factors), factors,
                        connection.sources, connection.comment, connection.through, connection.against,
                    )  # fmt: skip


def _felt(hops: tuple[Hop, ...], standing: float) -> str:
    if standing == 1.0:
        return "felt at the site itself"
    return "felt beside the site" if any(h.relation == "overlaps" for h in hops) else "felt at one aspect of the site"


def is_remote(structure: Named, here: dict[str, Named]) -> bool:
    """Whether a structure lies elsewhere than at the site."""
    return structure.id not in here or structure.kind not in LOCAL_KINDS


def _product(factors: tuple[tuple[str, float], ...]) -> float:
    product = 1.0
    for _, value in factors:
        product *= value
    return product
