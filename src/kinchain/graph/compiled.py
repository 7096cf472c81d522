"""A compiled body as queries see it: the model, its indices and its walks, each part read when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from kinchain.graph import plain
from kinchain.graph.array_walk import ArrayWalk
from kinchain.graph.incident import Edges, Incident
from kinchain.graph.roster import Roster
from kinchain.model import Connection, Named, Side, SidedModel, UnsidedModel
from kinchain.store.arrays import Arrays
from kinchain.store.container import Store
from kinchain.store.tables import Index, Keyed, Records

# The parts of the unsided model that are kept by name, and how an item is made of plain data.
PARTS: dict[str, Any] = {
    "structures": plain.structure,
    "relations": plain.relation,
    "grades": plain.grade,
    "sources": plain.source,
    "chains": plain.chain,
    "tests": plain.test,
    "interventions": plain.intervention,
    "red_flags": plain.red_flag,
    "claims": plain.claim,
    "mechanisms": plain.mechanism,
    "circumstances": float,
    "speaks_for": tuple,
    "excludes": tuple,
    "implies": tuple,
    "chance": dict,
    "positions": plain.point,
    "made_of": str,
}


class Compiled:
    """The indices and walks of a compiled body; see ``graph.kept.Kept``."""

    def __init__(self, store: Store) -> None:
        self.store = store
        parts = {name: Keyed(store, name, made) for name, made in PARTS.items()}
        self.connections_: Records[Connection] = Records(store, "connections", plain.connection)
        unsided = UnsidedModel(connections=self.connections_, **parts)
        sided = Keyed(store, "sided", plain.named)
        ids, relations = sided.index.keys, parts["relations"].index.keys
        arrays = Arrays(store, "edges")
        edges = Edges(ids, relations.all, arrays)
        self.model = SidedModel(unsided, sided, edges, self)
        self.incident = Incident(ids, sided.index.get, lambda: {n: i for i, n in enumerate(relations)}, edges, arrays)
        self.wholes: Mapping[str, frozenset[str]] = Keyed(store, "wholes", frozenset, parts["structures"].index)
        self.groups: Mapping[str, tuple[str, ...]] = Keyed(store, "groups", tuple, parts["structures"].index)
        self.chains_of: Mapping[str, tuple[str, ...]] = Keyed(store, "chains_of", tuple)
        self.link_ends: Mapping[str, tuple[str, ...]] = Keyed(store, "link_ends", tuple)
        self.among: Mapping[str, tuple[int, ...]] = Keyed(store, "among", tuple)
        self.names: Mapping[str, Any] = Keyed(store, "names", tuple)
        self._acting: Records[tuple[tuple[int, int, int, int], ...]] = Records(store, "acting")
        self._sided: Records[Named] = sided.items_in_order
        self._ends = Arrays(store, "ends")
        self._number = parts["structures"].index.get
        self.unsided_ids: Sequence[str] = parts["structures"].index.keys
        self._relation = parts["relations"].index.get
        self._walks: dict[tuple[str, Side, str], ArrayWalk] = {}

    @cached_property
    def refuted(self) -> frozenset[int]:
        """The positions of refuted connections."""
        return frozenset(self.store.array("refuted/connections"))

    @cached_property
    def everywhere(self) -> frozenset[str]:
        """The red flags that are looked for everywhere, on each side."""
        ids = self.incident.ids
        return frozenset(ids[number] for number in self.store.array("everywhere/flags"))

    @cached_property
    def felt(self) -> Any:
        """How much each referral counts."""
        from kinchain.graph.felt import Felt

        return Felt(lambda name: self.store.array(f"felt/{name}"))

    @cached_property
    def roster(self) -> Roster:
        """What each sided structure is, by its number."""
        return Roster(lambda name: self.store.array(f"roster/{name}"), Records(self.store, "kinds"))

    def named(self, number: int) -> Named:
        """The sided structure with this number."""
        return self._sided[number]

    def acting(self, number: int) -> Sequence[tuple[int, int, int, int]]:
        """What tests or treats a sided structure."""
        return self._acting[number]

    def connections(self, unsided: str, relations: Sequence[str] = ()) -> list[Connection]:
        """The connections of an unsided structure, in the order of the body; of some relations, or all."""
        number = self._number(unsided)
        if number is None:
            return []
        first, last = self._ends["offsets"][number : number + 2]
        positions = self._ends["edges"][first:last]
        if relations:
            wanted, codes = {self._relation(name) for name in relations}, self._ends["relation"]
            positions = [position for position in positions if codes[position] in wanted]
        return [self.connections_[position] for position in positions]

    def walk(self, profile: str, first_side: Side, weakest: str) -> ArrayWalk:
        """The walk of a profile; with *weakest* it is made from the arrays, linear in their length."""
        key = profile, first_side, weakest
        if key not in self._walks:
            nodes = Index(self.store, f"walk/{profile}")
            arrays: Mapping[str, Any] = Arrays(self.store, f"walk/{profile}")
            if weakest:
                from kinchain.graph.walk_arrays import WALK_ARRAYS, limited

                whole = {name: arrays[name] for name in WALK_ARRAYS}
                arrays = limited(nodes.keys, whole, self.model.unsided.grades[weakest].order)
            self._walks[key] = ArrayWalk(nodes, arrays, first_side)
        return self._walks[key]
