"""Answers as bytes: what commands print and the server sends."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kinchain.views.jsonout import encoded

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
def test_the_bytes_are_those_of_the_standard_library(value: Any) -> None:
    assert _same(value)


def test_what_makes_numbers_differ_is_no_number_of_an_answer() -> None:
    assert not _same(0.00001)
    assert _same([0.0001, 123456.5, 0.0, -1.5])  # a cost or score is rounded to four or six digits


def test_the_name_of_a_file_that_is_no_unicode_can_be_told() -> None:
    assert json.loads(encoded({"file": b"caf\xe9".decode(errors="surrogateescape")})) == {"file": "caf?"}
