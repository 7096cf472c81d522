"""Red flags: what must be ruled out before anything else is thought of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kinchain.model import Named
from kinchain.queries.care import FlagItem, flag_items
from kinchain.queries.incidence import Incidence
from kinchain.queries.site import Site
from kinchain.queries.targets import own_regions
from kinchain.records import dataclass


@dataclass(frozen=True, slots=True)
class RedFlags:
    """The red flags of a question: ``raised`` are those that it raises itself, by a sign that it names, at a place
    where the flag is looked for; ``of_region`` those that are looked for at the site in particular.
    """

    items: tuple[FlagItem, ...]
    raised: frozenset[str]
    of_region: frozenset[str]


def red_flags(incidence: Incidence, site: Site, candidates: Iterable[Named] = ()) -> RedFlags:
    """The red flags of a site: those that the question itself raises, those of its regions, those looked for
    everywhere, and those that suspect one of some candidates. Raised ones first, then by urgency; none is left out.
    """
    of_region = _of_region(incidence, site)
    looked_for = incidence.kept.everywhere | of_region
    signalled = {f for named in (*site.qualifiers, *site.places) for f in incidence.objects(named.id, "signOf")}
    found = looked_for | signalled
    for candidate in candidates:
        if candidate.kind in ("Viscus", "Vessel", "NeuralTissue"):
            found |= set(incidence.subjects(candidate.id, "suspects"))
    raised = looked_for & signalled
    items = sorted(flag_items(incidence, found), key=lambda f: f.structure.id not in raised)
    return RedFlags(tuple(items), raised, of_region)


def _of_region(incidence: Incidence, site: Site) -> frozenset[str]:
    return frozenset(
        flag
        for place in site.places
        for here in _standing(incidence, place)
        for flag in incidence.subjects(here, "screens")
    )


def _standing(incidence: Incidence, place: Named) -> Sequence[str]:
    """A place, the regions that it is or lies in, and the groups that these belong to."""
    here = [place.id, *own_regions(incidence, place)]
    return [*here, *(g for each in here for g in incidence.objects(each, "memberOf"))]
