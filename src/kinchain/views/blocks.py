"""What an answer says, as blocks that can be written as HTML for a notebook, or as plain text.

The HTML holds to what every notebook viewer shows, also one that strips scripts and style sheets: tables, details,
images and styles of single elements. Colours suit light and dark themes. Every text is escaped here and nowhere else.
"""

from __future__ import annotations

import base64
import html
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kinchain.model import Source
from kinchain.views.table import cited


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade of evidence."""

    name: str


@dataclass(frozen=True, slots=True)
class Cite:
    """Works, by their ids."""

    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Soft:
    """A remark, on a line of its own in a table."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """What must not be overlooked."""

    text: str


@dataclass(frozen=True, slots=True)
class Break:
    """The end of a line."""


Part = str | Grade | Cite | Soft | Strong | Break
Cell = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Title:
    """A heading; *level* 1 is that of the answer."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph."""

    parts: Cell


@dataclass(frozen=True, slots=True)
class Rows:
    """A table."""

    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Image:
    """A picture as SVG, and what it shows in words."""

    svg: str
    words: str


@dataclass(frozen=True, slots=True)
class Folded:
    """What is a click away."""

    summary: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Alarm:
    """What comes before everything else."""

    blocks: tuple[Block, ...]


Block = Title | Line | Rows | Image | Folded | Alarm
Sources = Mapping[str, Source]

_SOFT = "opacity:.75;font-size:90%"
_EDGE = "1px solid rgba(128,128,128,.35)"
_CELL = f"text-align:left;vertical-align:top;padding:4px 8px;border:0;border-top:{_EDGE};white-space:normal"
_GRADES = {
    "Textbook": "#e5e7eb;color:#1f2937",
    "Strong": "#d1fae5;color:#065f46",
    "Moderate": "#dbeafe;color:#1e3a8a",
    "Limited": "#fef3c7;color:#78350f",
    "Conflicting": "#ede9fe;color:#5b21b6",
    "Claimed": "#fee2e2;color:#991b1b",
    "Refuted": "#991b1b;color:#fff",
}


def as_html(blocks: Sequence[Block], sources: Sources) -> str:
    """Blocks as a piece of HTML.

    >>> as_html([Line(("a < b",))], {})[-43:]
    '<p style="margin:.3em 0">a &lt; b</p></div>'
    """
    inner = "".join(_block(block, sources) for block in blocks)
    return f'<div style="max-width:62em;line-height:1.4;overflow-x:auto">{inner}</div>'


def _block(block: Block, sources: Sources) -> str:
    match block:
        case Title(text, level):
            size = "125%" if level == 1 else "105%"
            return f'<p style="font-size:{size};font-weight:bold;margin:.7em 0 .3em">{html.escape(text)}</p>'
        case Line(parts):
            return f'<p style="margin:.3em 0">{_parts(parts, sources)}</p>'
        case Rows(head, rows):
            top = "".join(
                f'<th style="{_CELL};border-top:0;font-size:85%;opacity:.75" scope="col">{html.escape(h)}</th>'
                for h in head
            )
            body = "".join(
                "<tr>" + "".join(f'<td style="{_CELL}">{_parts(cell, sources)}</td>' for cell in row) + "</tr>"
                for row in rows
            )
            return (
                '<table style="border-collapse:collapse;margin:.3em 0;font-size:92%">'
                f"<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"
            )
        case Image(svg, words):
            data = base64.b64encode(svg.encode()).decode()
            return (
                f'<img src="data:image/svg+xml;base64,{data}" alt="{html.escape(words)}" '
                f'style="border:{_EDGE};border-radius:8px;max-width:100%;margin:.3em 0;display:block">'
            )
        case Folded(summary, inner):
            text = "".join(_block(each, sources) for each in inner)
            return (
                f'<details style="margin:.3em 0"><summary style="cursor:pointer">{html.escape(summary)}</summary>'
                f"{text}</details>"
            )
        case Alarm(inner):
            text = "".join(_block(each, sources) for each in inner)
            return (
                f'<div style="border:2px solid #d64541;border-radius:8px;padding:2px 12px;margin:.5em 0">{text}</div>'
            )


def _parts(parts: Cell, sources: Sources) -> str:
    return "".join(_part(part, sources) for part in parts)


def _part(part: Part, sources: Sources) -> str:
    match part:
        case Grade(name):
            style = f"background:{_GRADES.get(name, '#e5e7eb;color:#1f2937')}"
            return (
                f'<span style="{style};padding:0 7px;border-radius:9px;font-size:85%;white-space:nowrap">'
                f"{html.escape(name)}</span>"
            )
        case Cite(ids):
            return ", ".join(_work(i, label, sources) for i, label in zip(ids, cited(ids, sources), strict=True))
        case Soft(text):
            return f'<br><span style="{_SOFT}">{html.escape(text)}</span>'
        case Strong(text):
            return f"<b>{html.escape(text)}</b>"
        case Break():
            return "<br>"
        case str():
            return html.escape(part)


def _work(i: str, label: str, sources: Sources) -> str:
    url = sources[i].url if i in sources else ""
    text = html.escape(label)
    return f'<a href="{html.escape(url)}" rel="noreferrer" target="_blank">{text}</a>' if url else text


def as_text(blocks: Sequence[Block], sources: Sources, *, width: int = 100) -> str:
    """Blocks as text of *width* letters a line, with all that the HTML folds away.

    >>> print(as_text([Title("Soleus"), Rows(("step", "evidence"), ((("a → b",), (Grade("Strong"),)),))], {}))
    Soleus
      a → b · Strong
    """
    lines: list[str] = []
    for block in blocks:
        match block:
            case Title(text):
                lines += ["", text] if lines else [text]
            case Line(parts):
                lines += textwrap.wrap(_plain(parts, sources), width)
            case Rows(_, rows):
                for row in rows:
                    cells = (_plain(cell, sources) for cell in row)
                    told = " · ".join(cell for cell in cells if cell)
                    lines += textwrap.wrap(told, width, initial_indent="  ", subsequent_indent="      ")
            case Folded(summary, inner):
                lines += ["", summary, *as_text(inner, sources, width=width).splitlines()]
            case Alarm(inner):
                lines += as_text(inner, sources, width=width).splitlines()
            case Image():
                continue
    return "\n".join(lines)


def _plain(parts: Cell, sources: Sources) -> str:
    def told(part: Part) -> str:
        match part:
            case Grade(name):
                return name
            case Cite(ids):
                return "; ".join(cited(ids, sources))
            case Soft(text):
                return f" ({text})"
            case Strong(text):
                return text
            case Break():
                return "; "
            case str():
                return part

    return " ".join("".join(told(part) for part in parts).split())
