"""What questions are answered with: hops, routes, matches, facts, profiles."""

from __future__ import annotations

from kinchain.model import Named, TermMapping
from kinchain.records import dataclass


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a route, read in walking direction; ``forward`` says whether that is the edge's own direction."""

    source: Named
    target: Named
    relation: str
    forward: bool
    grade: str
    sources: tuple[str, ...]
    crosses: bool
    words: str
    via: Named | None = None
    comment: str = ""
    against: tuple[str, ...] = ()
    other_relations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChainMatch:
    """A published chain that a route runs along, and on which of its links."""

    id: str
    label: str
    links: tuple[int, ...]
    length: int


@dataclass(frozen=True, slots=True)
class Route:
    """A way from one structure to another; as sure as its weakest hop."""

    rank: int
    profile: str
    cost: float
    grade: str
    crosses: bool
    hops: tuple[Hop, ...]
    chains: tuple[ChainMatch, ...]

    @property
    def stations(self) -> tuple[Named, ...]:
        """The structures along the route, both ends included."""
        return (self.hops[0].source, *(hop.target for hop in self.hops)) if self.hops else ()


@dataclass(frozen=True, slots=True)
class PathAnswer:
    """The answer to "what links A to B?": routes, and in plain words why a profile has none."""

    source: Named
    target: Named
    profiles: tuple[str, ...]
    routes: tuple[Route, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A structure that a text may mean; score 100 is an exact name."""

    structure: Named
    matched: str
    score: float


@dataclass(frozen=True, slots=True)
class Fact:
    """One connection of a structure as ``show`` lists it; ``of`` is the structure itself or one of its parts."""

    of: Named
    relation: str
    phrase: str
    forward: bool
    other: Named
    grade: str
    sources: tuple[str, ...]
    words: str
    crosses: bool
    against: tuple[str, ...] = ()
    comment: str = ""
    derived_by: str = ""
    via: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """All that the body knows about one structure."""

    structure: Named
    definition: str
    synonyms: tuple[str, ...]
    latin: tuple[str, ...]
    abbreviations: tuple[str, ...]
    exception: str
    comment: str
    facts: tuple[Fact, ...]
    mappings: tuple[TermMapping, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """A broken rule, as ``validate`` prints it."""

    file: str
    line: int | None
    subject: str
    rule: str
    message: str
