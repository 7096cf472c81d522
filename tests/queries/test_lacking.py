"""What an anatomy file of others has that kinchain lacks."""

from __future__ import annotations

from pathlib import Path

import pytest

from kinchain.body import Body
from kinchain.errors import BadQuestion
from kinchain.queries.lacking import Comparison, compare, left_out
from kinchain.rdf import foreign
from kinchain.rdf.foreign.terms import ForeignFile, Term
from tests.conftest import ONTOLOGY, ROOT

EXCERPT = ROOT / "tests" / "data" / "foreign" / "uberon_excerpt.obo"


def compared(body: Body, *terms: Term, kinds: tuple[str, ...] = ()) -> Comparison:
    file = ForeignFile("x.obo", "OBO", {term.id: term for term in terms})
    return compare(body.names, file, ONTOLOGY, kinds=kinds)


def test_a_term_is_known_by_identifier_cross_reference_or_name(body: Body) -> None:
    found = compared(
        body,
        Term("UBERON:0001476", "whatever"),
        Term("X:1", "no such name", xrefs=("FMA:7488", "Y:1")),
        Term("X:2", "no such name", synonyms=("musculus gluteus maximus",)),
        Term("X:3", "no such name"),
    )
    assert found.known == {"identifier": 1, "cross_reference": 1, "name": 1}
    assert [each.id for each in found.lacking] == ["X:3"]


@pytest.mark.parametrize("prefix", ["UBERON", "FMA", "TA2", "wikidata"])
def test_every_mapped_ontology_is_recognised(body: Body, prefix: str) -> None:
    mapped = next(
        m.id for s in body.model.unsided.structures.values() for m in s.mappings if m.id.startswith(prefix + ":")
    )
    assert compared(body, Term(mapped, "no such name")).known["identifier"] == 1


def test_what_is_left_out_on_purpose_is_not_called_lacking(body: Body) -> None:
    ids, names = left_out(ONTOLOGY)
    assert len(ids) > 1000 and ("costal", "region", "bone") in names
    found = compared(body, Term(min(ids), "no such name"), Term("X:1", "costal region bone"))
    assert (found.left_out, found.lacking) == (2, ())


def test_kinds_come_from_the_name_or_from_what_a_term_is(body: Body) -> None:
    found = compared(
        body,
        Term("X:1", "flying muscle of wing"),
        Term("X:2", "quux", parents=("X:3",)),
        Term("X:3", "tail of nothing", parents=("X:4",)),
        Term("X:4", "wing nerve"),
        Term("X:5", "corge"),
    )
    assert {each.id: each.kind for each in found.lacking} == {
        "X:1": "Muscle",
        "X:2": "Nerve",
        "X:3": "Nerve",
        "X:4": "Nerve",
        "X:5": "Other",
    }
    assert found.by_kind["Nerve"] == (3, 3)


def test_the_nearest_known_superclass_is_told(body: Body) -> None:
    found = compared(
        body,
        Term("X:1", "smallest head of foo", parents=("X:2",)),
        Term("X:2", "foo", parents=("UBERON:0001476",)),
        Term("UBERON:0001476", "deltoid"),
    )
    assert {each.id: each.under for each in found.lacking} == {"X:1": "deltoid", "X:2": "deltoid"}


def test_a_circle_of_superclasses_ends(body: Body) -> None:
    found = compared(body, Term("X:1", "foo", parents=("X:2",)), Term("X:2", "bar", parents=("X:1",)))
    assert len(found.lacking) == 2


def test_a_kind_narrows_the_list_and_not_the_counts(body: Body) -> None:
    terms = Term("X:1", "no such muscle"), Term("X:2", "no such nerve")
    found = compared(body, *terms, kinds=("nerve",))
    assert [each.id for each in found.lacking] == ["X:2"]
    assert set(found.by_kind) == {"Muscle", "Nerve"}
    with pytest.raises(BadQuestion, match="no kind 'wing'"):
        compared(body, *terms, kinds=("wing",))


def test_the_counts_add_up_in_an_excerpt_of_uberon(body: Body) -> None:
    found = compare(body.names, foreign.read(EXCERPT), ONTOLOGY)
    assert sum(found.known.values()) + found.left_out + len(found.lacking) == found.terms == 8
    assert sum(total for total, _ in found.by_kind.values()) == found.terms
    assert {"tibiotarsus", "pectoral fin skeleton"} & {each.label for each in found.lacking}
    assert "deltoid" not in {each.label for each in found.lacking}


def test_an_ontology_without_the_list_leaves_out_nothing(tmp_path: Path) -> None:
    assert left_out(tmp_path) == (frozenset(), frozenset())
