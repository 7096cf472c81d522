"""A picture that needs no script: one lane on the outline of the body, as an SVG image.

It is for notebooks and other places that show images but run nothing. The pages' own picture is ``views.picture``; the
outline, the places, the colours and the dashes are the same. Names stand in the margins with leader lines; where there
are too many for that, the numbers alone, and where there are too many for these, only the first and the last.
"""

from __future__ import annotations

import html
import re
import textwrap
from collections.abc import Sequence
from math import cos, pi, sin

from kinchain.model import UnsidedModel
from kinchain.views import figure
from kinchain.views.picture import GRADE_DASHES, Lane, mark, spots_of

WIDTH, HEIGHT = 300, 400  # of the body's part of the image, in pixels
_MARGIN, _LETTERS, _LINE_HEIGHT, _FONT = 172, 25, 13.5, 11.5  # of the names on either side
_MOST_NAMES, _MOST_NUMBERS = 14, 20
_ROUND, _NODE, _SMALL = 46, 8.5, 5.0  # the least distance of a node from the edge, and its radius, in pixels
_LEFT, _TOP, _RIGHT, _BOTTOM = -330.0, -20.0, 330.0, 1060.0  # of the whole body, in thousandths of stature
_TO_OUTLINE = 1000 / figure.UNIT
_CORNERS = {"square": (4, pi / 4, 1.2), "triangle": (3, -pi / 2, 1.25), "triangleDown": (3, pi / 2, 1.25),
            "diamond": (4, 0.0, 1.15), "hexagon": (6, 0.0, 1.05)}  # fmt: skip
_LINE = re.compile(r"M(\S+) (\S+)L(\S+) (\S+?)(?=M|$)")

Box = tuple[float, float, float]  # left, top, and how many units a pixel is


def still(model: UnsidedModel, lane: Lane) -> str:
    """The SVG of a lane: the part of the body on which its structures lie, from the side on which most of them lie.

    >>> from kinchain import Body
    >>> from kinchain.views.picture import Lane, Link
    >>> body = Body.load()
    >>> ends = body.named("right_soleus"), body.named("right_calcaneal_tendon")
    >>> svg = still(body.model.unsided, Lane(1, "", ends, (Link(0, 1, "", "Textbook"),)))
    >>> svg.startswith("<svg "), svg.count("<text")
    (True, 7)
    """
    view = figure.best_view(model, lane.structures)
    spots = [(x * _TO_OUTLINE, y * _TO_OUTLINE) for x, y in spots_of(model, lane, view)]
    box = left, top, unit = _cut(spots)
    count = len(spots)
    numbers = list(lane.numbers or range(1, count + 1))
    if count > _MOST_NUMBERS:
        numbers = [n if position in (0, count - 1) else None for position, n in enumerate(numbers)]
    margin = _MARGIN if count <= _MOST_NAMES else 0
    lines = "".join(
        _line(spots[link.source], spots[link.target], link.grade, link.crosses, link.gap, unit) for link in lane.links
    )
    nodes = "".join(
        _node(spots[n], mark(model, lane.structures[n]), numbers[n], n in lane.marked, unit)
        for n in reversed(range(count))  # so that the first stands on top
    )
    names = [f"{n} {s.label}" if n else s.label for n, s in zip(numbers, lane.structures, strict=True)]
    beside = _names(names, spots, box) if margin else ""
    wide = WIDTH + 2 * margin
    start = left - margin * unit
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{HEIGHT}" '
        f'viewBox="{start:.1f} {top:.1f} {wide * unit:.1f} {HEIGHT * unit:.1f}" font-family="system-ui,sans-serif">'
        f'<rect x="{start:.1f}" y="{top:.1f}" width="100%" height="100%" fill="#fbfaf7"/>'
        f"{_body(model, view, (start, top, unit), wide)}{beside}{lines}{nodes}{_sides(view, box)}</svg>"
    )


def _names(names: Sequence[str], spots: Sequence[tuple[float, float]], box: Box) -> str:
    """Names in two columns, in the order of their heights, none on another, each led to its node by a line."""
    left, top, unit = box
    middle = sorted(x for x, _ in spots)[len(spots) // 2] if spots else 0.0
    sides: tuple[list[int], list[int]] = ([], [])
    for n in sorted(range(len(spots)), key=lambda n: spots[n][1]):
        x = spots[n][0]
        shorter = len(sides[0]) > len(sides[1])
        sides[shorter if abs(x - middle) < 2 * unit else x > middle].append(n)
    told = []
    for right, column in enumerate(sides):
        texts = [textwrap.wrap(names[n], _LETTERS) for n in column]
        heights = [len(text) * _LINE_HEIGHT + 5 for text in texts]
        tops = _apart([(spots[n][1] - top) / unit - h / 2 for n, h in zip(column, heights, strict=True)], heights)
        edge = left + (WIDTH + 8 if right else -8) * unit
        for n, text, high, at in zip(column, texts, heights, tops, strict=True):
            x, y = spots[n]
            y_text = top + (at + high / 2) * unit
            told.append(
                f'<path d="M{edge + (-3 if right else 3) * unit:.1f} {y_text:.1f}L{x:.1f} {y:.1f}" stroke="#8b93a1" '
                f'stroke-width="{0.8 * unit:.2f}"/>'
            )
            told += [
                _text(edge, top + (at + 2.5 + _LINE_HEIGHT * (row + 0.78)) * unit, words, _FONT * unit, "#1f2937",
                      "normal", "start" if right else "end")
                for row, words in enumerate(text)
            ]  # fmt: skip
    return "".join(told)


def _apart(tops: Sequence[float], heights: Sequence[float]) -> list[float]:
    """Boxes below one another at the height where each would like to be, or as near as the others let it.

    >>> _apart([10, 12, 300], [20, 20, 20])
    [10, 30, 300]
    """
    placed = [max(4.0, top) for top in tops]
    for n in range(1, len(placed)):
        placed[n] = max(placed[n], placed[n - 1] + heights[n - 1])
    over = HEIGHT - 22.0
    for n in reversed(range(len(placed))):
        placed[n] = min(placed[n], over - heights[n])
        over = placed[n]
    return placed


def words(model: UnsidedModel, lane: Lane) -> str:
    """What the picture shows, for who cannot see it."""
    numbers = lane.numbers or tuple(range(1, len(lane.structures) + 1))
    told = [f"{number} {s.label}" for number, s in zip(numbers, lane.structures, strict=True) if number]
    return f"On the body, seen from the {figure.best_view(model, lane.structures)}: {', '.join(told)}"


def _cut(spots: Sequence[tuple[float, float]]) -> Box:
    """The smallest part of the body, in the image's proportions, that holds all spots; never less than a forearm."""
    xs, ys = [x for x, _ in spots] or [0.0], [y for _, y in spots] or [500.0]
    unit = max((max(xs) - min(xs)) / (WIDTH - 2 * _ROUND), (max(ys) - min(ys)) / (HEIGHT - 2 * _ROUND), 170 / HEIGHT)
    unit = min(unit, (_BOTTOM - _TOP) / HEIGHT)
    wide, high = WIDTH * unit, HEIGHT * unit
    left, top = (min(xs) + max(xs) - wide) / 2, (min(ys) + max(ys) - high) / 2
    if wide < _RIGHT - _LEFT:
        left = min(max(left, _LEFT), _RIGHT - wide)
    return left, min(max(top, _TOP), max(_TOP, _BOTTOM - high)), unit


def _body(model: UnsidedModel, view: str, box: Box, wide: int) -> str:
    """Outline, inner lines and muscles of both halves; of the muscles only what is in sight."""
    left, top, unit = box
    right, bottom = left + wide * unit, top + HEIGHT * unit
    paths = figure.background(model)[view]
    far = max(abs(left), abs(right))
    near = 0.0 if left <= 0 <= right else min(abs(left), abs(right))

    def seen(x1: float, y1: float, x2: float, y2: float) -> bool:
        return max(x1, x2) >= near and min(x1, x2) <= far and max(y1, y2) >= top and min(y1, y2) <= bottom

    found = (m for m in _LINE.finditer(paths["muscles"]) if seen(*map(float, m.groups())))
    muscles = "".join(m.group() for m in found)
    return "".join(
        f'<g transform="scale({way} 1)"><path d="{paths["half"]}" fill="#ece6dc" stroke="#b9b0a3" '
        f'stroke-width="{1.3 * unit:.2f}"/><path d="{muscles}" stroke="#ddcdc0" stroke-width="{0.9 * unit:.2f}" '
        f'fill="none"/><path d="{paths["lines"]}" fill="none" stroke="#a79d90" stroke-width="{0.8 * unit:.2f}" '
        'opacity=".6"/></g>'
        for way in (1, -1)
    )


def _line(a: tuple[float, float], b: tuple[float, float], grade: str, crosses: bool, gap: bool, unit: float) -> str:
    dash = (1, 10) if gap else GRADE_DASHES.get(grade, (1, 6))
    dashes = f' stroke-dasharray="{" ".join(f"{part * 0.6 * unit:.2f}" for part in dash)}"' if dash else ""
    way = f"M{a[0]:.1f} {a[1]:.1f}L{b[0]:.1f} {b[1]:.1f}"
    return (
        f'<path d="{way}" stroke="#fbfaf7" stroke-width="{5 * unit:.2f}" opacity=".75"/>'
        f'<path d="{way}" stroke="{"#a0366f" if crosses else "#475569"}" stroke-width="{2.6 * unit:.2f}"{dashes} '
        'stroke-linecap="round"/>'
    )


def _node(spot: tuple[float, float], style: tuple[str, str], number: int | None, marked: bool, unit: float) -> str:
    """A structure: its colour and shape, its number on it; a marked one is a ring."""
    x, y = spot
    r = (_NODE if number or marked else _SMALL) * unit
    if marked:
        return (
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{1.3 * r:.2f}" fill="#b3261e" fill-opacity=".18" stroke="#b3261e" '
            f'stroke-width="{2 * unit:.2f}"/>'
        )
    colour, form = style
    paint = f'fill="{colour}" stroke="#fff" stroke-width="{1.2 * unit:.2f}"'
    if form in _CORNERS:
        count, turn, share = _CORNERS[form]
        points = " ".join(
            f"{x + share * r * cos(turn + 2 * pi * i / count):.1f},{y + share * r * sin(turn + 2 * pi * i / count):.1f}"
            for i in range(count)
        )
        shape = f'<polygon points="{points}" {paint}/>'
    else:
        shape = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.2f}" {paint}/>'
    return shape + (_text(x, y + 3.6 * unit, str(number), 10.5 * unit, "#fff", "bold") if number else "")


def _sides(view: str, box: Box) -> str:
    """Which side of the body is which, and from where it is seen: people mistake one for the other."""
    left, top, unit = box
    here, there = ("right", "left") if view == "front" else ("left", "right")
    y = top + (HEIGHT - 8) * unit
    size = 10.5 * unit
    return "".join(
        _text(left + share * WIDTH * unit, y, text, size, "#5b6472", "normal", anchor)
        for share, text, anchor in (
            (0.02, here, "start"), (0.5, f"seen from the {view}", "middle"), (0.98, there, "end")
        )
    )  # fmt: skip


def _text(x: float, y: float, text: str, size: float, colour: str, weight: str, anchor: str = "middle") -> str:
    halo = "" if weight == "bold" else f' stroke="#fbfaf7" stroke-width="{size / 5:.2f}" paint-order="stroke"'
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:.2f}" font-weight="{weight}" fill="{colour}" '
        f'text-anchor="{anchor}"{halo}>{html.escape(text)}</text>'
    )
