"""Which published chains a structure belongs to, and on which of their links."""

from __future__ import annotations

from functools import cached_property

from kinchain.model import Named, Side
from kinchain.queries.chains import TracedChain, TracedLink, trace
from kinchain.queries.incidence import Incidence
from kinchain.records import dataclass


@dataclass(frozen=True, slots=True)
class Membership:
    """A chain that a structure belongs to, begun on one side, and the links that begin or end at it."""

    chain: TracedChain
    links: tuple[TracedLink, ...]


class Memberships:
    """The chains of a body on both sides, traced once and asked for each structure."""

    def __init__(self, incidence: Incidence) -> None:
        self.incidence = incidence

    @cached_property
    def _traced(self) -> tuple[TracedChain, ...]:
        chains = sorted(self.incidence.model.unsided.chains.values(), key=lambda c: c.label)
        return tuple(trace(self.incidence, chain, side) for chain in chains for side in (Side.RIGHT, Side.LEFT))

    def of(self, structure: Named) -> tuple[Membership, ...]:
        """The chains that run through a sided structure; a part stands for its whole, a member for its group."""
        stands_for = standing_for(self.incidence, structure.unsided)
        wholes = self.incidence.wholes

        def meets(end: Named) -> bool:
            related = end.unsided in stands_for or structure.unsided in wholes[end.unsided]
            return (related and end.side is not structure.side.mirrored) or end.id == structure.id

        found = []
        for traced in self._traced:
            links = tuple(link for link in traced.links if meets(link.source) or meets(link.target))
            if links:
                found.append(Membership(traced, links))
        return tuple(found)


def standing_for(incidence: Incidence, unsided: str) -> frozenset[str]:
    """What an unsided structure stands for: itself, its wholes, and the groups that these are members of."""
    found = set(incidence.wholes[unsided])
    queue = list(found)
    while queue:
        for group in incidence.groups.get(queue.pop(), ()):
            if group not in found:
                found.add(group)
                queue.append(group)
    return frozenset(found)
