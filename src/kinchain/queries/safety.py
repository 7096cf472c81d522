"""Red flags: what must be ruled out before anything else is thought of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kinchain.model import Named
from kinchain.queries.care import FlagItem, flag_items
from kinchain.queries.incidence import Incidence
from kinchain.queries.site import Site
from kinchain.queries.targets import own_regions


def red_flags(incidence: Incidence, site: Site, candidates: Iterable[Named] = ()) -> tuple[FlagItem, ...]:
    """The red flags of a site: those that the question itself raises, those of its regions, those looked for
    everywhere, and those that suspect one of some candidates. Raised ones first, then by urgency; none is left out.
    """
    found: set[str] = set()
    for place in site.places:
        for here in _standing(incidence, place):
            found.update(incidence.subjects(here, "screens"))
    flags = incidence.model.unsided.red_flags
    found |= {s.id for s in incidence.model.structures.values() if s.unsided in flags and flags[s.unsided].everywhere}
    for candidate in candidates:
        if candidate.kind in ("Viscus", "Vessel", "NeuralTissue"):
            found.update(incidence.subjects(candidate.id, "suspects"))
    raised = {f for q in site.qualifiers for f in incidence.objects(q.id, "signOf")}
    items = flag_items(incidence, found | raised)
    return tuple(sorted(items, key=lambda f: f.structure.id not in raised))


def _standing(incidence: Incidence, place: Named) -> Sequence[str]:
    """A place, the regions that it is or lies in, and the groups that these belong to."""
    here = [place.id, *own_regions(incidence, place)]
    return [*here, *(g for each in here for g in incidence.objects(each, "memberOf"))]
