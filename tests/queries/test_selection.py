"""Parts of a body: what lies in a region, what is around a structure."""

from __future__ import annotations

import pytest

from kinchain.body import Body
from kinchain.errors import BadQuestion, UnknownName
from kinchain.queries.selection import lying_in, near


def test_a_region_has_what_is_located_in_it_on_its_side(body: Body) -> None:
    found = lying_in(body.incidence, body.names, "right back of thigh")
    located = set(body.incidence.subjects("right_back_of_thigh", "locatedIn"))
    assert located <= found
    assert not any(name.startswith("left_") for name in found)


def test_no_side_means_both(body: Body) -> None:
    both = lying_in(body.incidence, body.names, "back of thigh")
    right, left = (lying_in(body.incidence, body.names, f"{side} back of thigh") for side in ("right", "left"))
    assert both == right | left


def test_a_head_lies_where_its_muscle_lies(body: Body) -> None:
    found = lying_in(body.incidence, body.names, "right front of thigh")
    silent = [n for n in found if body.incidence.objects(n, "partOf") and not body.incidence.objects(n, "locatedIn")]
    assert silent
    assert all(set(body.incidence.objects(name, "partOf")) & found for name in silent)


def test_a_muscle_is_no_region(body: Body) -> None:
    with pytest.raises(BadQuestion, match="is no region"):
        lying_in(body.incidence, body.names, "soleus")
    with pytest.raises(UnknownName):
        lying_in(body.incidence, body.names, "nosuchplace")


def test_what_is_near_grows_with_the_depth(body: Body) -> None:
    one, two = (near(body.incidence, body.names, "right soleus", depth) for depth in (1, 2))
    assert "right_soleus" in one < two
    assert one == {"right_soleus"} | {fact.other.id for _, fact in body.around("right soleus")}
    with pytest.raises(BadQuestion, match="a depth of 0"):
        near(body.incidence, body.names, "right soleus", 0)
