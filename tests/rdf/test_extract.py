"""What the triples come to say, and what is refused before it becomes a body."""

from __future__ import annotations

from pathlib import Path

import pytest

from kinchain.errors import InvalidOntology
from kinchain.model import Connection, SideRule, UnsidedModel
from kinchain.rdf.extract import extract
from kinchain.rdf.load import load

PREFIXES = """@prefix kc: <https://w3id.org/kinchain/schema/> .
@prefix body: <https://w3id.org/kinchain/body/> .
@prefix cite: <https://w3id.org/kinchain/cite/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
"""


def model_with(mini: Path, turtle: str) -> UnsidedModel:
    (mini / "anatomy" / "zz_more.ttl").write_text(PREFIXES + turtle)
    return extract(load(mini))


def between(model: UnsidedModel, subject: str, relation: str, target: str) -> list[Connection]:
    return [c for c in model.connections if (c.subject, c.relation, c.object) == (subject, relation, target)]


def axiom(more: str) -> str:
    return (
        "[] a owl:Axiom ; owl:annotatedSource body:semitendinosus ; owl:annotatedProperty kc:continuousWith ;"
        f" owl:annotatedTarget body:sacrotuberous_ligament ; {more} .\n"
    )


TRIPLE = "body:semitendinosus kc:continuousWith body:sacrotuberous_ligament .\n"


def test_a_plain_triple_is_textbook_and_cites_its_file(mini: Path) -> None:
    (origin,) = between(extract(load(mini)), "semitendinosus", "origin", "ischial_tuberosity")
    assert (origin.grade, origin.side_rule, origin.sources) == ("Textbook", SideRule.SAME, ("standring_2020",))


def test_an_annotation_is_all_that_is_said_of_its_triple(mini: Path) -> None:
    (edge,) = between(extract(load(mini)), "thoracolumbar_fascia", "continuousWith", "thoracolumbar_fascia")
    assert (edge.grade, edge.side_rule, edge.sources) == ("Strong", SideRule.OPPOSITE, ("vleeming_1995",))


def test_annotations_of_one_edge_pool_their_sources(mini: Path) -> None:
    one = "kc:evidence kc:Strong ; dcterms:source cite:wilke_2016"
    two = "kc:evidence kc:Strong ; dcterms:source cite:krause_2016"
    (edge,) = between(
        model_with(mini, TRIPLE + axiom(one) + axiom(two)),
        *("semitendinosus", "continuousWith", "sacrotuberous_ligament"),
    )
    assert (edge.grade, edge.sources) == ("Strong", ("krause_2016", "wilke_2016"))


def test_grades_that_disagree_are_conflicting_and_say_both(mini: Path) -> None:
    one = "kc:evidence kc:Strong ; dcterms:source cite:wilke_2016"
    two = "kc:evidence kc:Limited ; dcterms:source cite:krause_2016 ; kc:contradictedBy cite:myers_2014"
    (edge,) = between(
        model_with(mini, TRIPLE + axiom(one) + axiom(two)),
        *("semitendinosus", "continuousWith", "sacrotuberous_ligament"),
    )
    assert edge.grade == "Conflicting"
    assert edge.against == ("myers_2014",)
    assert "Limited and Strong" in edge.comment


def test_a_same_side_edge_may_stand_beside_a_crossing_one(mini: Path) -> None:
    same = "kc:evidence kc:Textbook ; dcterms:source cite:standring_2020"
    crossing = "kc:evidence kc:Claimed ; dcterms:source cite:myers_2014 ; kc:sideRule kc:Opposite"
    edges = between(
        model_with(mini, TRIPLE + axiom(same) + axiom(crossing)),
        *("semitendinosus", "continuousWith", "sacrotuberous_ligament"),
    )
    assert {(e.side_rule, e.grade) for e in edges} == {
        (SideRule.SAME, "Textbook"),
        (SideRule.OPPOSITE, "Claimed"),
    }


def test_a_symmetric_edge_written_twice_is_one_edge(mini: Path) -> None:
    model = model_with(mini, TRIPLE + "body:sacrotuberous_ligament kc:continuousWith body:semitendinosus .\n")
    both = between(model, "semitendinosus", "continuousWith", "sacrotuberous_ligament") + between(
        model, "sacrotuberous_ligament", "continuousWith", "semitendinosus"
    )
    assert len(both) == 1


def test_an_edge_to_nothing_is_refused_with_file_line_and_subject(mini: Path) -> None:
    with pytest.raises(InvalidOntology) as caught:
        model_with(mini, "\nbody:semitendinosus kc:origin body:nowhere .\n")
    assert caught.value.file == "anatomy/zz_more.ttl"
    assert caught.value.line == 7
    assert caught.value.subject == "body:semitendinosus"
    assert "body:nowhere is defined nowhere" in str(caught.value)


def test_a_circle_of_parts_is_refused_and_shown(mini: Path) -> None:
    with pytest.raises(InvalidOntology, match="circle") as caught:
        model_with(mini, "body:hip_bone kc:partOf body:ischial_tuberosity .\n")
    assert "hip_bone" in str(caught.value)
    assert "ischial_tuberosity" in str(caught.value)


def test_a_syntax_error_is_named_with_its_line(mini: Path) -> None:
    with pytest.raises(InvalidOntology, match="not valid Turtle") as caught:
        model_with(mini, "body:a kc:origin\n\n .\n")
    assert caught.value.file == "anatomy/zz_more.ttl"
    assert caught.value.line in (6, 7, 8)


def test_a_file_in_another_encoding_is_refused(mini: Path) -> None:
    (mini / "anatomy" / "zz_more.ttl").write_bytes(b"# \xff\xfe not UTF-8\nbody:a")
    with pytest.raises(InvalidOntology, match="zz_more"):
        load(mini)


def test_roots_keep_which_are_the_main_ones(mini: Path) -> None:
    assert between(extract(load(mini)), "semitendinosus", "hasMainRoot", "s1_spinal_nerve")


def test_two_builds_of_the_same_files_are_equal(mini: Path) -> None:
    assert extract(load(mini)) == extract(load(mini))
