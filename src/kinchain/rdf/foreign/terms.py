"""What is read from an anatomy file of others: terms, and notes on the lines that could not be read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

MAX_NOTES = 1000  # of a file; more are only counted


@dataclass(frozen=True, slots=True)
class Term:
    """A class of another ontology; *synonyms* are the exact ones, *xrefs* and *parents* are CURIEs."""

    id: str
    label: str
    synonyms: tuple[str, ...] = ()
    xrefs: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()


class Note(NamedTuple):
    """Something of a file that was not read as it stands; *line* counts from 1."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class ForeignFile:
    """The terms of a file by their CURIEs, and what was left out of it: the first notes, and how many there are."""

    name: str
    format: str
    terms: Mapping[str, Term]
    notes: tuple[Note, ...] = ()
    noted: int = 0


@dataclass(slots=True)
class Draft:
    """A term while its file is read: statements come in any order, and more than once."""

    id: str
    label: str = ""
    synonyms: dict[str, None] = field(default_factory=dict)
    xrefs: dict[str, None] = field(default_factory=dict)
    parents: dict[str, None] = field(default_factory=dict)
    obsolete: bool = False
    declared: bool = False

    def term(self) -> Term | None:
        """The finished term; None when it is obsolete, has no name, or is only mentioned."""
        if self.obsolete or not self.declared or not self.label:
            return None
        return Term(self.id, self.label, tuple(self.synonyms), tuple(sorted(self.xrefs)), tuple(sorted(self.parents)))


class Notes:
    """Collects what could not be read, the first of it with lines."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.kept: list[Note] = []
        self.number = 0

    def add(self, line: int, message: str) -> None:
        """Note something about a line."""
        self.number += 1
        if len(self.kept) < MAX_NOTES:
            self.kept.append(Note(line, message))

    @property
    def first(self) -> str:
        """The first note in words, or nothing."""
        return f"{self.file}:{self.kept[0].line}: {self.kept[0].message}" if self.kept else ""


_OBO = re.compile(r"https?://purl\.obolibrary\.org/obo/([A-Za-z][A-Za-z0-9]*)_(\w+)")
_FMA = re.compile(r"https?://purl\.org/sig/ont/fma/fma(\d+)")
_WIKIDATA = re.compile(r"https?://www\.wikidata\.org/(?:entity|wiki)/(Q\d+)")


def curie(iri: str) -> str:
    """An IRI as our mappings write it, or unchanged where they would not know it.

    >>> curie("http://purl.obolibrary.org/obo/UBERON_0001443"), curie("http://purl.org/sig/ont/fma/fma22314")
    ('UBERON:0001443', 'FMA:22314')
    """
    for pattern, form in ((_OBO, r"\1:\2"), (_FMA, r"FMA:\1"), (_WIKIDATA, r"wikidata:\1")):
        if found := pattern.fullmatch(iri):
            return found.expand(form)
    return iri


def shortened(text: str, limit: int = 60) -> str:
    """A line of a file, short enough for a sentence.

    >>> shortened("x" * 100, 5)
    'xxxxx…'
    """
    clean = "".join(c if c.isprintable() else " " for c in text).strip()
    return clean if len(clean) <= limit else clean[:limit] + "…"
