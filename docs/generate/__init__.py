"""The parts of pages that follow from the project itself: the ontology, the commands, the contracts, the library.

A page says ``<!-- made: NAME -->`` where such a part goes; ``PARTS`` has them by name.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kinchain.body import Body

    from .schema import Schema

ROOT = Path(__file__).resolve().parent.parent.parent
MARK = re.compile(r"^<!-- made: (\w+) -->$", re.MULTILINE)


class Known:
    """What the parts are made from; each is read when a part first asks for it."""

    def __init__(self) -> None:
        self._made: dict[str, str] = {}

    def part(self, name: str) -> str:
        """A part, made when it is first asked for.

        Raises
        ------
        KeyError  nothing makes it
        """
        if name not in self._made:
            self._made[name] = PARTS[name](self)
        return self._made[name]

    @cached_property
    def root(self) -> Path:
        """The ontology's folder."""
        return ROOT / "ontology"

    @cached_property
    def body(self) -> Body:
        """The body."""
        from kinchain.body import Body

        return Body.load(self.root)

    @cached_property
    def schema(self) -> Schema:
        """The vocabulary."""
        from .schema import Schema

        return Schema(self.root)


def _parts() -> dict[str, Callable[[Known], str]]:
    """All parts by name."""
    from . import (
        chains,
        classes,
        commands,
        contract,
        evidence,
        figures,
        formats,
        library,
        properties,
        queries,
        relations,
        rules,
    )

    made: dict[str, Callable[[Known], str]] = {}
    for module in (chains, classes, commands, contract, evidence, figures, formats):
        made |= module.PARTS
    for module in (library, properties, queries, relations, rules):
        made |= module.PARTS
    return made


def filled(page: str, known: Known) -> str:
    """A page with its parts put in; raises ``KeyError`` when it asks for one that nothing makes."""
    return MARK.sub(lambda found: known.part(found[1]), page)


KNOWN = Known()
PARTS = _parts()
