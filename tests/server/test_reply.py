"""Answers as bytes: those of the commands."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinchain import errors
from kinchain.server.reply import encoded, error, status_of

_TEXT = st.text(st.characters(exclude_categories=["Cs"]))
_NUMBERS = st.integers(-(2**53), 2**53) | st.floats(-1e9, 1e9).map(lambda x: round(x, 6))
_JSON = st.recursive(
    st.none() | st.booleans() | _NUMBERS | _TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(_TEXT, inner),
    max_leaves=20,
)


def _same(value: Any) -> bool:
    return encoded(value).decode() == json.dumps(value, ensure_ascii=False, indent=2) + "\n"


@given(_JSON.filter(lambda value: "e-" not in json.dumps(value)))
def test_the_bytes_are_those_that_the_commands_print(value: Any) -> None:
    assert _same(value)


def test_what_makes_numbers_differ_is_no_number_of_an_answer() -> None:
    assert not _same(1e16)
    assert not _same(0.00001)
    assert _same([0.0001, 123456.5, 0.0, -1.5])  # a cost or score is rounded to four or six digits


@pytest.mark.parametrize(
    ("problem", "status"),
    [
        (errors.BadQuestion("x"), 400),
        (errors.UnknownName("x"), 404),
        (errors.NoRoute("x"), 404),
        (errors.NothingFound("x"), 404),
        (errors.AmbiguousName("x"), 422),
        (errors.DamagedBody("x"), 503),
    ],
)
def test_each_error_has_its_status_and_the_error_object(problem: errors.KinchainError, status: int) -> None:
    assert status_of(problem) == error(problem).status == status
    assert json.loads(error(problem).body) == {"error": {"kind": problem.kind, "message": "x", "candidates": []}}
