"""The edges of a body by numbers, as ``graph.incident`` reads them."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from itertools import accumulate

from kinchain.model import SidedModel


def edge_arrays(model: SidedModel) -> dict[str, array[int]]:
    """The edges of a body by numbers: ``subject, object, relation, connection, crosses`` (one for each edge), and
    ``offsets``, ``edges``, the rows of each structure. Relations are numbered as the model lists them.
    """
    number = {name: at for at, name in enumerate(model.structures)}
    relations = {name: at for at, name in enumerate(model.unsided.relations)}
    made = {
        "subject": array("I", (number[e.subject] for e in model.edges)),
        "object": array("I", (number[e.object] for e in model.edges)),
        "relation": array("H", (relations[e.relation] for e in model.edges)),
        "connection": array("I", (e.connection for e in model.edges)),
        "crosses": array("B", (e.crosses for e in model.edges)),
    }
    return {**made, **rows_of(len(number), zip(made["subject"], made["object"], strict=True))}


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
