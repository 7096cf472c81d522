"""The body as it is seen: positions in front and back view, and the outline and muscles that stand behind the nodes.

The view is oblique, from slightly above, so that feet can be read: what lies forward is drawn lower from the front and
higher from behind. From behind, the left of the body is on the left of the picture; from the front it is on the right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib import resources

from kinchain.graph.layout import mean
from kinchain.model import Named, Point, Side, UnsidedModel

UNIT = 4000  # of the picture, for one stature
VIEWS = ("front", "back")
_TILT = 0.3
_OUTLINE = 1000  # units of the outlines and muscles, for one stature
_BESIDE = (0.27 * UNIT, 0.02 * UNIT)
_EITHER_VIEW = 0.006  # what lies so close to the middle plane is drawn in both views


def seen(point: Point, side: Side, view: str, unit: float = UNIT) -> tuple[float, float]:
    """Where a structure of a side is drawn: x to the right of the midline, y downwards from the vertex.

    >>> seen(Point(0.1, 0.8, 0.0), Side.RIGHT, "front")
    (-400.0, 800.0)
    >>> seen(Point(0.1, 0.8, 0.0), Side.RIGHT, "back")
    (400.0, 800.0)
    """
    front = view == "front"
    to_left = {Side.LEFT: 1, Side.RIGHT: -1}.get(side, 0)
    x = point.lateral * to_left * (1 if front else -1)
    y = 1 - point.height + _TILT * point.forward * (1 if front else -1)
    return round(x * unit, 1) + 0.0, round(y * unit, 1)


def spot(model: UnsidedModel, structure: Named, view: str) -> tuple[float, float]:
    """Where a structure is drawn; what has no place in the body (a user's own, joined to nothing) stands beside it."""
    point = model.positions.get(structure.unsided)
    return seen(point, structure.side, view) if point else _BESIDE


def best_view(model: UnsidedModel, structures: Iterable[Named]) -> str:
    """The side of the body on which most of some structures lie."""
    depths = [model.positions[s.unsided].forward for s in structures if s.unsided in model.positions]
    return "back" if sum(depth < 0 for depth in depths) * 2 > len(depths) else "front"


def background(model: UnsidedModel) -> dict[str, dict[str, str]]:
    """For each view the paths, for one half, of the outline, its inner lines and the muscles, as SVG path data."""
    return {view: {**_outline(view), "muscles": _muscles(model, view)} for view in VIEWS}


@cache
def _outline(view: str) -> dict[str, str]:
    text = (resources.files("kinchain.views") / "assets" / f"body_{view}.svg").read_text("utf-8")
    return {name: _path(text, name) for name in ("half", "lines")}


def _path(svg: str, name: str) -> str:
    found = re.search(rf'<path id="{name}"[^>]* d="([^"]+)"', svg)
    if found is None:
        raise ValueError(f"the outline has no path '{name}'")
    return found[1]


def _muscles(model: UnsidedModel, view: str) -> str:
    """Every muscle of one half as the lines from its origins to its insertions: fans where it is a fan."""
    ends: dict[str, tuple[list[Point], list[Point]]] = {}
    for c in model.connections:
        if c.relation in ("origin", "insertion") and not c.derived_by and c.object in model.positions:
            ends.setdefault(c.subject, ([], []))[c.relation == "insertion"].append(model.positions[c.object])
    lines: set[str] = set()
    for name, (origins, insertions) in ends.items():
        depth = model.positions[name].forward * (1 if view == "front" else -1)
        if not origins or not insertions or depth < -_EITHER_VIEW:
            continue
        lines |= {_line(origin, mean(insertions), view) for origin in origins}
        lines |= {_line(mean(origins), insertion, view) for insertion in insertions}
    return "".join(sorted(lines))


def _line(first: Point, last: Point, view: str) -> str:
    side = Side.LEFT if view == "front" else Side.RIGHT  # the half that is drawn to the right of the midline
    (x1, y1), (x2, y2) = (seen(point, side, view, _OUTLINE) for point in (first, last))
    return f"M{x1:g} {y1:g}L{x2:g} {y2:g}"
