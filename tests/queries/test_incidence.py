"""The index of edges by their ends: structures by number, and by number only until somebody looks."""

from __future__ import annotations

import pytest

from kinchain.body import Body


def test_what_is_named_later_is_what_is_named_at_once(body: Body) -> None:
    at_once = tuple(body.named(each) for each in body.incidence.objects("right_soleus", "innervatedBy"))
    later = body.incidence.linked("right_soleus", "innervatedBy")
    assert later == at_once
    assert (len(later), later[0], later[:1], list(later)) == (len(at_once), at_once[0], at_once[:1], list(at_once))
    assert hash(later) == hash(at_once)
    assert not body.incidence.linked("right_soleus", "suspects")


def test_an_id_that_nobody_has_is_refused(body: Body) -> None:
    with pytest.raises(KeyError):
        body.incidence.number("right_unicorn")
