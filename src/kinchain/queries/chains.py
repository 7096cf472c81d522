"""Published chains: which of them a route runs along."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kinchain.model import ChainMatch, Named
from kinchain.queries.incidence import Incidence


def along(incidence: Incidence, stations: Sequence[Named]) -> tuple[ChainMatch, ...]:
    """The chains of which a route walks at least one whole link, with the links that it walks, most first.

    A link is walked when the route passes from its one end to its other without leaving the two, in either direction;
    a head or layer of a structure counts as the structure, a member of a group as the group.
    """
    kin = _kin(incidence)
    sets = [kin(station.unsided) for station in stations]
    found = []
    for chain in incidence.model.unsided.chains.values():
        links = tuple(link.position for link in chain.links if not link.gap and _walked(sets, link.source, link.target))
        if links:
            found.append(ChainMatch(chain.id, chain.label, links, len(chain.links)))
    return tuple(sorted(found, key=lambda m: (-len(m.links), -len(m.links) / m.length, m.id)))


def _walked(sets: Sequence[frozenset[str]], source: str, target: str) -> bool:
    """Whether some stretch of the route lies within the two ends and touches both."""
    inside: set[str] = set()
    for names in sets:
        here = names & {source, target}
        if not here:
            inside = set()
        elif len(inside | here) == 2 and len(here) == 1:
            return True
        inside |= here
    return False


def _kin(incidence: Incidence) -> Callable[[str], frozenset[str]]:
    """For a structure: itself, its wholes, and the groups that they are members of."""
    groups: dict[str, set[str]] = {}
    for c in incidence.model.unsided.connections:
        if c.relation == "memberOf":
            groups.setdefault(c.subject, set()).add(c.object)

    def kin(name: str) -> frozenset[str]:
        found = set(incidence.wholes[name])
        queue = list(found)
        while queue:
            new = groups.get(queue.pop(), set()) - found
            found |= new
            queue += new
        return frozenset(found)

    return kin
