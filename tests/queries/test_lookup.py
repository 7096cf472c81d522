"""Text to structure: what is understood, what is refused, and that nothing is guessed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinchain.body import Body
from kinchain.errors import AmbiguousName, BadQuestion, KinchainError, UnknownName
from kinchain.model import Side


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("TLF", "thoracolumbar_fascia"),
        ("tfl", "tensor_fasciae_latae"),
        ("R glute max", "right_gluteus_maximus"),
        ("right glute max", "right_gluteus_maximus"),
        ("glute max on the left", "left_gluteus_maximus"),
        ("left lats", "left_latissimus_dorsi"),
        ("the left lat", "left_latissimus_dorsi"),
        ("right hamstring", "right_hamstrings"),
        ("right hamstrings", "right_hamstrings"),
        ("my right hamstring muscles", "right_hamstrings"),
        ("left sit bone", "left_ischial_tuberosity"),
        ("Left Humerus", "left_humerus"),
        ("left musculus gluteus medius", "left_gluteus_medius"),
        ("sacrum", "sacrum"),
        ("left Achilles tendon", "left_calcaneal_tendon"),
        ("right plantar fascia", "right_plantar_aponeurosis"),
        ("right SI joint", "right_sacroiliac_joint"),
        ("right middle trapezius", "right_transverse_part_of_trapezius"),
        ("right L5 nerve root", "right_l5_spinal_nerve"),
        ("L4/5 disc", "l4_l5_intervertebral_disc"),
    ],
)
def test_people_words_are_understood(body: Body, text: str, expected: str) -> None:
    asked = body.names.asked(text)[0]
    found = asked.id if asked.side is not Side.EITHER else asked.unsided
    assert found == expected


def test_tlf_and_tfl_are_never_merged(body: Body) -> None:
    assert body.names.asked("TLF")[0].unsided == "thoracolumbar_fascia"
    assert body.names.asked("TFL")[0].unsided == "tensor_fasciae_latae"


def test_a_paired_structure_without_side_means_either(body: Body) -> None:
    assert body.names.asked("latissimus dorsi")[0].side is Side.EITHER
    assert [s.id for s in body.names.resolve("latissimus dorsi")] == ["right_latissimus_dorsi", "left_latissimus_dorsi"]


def test_pec_is_refused_with_both_candidates(body: Body) -> None:
    with pytest.raises(AmbiguousName) as caught:
        body.names.resolve("pec")
    assert {c.label for c in caught.value.candidates} == {"pectoralis major", "pectoralis minor"}


def test_l5_alone_is_refused(body: Body) -> None:
    with pytest.raises(AmbiguousName) as caught:
        body.names.resolve("L5")
    assert {"fifth lumbar vertebra", "L5 spinal nerve"} <= {c.label for c in caught.value.candidates}


def test_an_unknown_name_is_refused_with_suggestions(body: Body) -> None:
    with pytest.raises(UnknownName, match="latissimus dorsi") as caught:
        body.names.resolve("latisimus dorsy")
    assert caught.value.candidates[0].label == "latissimus dorsi"


def test_a_word_of_nothing_is_refused_without_a_guess(body: Body) -> None:
    with pytest.raises(UnknownName):
        body.names.resolve("flux capacitor")


def test_a_midline_structure_has_no_side(body: Body) -> None:
    with pytest.raises(BadQuestion, match="midline"):
        body.names.resolve("left sacrum")


def test_an_organ_on_one_side_has_no_other(small: Body) -> None:
    with pytest.raises(BadQuestion, match="left only"):
        small.names.resolve("right spleen")
    assert small.names.resolve("spleen")[0].id == "left_spleen"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("   \n ", "empty"),
        ("x" * 301, "characters"),
        ("glute\x00max", "control"),
        ("\x1b[31mglute", "control"),
        ("a" * 10_000_000, "10,000,000 characters"),
    ],
)
def test_text_that_is_no_name_is_refused(body: Body, text: str, reason: str) -> None:
    with pytest.raises(BadQuestion, match=reason) as caught:
        body.names.resolve(text)
    assert len(caught.value.message) < 200


@pytest.mark.parametrize(
    "text", ["💪🦵", "<script>alert(1)</script>", "'; DROP TABLE", "\u202ereverse", "../../etc/passwd"]
)
def test_odd_text_is_unknown_not_an_accident(body: Body, text: str) -> None:
    with pytest.raises(UnknownName):
        body.names.resolve(text)


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=60))
def test_no_text_breaks_the_lookup(body: Body, text: str) -> None:
    try:
        body.names.resolve(text)
    except KinchainError as refused:
        assert refused.message


def test_every_name_of_a_structure_finds_it(body: Body) -> None:
    lost = []
    for structure in body.model.unsided.structures.values():
        if body.names.meaning(structure.label).structure.id != structure.id:
            lost.append(structure.label)
        for name in structure.synonyms:
            if body.names.meaning(name).structure.id != structure.id:
                lost.append(name)
    assert lost == []


def test_search_scores_an_exact_name_100(body: Body) -> None:
    first = body.find("glute max")[0]
    assert (first.structure.label, first.score) == ("gluteus maximus", 100.0)


def test_search_keeps_the_side_that_was_said(body: Body) -> None:
    assert body.find("left humerus")[0].structure.id == "left_humerus"
