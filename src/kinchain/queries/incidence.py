"""Which edges meet at a structure, and what it is a part of: looked up once for a body, asked by every query."""

from __future__ import annotations

from functools import cached_property

from kinchain.graph.derive import parts_closure
from kinchain.model import Connection, Edge, SidedModel


class Incidence:
    """An index of a body's edges by their ends. Building it is linear in the number of edges."""

    def __init__(self, model: SidedModel) -> None:
        self.model = model
        self._edges: dict[str, list[Edge]] = {}
        for edge in model.edges:
            self._edges.setdefault(edge.subject, []).append(edge)
            if edge.object != edge.subject:
                self._edges.setdefault(edge.object, []).append(edge)

    def edges(self, structure: str) -> list[Edge]:
        """The edges of a structure, in the order of the body."""
        return self._edges.get(structure, [])

    def subjects(self, structure: str, relation: str) -> list[str]:
        """The structures that have this relation to a structure: the members of a group, the parts of a whole."""
        return [e.subject for e in self.edges(structure) if e.relation == relation and e.object == structure]

    def objects(self, structure: str, *relations: str) -> list[str]:
        """The structures to which a structure has one of these relations."""
        return [e.object for e in self.edges(structure) if e.relation in relations and e.subject == structure]

    @cached_property
    def wholes(self) -> dict[str, frozenset[str]]:
        """For each unsided structure, all that it is a part of, itself included."""
        return parts_closure(self.model.unsided)

    @cached_property
    def groups(self) -> dict[str, tuple[str, ...]]:
        """The groups that an unsided structure is a member of."""
        found: dict[str, tuple[str, ...]] = {}
        for c in self.model.unsided.connections:
            if c.relation == "memberOf":
                found[c.subject] = (*found.get(c.subject, ()), c.object)
        return found

    def unsided(self, structure: str) -> list[Connection]:
        """The connections of an unsided structure, in the order of the body."""
        return self._connections.get(structure, [])

    @cached_property
    def _connections(self) -> dict[str, list[Connection]]:
        found: dict[str, list[Connection]] = {}
        for c in self.model.unsided.connections:
            for end in {c.subject, c.object}:
                found.setdefault(end, []).append(c)
        return found
