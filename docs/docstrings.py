"""Docstrings as kinchain writes them, put into the words that mkdocstrings reads.

Our sections have one line an entry, ``NAME  what it is``; numpydoc wants the text on a line of its own. Our examples
stand at the end without a heading.
"""

from __future__ import annotations

import re
from typing import Any

from griffe import Extension, Object

_SECTION = re.compile(r"^(Raises|Yields|Returns|Attributes)\n-+\n((?:.+\n?)+)", re.MULTILINE)
_EXAMPLE = re.compile(r"(?:^>>> .*\n?(?:^(?!\s*$).*\n?)*\n?)+", re.MULTILINE)


def as_numpydoc(text: str) -> str:
    r"""A docstring with its sections as numpydoc writes them, and its examples under a heading.

    >>> print(as_numpydoc("Load.\n\nRaises\n------\nNoRoute  none"))
    Load.
    <BLANKLINE>
    Raises
    ------
    NoRoute
        none
    """
    text = _SECTION.sub(lambda s: f"{s[1]}\n{'-' * len(s[1])}\n{_entries(s[2])}", text)
    examples = [found[0].rstrip() for found in _EXAMPLE.finditer(text)]
    if examples and "Examples\n----" not in text:
        text = _EXAMPLE.sub("", text).rstrip() + "\n\nExamples\n--------\n" + "\n\n".join(examples)
    return text


def _entries(lines: str) -> str:
    """``NAME  text`` on one line becomes two; a line that goes on with spaces belongs to the entry above."""
    out = []
    for line in lines.rstrip().splitlines():
        entry = re.match(r"(\w+)\s{2,}(.*)", line)
        out.append(f"{entry[1]}\n    {entry[2]}" if entry else f"    {line.strip()}" if line.startswith(" ") else line)
    return "\n".join(out) + ("\n" if lines.endswith("\n") else "")


class OneLineSections(Extension):
    """Rewrites every docstring before it is parsed."""

    def on_object(self, *, obj: Object, **_: Any) -> None:
        """Called for each module, class, function and attribute."""
        if obj.docstring:
            obj.docstring.value = as_numpydoc(obj.docstring.value)
