"""What pages that draw lanes share: the buttons that choose a lane, and rows that draw one of its links."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Sequence

from kinchain.model import Named
from kinchain.views.picture import Lane

NameLink = Callable[[Named], str]


def plain(structure: Named) -> str:
    """The name of a structure as escaped text: what stands on a page that links to no other."""
    return html.escape(structure.label)


def choices(lanes: Iterable[Lane]) -> str:
    """A button for each lane."""
    return "".join(
        f'<button type="button" data-show="{lane.number}" aria-pressed="false">{html.escape(lane.title)}</button>'
        for lane in lanes
    )


def row(lane: int, number: int, ends: tuple[int, int], cells: Sequence[str], says: str) -> str:
    """A row that draws what joins two of a lane's structures; *cells* are HTML, *says* is what it draws as text."""
    first, last = ends
    return (
        f'<tr data-route="{lane}" data-hop="{number - 1}" data-from="{first}" data-to="{last}"><th scope="row">'
        f'<button type="button" aria-label="{number}: show {html.escape(says)} in the picture">{number}</button></th>'
        f"{_cells(cells)}</tr>"
    )


def still_row(cells: Sequence[str]) -> str:
    """A row of the same table that draws nothing, since what it tells of has no place in the body."""
    return f'<tr><th scope="row">–</th>{_cells(cells)}</tr>'


def _cells(cells: Sequence[str]) -> str:
    return "".join(f"<td>{cell}</td>" for cell in cells)


def table(head: Sequence[str], rows: Sequence[str]) -> str:
    """A table of rows; the first column holds their buttons."""
    columns = "".join(f'<th scope="col">{html.escape(name)}</th>' for name in head)
    return f"<table><thead><tr>{columns}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def section(number: int, title: str, body: str) -> str:
    """The section that tells what a lane shows."""
    return (
        f'<section class="route" id="route-{number}" aria-labelledby="title-{number}">'
        f'<h2 id="title-{number}">{html.escape(title)}</h2>{body}</section>'
    )
