"""Parts of a body to look at or to take away: what lies in a region, what is around a structure."""

from __future__ import annotations

from kinchain.errors import BadQuestion
from kinchain.queries.incidence import Incidence
from kinchain.queries.lookup import Names
from kinchain.queries.neighbourhood import around
from kinchain.queries.targets import own_regions


def lying_in(incidence: Incidence, names: Names, text: str) -> frozenset[str]:
    """The sided structures that lie in a region or part of the body, and the region itself; both sides if none is said.

    A part that says nothing of its place (a head of a muscle) lies where its whole lies.

    Raises
    ------
    BadQuestion                   the text names no region
    UnknownName, AmbiguousName    nobody knows it, or it may be several

    >>> from kinchain import Body
    >>> body = Body.load()
    >>> "left_supraspinatus" in lying_in(body.incidence, body.names, "left shoulder")
    True
    """
    found = set[str]()
    for place in names.resolve(text):
        regions = own_regions(incidence, place)
        if place.kind not in ("Region", "Group") or not regions:
            raise BadQuestion(f"the {place.label} is no region; name one, as 'shoulder' or 'back of thigh'")
        found |= {place.id, *regions}
        found |= {here for region in regions for here in incidence.subjects(region, "locatedIn")}
    waiting = list(found)
    while waiting:
        for inner in incidence.subjects(waiting.pop(), "partOf"):
            if inner not in found and not incidence.objects(inner, "locatedIn"):
                found.add(inner)
                waiting.append(inner)
    return frozenset(found)


def near(incidence: Incidence, names: Names, text: str, depth: int) -> frozenset[str]:
    """The sided structures within *depth* hops of a structure, as ``around`` finds them; of both sides if none is said.

    Raises
    ------
    BadQuestion                   a depth out of range
    UnknownName, AmbiguousName    nobody knows the structure, or it may be several

    >>> from kinchain import Body
    >>> body = Body.load()
    >>> "right_tibial_nerve" in near(body.incidence, body.names, "right soleus", 1)
    True
    """
    found = set[str]()
    for structure in names.resolve(text):
        found.add(structure.id)
        found |= {end.id for _, fact in around(incidence, structure, depth=depth) for end in (fact.of, fact.other)}
    return frozenset(found)
