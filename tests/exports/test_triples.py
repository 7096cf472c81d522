"""The triples say what the body says: counts, sides, grades and sources; nothing refuted can be walked."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest

from kinchain.body import Body
from kinchain.errors import InvalidOntology
from kinchain.exports import triples
from kinchain.vocab import BODY, CLINICAL, KC, OWL


@pytest.fixture(scope="module")
def sided(body: Body) -> list[ox.Triple]:
    return list(triples.sided(body.model))


def test_the_sided_graph_holds_every_structure_and_edge_with_its_grade_and_sources(
    body: Body, sided: list[ox.Triple]
) -> None:
    model = body.model
    connections = [model.connection(edge) for edge in model.edges]
    counts = triples.counted(sided)
    assert counts.structures == len(model.structures)
    assert counts.by_side == dict(sorted(Counter(s.side.value for s in model.structures.values()).items()))
    assert counts.edges == len(model.edges)
    assert counts.by_relation == dict(sorted(Counter(edge.relation for edge in model.edges).items()))
    assert counts.by_evidence == dict(sorted(Counter(c.grade for c in connections).items()))
    assert counts.crossing == sum(edge.crosses for edge in model.edges)
    assert counts.sourced == sum(bool(c.sources) for c in connections)
    assert counts.citations == sum(len(c.sources) for c in connections)


def test_the_ontology_s_own_files_count_nothing_as_sided(mini: Path) -> None:
    assert triples.counted(triples.ontology(mini)).edges == 0


def test_a_refuted_edge_has_its_annotation_and_no_plain_triple(body: Body, sided: list[ox.Triple]) -> None:
    walked = {
        (e.subject, e.relation, e.object) for e in body.model.edges if body.model.connection(e).grade != "Refuted"
    }
    refuted = [e for e in body.model.edges if body.model.connection(e).grade == "Refuted"]
    alone = [e for e in refuted if (e.subject, e.relation, e.object) not in walked]
    assert alone
    plain = {(t.subject.value, t.predicate.value, t.object.value) for t in sided if not isinstance(t.object, ox.Triple)}
    for edge in alone:
        ends = triples.iri(body.model, edge.subject), triples.iri(body.model, edge.object)
        assert (ends[0], KC + edge.relation, ends[1]) not in plain


def test_nobody_can_walk_a_refuted_connection_of_a_median_structure_either(body: Body, triple_store: Path) -> None:
    store = ox.Store.read_only(str(triple_store))
    refuted = (
        """?e kc:evidence kc:Refuted ; owl:annotatedSource ?s ; owl:annotatedProperty ?p ; owl:annotatedTarget ?o ."""
    )
    holding = """?f owl:annotatedSource ?s ; owl:annotatedProperty ?p ; owl:annotatedTarget ?o ; kc:evidence ?g .
                 FILTER(?g != kc:Refuted)"""
    text = f"SELECT ?s ?p ?o {{ {refuted} FILTER NOT EXISTS {{ {holding} }} FILTER(?p != kc:tests) ?s ?p ?o }}"
    assert store.query(f"ASK {{ {refuted} ?s kc:side 'median' . ?o kc:side 'median' }}", prefixes=triples.PREFIXES)
    assert [str(row) for row in store.query(text, prefixes=triples.PREFIXES)] == []


def test_a_clinical_thing_keeps_its_namespace_on_either_side(body: Body) -> None:
    assert triples.iri(body.model, "right_trendelenburg_sign") == CLINICAL + "right_trendelenburg_sign"
    assert triples.iri(body.model, "sacrum") == BODY + "sacrum"


def test_the_founding_connection_crosses_the_midline_with_its_grade(triple_store: Path) -> None:
    question = """
        SELECT ?grade ?crosses ?source WHERE {
          ?e owl:annotatedSource body:right_superficial_lamina_of_posterior_layer_of_thoracolumbar_fascia ;
             owl:annotatedTarget body:left_superficial_lamina_of_posterior_layer_of_thoracolumbar_fascia ;
             owl:annotatedProperty kc:continuousWith ; kc:evidence ?grade ; kc:crossesMidline ?crosses ;
             dcterms:source ?source }"""
    rows = list(ox.Store.read_only(str(triple_store)).query(question, prefixes=triples.PREFIXES))
    assert {row["crosses"].value for row in rows} == {"true"}
    assert {row["grade"].value for row in rows} <= {KC + "Strong", KC + "Moderate"}
    assert len(rows) >= 2


def test_each_triple_comes_once_and_two_builds_say_the_same(small: Body, mini: Path) -> None:
    first, second = (list(triples.everything(small.model, mini)) for _ in range(2))
    assert first == second
    assert len(first) == len(set(first))


def test_blank_nodes_are_called_after_their_file(mini: Path) -> None:
    names = [t.subject.value for t in triples.ontology(mini) if isinstance(t.subject, ox.BlankNode)]
    assert names
    assert all(name.startswith(("schema-", "anatomy-", "sources-")) for name in names)


def test_only_sided_things_carry_side_and_crosses_midline(small: Body, mini: Path) -> None:
    derived = {KC + "side", KC + "sideOf", KC + "crossesMidline", KC + "derivedBy", KC + "via"}
    assert not {t.predicate.value for t in triples.ontology(mini)} & derived
    annotated = {t.subject for t in triples.sided(small.model) if t.predicate.value == OWL + "annotatedSource"}
    crossing = {t.subject for t in triples.sided(small.model) if t.predicate.value == KC + "crossesMidline"}
    assert annotated == crossing


def test_a_mapping_becomes_a_relation_to_the_other_term_with_its_name(mini: Path) -> None:
    write_mapping(mini, "UBERON:0001134", declared=True)
    said = {str(t) for t in triples.ontology(mini)}
    other = "<http://purl.obolibrary.org/obo/UBERON_0001134>"
    assert f"<{BODY}sacrum> <http://www.w3.org/2004/02/skos/core#exactMatch> {other}" in said
    assert f'{other} <http://www.w3.org/2004/02/skos/core#altLabel> "other name"@en' in said


def test_a_prefix_that_nobody_declared_is_refused(mini: Path) -> None:
    write_mapping(mini, "NOWHERE:1", declared=False)
    with pytest.raises(InvalidOntology, match="NOWHERE:1 has a prefix"):
        list(triples.ontology(mini))


def write_mapping(root: Path, term: str, *, declared: bool) -> None:
    (root / "mappings").mkdir()
    header = "#curie_map:\n" + ("#  UBERON: http://purl.obolibrary.org/obo/UBERON_\n" if declared else "")
    columns = "subject_id\tsubject_label\tpredicate_id\tobject_id\tobject_label\tmapping_justification\n"
    row = f"body:sacrum\tsacrum\tskos:exactMatch\t{term}\tother name\tsemapv:LexicalMatching\n"
    (root / "mappings" / "some.sssom.tsv").write_text(header + columns + row, encoding="utf-8")
