"""Which edges meet at a structure, as arrays: for each sided structure the entries of its row."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from kinchain.model import Edge
from kinchain.store.arrays import whole
from kinchain.store.tables import Records

Arrays = Mapping[str, Any]
Entry = tuple[int, int, int, int]

EDGE, ENTRY = 5, 4  # numbers of an edge, and of an entry in the row of a structure
SUBJECT, OBJECT, RELATION = 1, 2, 4  # of the code of an entry: at which end the structure is, and the relation


class Incident:
    """The edges of each structure, and what is at their other ends. *arrays* are those of ``graph.edge_arrays``."""

    def __init__(
        self,
        ids: Sequence[str],
        number: Callable[[str], int | None],
        relations: Callable[[], Mapping[str, int]],
        edges: Sequence[Edge],
        arrays: Arrays,
    ) -> None:
        self.ids, self.number, self._relations, self._edges, self._arrays = ids, number, relations, edges, arrays
        self._where: Any = None  # where the row of each structure begins
        self._known: dict[str, list[Edge]] = {}
        self._rows: dict[int, tuple[Sequence[int], Sequence[int]]] = {}
        self._codes: dict[tuple[object, ...], frozenset[int]] = {}

    def _row(self, number: int) -> tuple[Sequence[int], Sequence[int]]:
        """The numbers of the entries of a structure, one entry after the other, and their codes."""
        row = self._rows.get(number)
        if row is None:
            first, last = self._offsets()[number : number + 2]
            numbers = self._arrays["rows"][ENTRY * first : ENTRY * last]
            row = self._rows[number] = numbers, numbers[1::ENTRY]
        return row

    def _offsets(self) -> Any:
        if self._where is None:
            self._where = whole(self._arrays, "offsets")
        return self._where

    def edges(self, structure: str) -> list[Edge]:
        """The edges of a structure, in the order of the body."""
        if structure not in self._known:
            number = self.number(structure)
            positions = [] if number is None else sorted(self._row(number)[0][::ENTRY])
            self._known[structure] = [self._edges[position] for position in positions]
        return self._known[structure]

    def entries(self, structure: str, codes: Iterable[int]) -> list[Entry]:
        """As ``numbered``, of the structure with this id."""
        number = self.number(structure)
        return [] if number is None else self.numbered(number, codes)

    def numbered(self, number: int, codes: Iterable[int]) -> list[Entry]:
        """The entries of a structure with some codes, in the order of the body: ``edge, code, other, connection``.

        A row is sorted by its codes, so this takes the logarithm of its length, for each code.
        """
        row, of_entries = self._row(number)
        found: list[Entry] = []
        for code in codes:
            first = bisect_left(of_entries, code)
            last = bisect_right(of_entries, code, first)
            if first < last:
                numbers = iter(row[ENTRY * first : ENTRY * last])
                found += zip(numbers, numbers, numbers, numbers, strict=True)
        return sorted(found)

    def connection(self, edge: int) -> int:
        """The position of the connection that an edge came from."""
        position: int = self._arrays["table"][EDGE * edge + 3]
        return position

    def codes(self, relations: Sequence[str], *ends: int) -> frozenset[int]:
        """The codes of entries of some relations in whose edges the structure is at one of these *ends*."""
        key = (*relations, *ends)
        if key not in self._codes:
            numbers = self._relations()
            bases = [RELATION * numbers[name] for name in relations if name in numbers]
            self._codes[key] = frozenset(base + at for base in bases for at in (*ends, SUBJECT + OBJECT))
        return self._codes[key]

    def subjects(self, structure: str, relation: str) -> list[str]:
        """The structures that have this relation to a structure."""
        return self._others(structure, self.codes((relation,), OBJECT))

    def objects(self, structure: str, relations: Sequence[str]) -> list[str]:
        """The structures to which a structure has one of these relations."""
        return self._others(structure, self.codes(relations, SUBJECT))

    def _others(self, structure: str, wanted: frozenset[int]) -> list[str]:
        return [self.ids[other] for _, _, other, _ in self.entries(structure, wanted)]


class Edges(Records[Edge]):
    """The edges of a compiled body: arrays that become edges when they are asked for."""

    def __init__(self, ids: Sequence[str], relations: Callable[[], Sequence[str]], arrays: Arrays) -> None:
        self._ids, self._relations, self._arrays = ids, relations, arrays
        self._known: dict[int, Edge] = {}
        self._all: tuple[Edge, ...] | None = None
        self._names: Sequence[str] = ()

    def __len__(self) -> int:
        return len(self._arrays["table"]) // EDGE

    def _decoded(self, position: Any) -> Any:
        if self._all is not None or isinstance(position, slice):
            return self.all()[position]
        if not -len(self) <= position < len(self):
            raise IndexError(f"there is no edge {position} among {len(self)}")
        position %= len(self)
        if position not in self._known:
            self._known[position] = self._edge(position)
        return self._known[position]

    def _edge(self, position: int) -> Edge:
        if not self._names:
            self._names = self._relations()
        subject, relation, object_, connection, crosses = self._arrays["table"][EDGE * position : EDGE * (position + 1)]
        return Edge(self._ids[subject], self._names[relation], self._ids[object_], connection, crosses == 1)

    def all(self) -> tuple[Edge, ...]:
        """Every edge; those that were made before are the same objects."""
        if self._all is None:
            ids, relations, known = tuple(self._ids), self._relations(), self._known
            table = self._arrays["table"][:]
            plain = zip(*(table[column::EDGE] for column in range(EDGE)), strict=True)
            self._all = tuple(
                known[n] if n in known else Edge(ids[s], relations[r], ids[o], c, x == 1)
                for n, (s, r, o, c, x) in enumerate(plain)
            )
            known.clear()
        return self._all
