"""What the qualifiers of a question say: of whom it is asked, what these do not have, and what is spoken for."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from kinchain.graph import chance
from kinchain.model import Named
from kinchain.queries.clues import Clue
from kinchain.queries.incidence import Incidence
from kinchain.queries.site import Site


def people(incidence: Incidence, site: Site) -> list[str]:
    """The qualifiers and complaints of a question and what they imply: pregnancy tells of a woman."""
    found = [each.unsided or each.id for each in (*site.qualifiers, *site.places)]
    for each in found:  # grows while it is read
        found += [wider for wider in incidence.model.unsided.implies.get(each, ()) if wider not in found]
    return found


def barred(incidence: Incidence, site: Site, people: Sequence[str]) -> set[str]:
    """What those who ask do not have; a complaint of an organ that some have not tells that they are others."""
    excludes = incidence.model.unsided.excludes
    owned = {p.unsided or p.id for p in site.places}
    owned |= {incidence.model.structures[o].unsided for p in site.places for o in incidence.objects(p.id, "findingOf")}
    owned |= {whole for each in list(owned) for whole in incidence.wholes[each]}
    others = {who for who, without in excludes.items() if not owned.isdisjoint(without)}
    are = {who for who in excludes if who in people or (others and who not in others)}
    return {each for who in are for each in excludes[who]} - owned


def spoken(incidence: Incidence, site: Site) -> set[str]:
    """What the findings of a question speak for: its qualifiers, impairments that it names beside a place, and those
    of which it is said, as of a muscle that feels tight."""
    speaks = incidence.model.unsided.speaks_for
    impairments = [p for p in site.places if p.kind == "Finding" and not _is_complaint(incidence, p)]
    beside = impairments if len(impairments) < len(site.places) else []
    named = [q.unsided or q.id for q in (*site.qualifiers, *beside)]
    said = {target for p in site.places for target in speaks.get(p.unsided or p.id, ())}
    return said | {target for name in named for target in speaks.get(name) or _impaired(incidence, name)}


def _is_complaint(incidence: Incidence, finding: Named) -> bool:
    """Whether a finding says where it hurts: it is found in a region, or in a part of the body with aspects."""
    owners = incidence.objects(finding.id, "findingOf")
    return any(incidence.model.structures[o].kind == "Region" or incidence.subjects(o, "aspectOf") for o in owners)


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


_FOR_IT = (("the qualifiers speak for it", 1.0),)


class Qualified:
    """What the qualifiers of a question, by what they speak for, make of its clues."""

    def __init__(self, incidence: Incidence, spoken: Collection[str]) -> None:
        self._incidence, self._spoken = incidence, frozenset(spoken)
        self._unsided = incidence.kept.roster.unsided
        self._past = incidence.model.unsided.circumstances["PastTheQualifier"]
        self._for_others = (("the qualifiers speak for others", self._past),)
        self._known: dict[int, bool] = {}

    def __call__(self, clue: Clue) -> Clue:
        """A clue that counts less where the qualifiers speak for others."""
        if clue.more:  # it is met in those whom they name
            return clue
        structure, mechanism, grade, weight, tell, end, through, _ = clue
        if mechanism in self._spoken or self._speak_for(self._unsided[structure]):
            return Clue(structure, mechanism, grade, weight, tell, end, through, _FOR_IT)
        return Clue(structure, mechanism, grade, weight * self._past, tell, end, through, self._for_others)

    def _speak_for(self, number: int) -> bool:
        """Whether they speak for a structure, for what it is a part of, or for a group of these."""
        known = self._known.get(number)
        if known is None:
            wholes, groups = self._incidence.wholes, self._incidence.groups
            kin = wholes[self._incidence.kept.unsided_ids[number]]
            kin = kin.union(*(groups[each] for each in kin))
            known = self._known[number] = not kin.isdisjoint(self._spoken)
        return known
