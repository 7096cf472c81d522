"""The OWL export is read by horned-owl here and by the OWL API in the slow tests: OWL 2 DL, with nothing lost."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pyhornedowl
import pytest
from pyhornedowl import model as owl_model

from kinchain.body import Body
from kinchain.building import whole_model
from kinchain.errors import CannotWrite, InvalidOntology
from kinchain.exports import owl
from kinchain.vocab import BODY, KC, RDFS
from tests.conftest import ONTOLOGY
from tests.exports.rdf_reading import HOSTILE, EdgeSaid, Said, edge_said, in_the_body
from tests.owl.test_profile import check
from tests.owl.test_profile import java as java  # a fixture

REFUTED, RELATION = KC + "refuted", KC + "edgeRelation"


def read(path: Path) -> list[Any]:
    """The annotated axioms of a file, as horned-owl reads it."""
    return list(pyhornedowl.open_ontology_from_file(str(path), "ofn").get_axioms())


def plain(value: Any) -> str:
    """An IRI or the text of a literal."""
    return str(getattr(value, "literal", value))


def said(axioms: list[Any]) -> Said:
    """Sides and sided connections; a refuted one is told by an annotation."""
    sides, edges = {}, Counter[EdgeSaid]()
    for axiom in axioms:
        component = axiom.component
        notes = [(str(note.ap.first), plain(note.av)) for note in axiom.ann]
        if isinstance(component, owl_model.DataPropertyAssertion) and str(component.dp.first) == KC + "side":
            sides[str(component.source.first)] = plain(component.target)
        elif KC + "crossesMidline" in dict(notes):
            edges[edge_said(ends(component, dict(notes)), notes)] += 1
    return Said(sides, edges)


def ends(component: Any, notes: dict[str, str]) -> tuple[str, str, str]:
    """Source, relation and target of the axiom of a connection."""
    if isinstance(component, owl_model.ObjectPropertyAssertion):
        return str(component.source.first), str(component.ope.first), str(component.target.first)
    assert isinstance(component, owl_model.AnnotationAssertion)
    assert str(component.ann.ap.first) == REFUTED
    return str(component.subject), notes[RELATION], str(component.ann.av)


@pytest.fixture(scope="module")
def file(odd: Body, odd_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("owl") / "small.ofn"
    owl.write(odd.model, odd_root, path)
    return path


@pytest.fixture(scope="module")
def axioms(file: Path) -> list[Any]:
    return read(file)


def test_horned_owl_reads_every_structure_and_edge_back(axioms: list[Any], odd: Body) -> None:
    assert said(axioms) == in_the_body(odd.model)


def test_no_refuted_connection_is_asserted(axioms: list[Any]) -> None:
    refuted = [axiom.component for axiom in axioms if (KC + "Refuted") in {plain(note.av) for note in axiom.ann}]
    assert {type(component) for component in refuted} == {owl_model.AnnotationAssertion}
    assert len(refuted) == 3  # once in the ontology, without a side, and once on either side


def test_a_hostile_label_survives(axioms: list[Any]) -> None:
    labels = {
        str(axiom.component.subject): plain(axiom.component.ann.av)
        for axiom in axioms
        if isinstance(axiom.component, owl_model.AnnotationAssertion)
        and str(axiom.component.ann.ap.first) == RDFS + "label"
    }
    assert labels[BODY + "odd"] == HOSTILE
    assert labels[BODY + "left_odd"] == "left " + HOSTILE


def test_classes_and_properties_are_those_of_the_schema(axioms: list[Any]) -> None:
    told = {str(axiom.component) for axiom in axioms}
    schema = f"<{KC}"
    assert f"SubClassOf({schema}Muscle> {schema}Structure>)" in told
    assert f"ObjectPropertyDomain({schema}origin> {schema}Muscle>)" in told
    assert f"SubObjectPropertyOf({schema}origin> <http://purl.obolibrary.org/obo/RO_0002372>)" in told
    assert f"SymmetricObjectProperty({schema}continuousWith>)" in told
    assert f"ObjectPropertyRange({schema}articulates> ObjectUnionOf({schema}Bone> {schema}Cartilage>))" in told
    assert f"EquivalentClasses({schema}Bone> <http://purl.obolibrary.org/obo/UBERON_0001474>)" in told
    assert [axiom for axiom in told if axiom.startswith("DisjointClasses(") and f"{schema}Fascia>" in axiom]


def test_an_inverse_is_written_as_one(odd: Body, odd_root: Path, tmp_path: Path) -> None:
    root = shutil.copytree(odd_root, tmp_path / "root")
    schema = root / "schema.ttl"
    more = "\nkc:hasPart a owl:ObjectProperty ; owl:inverseOf kc:partOf .\n"
    schema.write_text(schema.read_text("utf-8") + more, encoding="utf-8")
    owl.write(odd.model, root, tmp_path / "out.ofn")
    told = {str(axiom.component) for axiom in read(tmp_path / "out.ofn")}
    assert f"InverseObjectProperties(<{KC}hasPart> <{KC}partOf>)" in told


@pytest.mark.parametrize(
    ("statement", "word"),
    [("kc:Bone owl:hasKey ( kc:side )", "owl:hasKey"), ("kc:Bone a owl:DeprecatedClass", "owl:DeprecatedClass")],
)
def test_a_word_of_owl_that_has_no_axiom_here_is_refused(
    statement: str, word: str, odd: Body, odd_root: Path, tmp_path: Path
) -> None:
    root = shutil.copytree(odd_root, tmp_path / "root")
    schema = root / "schema.ttl"
    schema.write_text(schema.read_text("utf-8") + f"\n{statement} .\n", encoding="utf-8")
    with pytest.raises(InvalidOntology, match=f"kc:Bone uses {word}.*export Turtle instead"):
        owl.write(odd.model, root, tmp_path / "out.ofn")
    assert not (tmp_path / "out.ofn").exists()


def test_a_place_that_is_not_there_is_refused(odd: Body, odd_root: Path, tmp_path: Path) -> None:
    with pytest.raises(CannotWrite):
        owl.write(odd.model, odd_root, tmp_path / "nowhere" / "out.ofn")


@pytest.mark.slow
def test_the_whole_body_comes_back_and_is_in_the_owl_2_dl_profile(java: str, body: Body, tmp_path: Path) -> None:
    path = tmp_path / "kinchain.ofn"
    owl.write(body.model, ONTOLOGY, path)
    whole = read(path)
    assert said(whole) == in_the_body(body.model)
    done = check(java, path)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
    opening = sum(isinstance(axiom.component, owl_model.OntologyAnnotation) for axiom in whole)
    assert done.stdout.splitlines()[-1] == f"{len(whole) - opening} axioms, 0 violations"


def test_the_small_body_has_what_is_tested(odd_root: Path) -> None:
    grades = {c.grade for c in whole_model(odd_root).connections}
    assert {"Textbook", "Strong", "Moderate", "Limited", "Refuted"} <= grades
