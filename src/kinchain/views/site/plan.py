"""Which pages a site has, where they lie, and how one leads to another."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from kinchain.errors import InvalidOntology
from kinchain.model import UnsidedModel
from kinchain.views.site.kinds import LISTS

PARTS = ("structures", "regions", "chains", "claims")
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*", re.IGNORECASE)  # what is a file's name on every system


@dataclass(frozen=True, slots=True)
class Page:
    """A page: the folder that it lies in, empty at the top, and its name, which is the id of what it tells of."""

    folder: str
    name: str

    @property
    def path(self) -> str:
        """Where the page lies in the site.

        >>> Page("chain", "spiral_line").path
        'chain/spiral_line.html'
        """
        return f"{self.folder}/{self.name}.html" if self.folder else f"{self.name}.html"

    @property
    def root(self) -> str:
        """The way from the page to the top of the site.

        >>> Page("chain", "spiral_line").root
        '../'
        """
        return "../" if self.folder else ""


@dataclass(frozen=True, slots=True)
class Plan:
    """The pages of a site in the order in which they are written; nothing leads to a page that is not among them."""

    pages: tuple[Page, ...]
    base_url: str = ""  # where the site will stand, without a slash at its end; empty when nobody said
    _known: frozenset[Page] = field(default=frozenset(), repr=False)

    def href(self, page: Page, folder: str, name: str) -> str:
        """The link from a page to another, empty when the site has no such page."""
        wanted = Page(folder, name)
        return page.root + wanted.path if wanted in self._known else ""


def plan(model: UnsidedModel, only: Collection[str] = (), base_url: str = "") -> Plan:
    """The pages of an atlas, or of some of its ``PARTS``; the slow ones first, so that no process waits at the end.

    Raises
    ------
    InvalidOntology  an id that cannot be the name of a file
    """
    pages = tuple(_pages(model, only or PARTS))
    for page in pages:
        if not _NAME.fullmatch(page.name):
            raise InvalidOntology(f"'{page.name}' cannot be the name of a page; give it an id of letters, digits and _")
    return Plan(pages, base_url.rstrip("/"), frozenset(pages))


def _pages(model: UnsidedModel, parts: Collection[str]) -> Iterator[Page]:
    regions = sorted(s.id for s in model.structures.values() if s.kind == "Region")
    if "regions" in parts:
        yield from (Page("region", i) for i in regions)
    if "chains" in parts:
        yield from (Page("chain", i) for i in sorted(model.chains))
    if "structures" in parts:
        yield from (Page("structure", i) for i in sorted(model.structures))
        yield from (Page("", each.name) for each in LISTS)
        yield from (Page("", name) for name in ("map", "quiz"))
    if "claims" in parts:
        yield from (Page("claim", i) for i in sorted(model.claims))
    yield from (Page("", part) for part in PARTS[1:] if part in parts)
    yield from (Page("", name) for name in ("index", "sources", "about"))
