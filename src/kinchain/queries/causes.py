"""Pain is felt here: what elsewhere might be behind it, why, and how sure is that?

Every structure gets at most one reason for each mechanism, the best. The weight of a reason is a product of shares that
stand, with their reasons, in ``ontology/schema.ttl``: mechanism, evidence, how exactly the site was named, and how far
the connection says more than chance (``graph.chance``). Reasons of several mechanisms add up like independent chances,
each further one counting less. What lies at the site is a list of its own; ranks count what lies elsewhere. A mechanism
that stands higher up already takes a small handicap, so that the first page shows several. Nothing here is a diagnosis.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kinchain.answers import Mapped
from kinchain.errors import BadQuestion
from kinchain.model import Named, Side
from kinchain.queries import qualifiers
from kinchain.queries.care import CareItem, FlagItem, TestItem, concerning
from kinchain.queries.clues import Clue, Gatherer, Images, Refutation
from kinchain.queries.grades import grade_named
from kinchain.queries.incidence import Incidence
from kinchain.queries.ranking import ACTS_THROUGH, Found, Key, Ranked, acting_through, first, unsided
from kinchain.queries.reasons import Reason, Refuted
from kinchain.queries.safety import red_flags
from kinchain.queries.site import Site
from kinchain.queries.targets import local, own_regions, targets
from kinchain.records import dataclass, replace

if TYPE_CHECKING:
    from kinchain.graph.walks import Walks

MAX_CANDIDATES = 200
_MOST_CARE = 6  # tests, and interventions, told of each candidate


@dataclass(frozen=True, slots=True)
class Candidate:
    """A structure elsewhere that might be behind the pain, with its reasons, best first.

    ``where`` says how it lies to the site: same side, opposite side, same or opposite side, midline; to a median site
    either side, or its only side.
    """

    rank: int
    structure: Named
    where: str
    score: float
    grade: str
    reasons: tuple[Reason, ...]
    tests: tuple[TestItem, ...] = ()
    care: tuple[CareItem, ...] = ()

    @property
    def label(self) -> str:
        """Its name with how it lies to the site."""
        said = self.where == "midline" or self.structure.side != "either"
        return self.structure.label if said else f"{self.structure.label} ({self.where})"


@dataclass(frozen=True, slots=True)
class Causes(Mapped):
    """The answer: red flags first, what lies at the site, what elsewhere might be behind it, what was refuted.

    >>> import kinchain
    >>> answer = kinchain.Body.load().causes("low back pain")
    >>> answer.red_flags[0].details.urgency, answer.candidates[0].rank
    ('emergency', 1)
    """

    site: Site
    red_flags: tuple[FlagItem, ...]
    raised: frozenset[str]
    of_region: frozenset[str]
    local: tuple[Named, ...]
    candidates: tuple[Candidate, ...]
    refuted: tuple[Refuted, ...]


def causes(
    incidence: Incidence,
    gatherer: Gatherer,
    walks: Walks,
    site: Site,
    *,
    top: int = 20,
    mechanisms: Sequence[str] = (),
    min_evidence: str = "",
) -> Causes:
    """Rank what elsewhere might be behind pain at a site; linear in the edges of the site's surroundings.

    Raises
    ------
    BadQuestion  an unknown mechanism or grade, or *top* out of range
    """
    keys = {m.key: m.name for m in incidence.model.unsided.mechanisms.values()}
    wanted = {_known(keys, each) for each in mechanisms} or set(keys.values())
    weakest, grades = grade_named(incidence.model, min_evidence), incidence.model.unsided.grades
    limit = grades[weakest].order if weakest else len(grades)
    if not 1 <= top <= MAX_CANDIDATES:
        raise BadQuestion(f"{top} candidates cannot be asked for; choose from 1 to {MAX_CANDIDATES}")
    people = qualifiers.people(incidence, site)
    spoken, barred = qualifiers.spoken(incidence, site), qualifiers.barred(incidence, site, people)
    qualified = qualifiers.Qualified(incidence, spoken) if spoken else None
    among = gatherer.among(people)
    sides = _by_side(site.places)
    merged = len(sides) > 1 or all(p.side is Side.MEDIAN for p in site.places)
    refuted: dict[tuple[int, str], Refutation] = {}
    found: dict[Key, list[Found]] = {}
    here_all: dict[str, Named] = {}
    images: Images = {}
    for number, places in enumerate(sides):
        here = local(incidence, places)
        here_all |= here
        known: dict[int, Key | None] = {incidence.number(name): None for name in here}  # under what each stands
        asked_of = {p.side for p in places} - {Side.MEDIAN}
        for place, clue in _clues(incidence, gatherer, walks, places, here, among, images):
            at = clue.structure
            if isinstance(clue, Refutation):
                refuted.setdefault((incidence.kept.roster.unsided[at], clue.mechanism), clue)
                continue
            if clue.mechanism not in wanted or clue.grade > limit:
                continue
            if at not in known:
                known[at] = _standing(incidence, at, asked_of, barred, merged)
            key = known[at]
            if key is not None:
                found.setdefault(key, []).append((number, place, qualified(clue) if qualified else clue))
    ranked = [
        _told(incidence, each) for each in first(incidence, found, len(sides[0]), top, merged=merged, asked=spoken)
    ]
    contradicted = [gatherer.teller.refuted(r.structure, r.mechanism, r.edge) for r in refuted.values()]
    flags = red_flags(incidence, site, [c.structure for c in ranked])
    return Causes(
        site=site,
        red_flags=flags.items,
        raised=flags.raised,
        of_region=flags.of_region,
        local=tuple(sorted(here_all.values(), key=lambda s: (s.kind not in ("Muscle", "Joint"), s.kind, s.label))),
        candidates=tuple(ranked),
        refuted=tuple(
            replace(r, structure=unsided(incidence, r.structure)) if merged else r
            for r in sorted(contradicted, key=lambda r: r.structure.id)
        ),
    )


def _clues(
    incidence: Incidence,
    gatherer: Gatherer,
    walks: Walks,
    places: Sequence[Named],
    here: dict[str, Named],
    among: Mapping[int, float],
    images: Images,
) -> Iterator[tuple[str, Clue | Refutation]]:
    """Every clue with the place that it explains."""
    for place in places:
        alone = here if len(places) == 1 else local(incidence, [place])
        lying = {name: s for name, s in alone.items() if name in here}
        published = list(gatherer.published(targets(incidence, place), among))
        patterns = {(clue.structure, clue.mechanism) for clue in published}
        for clue in (
            *published,
            *gatherer.signified(place),
            *gatherer.supplied(own_regions(incidence, place), lying, patterns),
            *gatherer.compensating(lying),
            *gatherer.reached(walks, lying, images),
        ):
            yield place.id, clue


def _by_side(places: Sequence[Named]) -> list[list[Named]]:
    """The places of a question side by side: what has no side belongs to each."""
    sides = [s for s in (Side.RIGHT, Side.LEFT) if any(p.side is s for p in places)]
    if not sides:
        return [list(places)]
    return [[p for p in places if p.side in (side, Side.MEDIAN)] for side in sides]


def _standing(incidence: Incidence, at: int, asked: Collection[Side], barred: set[str], merged: bool) -> Key | None:
    """The number and place under which a structure is a candidate; None where nobody who is asked of has it."""
    if barred and not barred.isdisjoint(incidence.wholes[incidence.named(at).unsided]):
        return None
    roster = incidence.kept.roster
    return roster.unsided[at] if merged else at, _where(roster, at, asked)


def _where(roster: Any, at: int, asked: Collection[Side]) -> str:
    side = roster.side(at)
    if side is Side.MEDIAN:
        return "midline"
    if asked:
        return "same side" if side in asked else "opposite side"
    return "either side" if roster.twin(at) != at else f"{side} side"


def _known(keys: dict[str, str], text: str) -> str:
    key = text.strip().casefold().replace(" ", "_").replace("-", "_")
    if key not in keys:
        raise BadQuestion(f"there is no mechanism '{text[:40]}'; choose from {', '.join(keys)}")
    return keys[key]


def _told(incidence: Incidence, ranked: Ranked) -> Candidate:
    """A candidate in words, with the tests and the care that concern it."""
    reasons = []
    for clue in ranked.clues:
        told = clue.tell()
        more = ((what + _nerve(incidence, clue) if what == ACTS_THROUGH else what, share) for what, share in clue.more)
        reasons.append(replace(told, weight=clue.weight, factors=(*told.factors, *more)))
    structure = incidence.named(ranked.clues[0].structure)
    through = [hop.source for reason in reasons for hop in reason.hops if hop.source.kind == "Finding"]
    tests, care = concerning(incidence, [structure, *through], _MOST_CARE)
    return Candidate(
        rank=ranked.rank,
        structure=ranked.structure,
        where=ranked.where,
        score=ranked.score,
        grade=reasons[0].grade,
        reasons=tuple(reasons),
        tests=tests,
        care=care,
    )


def _nerve(incidence: Incidence, clue: Clue) -> str:
    return " " + incidence.model.unsided.structures[acting_through(incidence, clue)].label
