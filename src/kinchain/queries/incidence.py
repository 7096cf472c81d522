"""Which edges meet at a structure, and what it is a part of: looked up once for a body, asked by every query."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kinchain.graph.incident import Entry
from kinchain.graph.kept import kept_of
from kinchain.model import Connection, Edge, SidedModel


class Incidence:
    """An index of a body's edges by their ends: read from a compiled body, else worked out in time linear in them."""

    def __init__(self, model: SidedModel) -> None:
        self.model = model
        self.kept = kept_of(model)

    def edges(self, structure: str) -> list[Edge]:
        """The edges of a structure, in the order of the body."""
        found: list[Edge] = self.kept.incident.edges(structure)
        return found

    def entries(self, structure: str, relations: Sequence[str], *ends: int) -> list[Entry]:
        """The edges of some relations that have a structure at one of these ends, as numbers, in the order of the body.

        See ``graph.incident``.
        """
        incident = self.kept.incident
        found: list[Entry] = incident.entries(structure, incident.codes(relations, *ends))
        return found

    def subjects(self, structure: str, relation: str) -> list[str]:
        """The structures that have this relation to a structure: the members of a group, the parts of a whole."""
        found: list[str] = self.kept.incident.subjects(structure, relation)
        return found

    def objects(self, structure: str, *relations: str) -> list[str]:
        """The structures to which a structure has one of these relations."""
        found: list[str] = self.kept.incident.objects(structure, relations)
        return found

    @property
    def wholes(self) -> Mapping[str, frozenset[str]]:
        """For each unsided structure, all that it is a part of, itself included."""
        return self.kept.wholes

    @property
    def groups(self) -> Mapping[str, tuple[str, ...]]:
        """The groups that an unsided structure is a member of."""
        return self.kept.groups

    def unsided(self, structure: str, *relations: str) -> list[Connection]:
        """The connections of an unsided structure, in the order of the body; of some relations, or all."""
        return self.kept.connections(structure, relations)
