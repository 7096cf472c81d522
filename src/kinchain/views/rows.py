"""Rows, truths and lists of queries as text: a table for people at a terminal, tab-separated lines when piped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kinchain.views import table


def rows(header: Sequence[str], cells: Sequence[Sequence[str]]) -> None:
    """Print the rows of a query."""
    table.table(header, cells)


def text(header: Sequence[str], cells: Iterable[Sequence[str]]) -> str:
    """The rows as tab-separated text, for a file.

    >>> text(["muscle"], [["soleus"]])
    'muscle\\nsoleus\\n'
    """
    return "".join("\t".join(" ".join(cell.split()) for cell in row) + "\n" for row in (header, *cells))
