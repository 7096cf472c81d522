"""What stands for a painful site: the regions and structures at which an explanation may end, and what lies there."""

from __future__ import annotations

from collections.abc import Iterable
from math import sqrt

from kinchain.graph.incident import OBJECT
from kinchain.model import Named, Side
from kinchain.queries.incidence import Incidence
from kinchain.records import dataclass

# What lies at a site, unless its trouble is felt along it: a nerve, root, organ or vessel is caught or ill elsewhere.
LOCAL_KINDS = frozenset(
    {"Muscle", "Tendon", "Fascia", "Ligament", "Joint", "Bone", "Landmark", "Cartilage", "Bursa", "Group"}
)


_SPOT = 2  # what lies in so few regions stands for them


@dataclass(frozen=True, slots=True)
class Target:
    """An end of explanations: how far it stands for the site (1 is the site), and the steps from it to the site, each
    from structure to structure along a relation.
    """

    weight: float
    steps: tuple[tuple[str, str, str], ...] = ()

    @property
    def aspect(self) -> str:
        """The region that it overlaps, where it only lies beside the site."""
        return next((there for _, there, relation in self.steps if relation == "overlaps"), "")


def targets(incidence: Incidence, place: Named) -> dict[str, Target]:
    """The ends of explanations for one sided place, by id.

    A region stands for itself and, less, for those that it overlaps and the conditions that are felt in it; a structure
    for itself, its parts and the region where it lies; a part of the body for its aspects, each the less the more there
    are (by the root of their number); another group for its members; a finding for itself and for what it is a finding
    of.
    """
    neighbour, condition = (incidence.model.unsided.circumstances[n] for n in ("NeighbouringRegion", "ConditionThere"))
    found = {place.id: Target(1.0)}

    def reach(here: str, there: str, relation: str, share: float) -> None:
        if not _on_side(place, incidence.model.structures[there]):
            return
        weight = found[here].weight * share
        if there not in found or found[there].weight < weight:
            found[there] = Target(weight, ((there, here, relation), *found[here].steps))

    for relation, kinds in (("findingOf", ("Finding",)), ("memberOf", ("Group",)), ("partOf", ())):
        for here in list(found):
            kind = incidence.model.structures[here].kind
            if relation == "findingOf" and kind in kinds:
                felt = incidence.objects(here, "findingOf")
                regions = [f for f in felt if incidence.model.structures[f].kind == "Region"]
                for there in felt:
                    reach(here, there, relation, 1 / sqrt(len(regions)) if there in regions else 1.0)
            elif relation == "memberOf" and kind in kinds:
                aspects = incidence.subjects(here, "aspectOf")
                members = aspects or incidence.subjects(here, "memberOf")
                regions = [m for m in members if incidence.model.structures[m].kind == "Region"]
                for there in regions or members:
                    reach(here, there, "aspectOf" if aspects else relation, 1 / sqrt(len(regions) or 1))
            elif relation == "partOf" and kind not in ("Region", "Bone", "Finding", "Group"):
                for there in incidence.subjects(here, "partOf"):
                    reach(here, there, relation, 1.0)
    for here in list(found):
        if incidence.model.structures[here].kind == "Region":
            for there in _overlapping(incidence, here):
                reach(here, there, "overlaps", neighbour)
            for there in incidence.subjects(here, "findingOf"):
                reach(here, there, "findingOf", condition)
        else:
            lies_in = incidence.objects(here, "locatedIn")
            for there in lies_in:  # a landmark marks its spot, a long bone or muscle does not
                reach(here, there, "locatedIn", 1.0 if len(lies_in) <= _SPOT else neighbour)
            for there in incidence.subjects(here, "findingOf"):
                reach(here, there, "findingOf", 1.0)
    return found


def _overlapping(incidence: Incidence, region: str) -> list[str]:
    """The regions that share ground with a region, dermatomes left out: they are no place where people point."""
    both = [*incidence.objects(region, "overlaps"), *incidence.subjects(region, "overlaps")]
    return [r for r in dict.fromkeys(both) if not incidence.objects(r, "dermatomeOf")]


def own_regions(incidence: Incidence, place: Named) -> list[str]:
    """The regions that a place itself is or lies in: of a group or finding those of what it stands for."""
    if place.kind == "Region":
        return [place.id]
    stands = [place.id, *incidence.objects(place.id, "findingOf")]
    for here in list(stands):
        if incidence.model.structures[here].kind == "Group":
            stands += incidence.subjects(here, "aspectOf") or incidence.subjects(here, "memberOf")
    stands = [s for s in stands if _on_side(place, incidence.model.structures[s])]
    regions = [s for s in stands if incidence.model.structures[s].kind == "Region"]
    return list(dict.fromkeys(regions or [r for s in stands for r in incidence.objects(s, "locatedIn")]))


def _on_side(place: Named, structure: Named) -> bool:
    """Whether a structure lies on the side of a place; the median neck has a right and a left side of its own."""
    return place.side is Side.MEDIAN or structure.side is not place.side.mirrored


def local(incidence: Incidence, places: Iterable[Named]) -> dict[str, Named]:
    """What lies at a site: the soft tissues, joints and bones of its own regions, and the place itself."""
    kind, found = incidence.kept.roster.kind, dict[str, Named]()
    for place in places:
        if place.kind in LOCAL_KINDS:
            found[place.id] = place
        for region in own_regions(incidence, place):
            for _, _, here, _ in incidence.entries(region, ("locatedIn",), OBJECT):
                if kind(here) in LOCAL_KINDS:
                    structure = incidence.named(here)
                    found[structure.id] = structure
    return found
