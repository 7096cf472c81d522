"""The quiz: the same for a seed, four choices, and never a second right answer."""

from __future__ import annotations

import pytest

from kinchain.body import Body
from kinchain.errors import BadQuestion, NothingFound, UnknownName
from kinchain.queries.quiz import CHOICES, KINDS, Question, quiz

RELATIONS = {"origin": "origin", "insertion": "insertion", "nerve": "innervatedBy", "action": "produces"}


def asked(body: Body, **limits: object) -> tuple[Question, ...]:
    return quiz(body.incidence, body.names, **limits)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def many(body: Body) -> list[Question]:
    return [q for seed in (1, 2, 3) for q in asked(body, count=100, seed=seed)]


def test_the_same_seed_asks_the_same(body: Body) -> None:
    assert asked(body, seed=7) == asked(body, seed=7)
    assert asked(body, seed=7) != asked(body, seed=8)


def test_every_kind_is_asked_and_has_four_choices(many: list[Question]) -> None:
    assert {q.kind for q in many} == set(KINDS)
    for question in many:
        assert len({choice.label for choice in question.choices}) == CHOICES
        assert question.answer.label.split(" ", 1)[-1] in question.explanation
        assert question.sources


def related(body: Body, first: str, second: str) -> bool:
    wholes = body.incidence.wholes
    groups = body.incidence.groups
    return (
        first in wholes[second]
        or second in wholes[first]
        or first in groups.get(second, ())
        or second in groups.get(first, ())
    )


def test_no_wrong_choice_is_right(body: Body, many: list[Question]) -> None:
    """Checked against every connection of the muscle, its parts and wholes, independently of how choices are made."""
    wholes = body.incidence.wholes
    for question in many:
        kin = [s for s in wholes if question.about.unsided in wholes[s] or s in wholes[question.about.unsided]]
        if question.kind == "next link":
            continue
        relations = {"hasRoot", "hasMainRoot"} if question.kind == "root" else {RELATIONS[question.kind]}
        true = {c.object for s in kin for c in body.incidence.unsided(s) if c.subject == s and c.relation in relations}
        assert question.answer.unsided in true
        for choice in question.choices:
            if choice != question.answer:
                assert not any(related(body, choice.unsided, each) for each in true), question


def test_no_wrong_choice_follows_in_the_chain(body: Body, many: list[Question]) -> None:
    asked_along = [q for q in many if q.kind == "next link"]
    assert asked_along
    for question in asked_along:
        name = question.text.removeprefix("In the ").split(",")[0]
        chain = next(c for c in body.chains.values() if c.label == name)
        true = {link.target for link in chain.links if related(body, link.source, question.about.unsided)}
        assert question.answer.unsided in true
        for choice in question.choices:
            if choice != question.answer:
                assert not any(related(body, choice.unsided, each) for each in true), question


def test_a_region_and_a_chain_limit_what_is_asked(body: Body) -> None:
    inside = asked(body, region="shoulder", count=30)
    assert {"subscapularis", "infraspinatus", "deltoid"} & {q.about.unsided for q in inside}
    assert "soleus" not in {q.about.unsided for q in inside}
    along = [q for q in asked(body, chain="spiral line", count=60) if q.kind == "next link"]
    assert along
    assert all("In the spiral line" in q.text for q in along)


def test_what_cannot_be_asked_is_refused(body: Body) -> None:
    for limits, error in (
        ({"count": 0}, BadQuestion),
        ({"count": 101}, BadQuestion),
        ({"region": "soleus"}, BadQuestion),
        ({"chain": "no such chain"}, UnknownName),
        ({"region": "shoulder", "chain": "lateromotion sequence of lower limb"}, NothingFound),
    ):
        with pytest.raises(error):
            asked(body, **limits)
