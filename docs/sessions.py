"""What stands in the fenced blocks of a page, and how what is shown is compared with what was said: text alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher, unified_diff
from itertools import groupby

GAP = "…"
_BLOCK = re.compile(r"^(?P<indent> *)```(?P<info>[^\n`]+)\n(?P<text>.*?)^(?P=indent)```", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: its language, the file that it names, its text without the page's indent, and where it begins."""

    language: str
    file: str
    text: str
    line: int


class Different(AssertionError):
    """A page shows something else than what happens."""


def blocks(page: str) -> Iterator[Block]:
    """The fenced blocks of a page.

    >>> [b.language for b in blocks("```console\\n$ kinchain find TLF\\n```\\n")]
    ['console']
    """
    for found in _BLOCK.finditer(page):
        indent = len(found["indent"])
        text = "".join(line[indent:] for line in found["text"].splitlines(keepends=True))
        title = re.search(r'title="([^"]+)"', found["info"])
        language = found["info"].split()[0].strip("{}.")
        yield Block(language, title[1] if title else "", text, page.count("\n", 0, found.start()) + 1)


def commands(text: str) -> Iterator[tuple[str, list[str]]]:
    """The commands of a console block, each with the lines that are shown after it.

    >>> list(commands("$ one\\na\\n$ two\\n"))
    [('one', ['a']), ('two', [])]
    """
    shown: list[str] = []
    command = ""
    for line in text.splitlines():
        if line.startswith("$ "):
            if command:
                yield command, shown
            command, shown = line[2:], []
        elif command and command.endswith("\\"):
            command = command[:-1].rstrip() + " " + line.removeprefix("> ").strip()
        else:
            shown.append(line)
    if command:
        yield command, shown


def agrees(shown: list[str], said: list[str]) -> bool:
    """Whether lines that a page shows are what was said; ``…`` stands for any lines.

    >>> agrees(["a", "…", "d"], ["a", "b", "c", "d"])
    True
    >>> agrees(["a"], ["a", "b"])
    False
    """
    pattern = r"\n".join(r"(?s:.*?)" if line.strip() == GAP else re.escape(line.rstrip()) for line in shown)
    return re.fullmatch(pattern, "\n".join(line.rstrip() for line in said)) is not None


def changed(text: str, block: Block) -> str:
    """A text after a ``diff`` block: each run of ``-`` lines is replaced by the ``+`` lines after it."""
    old: list[str] = []
    new: list[str] = []
    for line in [*block.text.splitlines(), ""]:
        if line.startswith("-"):
            old.append(line[1:])
        elif line.startswith("+"):
            new.append(line[1:])
        elif old:
            before = "\n".join(old)
            if text.count(before) != 1:
                raise Different(f"line {block.line}: {block.file} does not say once: {before}")
            text = text.replace(before, "\n".join(new)) if new else text.replace(before + "\n", "")
            old, new = [], []
    return text


def difference(shown: list[str], said: list[str]) -> str:
    """What a page would have to say, as a diff."""
    now = shown if agrees(shown, said) else shortened(shown, said)
    diff = "\n".join(unified_diff(shown, now, "the page", "what was said", lineterm="", n=1))
    return f"{diff}\n'python -m docs.console' brings the pages up to date"


def shortened(shown: list[str], said: list[str]) -> list[str]:
    """What was said, cut as it was cut before: each stretch of lines begins where the line most like its first stands.

    >>> shortened(["a", "…", "c 1", "d", "…"], ["a", "b", "c 2", "D", "e"])
    ['a', '…', 'c 2', 'D', '…']
    """
    said = [line.rstrip() for line in said]
    out: list[str] = []
    at = 0
    for is_gap, group in groupby(shown, key=lambda line: line.strip() == GAP):
        lines = list(group)
        if is_gap:
            continue
        if out or shown[0].strip() == GAP:
            start = max(
                range(at, len(said)), key=lambda n: SequenceMatcher(None, said[n], lines[0]).ratio(), default=at
            )
        else:
            start = at
        if start > at:
            out.append(GAP)
        at = start + len(lines)
        out += said[start:at]
    if not any(line.strip() == GAP for line in shown):
        return said
    return [*out, GAP] if at < len(said) else out


def _most_alike(line: str, said: list[str], at: int) -> int:
    """The position, from *at* on, of what is most like a line."""
    return max(range(at, len(said)), key=lambda n: SequenceMatcher(None, said[n], line).ratio(), default=at)
