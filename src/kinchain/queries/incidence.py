"""Which edges meet at a structure, and what it is a part of: looked up once for a body, asked by every query."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from kinchain.graph.incident import SUBJECT, Entry
from kinchain.graph.kept import kept_of
from kinchain.model import Connection, Edge, Named, SidedModel


class Incidence:
    """An index of a body's edges by their ends: read from a compiled body, else worked out in time linear in them."""

    def __init__(self, model: SidedModel) -> None:
        self.model = model
        self.kept = kept_of(model)

    def number(self, structure: str) -> int:
        """The number of a sided structure.

        Raises
        ------
        KeyError  no structure has this id
        """
        number: int | None = self.kept.incident.number(structure)
        if number is None:
            raise KeyError(structure)
        return number

    def named(self, number: int) -> Named:
        """The sided structure with this number."""
        return self.kept.named(number)

    def later(self, numbers: Iterable[int]) -> Sequence[Named]:
        """The sided structures with these numbers, each named when somebody looks at it."""
        return _Later(self, tuple(numbers))

    def linked(self, structure: str, relation: str) -> Sequence[Named]:
        """The structures to which a structure has a relation, each named when somebody looks at it."""
        return self.later(other for _, _, other, _ in self.entries(structure, (relation,), SUBJECT))

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


class _Later(Sequence[Named]):
    """Structures by their numbers, equal to the tuple of them."""

    def __init__(self, incidence: Incidence, numbers: Sequence[int]) -> None:
        self._incidence, self._numbers = incidence, numbers

    def __len__(self) -> int:
        return len(self._numbers)

    def __iter__(self) -> Iterator[Named]:
        return map(self._incidence.named, self._numbers)

    def __getitem__(self, position: Any) -> Any:
        found = self._numbers[position]
        return tuple(map(self._incidence.named, found)) if isinstance(position, slice) else self._incidence.named(found)

    def __eq__(self, other: object) -> bool:
        return tuple(self) == (tuple(other) if isinstance(other, _Later) else other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))
