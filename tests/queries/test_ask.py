"""Questions in plain words."""

from __future__ import annotations

import pytest

from kinchain.body import Body
from kinchain.errors import AmbiguousName, BadQuestion, UnknownName
from kinchain.queries.ask import CAN_ANSWER, understand


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
    assert asked.form == "path"
    source, target = asked.ends
    assert body.names.resolve(source)[0].id == "right_hamstrings"
    assert body.names.resolve(target)[0].id == "left_humerus"


def test_a_name_that_holds_and_is_not_torn(body: Body) -> None:
    asked = understand("what links tensor fasciae latae to the shaft of femur?", body.names)
    assert body.names.resolve(asked.ends[1])[0].unsided == "shaft_of_femur"


@pytest.mark.parametrize(
    ("question", "form", "end"),
    [
        ("what could cause pain in my left shoulder?", "causes", "pain in my left shoulder"),
        ("what might be behind right lower back pain?", "causes", "right lower back pain"),
        ("why does my left knee hurt?", "causes", "my left knee"),
        ("why do I have tight hamstrings?", "causes", "tight hamstrings"),
        ("where could shoulder tip pain come from?", "causes", "shoulder tip pain"),
        ("which nerve supplies the deltoid?", "nerve", "the deltoid"),
        ("what innervates soleus", "nerve", "soleus"),
        ("what is the nerve supply of the diaphragm?", "nerve", "the diaphragm"),
        ("what opposes the pectoralis minor?", "opposes", "the pectoralis minor"),
        ("what are the antagonists of the biceps brachii?", "opposes", "the biceps brachii"),
        ("what opposes hip extension?", "opposes", "hip extension"),
        ("how do I test the gluteus medius?", "tests", "the gluteus medius"),
        ("how is the sciatic nerve tested?", "tests", "the sciatic nerve"),
        ("which tests are there for the sacroiliac joint?", "tests", "the sacroiliac joint"),
        ("how can I strengthen the gluteus maximus?", "care", "the gluteus maximus"),
        ("which exercises train the hamstrings?", "care", "the hamstrings"),
        ("what does the sacrotuberous ligament connect to?", "connections", "the sacrotuberous ligament"),
        ("what is the linea alba attached to?", "connections", "the linea alba"),
        ("is it true that a muscle in spasm is dehydrated?", "claim", "a muscle in spasm is dehydrated"),
        ("do the glutes fire before the hamstrings?", "claim", "do the glutes fire before the hamstrings"),
    ],
)
def test_the_plain_forms_are_understood(body: Body, question: str, form: str, end: str) -> None:
    asked = understand(question, body.names)
    assert (asked.form, asked.ends) == (form, (end,))
    assert asked.understood


@pytest.mark.parametrize("question", ["will it rain tomorrow?", "tell me a joke", "42", "gluteus maximus"])
def test_another_form_is_refused_with_what_can_be_answered(body: Body, question: str) -> None:
    with pytest.raises(BadQuestion) as refused:
        understand(question, body.names)
    assert all(form in refused.value.message for form in CAN_ANSWER)


def test_one_structure_only_is_refused(body: Body) -> None:
    with pytest.raises(BadQuestion, match="one structure"):
        understand("what links the hamstrings?", body.names)


@pytest.mark.parametrize("question", ["what links the flurb to the left humerus?", "which nerve supplies the flurb?"])
def test_an_unknown_end_is_named(body: Body, question: str) -> None:
    with pytest.raises(UnknownName, match="flurb"):
        understand(question, body.names)


def test_an_ambiguous_end_is_refused(body: Body) -> None:
    with pytest.raises(AmbiguousName, match="pec"):
        understand("what links the left pec to the left humerus?", body.names)
