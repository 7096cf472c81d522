"""Why a structure might be behind pain at a site, in words: the route that explains it, and what makes its weight."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from kinchain.answers import Hop
from kinchain.graph.felt import Factors, factors, more_than_chance, product
from kinchain.graph.profiles import structure_of
from kinchain.model import Named
from kinchain.queries.hops import hop, hop_of
from kinchain.queries.incidence import Incidence
from kinchain.queries.targets import LOCAL_KINDS, Target
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
        self.model = incidence.model

    def published(
        self, structure: str, finding: str, edge: int, source: str, mechanism: str, end: Target, aspect: str
    ) -> Reason:
        """A referral or contribution that somebody published, by way of a *finding* of the structure or of none."""
        sided = self.model.edges[edge]
        connection, unsided = self.model.connection(sided), self.model.unsided
        hops = (*self._impaired(structure, finding), hop_of(self.incidence, sided, source), *self._onward(end))
        chance = more_than_chance(unsided, self.incidence.kept.degrees, connection, mechanism)
        known = (
            *factors(unsided, connection, mechanism),
            (_felt(end), round(end.weight, 4)),
            ("more than chance", chance),
        )
        return Reason(
            structure=self.model.structures[structure],
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

    def simply(self, structure: str, mechanism: str, edge: int, known: Factors, end: str = "") -> Reason:
        """A reason that is one hop."""
        step = hop_of(self.incidence, self.model.edges[edge], structure)
        named = self.model.structures[structure]
        return Reason(named, mechanism, step.grade, (step,), product(known), known, step.sources, end=end)

    def taken_over(self, structure: str, finding: str, edge: int, source: str, known: Factors) -> Reason:
        """A muscle for which another takes over."""
        sided = self.model.edges[edge]
        connection = self.model.connection(sided)
        hops = (*self._impaired(structure, finding), hop_of(self.incidence, sided, source))
        return Reason(
            self.model.structures[structure], "Compensation", connection.grade, hops, product(known), known,
            connection.sources, connection.comment, connection.through, connection.against,
        )  # fmt: skip

    def reached(self, walk: Walk, end: Reached, grade: str, known: Factors) -> Reason:
        """A way through tissue, told from what is reached towards the site."""
        hops = tuple(
            hop_of(self.incidence, self.model.edges[walk.stride(one, two).edge], structure_of(two))
            for one, two in reversed(list(pairwise(end.way())))
        )
        sources = tuple(sorted({s for h in hops for s in h.sources}))
        named = self.model.structures[structure_of(end.node)]
        return Reason(named, "Myofascial", grade, hops, product(known), known, sources)

    def refuted(self, structure: str, mechanism: str, edge: int) -> Refuted:
        """What was looked for and not found, and by whom."""
        sided = self.model.edges[edge]
        connection = self.model.connection(sided)
        told = hop_of(self.incidence, sided, sided.subject).words
        why = f"{told}. {connection.comment}".strip()
        return Refuted(self.model.structures[structure], mechanism, why, (*connection.sources, *connection.against))

    def _impaired(self, structure: str, finding: str) -> tuple[Hop, ...]:
        return (hop(self.incidence, structure, finding, "findingOf"),) if finding else ()

    def _onward(self, end: Target) -> tuple[Hop, ...]:
        """The hops from an end of explanations to the site."""
        return tuple(hop(self.incidence, *step) for step in end.steps)


def _felt(end: Target) -> str:
    if end.weight == 1.0:
        return "felt at the site itself"
    return "felt beside the site" if end.aspect else "felt at one aspect of the site"


def is_remote(structure: Named, here: dict[str, Named]) -> bool:
    """Whether a structure lies elsewhere than at the site."""
    return structure.id not in here or structure.kind not in LOCAL_KINDS
