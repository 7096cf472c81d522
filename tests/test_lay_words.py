"""What patients, trainers and students say, and what must not be guessed."""

from __future__ import annotations

import pytest

from kinchain.body import Body
from kinchain.errors import AmbiguousName
from tests.test_spot_facts import rows

WORDS = rows("lay_words.tsv")
AMBIGUOUS = rows("ambiguous_words.tsv")


def test_there_are_enough_words() -> None:
    assert len(WORDS) >= 150
    assert len(AMBIGUOUS) >= 15


@pytest.mark.parametrize("row", WORDS, ids=[row["words"] for row in WORDS])
def test_a_word_that_people_use(body: Body, row: dict[str, str]) -> None:
    assert body.names.asked(row["words"]) == body.names.asked(row["means"])


@pytest.mark.parametrize("row", AMBIGUOUS, ids=[row["words"] for row in AMBIGUOUS])
def test_a_word_that_must_not_be_guessed(body: Body, row: dict[str, str]) -> None:
    with pytest.raises(AmbiguousName) as caught:
        body.names.resolve(row["words"])
    offered = {candidate.id for candidate in caught.value.candidates}
    assert {body.names.meaning(text).structure.id for text in row["candidates"].split(" | ")} <= offered
