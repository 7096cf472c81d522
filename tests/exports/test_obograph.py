"""The OBO Graph export is read by the obographs library, with nothing lost."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import curies
import obographs
import pytest

from kinchain.body import Body
from kinchain.errors import CannotWrite
from kinchain.exports import obograph
from kinchain.exports.triples import PREFIXES
from kinchain.vocab import BODY, DCTERMS, KC, RDFS
from tests.conftest import ONTOLOGY
from tests.exports.rdf_reading import HOSTILE, EdgeSaid, Said, edge_said, in_the_body

REFUTED, RELATION = KC + "refuted", KC + "edgeRelation"


def read(path: Path) -> obographs.Graph:
    """The graph of a file, as obographs reads it."""
    return obographs.read(path, squeeze=True)


def values(meta: obographs.Meta | None) -> list[tuple[str, str]]:
    """Predicates and values of a node's or an edge's meta."""
    found = meta.basicPropertyValues if meta else None
    return [(each.pred, each.val or "") for each in found or ()]


def said(graph: obographs.Graph) -> Said:
    """Sides and sided connections; a refuted one names its relation among its values."""
    sides = {
        node.id: dict(values(node.meta))[KC + "side"] for node in graph.nodes if KC + "side" in dict(values(node.meta))
    }
    edges: Counter[EdgeSaid] = Counter()
    for edge in graph.edges:
        notes = values(edge.meta)
        if edge.meta and KC + "crossesMidline" in dict(notes):
            works = [(DCTERMS + "source", xref.val) for xref in edge.meta.xrefs or ()]
            comments = [(RDFS + "comment", comment) for comment in edge.meta.comments or ()]
            relation = dict(notes)[RELATION] if edge.pred == REFUTED else edge.pred
            edges[edge_said((edge.sub, relation, edge.obj), [*notes, *works, *comments])] += 1
    return Said(sides, edges)


@pytest.fixture(scope="module")
def graph(odd: Body, odd_root: Path, tmp_path_factory: pytest.TempPathFactory) -> obographs.Graph:
    path = tmp_path_factory.mktemp("obo") / "small.json"
    obograph.write(odd.model, odd_root, path)
    return read(path)


def test_obographs_reads_every_structure_and_edge_back(graph: obographs.Graph, odd: Body) -> None:
    assert said(graph) == in_the_body(odd.model)


def test_no_refuted_connection_can_be_walked_by_its_relation(graph: obographs.Graph) -> None:
    refuted = [edge for edge in graph.edges if (KC + "evidence", KC + "Refuted") in values(edge.meta)]
    assert {edge.pred for edge in refuted} == {REFUTED}
    assert len(refuted) == 2


def test_every_edge_joins_nodes_that_are_there_once(graph: obographs.Graph) -> None:
    ids = Counter(node.id for node in graph.nodes)
    assert set(ids.values()) == {1}
    assert {end for edge in graph.edges for end in (edge.sub, edge.obj)} <= set(ids)
    assert {edge.pred for edge in graph.edges} - {"is_a", "type", "subPropertyOf"} <= set(ids)


def test_a_node_carries_its_names_and_its_definition(graph: obographs.Graph) -> None:
    nodes = {node.id: node for node in graph.nodes}
    odd = nodes[BODY + "odd"]
    assert (odd.lbl, odd.type) == (HOSTILE, "INDIVIDUAL")
    assert odd.meta and odd.meta.definition and odd.meta.definition.val == HOSTILE
    synonyms = {(each.pred, each.val) for each in odd.meta.synonyms or ()}
    assert synonyms == {("hasExactSynonym", HOSTILE), ("hasExactSynonym", "musculus mirus")}
    assert nodes[BODY + "right_odd"].lbl == "right " + HOSTILE
    assert nodes[KC + "Muscle"].type == "CLASS"
    assert (nodes[KC + "origin"].type, nodes[KC + "origin"].propertyType) == ("PROPERTY", "OBJECT")


def test_what_a_sided_structure_is_leads_to_its_class_and_to_what_it_is_a_side_of(graph: obographs.Graph) -> None:
    edges = {(edge.sub, edge.pred, edge.obj) for edge in graph.edges}
    assert (BODY + "right_odd", "type", KC + "Muscle") in edges
    assert (BODY + "right_odd", KC + "sideOf", BODY + "odd") in edges
    assert (KC + "Muscle", "is_a", KC + "Structure") in edges


def test_the_standard_form_finds_a_curie_for_every_node(graph: obographs.Graph) -> None:
    prefixes = PREFIXES | {"scheme": "https://w3id.org/kinchain/"}
    standard = graph.standardize(curies.Converter.from_prefix_map(prefixes))
    assert len(standard.nodes) == len(graph.nodes)
    assert len(standard.edges) == len(graph.edges)


def test_a_line_holds_one_node_or_edge(odd: Body, odd_root: Path, tmp_path: Path) -> None:
    obograph.write(odd.model, odd_root, tmp_path / "out.json")
    lines = [line.rstrip(",") for line in (tmp_path / "out.json").read_text("utf-8").split("\n")]
    objects = [json.loads(line) for line in lines if line.startswith('{"id":') or line.startswith('{"sub":')]
    found = json.loads((tmp_path / "out.json").read_text("utf-8"))["graphs"][0]
    assert objects == [*found["nodes"], *found["edges"]]


def test_a_place_that_is_not_there_is_refused(odd: Body, odd_root: Path, tmp_path: Path) -> None:
    with pytest.raises(CannotWrite):
        obograph.write(odd.model, odd_root, tmp_path / "nowhere" / "out.json")


@pytest.mark.slow
def test_the_whole_body_comes_back(body: Body, tmp_path: Path) -> None:
    obograph.write(body.model, ONTOLOGY, tmp_path / "kinchain.json")
    assert said(read(tmp_path / "kinchain.json")) == in_the_body(body.model)
