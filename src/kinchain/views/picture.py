"""Pictures: the only room that sees pyvis. Structures where they lie in the body, joined by what links them.

A picture has lanes, each a body with some structures on it: one for each route, or one over the other for the
candidates of a complaint. pyvis makes nodes and edges; ``assets/picture.js`` draws them with the vis-network that pyvis
ships, on the outline of ``views.figure``.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import hypot
from typing import Any

from kinchain.model import Named, Side, UnsidedModel
from kinchain.views import figure

# Darkened from Okabe and Ito's palette, which colour-blind people can tell apart, so that white text on each has a
# contrast of at least 4.5; the shape says the kind as well.
KIND_STYLE: dict[str, tuple[str, str]] = {
    "Muscle": ("#b34700", "circle"),
    **dict.fromkeys(("Fascia", "Tendon"), ("#0063a0", "square")),
    **dict.fromkeys(("Ligament", "Bursa"), ("#00734f", "triangle")),
    **dict.fromkeys(("Bone", "Landmark", "Cartilage"), ("#57606f", "diamond")),
    "Joint": ("#374151", "hexagon"),
    **dict.fromkeys(("Nerve", "Plexus", "SpinalNerve", "NeuralTissue", "Tunnel"), ("#7d5a00", "triangleDown")),
    **dict.fromkeys(("Viscus", "Vessel"), ("#8a2c62", "drop")),
}
OTHER_STYLE = ("#3c4a5c", "ring")
GRADE_DASHES: dict[str, tuple[int, ...]] = {
    "Textbook": (),
    "Strong": (),
    "Moderate": (12, 5),
    "Limited": (6, 5),
    "Conflicting": (2, 4),
    "Claimed": (1, 6),
}
_GRADE_WIDTH = {"Textbook": 3.5, "Strong": 3.5, "Moderate": 3.0}
_LANE = 0.76 * figure.UNIT  # from one body to the next
_APART, _APART_SHARE = 0.014 * figure.UNIT, 0.045  # the least distance of two nodes, and that in a small picture


@dataclass(frozen=True, slots=True)
class Link:
    """A line of a picture between two of a lane's structures, by their positions in it."""

    source: int
    target: int
    words: str
    grade: str
    crosses: bool = False
    gap: bool = False


@dataclass(frozen=True, slots=True)
class Lane:
    """A body with the structures of one route, chain or answer.

    ``numbers`` are what each structure carries, its place in the order when they are not given; ``marked`` the
    positions of those that are drawn as a place, such as the painful one; ``opens`` the lane that a click leads to.
    """

    number: int
    title: str
    structures: tuple[Named, ...]
    links: tuple[Link, ...]
    numbers: tuple[int | None, ...] | None = None
    marked: tuple[int, ...] = ()
    opens: tuple[int | None, ...] = ()


def draw(
    model: UnsidedModel, lanes: Sequence[Lane], *, stacked: bool = False, body_beside: bool = False
) -> dict[str, Any]:
    """What ``picture.js`` needs: nodes with their place in both views, edges, lanes, the body's paths, the colours.

    *stacked* lanes lie on one body and are looked at one by one; others stand side by side. The body's paths are left
    out when they are in a file beside the page.
    """
    from pyvis.network import Network

    net = Network(directed=True, cdn_resources="in_line", height="100%", width="100%")
    told = []
    for place, lane in enumerate(lanes):
        view = figure.best_view(model, lane.structures)
        spots = {name: spots_of(model, lane, name) for name in figure.VIEWS}
        numbers = lane.numbers or tuple(range(1, len(lane.structures) + 1))
        for number, structure in enumerate(lane.structures):
            color, shape = mark(model, structure)
            net.add_node(
                f"{lane.number}:{number}",
                label=structure.label,
                kind=structure.kind,
                shape="custom",
                form="ring" if number in lane.marked else shape,
                color=color,
                number=numbers[number],
                opens=lane.opens[number] if lane.opens else None,
                front=spots["front"][number],
                back=spots["back"][number],
                lane=lane.number,
                x=spots[view][number][0],
                y=spots[view][number][1],
            )
        for link in lane.links:
            net.add_edge(
                f"{lane.number}:{link.source}",
                f"{lane.number}:{link.target}",
                title=link.words,
                grade=link.grade,
                crosses=link.crosses,
                gap=link.gap,
                dash=[1, 10] if link.gap else list(GRADE_DASHES.get(link.grade, (1, 6))),
                width=_GRADE_WIDTH.get(link.grade, 2.5) + (1 if link.crosses else 0),
                hidden=True,  # picture.js draws the lines itself, at one width whatever the scale
            )
        told.append({"number": lane.number, "title": lane.title, "view": view, "x": 0 if stacked else place * _LANE})
    net.set_options(json.dumps(_OPTIONS))
    nodes, edges, *_ = net.get_network_data()
    return {
        "nodes": nodes,
        "edges": edges,
        "options": _OPTIONS,
        "lanes": told,
        "stacked": stacked,
        "unit": figure.UNIT,
        **({} if body_beside else {"body": figure.background(model)}),
    }


def mark(model: UnsidedModel, structure: Named) -> tuple[str, str]:
    """The colour and the shape of a structure: those of its kind, of a group those of what it is made of.

    A group that is a part of the body is a disc, since a ring, which carries no number, says where it hurts.
    """
    kind = model.made_of.get(structure.unsided or structure.id, structure.kind)
    colour, form = KIND_STYLE.get(kind, OTHER_STYLE)
    return (colour, "circle") if structure.kind == "Group" and form == "ring" else (colour, form)


def spots_of(model: UnsidedModel, lane: Lane, view: str) -> list[tuple[float, float]]:
    """Where the structures of a lane stand, none on top of another."""
    spots = [list(figure.spot(model, s, view)) for s in lane.structures]
    spread = max((hypot(a[0] - b[0], a[1] - b[1]) for a, b in combinations(spots, 2)), default=0.0)
    least = min(_APART, max(spread * _APART_SHARE, _APART / 8))
    for _ in range(40):
        moved = False
        for (i, a), (j, b) in combinations(enumerate(spots), 2):
            dx, dy = b[0] - a[0], b[1] - a[1]
            away = hypot(dx, dy)
            if away >= least:
                continue
            push = (least - away) / 2 + 0.5
            ux, uy = (dx / away, dy / away) if away > 1 else (0.0, 1.0)
            for spot, way, named in ((a, -1, lane.structures[i]), (b, 1, lane.structures[j])):
                spot[0] += 0.0 if named.side in (Side.MEDIAN, Side.EITHER) else way * ux * push
                spot[1] += way * (uy or 1.0) * push
            moved = True
        if not moved:
            break
    return [(round(x, 1), round(y, 1)) for x, y in spots]


_OPTIONS: dict[str, Any] = {
    "physics": False,
    "interaction": {"hover": True, "keyboard": False, "tooltipDelay": 150, "selectConnectedEdges": False},
    "nodes": {"font": {"size": 0}, "borderWidth": 0},
    "edges": {"smooth": False},
    "layout": {"improvedLayout": False},
}
