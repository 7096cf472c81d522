"""What questions are answered with: hops, routes, matches, facts, profiles."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Literal, TypeVar

from kinchain.errors import BadQuestion
from kinchain.model import Named, TermMapping
from kinchain.records import dataclass, field

Form = Literal["html", "text", "page"]
Renderer = Callable[[Any, Form], str]
T = TypeVar("T")
# The one line under every answer.
NOTICE = "Education and a prompt to think, not a diagnosis; a painful or worrying problem belongs to a clinician."


def _bundle(answer: object, renderer: Renderer | None) -> dict[str, str]:
    return {"text/plain": renderer(answer, "text"), "text/html": renderer(answer, "html")} if renderer else {}


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer that shows itself in a notebook, by the renderer that ``Body`` gives it: views lie above this room.

    >>> Shown()._repr_html_() is None
    True
    """

    renderer: Renderer | None = field(default=None, kw_only=True, compare=False, repr=False)

    def _repr_html_(self) -> str | None:
        return self.renderer(self, "html") if self.renderer else None

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        """What IPython shows: the same as HTML and as text, where it can only write text."""
        return _bundle(self, self.renderer)


@dataclass(frozen=True, slots=True)
class Frame:
    """A page in a frame of its own, as a notebook shows it; *height* is in pixels.

    >>> Frame("<p>", 100)._repr_html_()
    '<iframe srcdoc="&lt;p&gt;" title="kinchain" style="width:100%;height:100px;border:0"></iframe>'
    """

    page: str
    height: int

    def _repr_html_(self) -> str:
        import html

        style = f"width:100%;height:{self.height}px;border:0"
        return f'<iframe srcdoc="{html.escape(self.page)}" title="kinchain" style="{style}"></iframe>'

    def __repr__(self) -> str:
        return f"<a page of {len(self.page):,} characters; write .page to a file to open it in a browser>"


@dataclass(frozen=True, slots=True)
class Mapped(Shown):
    """An answer that has a page with a map of the body.

    >>> import kinchain
    >>> answer = kinchain.Body.load().path("sciatic nerve", "right hamstrings", profiles=["neural"])
    >>> answer.page().startswith("<!doctype html>")
    True
    """

    def page(self) -> str:
        """The page of the answer, one HTML file that opens offline: what ``--html`` writes.

        Raises
        ------
        BadQuestion  the answer was put together by hand, not by ``kinchain.Body``

        >>> import kinchain
        >>> "<title>right spiral line" in kinchain.Body.load().chain("spiral line").page()
        True
        """
        if self.renderer is None:
            raise BadQuestion("only an answer of kinchain.Body has a page; ask one, as Body.load().path(…)")
        return self.renderer(self, "page")

    def interactive(self, *, height: int = 640) -> Frame:
        """The page in a frame, to be looked at in a notebook: a map to drag and zoom; *height* in pixels.

        Raises
        ------
        BadQuestion  as ``page``

        >>> import kinchain
        >>> kinchain.Body.load().chain("spiral line").interactive(height=500).height
        500
        """
        return Frame(self.page(), height)


class Listed(list[T]):
    """A list of answers that shows itself in a notebook.

    >>> Listed(["a", "b"])
    ['a', 'b']
    """

    def __init__(self, items: Iterable[T] = (), *, renderer: Renderer | None = None) -> None:
        super().__init__(items)
        self.renderer = renderer

    def _repr_html_(self) -> str | None:
        return self.renderer(self, "html") if self.renderer else None

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return _bundle(self, self.renderer)


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a route, read in walking direction; ``forward`` says whether that is the edge's own direction.

    >>> import kinchain
    >>> hop = kinchain.Body.load().path("right hamstrings", "left humerus").routes[0].hops[0]
    >>> hop.words, hop.grade
    ('right long head of biceps femoris is continuous with right sacrotuberous ligament', 'Strong')
    """

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
class Route(Shown):
    """A way from one structure to another; as sure as its weakest hop.

    >>> import kinchain
    >>> route = kinchain.Body.load().path("right hamstrings", "left humerus").routes[0]
    >>> route.profile, route.grade, route.crosses
    ('myofascial', 'Strong', True)
    """

    rank: int
    profile: str
    cost: float
    grade: str
    crosses: bool
    hops: tuple[Hop, ...]
    chains: tuple[ChainMatch, ...]

    @property
    def stations(self) -> tuple[Named, ...]:
        """The structures along the route, both ends included.

        >>> import kinchain
        >>> route = kinchain.Body.load().path("right hamstrings", "left humerus").routes[0]
        >>> [s.label for s in route.stations][::len(route.hops)]
        ['right long head of biceps femoris', 'left humerus']
        """
        return (self.hops[0].source, *(hop.target for hop in self.hops)) if self.hops else ()


@dataclass(frozen=True, slots=True)
class PathAnswer(Mapped):
    """The answer to "what links A to B?": routes, and in plain words why a profile has none.

    >>> import kinchain
    >>> answer = kinchain.Body.load().path("right hamstrings", "left humerus")
    >>> [route.profile for route in answer.routes], len(answer.notes)
    (['myofascial', 'skeletal'], 3)
    """

    source: Named
    target: Named
    profiles: tuple[str, ...]
    routes: tuple[Route, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A structure that a text may mean; score 100 is an exact name.

    >>> import kinchain
    >>> match = kinchain.Body.load().find("sit bone")[0]
    >>> match.structure.label, match.matched, match.score
    ('ischial tuberosity', 'sit bone', 100.0)
    """

    structure: Named
    matched: str
    score: float


@dataclass(frozen=True, slots=True)
class Fact:
    """One connection of a structure as ``show`` lists it; ``of`` is the structure itself or one of its parts.

    >>> import kinchain
    >>> facts = kinchain.Body.load().show("right soleus")[0].facts
    >>> [fact.other.label for fact in facts if fact.relation == "innervatedBy"]
    ['right tibial nerve']
    """

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
class Profile(Shown):
    """All that the body knows about one structure.

    >>> import kinchain
    >>> profile = kinchain.Body.load().show("right soleus")[0]
    >>> profile.structure.kind, profile.latin
    ('Muscle', ('musculus soleus',))
    """

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
