"""Which candidates stand first: the clues of each add up, and the first page shows several mechanisms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from heapq import heappop, heappush
from math import prod
from typing import NamedTuple

from kinchain.model import Named, Side
from kinchain.queries.clues import Clue
from kinchain.queries.incidence import Incidence

# The side of the question (0 or 1) on which a clue was found, the place that it explains, and the clue.
Found = tuple[int, str, Clue]
ACTS_THROUGH = "acts through the"  # what it is named when it is told
# The number of a structure, unsided where no side was asked for, and how it lies to the site.
Key = tuple[int, str]


class Ranked(NamedTuple):
    """A candidate with its best clue for each mechanism, best first."""

    rank: int
    score: float
    structure: Named
    where: str
    clues: Sequence[Clue]


class _Candidate(NamedTuple):
    """What may be ranked; ``unsided`` is the number of the structure without its side."""

    score: float
    unsided: int
    where: str
    clues: Sequence[Clue]


def first(
    incidence: Incidence,
    found: Mapping[Key, Sequence[Found]],
    places: int,
    top: int,
    *,
    merged: bool,
    asked: Container[str] = (),
) -> list[Ranked]:
    """The first *top* candidates; *found* has their clues. With *merged* no side was asked for, and what counts on the
    same side and on the other stands once, as the better. *asked* has the mechanisms that the question itself speaks
    for.
    """
    best = _nerves_first(incidence, {key: _explained(clues, places) for key, clues in found.items()})
    unsided = incidence.kept.roster.unsided
    again = incidence.model.unsided.circumstances["ByTheWay"]
    candidates = [_candidate(unsided, where, clues, again) for (_, where), clues in best.items()]
    return _diverse(incidence, _once(candidates) if merged else candidates, top, merged, asked)


def weighed(clue: Clue, why: str, share: float, weight: float | None = None) -> Clue:
    """A clue that counts less, or by another weight, for a reason."""
    structure, mechanism, grade, before, tell, end, through, more = clue
    now = before * share if weight is None else weight
    return Clue(structure, mechanism, grade, now, tell, end, through, (*more, (why, share)))


def unsided(incidence: Incidence, structure: Named) -> Named:
    """A paired structure as it is called when no side was asked for."""
    stored = incidence.model.unsided.structures[structure.unsided]
    if len(stored.laterality.sides) != 2:
        return structure
    return Named(stored.id, stored.label, Side.EITHER, stored.kind, stored.id)


def _explained(found: Sequence[Found], places: int) -> list[Clue]:
    """One clue for each mechanism: the best, weighed by how much of the complaint the mechanism explains.

    Within a place clues that end at different aspects of it add up like independent chances; over several places the
    mean counts, so that what explains the back and the leg stands before what explains the leg alone. Of two sides that
    mirror each other the better one is told.
    """
    if len(found) == 1 == places:
        return [found[0][2]]
    gathered: dict[tuple[str, int], list[tuple[str, Clue]]] = {}
    for side, place, clue in found:
        key = clue.mechanism, side
        if key in gathered:
            gathered[key].append((place, clue))
        else:
            gathered[key] = [(place, clue)]
    best: dict[str, tuple[float, Clue]] = {}
    for (mechanism, _), clues in sorted(gathered.items()):
        weight = _together(clues, places)
        if mechanism not in best or weight > best[mechanism][0]:
            best[mechanism] = weight, max(clues, key=_by_weight)[1]
    told = []
    for weight, clue in best.values():
        share = weight / clue.weight if clue.weight else 0.0
        if places > 1 or share > 1.0001:
            clue = weighed(clue, "share of the complaint that it explains", round(share, 4), weight)
        told.append(clue)
    return told


def _by_weight(found: tuple[str, Clue]) -> float:
    return found[1].weight


def _together(found: Sequence[tuple[str, Clue]], places: int) -> float:
    """How much of a complaint clues of one mechanism explain that were found at some of its *places*."""
    if len(found) == 1:
        return found[0][1].weight / places
    missed: dict[str, dict[str, float]] = {}
    for place, clue in found:
        aspects = missed.setdefault(place, {})
        aspects[clue.end] = min(aspects.get(clue.end, 1.0), 1 - clue.weight)
    return sum([1 - prod(aspects.values()) for aspects in missed.values()]) / places


def _nerves_first(incidence: Incidence, best: Mapping[Key, list[Clue]]) -> dict[Key, list[Clue]]:
    """A place at which a nerve or root is caught counts less than the nerve, of whose troubles it is but one."""
    unsided, share = incidence.kept.roster.unsided, incidence.model.unsided.circumstances["ThroughAnother"]
    candidates = {unsided[clues[0].structure] + 1 for clues in best.values()}

    def told(clue: Clue) -> Clue:
        if clue.through not in candidates or clue.mechanism not in ("NeuralRoot", "PeripheralNerve"):
            return clue
        return weighed(clue, ACTS_THROUGH, share)

    return {key: [told(clue) if clue.through else clue for clue in clues] for key, clues in best.items()}


def _candidate(unsided: Sequence[int], where: str, clues: Sequence[Clue], again: float) -> _Candidate:
    ordered = sorted(clues, key=lambda c: (-c.weight, c.mechanism)) if len(clues) > 1 else clues
    missed = 1.0
    for position, clue in enumerate(ordered):
        missed *= 1 - clue.weight * again**position
    return _Candidate(round(1 - missed, 4), unsided[ordered[0].structure], where, ordered)


def _once(candidates: Iterable[_Candidate]) -> list[_Candidate]:
    best: dict[int, _Candidate] = {}
    for c in sorted(candidates, key=lambda c: (-c.score, c.where)):
        better = best.setdefault(c.unsided, c)
        if better is not c:
            best[c.unsided] = better._replace(where="same or opposite side")
    return list(best.values())


def _diverse(
    incidence: Incidence, candidates: Sequence[_Candidate], top: int, merged: bool, asked: Container[str]
) -> list[Ranked]:
    """The first *top* candidates by score, each handicapped by the square of how often its mechanism was named before
    it, and once when its series was; by how often itself for a mechanism that was *asked* for.

    What is named only ever adds to a handicap, so a candidate is weighed anew only when it comes up (Minoux 1978).
    """
    weights = incidence.model.unsided.circumstances
    again, series = weights["SameMechanismAgain"], weights["SameSeriesAgain"]
    ordered = sorted(candidates, key=lambda c: (-c.score, c.unsided, c.where))
    kin: dict[int, tuple[set[str], set[str]]] = {}
    named: Counter[str] = Counter()

    def by_mechanism(at: int) -> float:
        mechanism = ordered[at].clues[0].mechanism
        return ordered[at].score * again ** (named[mechanism] ** (1 if mechanism in asked else 2))

    def known(at: int) -> tuple[set[str], set[str]]:
        if at not in kin:
            kin[at] = _kin(incidence, ordered[at].clues[0])
        return kin[at]

    waiting = [(-c.score, at) for at, c in enumerate(ordered)]  # sorted as it stands, so it is a heap
    ranked: list[Ranked] = []
    while waiting and len(ranked) < top:
        stood, at = heappop(waiting)
        now = -by_mechanism(at)
        if now <= stood and named and not known(at)[0].isdisjoint(named):
            now *= series
        if now > stood:
            heappush(waiting, (now, at))
            continue
        chosen = ordered[at]
        structure = incidence.named(chosen.clues[0].structure)
        structure = unsided(incidence, structure) if merged else structure
        ranked.append(Ranked(len(ranked) + 1, chosen.score, structure, chosen.where, chosen.clues))
        named.update((chosen.clues[0].mechanism, *known(at)[1]))
    return ranked


_ORDINALS = frozenset(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()  # noqa: SIM905
)


def _without_level(label: str) -> str:
    """The series of which a label tells, as "C#-C# zygapophysial joint" or "# rib"; nothing where it tells of none."""
    words = label.replace("-", " ").split()
    told = ["#" if w in _ORDINALS else w.rstrip("0123456789") + "#" if w[-1].isdigit() else w for w in words]
    return " ".join(told) if told != words else ""


def acting_through(incidence: Incidence, clue: Clue) -> str:
    """The structure through which a clue acts, or nothing."""
    return incidence.kept.unsided_ids[clue.through - 1] if clue.through else ""


def _kin(incidence: Incidence, clue: Clue) -> tuple[set[str], set[str]]:
    """What tells of a candidate before it, by its first clue: another of its series, a part or whole of it, the nerve
    that it branches from; and what it tells of itself when it is named: its series, its wholes and groups.
    """
    structure = incidence.named(clue.structure)
    name, label = structure.unsided, structure.label.removeprefix(f"{structure.side} ")
    # Organs that refer along one nerve are no series of it, as the places are at which a nerve is caught.
    through = "" if clue.mechanism == "VisceralReferral" else acting_through(incidence, clue)
    series = {name, through, _without_level(label)} - {""}
    above = {*incidence.wholes[name], *incidence.groups[name]} - {name}
    stems = {incidence.model.structures[s].unsided for s in incidence.objects(structure.id, "branchOf")}
    return series | {"part of " + name} | stems | above, series | {"part of " + each for each in above}
