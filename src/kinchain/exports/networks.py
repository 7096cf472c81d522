"""Flat tables as a NetworkX graph whose attributes every graph format can hold, with a place for every node.

What is not said is no attribute. Nodes stand where they are in the body, seen from the front; what has no place in it
(tests, treatments, red flags, findings such as "at night") stands in columns to its right, and says ``placed`` False.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kinchain.exports.flat import Row, Tables, Value

if TYPE_CHECKING:
    import networkx as nx

_BESIDE, _APART, _COLUMN = 500.0, 25.0, 40  # thousandths of stature, and how many stand in one column


def network(tables: Tables, *, ids: bool = False) -> nx.MultiDiGraph:
    """The graph of some tables. An edge's id is its key; with *ids* it is an attribute, and the key a small number.

    >>> from kinchain import Body
    >>> from kinchain.exports.flat import whole
    >>> graph = network(whole(Body.load().model))
    >>> graph.nodes["right_soleus"]["x"] == -graph.nodes["left_soleus"]["x"]
    True
    """
    import networkx as nx

    graph = nx.MultiDiGraph(name=tables.title)
    beside = _beside(tables)
    for row in tables.nodes:
        placed = row["x"] is not None
        x, y, z = (row["x"], row["y"], row["z"]) if placed else (*next(beside), 0.0)
        attributes = {**_said(row, "id"), "x": x, "y": y, "z": z, "placed": placed}
        graph.add_node(row["id"], **attributes)
    for row in tables.edges:
        if ids:
            graph.add_edge(row["source"], row["target"], **_said(row, "source", "target"))
        else:
            graph.add_edge(row["source"], row["target"], row["id"], **_said(row, "id", "source", "target"))
    return graph


def _said(row: Row, *without: str) -> dict[str, Value]:
    return {name: value for name, value in row.items() if value is not None and name not in without}


def _beside(tables: Tables) -> Iterator[tuple[float, float]]:
    """Places beside the body, column by column from the top."""
    count = sum(row["x"] is None for row in tables.nodes)
    for number in range(count):
        column, line = divmod(number, _COLUMN)
        yield _BESIDE + column * _APART, 1000.0 - line * _APART
