"""Published chains: their links on one side of the body, and which of them a route runs along."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kinchain.answers import ChainMatch, Hop, Mapped
from kinchain.errors import UnknownName
from kinchain.model import Chain, ChainLink, Connection, Named, Side, SideRule
from kinchain.queries.incidence import Incidence
from kinchain.queries.lookup import check_text, readings
from kinchain.records import dataclass
from kinchain.sides.expand import named
from kinchain.spelling import singular, words


@dataclass(frozen=True, slots=True)
class TracedLink:
    """A link between sided structures. ``strand`` 1 is the main line, each branch has a further number.

    ``holds`` says by what: ``tissue``, ``force``, ``shared attachment`` or ``co-activation`` where the body has such a
    connection between the two ends or their parts, ``gap`` where nothing was verified, ``claim`` where the chain alone
    says so.
    """

    position: int
    strand: int
    source: Named
    target: Named
    grade: str
    holds: str
    stands_on: str
    crosses: bool
    sources: tuple[str, ...]
    against: tuple[str, ...]
    comment: str


@dataclass(frozen=True, slots=True)
class TracedChain(Mapped):
    """A published chain begun on one side. ``end_side`` is that of the main line's end, which two crossings restore.

    >>> import kinchain
    >>> chain = kinchain.Body.load().chain("superficial back line")
    >>> chain.links[0].source.label, chain.links[0].holds
    ('right plantar aponeurosis', 'tissue')
    """

    chain: Chain
    side: Side
    links: tuple[TracedLink, ...]

    @property
    def label(self) -> str:
        """The chain with its side, as people say it.

        >>> import kinchain
        >>> kinchain.Body.load().chain("left spiral line").label
        'left spiral line'
        """
        return f"{self.side} {self.chain.label}"

    @property
    def gaps(self) -> tuple[int, ...]:
        """The positions of the links for which nothing was verified.

        >>> import kinchain
        >>> kinchain.Body.load().chain("superficial front line").gaps
        (5, 8)
        """
        return tuple(link.position for link in self.links if link.holds == "gap")

    @property
    def strands(self) -> tuple[tuple[TracedLink, ...], ...]:
        """The links strand by strand: the main line, then each branch.

        >>> import kinchain
        >>> [len(strand) for strand in kinchain.Body.load().chain("spiral line").strands]
        [17]
        """
        count = max((link.strand for link in self.links), default=0)
        return tuple(tuple(x for x in self.links if x.strand == n) for n in range(1, count + 1))

    @property
    def end_side(self) -> Side:
        """The side on which the main line ends.

        >>> import kinchain
        >>> kinchain.Body.load().chain("right back functional line").end_side
        <Side.LEFT: 'left'>
        """
        rules = [link.crosses for link in self.strands[0]]
        return self.side.mirrored if sum(rules) % 2 else self.side


def resolve(chains: Mapping[str, Chain], text: str) -> tuple[Chain, Side]:
    """The chain that a text names, and the side it asks for (either, when it asks for none).

    Raises
    ------
    BadQuestion  no text
    UnknownName  no chain has this name; ``candidates`` are the closest
    """
    from rapidfuzz import fuzz, process

    clean = check_text(text)
    for reading in readings(words(clean)):
        for chain in chains.values():
            if singular(reading.name) in {singular(words(name)) for name in (chain.label, *chain.synonyms)}:
                return chain, reading.side
    texts = {chain.id: chain.label for chain in chains.values()}
    close = [key for _, _, key in process.extract(clean, texts, scorer=fuzz.WRatio, limit=3, score_cutoff=60)]
    hint = f"; did you mean {' or '.join(texts[i] for i in close)}?" if close else "; 'kinchain chain' lists them"
    raise UnknownName(
        f"no published chain is called '{clean[:60]}'{hint}",
        candidates=[Named(i, texts[i], Side.EITHER, "Chain") for i in close],
    )


def trace(incidence: Incidence, chain: Chain, side: Side = Side.RIGHT) -> TracedChain:
    """A chain link by link, begun on *side*. Every crossing link changes the side for what follows it."""
    structures = incidence.model.unsided.structures
    ends = incidence.kept.link_ends
    strands = _strands(chain)
    at: dict[str, Side] = {}
    links = []

    def side_at(name: str) -> Side | None:
        related = [where for other, where in reversed(at.items()) if other in ends[name] or name in ends[other]]
        return at.get(name) or next(iter(related), None)

    for link in chain.links:
        crosses = link.side_rule is SideRule.OPPOSITE
        start = side_at(link.source)
        if start is None:
            end = side_at(link.target)
            start = side if end is None else end.mirrored if crosses else end
        end = start.mirrored if crosses else start
        for name, where in ((link.source, start), (link.target, end)):
            at.pop(name, None)  # what was reached last counts, and stands last
            at[name] = where
        first, second = (
            named(structures[n], s if s in structures[n].laterality.sides else Side.MEDIAN)
            for n, s in ((link.source, start), (link.target, end))
        )
        found = None if link.gap else _standing(incidence, link)
        links.append(
            TracedLink(
                position=link.position,
                strand=strands[link.position],
                source=first,
                target=second,
                grade=link.grade,
                holds=_holds(incidence, link, found),
                stands_on=_words(incidence, found),
                crosses=crosses,
                sources=link.sources,
                against=link.against,
                comment=link.comment,
            )
        )
    return TracedChain(chain, side, tuple(links))


def _strands(chain: Chain) -> dict[int, int]:
    """The strand of each link: a link that does not begin where the last one ended begins a branch."""
    strands, strand, last = {}, 1, ""
    for link in chain.links:
        strand += bool(last) and link.source != last
        strands[link.position], last = strand, link.target
    return strands


def _holds(incidence: Incidence, link: ChainLink, found: Connection | None) -> str:
    if link.gap:
        return "gap"
    if found is None:
        return "claim"
    if found.derived_by == "station":
        return "shared attachment"
    family = incidence.model.unsided.relations[found.relation].family
    return {"motor": "co-activation", "force": "force"}.get(family, "tissue")


_PREFERRED = ("continuousWith", "insertion", "origin", "attachesTo", "invests", "partOf", "transmitsForceTo")
_STANDING = (*_PREFERRED, "station", "coactivatesWith")


def _standing(incidence: Incidence, link: ChainLink) -> Connection | None:
    """The connection of the body that a link stands on: between its ends, or parts or members of them."""
    first, second = (_within(incidence, name) for name in (link.source, link.target))
    found = [
        c
        for name in sorted(first)
        for c in incidence.unsided(name)
        if c.relation in _STANDING
        and c.grade != "Refuted"
        and ({c.subject, c.object} & first and {c.subject, c.object} & second)
        and (c.subject != c.object or link.source == link.target)
        and not (first & second and {c.subject, c.object} <= first & second)
    ]
    if not found:
        return None

    def order(c: Connection) -> tuple[bool, int, str, str]:
        return c.side_rule is not link.side_rule, _STANDING.index(c.relation), c.subject, c.object

    return min(found, key=order)


def _words(incidence: Incidence, c: Connection | None) -> str:
    if c is None:
        return ""
    model = incidence.model.unsided
    first, second = model.structures[c.subject].label, model.structures[c.object].label
    return f"{first} {model.relations[c.relation].phrase} {second}"


def _within(incidence: Incidence, name: str) -> set[str]:
    """A structure, its parts and its members, at every depth; and what it is itself a part of."""
    found, queue = {name}, [name]
    while queue:
        here = queue.pop()
        for c in incidence.unsided(here):
            if c.relation in ("partOf", "memberOf") and c.object == here and c.subject not in found:
                found.add(c.subject)
                queue.append(c.subject)
    return found | incidence.wholes[name]


def along(incidence: Incidence, hops: Sequence[Hop]) -> tuple[ChainMatch, ...]:
    """The chains of which a route walks at least one whole link, with the links that it walks, most first.

    A link is walked when the route passes from its one end to its other without leaving the two, in either direction,
    and changes side exactly if the link does; a head or layer of a structure counts as the structure, a member of a
    group as the group.
    """
    if not hops:
        return ()
    ends = incidence.kept.link_ends
    stations = [hops[0].source, *(hop.target for hop in hops)]
    sets = [frozenset(ends.get(station.unsided, ())) for station in stations]
    crossed = [False, *(hop.crosses for hop in hops)]
    met = frozenset().union(*sets)
    found = []
    of = incidence.kept.chains_of
    for name in {chain for each in met for chain in of.get(each, ())}:  # sorted below
        chain = incidence.model.unsided.chains[name]
        links = tuple(
            link.position
            for link in chain.links
            if link.source in met and link.target in met and not link.gap and _walked(sets, crossed, link)
        )
        if links:
            found.append(ChainMatch(chain.id, chain.label, links, len(chain.links)))
    return tuple(sorted(found, key=lambda m: (-len(m.links), -len(m.links) / m.length, m.id)))


def _walked(sets: Sequence[frozenset[str]], crossed: Sequence[bool], link: ChainLink) -> bool:
    """Whether some stretch of the route lies within the two ends of a link, touches both, and keeps its side rule.

    A fascia may be crossed within itself, so a stretch may begin at any of the stations that stand for its end: for
    each end the crossings since each of them are kept, as even (False) or odd (True).
    """
    wanted = link.side_rule is SideRule.OPPOSITE
    since: dict[str, set[bool]] = {}
    for names, crossing in zip(sets, crossed, strict=True):
        here = names & {link.source, link.target}
        since = {end: {odd != crossing for odd in parities} for end, parities in since.items()} if here else {}
        if len(here) == 1 and any(wanted in since[end] for end in since if end not in here):
            return True
        for end in here:
            since.setdefault(end, set()).add(False)
    return False
