"""Comparisons: what two have in common and apart; refused where nothing can be compared."""

from __future__ import annotations

import pytest

from kinchain.body import Body
from kinchain.errors import BadQuestion, UnknownName
from kinchain.queries.compare import Comparison, compare


def compared(body: Body, first: str, second: str | None = None) -> Comparison:
    return compare(body.incidence, body.names, first, second)


def aspect(found: Comparison, title: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    each = next(a for a in found.aspects if a.title == title)
    return each.both, each.first, each.second


def test_two_muscles_share_a_nerve_and_differ_in_their_origin(body: Body) -> None:
    found = compared(body, "supraspinatus", "infraspinatus")
    assert aspect(found, "nerves") == (("suprascapular nerve",), (), ())
    assert aspect(found, "bones")[0] == ("humerus", "scapula")
    both, first, second = aspect(found, "origins")
    assert (both, "supraspinous fossa" in first, "infraspinous fossa" in second) == ((), True, True)


def test_sides_do_not_matter_between_two_structures(body: Body) -> None:
    same = compared(body, "right supraspinatus", "right infraspinatus")
    other = compared(body, "right supraspinatus", "left infraspinatus")
    assert same.aspects == other.aspects
    assert "different sides" in other.notes[0]


def test_the_two_sides_of_a_muscle_mirror_each_other(body: Body) -> None:
    found = compared(body, "soleus")
    assert found.mirrored
    assert not any(a.first or a.second for a in found.aspects)
    assert "mirror" in found.notes[0]


def test_where_two_sides_differ_it_is_said(body: Body) -> None:
    found = compared(body, "phrenic nerve")
    assert "innervates liver" in aspect(found, "other connections")[1]
    assert "differ" in found.notes[0]


def test_two_chains_are_compared_by_links_and_evidence(body: Body) -> None:
    found = compared(body, "superficial back line", "spiral line")
    both, first, second = aspect(found, "links")
    one, two = (body.chain(name) for name in ("superficial back line", "spiral line"))
    assert "sacrotuberous ligament → thoracolumbar composite" in both
    assert len(both) + len(first) <= len(one.links)
    assert len(both) + len(second) <= len(two.links)
    figures = {f.title: (f.first, f.second) for f in found.figures}
    assert figures["verdict of the reviews"] == (one.chain.grade, two.chain.grade)
    assert figures["gaps, where nothing was verified"][0].startswith(str(len(one.gaps)))


def test_the_sides_of_a_chain_are_two_sides_of_one(body: Body) -> None:
    found = compared(body, "spiral line")
    assert found.mirrored
    assert found.chains is not None
    assert [str(c.side) for c in found.chains] == ["right", "left"]


@pytest.mark.parametrize(
    ("first", "second", "error"),
    [
        ("sternum", None, BadQuestion),
        ("liver", None, BadQuestion),
        ("soleus", "right soleus", BadQuestion),
        ("soleus", "spiral line", BadQuestion),
        ("spiral line", "right spiral line", BadQuestion),
        ("soleus", "no such thing at all", UnknownName),
    ],
)
def test_what_cannot_be_compared_is_refused(body: Body, first: str, second: str | None, error: type[Exception]) -> None:
    with pytest.raises(error):
        compared(body, first, second)
