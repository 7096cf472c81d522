"""What may be asked, and how a question that does not fit is refused."""

from __future__ import annotations

import pytest

from kinchain.errors import BadQuestion
from kinchain.graph.profiles import DEFAULT_PROFILES
from kinchain.queries.causes import MAX_CANDIDATES
from kinchain.queries.neighbourhood import MAX_DEPTH
from kinchain.queries.paths import MAX_ROUTES
from kinchain.server.openapi import description
from kinchain.server.questions import ENDPOINTS, Causes, Path, from_query, read


def test_a_query_string_is_read_with_its_repeated_parameters() -> None:
    pairs = [("site", "left knee"), ("with", "at night"), ("with", "on exertion"), ("top", "3"), ("explain", "true")]
    assert from_query(Causes, pairs) == Causes("left knee", ("at night", "on exertion"), top=3, explain=True)


def test_what_is_left_empty_in_a_form_counts_as_not_said() -> None:
    pairs = [("source", "soleus"), ("target", "sacrum"), ("profile", ""), ("k", "")]
    assert from_query(Path, pairs) == Path("soleus", "sacrum", DEFAULT_PROFILES, 1)


@pytest.mark.parametrize(
    ("pairs", "words"),
    [
        ([("source", "soleus")], "missing required field `target`"),
        ([("source", "a"), ("target", "b"), ("colour", "red")], "unknown field `colour`"),
        ([("source", "a"), ("source", "b"), ("target", "b")], "'source' is said twice"),
        ([("source", "a"), ("target", "b"), ("k", "11")], "<= 10 at 'k'"),
        ([("source", "a"), ("target", "b"), ("k", "two")], "expected `int`"),
        ([("source", "a" * 301), ("target", "b")], "length <= 300 at 'source'"),
        ([("source", "a"), ("target", "b"), ("profile", "lunar")], "lunar"),
    ],
)
def test_a_question_that_does_not_fit_is_refused_in_a_sentence(pairs: list[tuple[str, str]], words: str) -> None:
    with pytest.raises(BadQuestion, match=r"openapi|once") as caught:
        from_query(Path, pairs)
    assert words in caught.value.message
    assert len(caught.value.message) < 250


@pytest.mark.parametrize("said", [None, 3, "path", [], {"source": 3, "target": "b"}, {"site": "knee", "with_": []}])
def test_a_body_that_is_no_question_is_refused(said: object) -> None:
    with pytest.raises(BadQuestion):
        read(Causes if isinstance(said, dict) and "site" in said else Path, said)


def test_the_server_allows_no_more_than_the_body_does() -> None:
    schemas = description()["components"]["schemas"]
    assert schemas["ask_for_path"]["properties"]["k"]["maximum"] <= MAX_ROUTES
    assert schemas["ask_for_causes"]["properties"]["top"]["maximum"] <= MAX_CANDIDATES
    assert schemas["ask_for_around"]["properties"]["depth"]["maximum"] <= MAX_DEPTH


def test_the_description_speaks_of_every_endpoint_and_of_nothing_that_is_not_there() -> None:
    told = description(sparql=True)
    assert {f"/api/{name}" for name in ENDPOINTS} | {"/healthz", "/sparql"} == set(told["paths"])
    text = str(told)
    for name in [part.split("'")[0] for part in text.split("#/components/schemas/")[1:]]:
        assert name in told["components"]["schemas"]
    assert "with_" not in text
