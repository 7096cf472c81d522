"""Small pieces of Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence


def cell(value: object) -> str:
    """Text for a cell of a table: one line, with nothing that would end the cell.

    >>> cell("a | b")
    'a \\\\| b'
    """
    return re.sub(r"\s*\n\s*", " ", str(value)).replace("|", "\\|")


def table(header: Sequence[str], rows: Iterable[Sequence[object]], align: str = "") -> str:
    """A table; *align* has a letter a column, ``r`` for figures.

    >>> print(table(("a", "b"), [(1, 2)], "lr"))
    | a | b |
    | --- | ---: |
    | 1 | 2 |
    """
    rule = ["---:" if letter == "r" else "---" for letter in align.ljust(len(header), "l")]
    lines = [header, rule, *rows]
    return "\n".join("| " + " | ".join(cell(value) for value in line) + " |" for line in lines)


def code(text: str, language: str = "text") -> str:
    """A fenced block."""
    return f"```{language}\n{text.rstrip()}\n```"


def escaped(text: str) -> str:
    """Plain text in which Markdown and HTML have nothing to say.

    >>> escaped("a <b> *c*")
    'a &lt;b&gt; \\\\*c\\\\*'
    """
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"([\\`*_\[\]])", r"\\\1", text)


def number(count: int) -> str:
    """A count with a space between the thousands, as in 12 022.

    >>> number(12022).replace("\\u202f", " ")
    '12 022'
    """
    return f"{count:,}".replace(",", "\u202f")
