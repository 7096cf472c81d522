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
    found = set(_looked_for(incidence, site))
    for candidate in candidates:
        if candidate.kind in ("Viscus", "Vessel", "NeuralTissue"):
            found.update(incidence.subjects(candidate.id, "suspects"))
    first = raised(incidence, site)
    items = flag_items(incidence, found | _signalled(incidence, site))
    return tuple(sorted(items, key=lambda f: f.structure.id not in first))


def raised(incidence: Incidence, site: Site) -> frozenset[str]:
    """The red flags that the question itself raises: a sign that it names, at a place where the flag is looked for."""
    return frozenset(_signalled(incidence, site) & _looked_for(incidence, site))


def _signalled(incidence: Incidence, site: Site) -> set[str]:
    named = (*site.qualifiers, *site.places)
    return {f for q in named for f in incidence.objects(q.id, "signOf")}


def of_region(incidence: Incidence, site: Site) -> frozenset[str]:
    """The red flags that are looked for at a site in particular."""
    return frozenset(
        flag
        for place in site.places
        for here in _standing(incidence, place)
        for flag in incidence.subjects(here, "screens")
    )


def _looked_for(incidence: Incidence, site: Site) -> frozenset[str]:
    return incidence.kept.everywhere | of_region(incidence, site)


def _standing(incidence: Incidence, place: Named) -> Sequence[str]:
    """A place, the regions that it is or lies in, and the groups that these belong to."""
    here = [place.id, *own_regions(incidence, place)]
    return [*here, *(g for each in here for g in incidence.objects(each, "memberOf"))]
