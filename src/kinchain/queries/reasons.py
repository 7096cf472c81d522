"""Why a structure might be behind pain at a site, in words: the route that explains it, and what makes its weight."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from kinchain.answers import Hop
from kinchain.graph.felt import Factors, factors, product
from kinchain.graph.profiles import structure_of
from kinchain.model import Grade, Mechanism, Named
from kinchain.queries.hops import hop, hop_of
from kinchain.queries.incidence import Incidence
from kinchain.queries.targets import Target
from kinchain.records import dataclass

if TYPE_CHECKING:
    from kinchain.graph.walks import Reached, Walk


@dataclass(frozen=True, slots=True)
class Reason:
    """One way in which a structure may be behind the pain. ``weight`` is 0 to 1; ``factors`` say how it came about."""

    structure: Named
    mechanism: str
    grade: str
    hops: tuple[Hop, ...]
    weight: float
    factors: Factors
    sources: tuple[str, ...]
    comment: str = ""
    through: str = ""
    against: tuple[str, ...] = ()
    end: str = ""  # the aspect of the site at which it is felt

    @property
    def words(self) -> str:
        """The route in words."""
        return "; ".join(hop.words for hop in self.hops)


@dataclass(frozen=True, slots=True)
class Refuted:
    """What was looked for and not found."""

    structure: Named
    mechanism: str
    why: str
    sources: tuple[str, ...]


class Teller:
    """Tells the reasons of one body."""

    def __init__(self, incidence: Incidence) -> None:
        self.incidence = incidence
        self.model, self.ids = incidence.model, incidence.kept.incident.ids

    def published(
        self, structure: int, finding: int | None, edge: int, source: int, mechanism: str, end: Target, aspect: str
    ) -> Reason:
        """A referral or contribution that somebody published, by way of a *finding* of the structure or of none."""
        sided = self.model.edges[edge]
        connection, unsided = self.model.connection(sided), self.model.unsided
        hops = (
            *self._impaired(structure, finding),
            hop_of(self.incidence, sided, self.ids[source]),
            *self._onward(end),
        )
        known = (
            *factors(unsided, connection, mechanism),
            (_felt(end), round(end.weight, 4)),
            ("more than chance", self.incidence.kept.felt.chance[sided.connection]),
        )
        return Reason(
            structure=self.incidence.named(structure),
            mechanism=mechanism,
            grade=connection.grade,
            hops=hops,
            weight=product(known),
            factors=known,
            sources=connection.sources,
            comment=connection.comment,
            through=connection.through,
            against=connection.against,
            end=aspect,
        )

    def simply(self, structure: int, mechanism: str, edge: int, known: Factors, end: str = "") -> Reason:
        """A reason that is one hop."""
        named = self.incidence.named(structure)
        step = hop_of(self.incidence, self.model.edges[edge], named.id)
        return Reason(named, mechanism, step.grade, (step,), product(known), known, step.sources, end=end)

    def taken_over(self, structure: int, finding: int | None, edge: int, source: int, known: Factors) -> Reason:
        """A muscle for which another takes over."""
        sided = self.model.edges[edge]
        connection = self.model.connection(sided)
        hops = (*self._impaired(structure, finding), hop_of(self.incidence, sided, self.ids[source]))
        return Reason(
            self.incidence.named(structure), "Compensation", connection.grade, hops, product(known), known,
            connection.sources, connection.comment, connection.through, connection.against,
        )  # fmt: skip

    def reached(self, walk: Walk, end: Reached, mechanism: Mechanism, grade: Grade, shares: Sequence[float]) -> Reason:
        """A way through tissue, told from what is reached towards the site; *shares* are those of mechanism, evidence,
        distance and connections.
        """
        whats = (
            f"mechanism {mechanism.label}",
            f"weakest evidence {grade.name.lower()}",
            f"distance along tissue, cost {end.cost:g}",
            f"{end.degree} connections of its own",
        )
        known = tuple(zip(whats, shares, strict=True))
        hops = tuple(
            hop_of(self.incidence, self.model.edges[walk.stride(one, two).edge], structure_of(two))
            for one, two in reversed(list(pairwise(end.way())))
        )
        sources = tuple(sorted({s for h in hops for s in h.sources}))
        return Reason(
            self.incidence.named(end.structure), mechanism.name, grade.name, hops, product(known), known, sources
        )

    def refuted(self, structure: int, mechanism: str, edge: int) -> Refuted:
        """What was looked for and not found, and by whom."""
        sided = self.model.edges[edge]
        connection = self.model.connection(sided)
        told = hop_of(self.incidence, sided, sided.subject).words
        why = f"{told}. {connection.comment}".strip()
        return Refuted(self.incidence.named(structure), mechanism, why, (*connection.sources, *connection.against))

    def _impaired(self, structure: int, finding: int | None) -> tuple[Hop, ...]:
        return () if finding is None else (hop(self.incidence, self.ids[structure], self.ids[finding], "findingOf"),)

    def _onward(self, end: Target) -> tuple[Hop, ...]:
        """The hops from an end of explanations to the site."""
        return tuple(hop(self.incidence, *step) for step in end.steps)


def _felt(end: Target) -> str:
    if end.weight == 1.0:
        return "felt at the site itself"
    return "felt beside the site" if end.aspect else "felt at one aspect of the site"
