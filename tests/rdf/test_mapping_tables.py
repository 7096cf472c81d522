"""The mapping tables as they are shipped: valid SSSOM, known identifiers, labels that agree or a reason."""

from __future__ import annotations

import csv
import re
from collections import Counter
from functools import cache

import pytest

from kinchain.body import Body
from tests.conftest import ONTOLOGY, ROOT

TABLES = sorted((ONTOLOGY / "mappings").glob("*.sssom.tsv"))
# What the other ontologies call the terms that we name: read from them once, so that a changed cell is noticed.
TARGETS = ROOT / "tests" / "data" / "mapping_targets.tsv"
PREDICATES = {"skos:exactMatch", "skos:closeMatch", "skos:broadMatch", "skos:narrowMatch"}
LEXICAL, MANUAL = "semapv:LexicalMatching", "semapv:ManualMappingCuration"
# Words that ontologies add or leave away without meaning another thing.
GENERIC = {"of", "the", "to", "for", "muscle", "bone", "nerve", "ligament", "joint", "organ", "human", "musculus"}

Row = dict[str, str]


@cache
def rows() -> tuple[tuple[str, Row], ...]:
    return tuple(
        (table.name.split(".")[0], row)
        for table in TABLES
        for row in csv.DictReader(
            (line for line in table.read_text("utf-8").splitlines() if not line.startswith("#")),
            delimiter="\t",
            quoting=csv.QUOTE_NONE,
        )
    )


@cache
def targets() -> dict[str, tuple[str, ...]]:
    table = csv.DictReader(TARGETS.read_text("utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return {r["id"]: (r["label"], *filter(None, r["synonyms"].split(" | "))) for r in table}


def essence(name: str) -> frozenset[str]:
    """The words of a name that carry its meaning, in no order, singular.

    Latin, British and American spellings that occur in the tables are one.
    """
    words = re.findall(r"[a-z0-9']+", name.lower().replace("-", "").replace("’", "'"))
    singular = (
        w[:-1] if len(w) > 3 and w.endswith("s") and not w.endswith(("us", "is", "ss", "as", "os")) else w
        for w in words
        if w not in GENERIC and w.rstrip("s") not in GENERIC
    )
    return frozenset(
        w.replace("oeso", "eso").replace("anular", "annular").replace("physeal", "physial") for w in singular
    )


def ours(body: Body, row: Row) -> tuple[str, ...]:
    structure = body.model.unsided.structures[row["subject_id"].removeprefix("body:")]
    return (structure.label, *structure.synonyms, *structure.latin)


def agree(mine: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    known = {name.lower() for name in mine} | {essence(name) for name in mine}
    return any(name.lower() in known or essence(name) in known for name in theirs)


def test_there_is_a_table_for_each_ontology_that_we_map_to() -> None:
    assert [t.name for t in TABLES] == ["fma.sssom.tsv", "ta2.sssom.tsv", "uberon.sssom.tsv", "wikidata.sssom.tsv"]
    counted = Counter(name for name, _ in rows())
    assert min(counted.values()) > 700, counted


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
def test_a_table_is_valid_sssom(table) -> None:  # type: ignore[no-untyped-def]
    """The library reads every row: prefixes declared, CURIEs whole, slots those of the standard."""
    import sssom_pydantic

    mappings, _, described, errors = sssom_pydantic.read(table, return_errors=True)
    assert errors == []
    assert len(mappings) == sum(name == table.name.split(".")[0] for name, _ in rows())
    assert str(described.license) == "https://creativecommons.org/licenses/by/4.0/"
    assert str(described.id).endswith(f"/mappings/{table.name}")
    assert described.source, "a table says where its identifiers were read"


@pytest.mark.parametrize(
    "broken", [("skos:exactMatch", "same:as"), ("TA2:127\t", "127\t"), ("semapv:Lexical", "Lexical")]
)
def test_the_library_refuses_what_is_no_sssom(broken: tuple[str, str], tmp_path) -> None:  # type: ignore[no-untyped-def]
    import sssom_pydantic

    copy = tmp_path / "ta2.sssom.tsv"
    copy.write_text((ONTOLOGY / "mappings" / "ta2.sssom.tsv").read_text("utf-8").replace(*broken, 1), "utf-8")
    assert len(sssom_pydantic.read(copy, return_errors=True)[3]) == 1


def test_every_row_uses_our_predicates_and_justifications() -> None:
    assert {row["predicate_id"] for _, row in rows()} <= PREDICATES
    assert {row["mapping_justification"] for _, row in rows()} <= {LEXICAL, MANUAL}


def test_every_identifier_was_read_in_its_ontology() -> None:
    assert sorted({row["object_id"] for _, row in rows()} - set(targets())) == []


def test_every_object_label_is_a_name_of_its_target() -> None:
    wrong = [row for _, row in rows() if row["object_label"] not in targets()[row["object_id"]]]
    assert wrong == []


def test_every_subject_label_is_that_of_the_structure(body: Body) -> None:
    wrong = [row for _, row in rows() if row["subject_label"] != ours(body, row)[0]]
    assert wrong == []


def test_names_agree_or_somebody_says_why_they_mean_the_same(body: Body) -> None:
    unexplained = [
        (row["subject_id"], row["object_id"], row["object_label"])
        for _, row in rows()
        if not agree(ours(body, row), targets()[row["object_id"]])
        and not (row["mapping_justification"] == MANUAL and row["comment"])
    ]
    assert unexplained == []


def test_a_lexical_match_is_one(body: Body) -> None:
    lexical = [row for _, row in rows() if row["mapping_justification"] == LEXICAL]
    assert [row for row in lexical if not agree(ours(body, row), targets()[row["object_id"]])] == []


def test_whatever_is_not_exact_says_how_it_differs() -> None:
    assert [row for _, row in rows() if row["predicate_id"] != "skos:exactMatch" and not row["comment"]] == []


def test_no_mapping_is_written_twice() -> None:
    pairs = Counter((row["subject_id"], row["object_id"]) for _, row in rows())
    assert [pair for pair, number in pairs.items() if number > 1] == []


def test_a_structure_is_exactly_one_term_and_a_term_exactly_one_structure() -> None:
    exact = [(name, row) for name, row in rows() if row["predicate_id"] == "skos:exactMatch"]
    by_subject = Counter((name, row["subject_id"]) for name, row in exact)
    by_object = Counter(row["object_id"] for _, row in exact)
    assert [key for key, number in by_subject.items() if number > 1] == []
    assert [key for key, number in by_object.items() if number > 1] == []


def test_hand_and_foot_are_never_taken_for_each_other(body: Body) -> None:
    """Names of both exist for many muscles and joints; the wrong one is the likeliest slip."""
    hand = re.compile(r"\b(hand|manus|manual|finger|thumb|pollicis|metacarp\w*|carp\w*)\b", re.I)
    foot = re.compile(r"\b(foot|pes|pedis|pedal|toe|hallucis|metatars\w*|tars\w*)\b", re.I)
    mixed = [
        (row["subject_label"], row["object_label"])
        for _, row in rows()
        if (
            hand.search(row["subject_label"])
            and foot.search(row["object_label"])
            and not foot.search(row["subject_label"])
        )
        or (
            foot.search(row["subject_label"])
            and hand.search(row["object_label"])
            and not hand.search(row["subject_label"])
        )
    ]
    assert mixed == []


@pytest.mark.parametrize(
    "pair", [("medial", "lateral"), ("anterior", "posterior"), ("superior", "inferior"), ("left", "right")]
)
def test_opposite_words_are_never_taken_for_each_other(pair: tuple[str, str], body: Body) -> None:
    one, other = pair

    def only(text: str) -> str:
        words = set(re.findall(r"[a-z]+", text.lower()))
        return one if one in words and other not in words else other if other in words and one not in words else ""

    swapped = [
        (row["subject_label"], row["object_label"])
        for _, row in rows()
        if {only(row["subject_label"]), only(row["object_label"])} == {one, other}
    ]
    assert swapped == []
