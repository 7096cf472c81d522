"""The edges of a body by numbers, as ``graph.incident`` reads them."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from itertools import accumulate

from kinchain.graph.incident import EDGE, OBJECT, RELATION, SUBJECT
from kinchain.model import SidedModel


def edge_arrays(model: SidedModel) -> dict[str, array[int]]:
    """The edges of a body by numbers.

    ``table``: for each edge ``subject, relation, object, connection, crosses``. ``offsets``, ``rows``: for each entry
    in the row of a structure ``edge, code, other, connection``, where the code is ``RELATION`` times the number of the
    relation plus ``SUBJECT`` or ``OBJECT`` or both, and the other is the other end; rows are sorted by code, then edge.
    Relations are numbered as the model lists them.
    """
    number = {name: at for at, name in enumerate(model.structures)}
    relations = {name: at for at, name in enumerate(model.unsided.relations)}
    table = array("I")
    for e in model.edges:
        table.extend((number[e.subject], relations[e.relation], number[e.object], e.connection, e.crosses))
    ends = rows_of(len(number), zip(table[0::EDGE], table[2::EDGE], strict=True))
    rows = array("I")
    for here, (first, last) in enumerate(zip(ends["offsets"], ends["offsets"][1:], strict=False)):
        entries = []
        for edge in ends["edges"][first:last]:
            subject, relation, object_, connection, _ = table[EDGE * edge : EDGE * (edge + 1)]
            code = RELATION * relation + SUBJECT * (subject == here) + OBJECT * (object_ == here)
            entries.append((code, edge, object_ if subject == here else subject, connection))
        for code, edge, other, connection in sorted(entries):
            rows.extend((edge, code, other, connection))
    return {"table": table, "offsets": ends["offsets"], "rows": rows}


def rows_of(size: int, ends: Iterable[tuple[int, int]]) -> dict[str, array[int]]:
    """``offsets`` and ``edges``: for each of *size* nodes the positions of the edges that have it as an end.

    >>> rows = rows_of(3, [(0, 1), (1, 1), (2, 0)])
    >>> rows["offsets"].tolist(), rows["edges"].tolist()
    ([0, 2, 4, 5], [0, 2, 0, 1, 2])
    """
    rows: list[list[int]] = [[] for _ in range(size)]
    for position, (one, two) in enumerate(ends):
        rows[one].append(position)
        if two != one:
            rows[two].append(position)
    return {
        "offsets": array("I", accumulate((len(row) for row in rows), initial=0)),
        "edges": array("I", (position for row in rows for position in row)),
    }
