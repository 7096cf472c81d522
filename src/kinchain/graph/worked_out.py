"""What queries look up in a body that was not compiled; and what is written when one is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kinchain.model import Connection, Named, Side, SidedModel

if TYPE_CHECKING:
    from kinchain.graph.felt import Degrees


class WorkedOut:
    """The indices of a model that was not compiled, each made when it is first asked for."""

    def __init__(self, model: SidedModel) -> None:
        self.model = model
        self._walks: dict[Any, Any] = {}

    @cached_property
    def edge_arrays(self) -> dict[str, Any]:
        """The arrays of ``graph.edge_arrays``."""
        from kinchain.graph.edge_arrays import edge_arrays

        return edge_arrays(self.model)

    @cached_property
    def incident(self) -> Any:
        """The edges of each sided structure."""
        from kinchain.graph.incident import Incident

        ids = list(self.model.structures)
        number = {name: at for at, name in enumerate(ids)}
        relations = {name: at for at, name in enumerate(self.model.unsided.relations)}
        return Incident(ids, number.get, lambda: relations, self.model.edges, self.edge_arrays)

    @cached_property
    def wholes(self) -> Mapping[str, frozenset[str]]:
        """For each unsided structure, all that it is a part of, itself included."""
        from kinchain.graph.derive import parts_closure

        return parts_closure(self.model.unsided)

    @cached_property
    def groups(self) -> Mapping[str, tuple[str, ...]]:
        """The groups that an unsided structure is a member of."""
        found: dict[str, tuple[str, ...]] = dict.fromkeys(self.model.unsided.structures, ())
        for c in self.model.unsided.connections:
            if c.relation == "memberOf":
                found[c.subject] = (*found[c.subject], c.object)
        return found

    @cached_property
    def chains_of(self) -> Mapping[str, tuple[str, ...]]:
        """The chains of which an unsided structure is the end of a link, in the order of the model."""
        found: dict[str, tuple[str, ...]] = {}
        for chain in self.model.unsided.chains.values():
            for end in sorted({end for link in chain.links for end in (link.source, link.target)}):
                found[end] = (*found.get(end, ()), chain.id)
        return found

    @cached_property
    def link_ends(self) -> Mapping[str, tuple[str, ...]]:
        """The ends of links of chains that an unsided structure is, or is a part or member of."""
        found = {}
        for name in self.wholes:
            kin = list(self.wholes[name])
            for each in kin:  # grows while it is read
                kin += [group for group in self.groups[each] if group not in kin]
            if ends := sorted(self.chains_of.keys() & set(kin)):
                found[name] = tuple(ends)
        return found

    @cached_property
    def refuted(self) -> frozenset[int]:
        """The positions of refuted connections."""
        return frozenset(at for at, c in enumerate(self.model.unsided.connections) if c.grade == "Refuted")

    @cached_property
    def among(self) -> Mapping[str, tuple[int, ...]]:
        """For each finding that marks people, the positions of the connections that are met among them."""
        found: dict[str, tuple[int, ...]] = {}
        for at, c in enumerate(self.model.unsided.connections):
            for people in c.among:
                found[people] = (*found.get(people, ()), at)
        return found

    @cached_property
    def everywhere(self) -> frozenset[str]:
        """The red flags that are looked for everywhere, on each side."""
        flags, structures = self.model.unsided.red_flags, self.model.structures.values()
        return frozenset(s.id for s in structures if s.unsided in flags and flags[s.unsided].everywhere)

    @cached_property
    def felt_arrays(self) -> dict[str, Any]:
        """The arrays of ``graph.felt``."""
        from kinchain.graph.felt import felt_arrays

        return felt_arrays(self.model.unsided, self.degrees)

    @cached_property
    def felt(self) -> Any:
        """How much each referral counts."""
        from kinchain.graph.felt import Felt

        return Felt(self.felt_arrays.__getitem__)

    @cached_property
    def unsided_ids(self) -> Sequence[str]:
        """The ids of the unsided structures by number."""
        return list(self.model.unsided.structures)

    @cached_property
    def roster(self) -> Any:
        """What each sided structure is, by its number."""
        from kinchain.graph.roster import Roster, kinds_of, roster_arrays

        return Roster(roster_arrays(self.model).__getitem__, kinds_of(self.model))

    @cached_property
    def names(self) -> Mapping[str, tuple[tuple[int, tuple[str, ...]], ...]]:
        """Every spelling of every name."""
        from kinchain.graph.naming import name_index

        return name_index(self.model.unsided.structures.values())

    @cached_property
    def degrees(self) -> Degrees:
        """For each mechanism the number of referrals of each source and to each target."""
        from kinchain.graph import chance

        pairs: dict[str, set[tuple[str, str]]] = {}
        for c in self.model.unsided.connections:
            if c.relation in chance.FELT and c.grade != "Refuted":
                name = chance.mechanism(c, self.model.unsided.structures)
                pairs.setdefault(name, set()).add((c.subject, c.object))
        counted = {name: chance.degrees(sorted(found)) for name, found in sorted(pairs.items())}
        return {name: (dict(sources), dict(targets)) for name, (sources, targets) in counted.items()}

    @cached_property
    def _connections(self) -> dict[str, list[Connection]]:
        found: dict[str, list[Connection]] = {}
        for c in self.model.unsided.connections:
            for end in dict.fromkeys((c.subject, c.object)):
                found.setdefault(end, []).append(c)
        return found

    @cached_property
    def _sided(self) -> list[Named]:
        return list(self.model.structures.values())

    def named(self, number: int) -> Named:
        """The sided structure with this number."""
        return self._sided[number]

    @cached_property
    def _care_places(self) -> dict[str, int]:
        from kinchain.graph.caring import places

        return places(self.model)

    def acting(self, number: int) -> Sequence[tuple[int, int, int, int]]:
        """What tests or treats a sided structure."""
        from kinchain.graph.caring import acting

        return acting(self.incident, self._care_places, self.incident.ids[number])

    def connections(self, unsided: str, relations: Sequence[str] = ()) -> list[Connection]:
        """The connections of an unsided structure, in the order of the body; of some relations, or all."""
        found = self._connections.get(unsided, [])
        return [c for c in found if c.relation in relations] if relations else found

    def walk_arrays(self, profile: str) -> tuple[Sequence[str], dict[str, Any]]:
        """The nodes and arrays of a profile's walk."""
        from kinchain.graph.walk_arrays import arrays

        if profile not in self._walks:
            self._walks[profile] = arrays(self.model, profile)
        found: tuple[Sequence[str], dict[str, Any]] = self._walks[profile]
        return found

    def walk(self, profile: str, first_side: Side, weakest: str) -> Any:
        """The walk of a profile."""
        from kinchain.graph.array_walk import ArrayWalk
        from kinchain.graph.walk_arrays import Nodes, limited

        key = profile, first_side, weakest
        if key not in self._walks:
            nodes, arrays = self.walk_arrays(profile)
            if weakest:
                arrays = limited(nodes, arrays, self.model.unsided.grades[weakest].order)
            self._walks[key] = ArrayWalk(Nodes(nodes), arrays, first_side)
        return self._walks[key]
