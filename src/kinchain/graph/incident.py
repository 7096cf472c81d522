"""Which edges meet at a structure, as arrays: for each sided structure the positions of its edges, in their order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from kinchain.model import Edge
from kinchain.store.tables import Records

Arrays = Mapping[str, Any]


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
        self._ids, self._number, self._relations, self._edges, self._arrays = ids, number, relations, edges, arrays
        self._known: dict[str, list[Edge]] = {}
        self._codes: Mapping[str, int] = {}

    def _row(self, structure: str) -> tuple[int, Sequence[int]]:
        number = self._number(structure)
        if number is None:
            return -1, ()
        offsets = self._arrays["offsets"]
        row: Sequence[int] = self._arrays["edges"][offsets[number] : offsets[number + 1]].tolist()
        return number, row

    def edges(self, structure: str) -> list[Edge]:
        """The edges of a structure, in the order of the body."""
        if structure not in self._known:
            self._known[structure] = [self._edges[position] for position in self._row(structure)[1]]
        return self._known[structure]

    def subjects(self, structure: str, relation: str) -> list[str]:
        """The structures that have this relation to a structure."""
        return self._others(structure, (relation,), "object", "subject")

    def objects(self, structure: str, relations: Sequence[str]) -> list[str]:
        """The structures to which a structure has one of these relations."""
        return self._others(structure, relations, "subject", "object")

    def _others(self, structure: str, relations: Sequence[str], here: str, there: str) -> list[str]:
        if not self._codes:
            self._codes = self._relations()
        wanted = {self._codes.get(relation) for relation in relations}
        number, row = self._row(structure)
        code, near, far = (self._arrays[name] for name in ("relation", here, there))
        return [self._ids[far[e]] for e in row if code[e] in wanted and near[e] == number]


class Edges(Records[Edge]):
    """The edges of a compiled body: arrays that become edges when they are asked for."""

    def __init__(self, ids: Sequence[str], relations: Callable[[], Sequence[str]], arrays: Arrays) -> None:
        self._ids, self._relations, self._arrays = ids, relations, arrays
        self._known: dict[int, Edge] = {}
        self._all: tuple[Edge, ...] | None = None
        self._names: Sequence[str] = ()

    def __len__(self) -> int:
        return len(self._arrays["subject"])

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
        a, ids = self._arrays, self._ids
        return Edge(
            ids[a["subject"][position]],
            self._names[a["relation"][position]],
            ids[a["object"][position]],
            a["connection"][position],
            bool(a["crosses"][position]),
        )

    def all(self) -> tuple[Edge, ...]:
        """Every edge; those that were made before are the same objects."""
        if self._all is None:
            ids, relations, known = tuple(self._ids), self._relations(), self._known
            columns = (self._arrays[n].tolist() for n in ("subject", "relation", "object", "connection", "crosses"))
            plain = zip(*columns, strict=True)
            self._all = tuple(
                known[n] if n in known else Edge(ids[s], relations[r], ids[o], c, x == 1)
                for n, (s, r, o, c, x) in enumerate(plain)
            )
            known.clear()
        return self._all
