"""Which nodes of a walk are left by steps that are the same from both sides, so that one search may stand for two."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from typing import Any

from kinchain.graph.simplify import Place

Arrays = Mapping[str, Any]


def mirrors(right: Mapping[str, Place], left: Mapping[str, Place], arrays: Arrays) -> array[int]:
    """For each node, in the order of *right*, 1 where its row, asked from the right, is the mirror image of the row of
    its image, asked from the left: the same places, weights, grades and numbers of steps; else 0.

    *right* and *left* have the places of the nodes as each side sees them; *arrays* are those of ``walk_arrays``.
    """
    nodes = list(right)
    image = {place: number for number, place in enumerate(map(left.__getitem__, nodes))}
    places = [right[node] for node in nodes], [left[node] for node in nodes]
    made = array("B")
    for number, place in enumerate(places[0]):
        twin = image.get(place)
        same = twin is not None and _row(arrays, number, "right", places[0]) == _row(arrays, twin, "left", places[1])
        made.append(same)
    return made


def _row(a: Arrays, node: int, side: str, places: list[Place]) -> tuple[int, set[tuple[Place, int, int, int]]]:
    into = a["in_offsets"][node + 1] - a["in_offsets"][node]
    return into, set(_steps(a, node, a[f"ties_{side}"], places))


def _steps(a: Arrays, node: int, ties: Any, places: list[Place]) -> Iterator[tuple[Place, int, int, int]]:
    for entry in range(a["offsets"][node], a["offsets"][node + 1]):
        yield places[a["targets"][entry]], a["weights"][entry], ties[entry], a["step_grade"][a["step_offsets"][entry]]
