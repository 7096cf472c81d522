"""The walks of the map: every step that a profile allows, as columns of numbers, and once for both sides of the body.

A sided structure has a number, its right or median one even and its left one the next. A node of a walk is twice that
number, and one more where it is reached from a part (``^``) or departed from (``>``); a median structure that is
entered from the left counts as left. ``assets/finder.js`` unpacks it again.
"""

from __future__ import annotations

import base64
import sys
from array import array
from collections.abc import Iterable, Mapping
from typing import Any

from kinchain.graph.simplify import PROFILES, simplify, structure_of
from kinchain.model import Laterality, Side, SidedModel


def pack(model: SidedModel, profile: str, number: Mapping[str, int], connection: Mapping[int, int]) -> dict[str, Any]:
    """The walk of a profile: first its edges that also exist mirrored, once for both, then those that do not.

    *number* gives the number of an unsided structure, *connection* that of a connection of the model.
    """
    passable = PROFILES[profile].passable
    walk = simplify(model, profile)
    edges = {
        (node_number(model, source, number, passable), node_number(model, target, number, passable)): (
            round(data["cost"], 9),
            connection[model.edges[data["edge"]].connection],
        )
        for source, target, data in walk.edges(data=True)
    }
    two_sided = {  # the nodes that have a mirror image
        node
        for name in {structure_of(node) for node in walk}
        for named in [model.structures[name]]
        for node in range(4 * number[named.unsided], 4 * number[named.unsided] + 4)
        if model.unsided.structures[named.unsided].laterality is Laterality.PAIRED
        or (named.side is Side.MEDIAN and named.kind in passable)
    }

    def mirrored(pair: tuple[int, int]) -> tuple[int, int]:
        source, target = (node ^ 2 if node in two_sided else node for node in pair)
        return source, target

    both = sorted(p for p in edges if p < mirrored(p) and edges.get(mirrored(p)) == edges[p])
    once = sorted(set(edges) - set(both) - set(map(mirrored, both)))
    costs = sorted({cost for cost, _ in edges.values()})
    order = [*both, *once]
    return {
        "passable": sorted(passable),
        "mirrored": len(both),
        "costs": costs,
        "source": packed("H", (source for source, _ in order)),
        "target": packed("H", (target for _, target in order)),
        "cost": packed("B", (costs.index(edges[pair][0]) for pair in order)),
        "connection": packed("H", (edges[pair][1] for pair in order)),
    }


def node_number(model: SidedModel, node: str, number: Mapping[str, int], passable: Iterable[str]) -> int:
    """The number by which the page knows a node of a walk."""
    named = model.structures[structure_of(node)]
    entered = named.kind in passable and named.side is Side.MEDIAN and "@left" in node
    return 4 * number[named.unsided] + 2 * (named.side is Side.LEFT or entered) + node.endswith((">", "^"))


def packed(code: str, values: Iterable[int]) -> str:
    """A column of numbers as base64, the low byte first."""
    column = array(code, values)
    if sys.byteorder == "big":
        column.byteswap()
    return base64.b64encode(column.tobytes()).decode()
