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

# A clue, the place that it explains, and the side of the question (0 or 1) on which it was found.
Found = tuple[int, str, Clue]


class Ranked(NamedTuple):
    """A candidate with its best clue for each mechanism, best first."""

    score: float
    structure: Named
    where: str
    clues: tuple[Clue, ...]
    rank: int = 0


def first(
    incidence: Incidence,
    found: Mapping[tuple[str, str], Sequence[Found]],
    places: int,
    top: int,
    *,
    merged: bool,
    asked: Container[str] = (),
) -> list[Ranked]:
    """The first *top* candidates; *found* has the clues by structure and where it lies. With *merged* no side was
    asked for, and what counts on the same side and on the other stands once, as the better. *asked* has the mechanisms
    that the question itself speaks for.
    """
    best = _nerves_first(incidence, {key: _explained(clues, places) for key, clues in found.items()})
    candidates = [_candidate(incidence, where, clues, merged) for (_, where), clues in best.items()]
    return _diverse(incidence, _once(candidates) if merged else candidates, top, asked)


def weighed(clue: Clue, why: str, share: float, weight: float | None = None) -> Clue:
    """A clue that counts less, or by another weight, for a reason."""
    return clue._replace(weight=clue.weight * share if weight is None else weight, more=(*clue.more, (why, share)))


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
    gathered: dict[tuple[str, int], tuple[dict[str, dict[str, float]], list[Clue]]] = {}
    for side, place, clue in found:
        missed, clues = gathered.setdefault((clue.mechanism, side), ({}, []))
        aspects = missed.setdefault(place, {})
        aspects[clue.end] = min(aspects.get(clue.end, 1.0), 1 - clue.weight)
        clues.append(clue)
    best: dict[str, tuple[float, Clue]] = {}
    for (mechanism, _), (missed, clues) in sorted(gathered.items(), key=lambda item: item[0]):
        weight = sum([1 - prod(aspects.values()) for aspects in missed.values()]) / places
        if mechanism not in best or weight > best[mechanism][0]:
            best[mechanism] = weight, max(clues, key=lambda clue: clue.weight)
    told = []
    for weight, clue in best.values():
        share = weight / clue.weight if clue.weight else 0.0
        if places > 1 or share > 1.0001:
            told.append(weighed(clue, "share of the complaint that it explains", round(share, 4), weight))
        else:
            told.append(clue._replace(weight=weight))
    return told


def _nerves_first(
    incidence: Incidence, best: Mapping[tuple[str, str], list[Clue]]
) -> dict[tuple[str, str], list[Clue]]:
    """A place at which a nerve or root is caught counts less than the nerve, of whose troubles it is but one."""
    model = incidence.model
    share = model.unsided.circumstances["ThroughAnother"]
    candidates = {model.structures[clue.structure].unsided for clues in best.values() for clue in clues}

    def told(clue: Clue) -> Clue:
        if clue.mechanism not in ("NeuralRoot", "PeripheralNerve") or clue.through not in candidates:
            return clue
        return weighed(clue, f"acts through the {model.unsided.structures[clue.through].label}", share)

    return {key: [told(clue) for clue in clues] for key, clues in best.items()}


def _candidate(incidence: Incidence, where: str, clues: Sequence[Clue], merged: bool) -> Ranked:
    again = incidence.model.unsided.circumstances["ByTheWay"]
    ordered = sorted(clues, key=lambda c: (-c.weight, c.mechanism))
    missed = 1.0
    for position, clue in enumerate(ordered):
        missed *= 1 - clue.weight * again**position
    structure = incidence.model.structures[ordered[0].structure]
    structure = unsided(incidence, structure) if merged else structure
    return Ranked(round(1 - missed, 4), structure, where, tuple(ordered))


def _once(candidates: Iterable[Ranked]) -> list[Ranked]:
    best: dict[str, Ranked] = {}
    for c in sorted(candidates, key=lambda c: (-c.score, c.where)):
        better = best.setdefault(c.structure.id, c)
        if better is not c:
            best[c.structure.id] = better._replace(where="same or opposite side")
    return list(best.values())


def _diverse(incidence: Incidence, candidates: Sequence[Ranked], top: int, asked: Container[str]) -> list[Ranked]:
    """The first *top* candidates by score, each handicapped by the square of how often its mechanism was named before
    it, and once when its series was; by how often itself for a mechanism that was *asked* for.

    What is named only ever adds to a handicap, so a candidate is weighed anew only when it comes up (Minoux 1978).
    """
    weights = incidence.model.unsided.circumstances
    again, series = weights["SameMechanismAgain"], weights["SameSeriesAgain"]
    ordered = sorted(candidates, key=lambda c: (-c.score, c.structure.unsided or c.structure.id, c.where))
    kin: dict[int, set[str]] = {}
    named: Counter[str] = Counter()

    def by_mechanism(at: int) -> float:
        mechanism = ordered[at].clues[0].mechanism
        return ordered[at].score * again ** (named[mechanism] ** (1 if mechanism in asked else 2))

    def told_already(at: int) -> bool:
        if at not in kin:
            kin[at] = _kin(incidence, ordered[at])
        return not kin[at].isdisjoint(named)

    waiting = [(-c.score, at) for at, c in enumerate(ordered)]  # sorted as it stands, so it is a heap
    ranked: list[Ranked] = []
    while waiting and len(ranked) < top:
        stood, at = heappop(waiting)
        now = -by_mechanism(at)
        if now <= stood and named and told_already(at):
            now *= series
        if now > stood:
            heappush(waiting, (now, at))
            continue
        ranked.append(ordered[at]._replace(rank=len(ranked) + 1))
        named.update((ordered[at].clues[0].mechanism, *_tells(incidence, ordered[at])))
    return ranked


_ORDINALS = frozenset(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()  # noqa: SIM905
)


def _without_level(label: str) -> str:
    """The series of which a label tells, as "C#-C# zygapophysial joint" or "# rib"; nothing where it tells of none."""
    words = label.replace("-", " ").split()
    told = ["#" if w in _ORDINALS else w.rstrip("0123456789") + "#" if w[-1].isdigit() else w for w in words]
    return " ".join(told) if told != words else ""


def _name(candidate: Ranked) -> str:
    return candidate.structure.unsided or candidate.structure.id


def _tells(incidence: Incidence, candidate: Ranked) -> set[str]:
    """What a candidate that is named tells of: its series, its wholes and groups."""
    return _series(candidate) | {"part of " + each for each in _above(incidence, candidate)}


def _kin(incidence: Incidence, candidate: Ranked) -> set[str]:
    """What tells of a candidate before it: another of its series, a part or whole of it, the nerve it branches from."""
    name = _name(candidate)
    stems = {incidence.model.structures[s].unsided for s in incidence.objects(candidate.clues[0].structure, "branchOf")}
    return _series(candidate) | {"part of " + name} | stems | _above(incidence, candidate)


def _series(candidate: Ranked) -> set[str]:
    name, label = _name(candidate), candidate.structure.label.removeprefix(f"{candidate.structure.side} ")
    clue = candidate.clues[0]
    # Organs that refer along one nerve are no series of it, as the places are at which a nerve is caught.
    through = "" if clue.mechanism == "VisceralReferral" else clue.through
    return {name, through, _without_level(label)} - {""}


def _above(incidence: Incidence, candidate: Ranked) -> set[str]:
    """The wholes and groups that a candidate belongs to."""
    name = _name(candidate)
    return {*incidence.wholes[name], *incidence.groups.get(name, ())} - {name}
