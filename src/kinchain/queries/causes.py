"""Pain is felt here: what elsewhere might be behind it, why, and how sure is that?

Every structure gets at most one reason for each mechanism, the best. The weight of a reason is a product of shares that
stand, with their reasons, in ``ontology/schema.ttl``: mechanism, evidence, how exactly the site was named, and how far
the connection says more than chance (``graph.chance``). Reasons of several mechanisms add up like independent chances,
each further one counting less. What lies at the site is a list of its own; ranks count what lies elsewhere. A mechanism
that stands higher up already takes a small handicap, so that the first page shows several. Nothing here is a diagnosis.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from kinchain.answers import Mapped
from kinchain.errors import BadQuestion
from kinchain.graph import chance
from kinchain.model import Named, Side
from kinchain.queries.care import CareItem, FlagItem, TestItem, concerning
from kinchain.queries.grades import grade_named
from kinchain.queries.incidence import Incidence
from kinchain.queries.reach import Walks, reached
from kinchain.queries.reasons import Explained, Reason, Reasoner, Refuted, explained, is_remote
from kinchain.queries.safety import of_region, raised, red_flags
from kinchain.queries.site import Site
from kinchain.queries.targets import local, own_regions, targets
from kinchain.records import dataclass, replace

MAX_CANDIDATES = 200


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
    reasoner: Reasoner,
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
    spoken = _spoken(incidence, site)
    sides = _by_side(site.places)
    merged = len(sides) > 1 or all(p.side is Side.MEDIAN for p in site.places)
    refuted: dict[tuple[str, str], Refuted] = {}
    found: dict[tuple[str, str], list[Explained]] = {}
    here_all: dict[str, Named] = {}
    for number, places in enumerate(sides):
        here = local(incidence, places)
        here_all |= here
        for place, reason in _reasons(incidence, reasoner, walks, places, here):
            if isinstance(reason, Refuted):
                refuted.setdefault((reason.structure.unsided, reason.mechanism), reason)
                continue
            order = grades[reason.grade].order
            if reason.mechanism not in wanted or order > limit or not is_remote(reason.structure, here):
                continue
            where = _where(incidence, reason.structure, places)
            key = (reason.structure.unsided if merged else reason.structure.id, where)
            found.setdefault(key, []).append(Explained(number, place, _qualified(incidence, reason, spoken)))
    best = {key: explained(reasons, len(sides[0])) for key, reasons in found.items()}
    best = _nerves_first(incidence, best)
    candidates = [_candidate(incidence, where, reasons, merged) for (_, where), reasons in best.items()]
    ranked = _diverse(incidence, _once(candidates) if merged else candidates, top)
    return Causes(
        site=site,
        red_flags=red_flags(incidence, site, [c.structure for c in ranked]),
        raised=raised(incidence, site),
        of_region=of_region(incidence, site),
        local=tuple(sorted(here_all.values(), key=lambda s: (s.kind not in ("Muscle", "Joint"), s.kind, s.label))),
        candidates=tuple(_cared(incidence, c) for c in ranked),
        refuted=tuple(
            replace(r, structure=_unsided(incidence, r.structure)) if merged else r
            for r in sorted(refuted.values(), key=lambda r: r.structure.id)
        ),
    )


def _reasons(
    incidence: Incidence, reasoner: Reasoner, walks: Walks, places: Sequence[Named], here: dict[str, Named]
) -> Iterator[tuple[str, Reason | Refuted]]:
    """Every reason with the place that it explains."""
    for place in places:
        ends = targets(incidence, place)
        lying = {name: s for name, s in local(incidence, [place]).items() if name in here}
        for told in reasoner.published(ends):
            yield place.id, told
        for reason in (
            *reasoner.signified(place),
            *reasoner.supplied(own_regions(incidence, place), lying),
            *reasoner.compensating(lying),
            *reached(incidence, walks, lying),
        ):
            yield place.id, reason


def _by_side(places: Sequence[Named]) -> list[list[Named]]:
    """The places of a question side by side: what has no side belongs to each."""
    sides = [s for s in (Side.RIGHT, Side.LEFT) if any(p.side is s for p in places)]
    if not sides:
        return [list(places)]
    return [[p for p in places if p.side in (side, Side.MEDIAN)] for side in sides]


def _where(incidence: Incidence, structure: Named, places: Sequence[Named]) -> str:
    sides = {p.side for p in places} - {Side.MEDIAN}
    if structure.side is Side.MEDIAN:
        return "midline"
    if sides:
        return "same side" if structure.side in sides else "opposite side"
    paired = len(incidence.model.unsided.structures[structure.unsided].laterality.sides) == 2
    return "either side" if paired else f"{structure.side} side"


def _once(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Where no side was asked for, what counts on the same side and on the other stands once, as the better."""
    best: dict[str, Candidate] = {}
    for c in sorted(candidates, key=lambda c: (-c.score, c.where)):
        first = best.setdefault(c.structure.id, c)
        if first is not c:
            best[c.structure.id] = replace(first, where="same or opposite side")
    return list(best.values())


def _known(keys: dict[str, str], text: str) -> str:
    key = text.strip().casefold().replace(" ", "_").replace("-", "_")
    if key not in keys:
        raise BadQuestion(f"there is no mechanism '{text[:40]}'; choose from {', '.join(keys)}")
    return keys[key]


def _spoken(incidence: Incidence, site: Site) -> set[str]:
    """What the qualifiers of a question speak for, and the impairments that it names beside a place."""
    speaks = incidence.model.unsided.speaks_for
    impairments = [p for p in site.places if p.kind == "Finding" and not _is_complaint(incidence, p)]
    beside = impairments if len(impairments) < len(site.places) else []
    named = [q.unsided or q.id for q in (*site.qualifiers, *beside)]
    return {target for name in named for target in speaks.get(name) or _impaired(incidence, name)}


def _is_complaint(incidence: Incidence, finding: Named) -> bool:
    """Whether a finding only says where it hurts: it is found in regions, or in parts of the body with aspects."""
    owners = incidence.objects(finding.id, "findingOf")
    return all(incidence.model.structures[o].kind == "Region" or incidence.subjects(o, "aspectOf") for o in owners)


def _impaired(incidence: Incidence, finding: str) -> set[str]:
    """What a finding that is an impairment speaks for: what it is found in, what weakens that, how it does harm, and
    what contributes to it."""
    owners = {c.object for c in incidence.unsided(finding, "findingOf") if c.subject == finding}
    owners |= {c.subject for o in owners for c in incidence.unsided(o, "weakens") if c.object == o}
    felt = [c for c in incidence.unsided(finding, *chance.FELT) if c.grade != "Refuted"]
    behind = {c.subject for c in felt if c.object == finding}
    behind |= {c.object for b in behind for c in incidence.unsided(b, "findingOf") if c.subject == b}
    harm = {chance.mechanism(c, incidence.model.unsided.structures) for c in felt if c.subject == finding}
    return owners | behind | harm


def _qualified(incidence: Incidence, reason: Reason, spoken: set[str]) -> Reason:
    if not spoken:
        return reason
    kin = {reason.mechanism, *incidence.wholes[reason.structure.unsided]}
    kin |= {group for each in list(kin) for group in incidence.groups.get(each, ())}
    if kin & spoken:
        return replace(reason, factors=(*reason.factors, ("the qualifiers speak for it", 1.0)))
    share = incidence.model.unsided.circumstances["PastTheQualifier"]
    factors = (*reason.factors, ("the qualifiers speak for others", share))
    return replace(reason, weight=reason.weight * share, factors=factors)


def _nerves_first(
    incidence: Incidence, best: dict[tuple[str, str], list[Reason]]
) -> dict[tuple[str, str], list[Reason]]:
    """A place at which a nerve or root is caught counts less than the nerve, of whose troubles it is but one."""
    share = incidence.model.unsided.circumstances["ThroughAnother"]
    candidates = {reason.structure.unsided for reasons in best.values() for reason in reasons}

    def told(reason: Reason) -> Reason:
        if reason.mechanism not in ("NeuralRoot", "PeripheralNerve") or reason.through not in candidates:
            return reason
        nerve = incidence.model.unsided.structures[reason.through].label
        return replace(
            reason, weight=reason.weight * share, factors=(*reason.factors, (f"acts through the {nerve}", share))
        )

    return {key: [told(reason) for reason in reasons] for key, reasons in best.items()}


def _unsided(incidence: Incidence, structure: Named) -> Named:
    """A paired structure as it is called when no side was asked for."""
    stored = incidence.model.unsided.structures[structure.unsided]
    if len(stored.laterality.sides) != 2:
        return structure
    return Named(stored.id, stored.label, Side.EITHER, stored.kind, stored.id)


def _candidate(incidence: Incidence, where: str, reasons: list[Reason], merged: bool) -> Candidate:
    again = incidence.model.unsided.circumstances["ByTheWay"]
    ordered = sorted(reasons, key=lambda r: (-r.weight, r.mechanism))
    missed = 1.0
    for position, reason in enumerate(ordered):
        missed *= 1 - reason.weight * again**position
    structure = ordered[0].structure
    if merged:
        structure = _unsided(incidence, structure)
    return Candidate(0, structure, where, round(1 - missed, 4), ordered[0].grade, tuple(ordered))


def _diverse(incidence: Incidence, candidates: list[Candidate], top: int) -> list[Candidate]:
    """The first *top* candidates by score, each handicapped by the square of how often its mechanism was named before
    it, and once when its series was."""
    weights = incidence.model.unsided.circumstances
    again, series = weights["SameMechanismAgain"], weights["SameSeriesAgain"]
    waiting = sorted(candidates, key=lambda c: (-c.score, c.structure.unsided or c.structure.id, c.where))
    tells, kin = ({id(c): way(incidence, c) for c in waiting} for way in (_tells, _kin))
    named: Counter[str] = Counter()
    ranked: list[Candidate] = []
    while waiting:
        value = {
            id(c): c.score
            * again ** (named[c.reasons[0].mechanism] ** 2)
            * (1.0 if kin[id(c)].isdisjoint(named) else series)
            for c in waiting
        }
        chosen = max(waiting, key=lambda c: value[id(c)])  # of equals the first, so the order is fixed
        waiting.remove(chosen)
        named.update((chosen.reasons[0].mechanism, *tells[id(chosen)]))
        ranked.append(replace(chosen, rank=len(ranked) + 1))
        if len(ranked) == top:
            break
    return ranked


_LEVEL = re.compile(r"\b(?:[CTLS]|Co)\d+\b|\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\b")


def _name(candidate: Candidate) -> str:
    return candidate.structure.unsided or candidate.structure.id


def _tells(incidence: Incidence, candidate: Candidate) -> set[str]:
    """What a candidate that is named tells of: its series, its wholes and groups."""
    return _series(incidence, candidate) | {"part of " + each for each in _above(incidence, candidate)}


def _kin(incidence: Incidence, candidate: Candidate) -> set[str]:
    """What tells of a candidate before it: another of its series, a part or whole of it, the nerve it branches from."""
    name = _name(candidate)
    stems = {c.object for c in incidence.unsided(name, "branchOf") if c.subject == name}
    return _series(incidence, candidate) | {"part of " + name} | stems | _above(incidence, candidate)


def _series(incidence: Incidence, candidate: Candidate) -> set[str]:
    name = _name(candidate)
    label = incidence.model.unsided.structures[name].label
    level = {_LEVEL.sub("#", label)} if _LEVEL.search(label) else set()
    return {name, candidate.reasons[0].through} - {""} | level


def _above(incidence: Incidence, candidate: Candidate) -> set[str]:
    """The wholes and groups that a candidate belongs to."""
    name = _name(candidate)
    return {*incidence.wholes[name], *incidence.groups.get(name, ())} - {name}


def _cared(incidence: Incidence, candidate: Candidate) -> Candidate:
    structure = candidate.reasons[0].structure
    through = [incidence.model.structures[h.source.id] for r in candidate.reasons for h in r.hops
               if h.source.kind == "Finding"]  # fmt: skip
    tests, care = concerning(incidence, [structure, *through])
    return replace(candidate, tests=tests[:6], care=care[:6])
