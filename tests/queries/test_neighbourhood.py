"""What is known of one structure, and what lies around it."""

from __future__ import annotations

import pytest

from kinchain.body import Body
from kinchain.errors import BadQuestion


def test_a_whole_collects_the_facts_of_its_parts(body: Body) -> None:
    (profile,) = body.show("right biceps femoris")
    words = {fact.words for fact in profile.facts}
    assert "right long head of biceps femoris arises from right ischial tuberosity" in words


def test_a_part_does_not_collect_from_its_whole(body: Body) -> None:
    (profile,) = body.show("right short head of biceps femoris")
    assert "ischial" not in " ".join(fact.words for fact in profile.facts if fact.relation == "origin")


def test_both_sides_are_shown_when_none_was_said(body: Body) -> None:
    assert [p.structure.id for p in body.show("soleus")] == ["right_soleus", "left_soleus"]


def test_surroundings_come_nearest_first(body: Body) -> None:
    found = body.around("right sacroiliac joint", depth=2)
    distances = [distance for distance, _ in found]
    assert distances == sorted(distances)
    assert set(distances) == {1, 2}


def test_surroundings_keep_to_the_families_that_were_asked_for(body: Body) -> None:
    found = body.around("right soleus", families=["neural"])
    assert {fact.relation for _, fact in found} <= {"innervatedBy", "hasRoot", "hasMainRoot", "passesThrough"}
    assert found


def test_no_connection_is_listed_twice(body: Body) -> None:
    words = [(f.words, f.crosses) for _, f in body.around("right thoracolumbar fascia", depth=2)]
    assert len(words) == len(set(words))


@pytest.mark.parametrize("depth", [0, 5])
def test_a_depth_out_of_range_is_refused(body: Body, depth: int) -> None:
    with pytest.raises(BadQuestion, match="depth"):
        body.around("soleus", depth=depth)


def test_an_unknown_family_is_refused_with_the_known_ones(body: Body) -> None:
    with pytest.raises(BadQuestion, match="tissue"):
        body.around("soleus", families=["royal"])
