"""Questions in plain words."""

from __future__ import annotations

import pytest

from kinchain.body import Body
from kinchain.errors import AmbiguousName, BadQuestion, UnknownName
from kinchain.queries.ask import understand


@pytest.mark.parametrize(
    "question",
    [
        "what links right hamstring to left humerus?",
        "What links the right hamstring to the left humerus",
        "what connects the right hamstring and the left humerus?",
        "how is the right hamstring connected to the left humerus?",
        "path from right hamstring to left humerus",
        "what lies between the right hamstring and the left humerus?",
    ],
)
def test_one_question_in_many_words(body: Body, question: str) -> None:
    asked = understand(question, body.names)
    assert body.names.resolve(asked.source)[0].id == "right_hamstrings"
    assert body.names.resolve(asked.target)[0].id == "left_humerus"


def test_a_name_that_holds_and_is_not_torn(body: Body) -> None:
    asked = understand("what links tensor fasciae latae to the shaft of femur?", body.names)
    assert body.names.resolve(asked.target)[0].unsided == "shaft_of_femur"


def test_another_form_is_refused_with_what_can_be_answered(body: Body) -> None:
    with pytest.raises(BadQuestion, match="what links A to B"):
        understand("will it rain tomorrow?", body.names)


def test_one_structure_only_is_refused(body: Body) -> None:
    with pytest.raises(BadQuestion, match="one structure"):
        understand("what links the hamstrings?", body.names)


def test_an_unknown_end_is_named(body: Body) -> None:
    with pytest.raises(UnknownName, match="flurb"):
        understand("what links the flurb to the left humerus?", body.names)


def test_an_ambiguous_end_is_refused(body: Body) -> None:
    with pytest.raises(AmbiguousName, match="pec"):
        understand("what links the left pec to the left humerus?", body.names)
