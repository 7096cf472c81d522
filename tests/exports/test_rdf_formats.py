"""Turtle, N-Triples, JSON-LD and RDF 1.2 are read back by readers that are not ours, with nothing lost."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest

from kinchain.body import Body
from kinchain.errors import CannotWrite
from kinchain.exports import jsonld, ntriples, rdf12, triples, turtle
from kinchain.vocab import BODY, KC, OWL, RDFS
from tests.conftest import ONTOLOGY
from tests.exports.rdf_reading import HOSTILE, REFUTED, EdgeSaid, Said, edge_said, in_the_body, in_triples, with_rdflib

FORMATS = {"turtle": turtle.write, "nt": ntriples.write, "json-ld": jsonld.write}
OXIGRAPH = {"turtle": "TURTLE", "nt": "N_TRIPLES", "json-ld": "JSON_LD"}
REIFIES = "http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies"
Triples = list[tuple[str, str, str]]


@pytest.fixture(scope="module")
def files(odd: Body, odd_root: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The small body in each format."""
    folder = tmp_path_factory.mktemp("rdf")
    for form, write in {**FORMATS, "rdf12": rdf12.write}.items():
        write(odd.model, odd_root, folder / form)
    return {path.name: path for path in folder.iterdir()}


@pytest.fixture(scope="module", params=FORMATS)
def read(request: pytest.FixtureRequest, files: dict[str, Path]) -> Triples:
    """What rdflib finds in a file of each format."""
    return with_rdflib(files[request.param], request.param)


@pytest.fixture(scope="module")
def turtle_read(files: dict[str, Path]) -> Triples:
    return with_rdflib(files["turtle"], "turtle")


def test_rdflib_reads_every_structure_and_edge_back(read: Triples, odd: Body) -> None:
    assert in_triples(read) == in_the_body(odd.model)


def test_a_hostile_label_survives(read: Triples) -> None:
    assert (BODY + "odd", RDFS + "label", HOSTILE) in read
    assert (BODY + "right_odd", RDFS + "label", "right " + HOSTILE) in read


@pytest.mark.parametrize("form", FORMATS)
def test_the_file_says_what_sparql_sees(form: str, files: dict[str, Path], odd: Body, odd_root: Path) -> None:
    import pyoxigraph as ox

    found = [quad.triple for quad in ox.parse(path=files[form], format=getattr(ox.RdfFormat, OXIGRAPH[form]))]
    assert set(found) == set(triples.everything(odd.model, odd_root))
    assert len(found) == len(set(found))


def in_triple_terms(path: Path) -> tuple[Said, set[tuple[str, str, str]]]:
    """What an RDF 1.2 file says by reifiers, as pyoxigraph reads it, and the triples that it asserts."""
    import pyoxigraph as ox

    sides: dict[str, str] = {}
    notes: dict[str, list[tuple[str, str]]] = defaultdict(list)
    terms: list[tuple[str, tuple[str, str, str]]] = []
    for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE):
        subject, predicate, value = quad.subject.value, quad.predicate.value, quad.object
        if isinstance(value, ox.Triple):
            assert predicate == REIFIES
            terms.append((subject, (value.subject.value, value.predicate.value, value.object.value)))
            continue
        notes[subject].append((predicate, value.value))
        if predicate == KC + "side":
            sides[subject] = value.value
    edges = Counter(edge_said(ends, notes[node]) for node, ends in terms if KC + "crossesMidline" in dict(notes[node]))
    return Said(sides, edges), {(s, p, o) for s, told in notes.items() for p, o in told}


def test_rdf_1_2_annotates_the_triples_themselves(files: dict[str, Path], odd: Body) -> None:
    said, asserted = in_triple_terms(files["rdf12"])
    assert said == in_the_body(odd.model)
    assert not [triple for triple in asserted if triple[2] == OWL + "Axiom"]
    spoken_of = {edge for edge in said.edges if edge[:3] not in asserted}
    assert spoken_of == {edge for edge in said.edges if edge.grade == KC + "Refuted"}


def test_a_refuted_edge_keeps_its_sources_and_is_not_asserted(turtle_read: Triples) -> None:
    refuted = [edge for edge in in_triples(turtle_read).edges if edge.grade == KC + "Refuted"]
    cite = "https://w3id.org/kinchain/cite/"
    ends = (BODY + "right_odd", KC + "continuousWith", BODY + "right_semitendinosus")
    works = frozenset({cite + "wilke_2016"}), frozenset({cite + "willard_2012"})
    assert EdgeSaid(*ends, KC + "Refuted", False, *works, REFUTED) in refuted
    assert ends not in turtle_read


def test_turtle_is_laid_out_for_reading(files: dict[str, Path]) -> None:
    text = files["turtle"].read_text("utf-8")
    header, *blocks = text.rstrip("\n").split("\n\n")
    assert header.splitlines() == sorted(header.splitlines())
    subjects = [block.split(" ", 1)[0] for block in blocks]
    assert len(set(subjects)) == len(subjects)
    named = [subject for subject in subjects if not subject.startswith("_:")]
    assert subjects[: len(named)] == named
    assert text.count("<https://w3id.org/kinchain/body/") == 1  # in the header: all else is short


def test_the_context_is_the_one_that_is_published_and_names_every_property(odd: Body, odd_root: Path) -> None:
    terms = json.loads(jsonld.CONTEXT.read_text("utf-8"))["@context"]
    sorts = {OWL + "ObjectProperty", OWL + "DatatypeProperty", OWL + "AnnotationProperty"}
    declared = {
        t.subject.value.removeprefix(KC)
        for t in triples.ontology(odd_root)
        if getattr(t.object, "value", "") in sorts and t.subject.value.startswith(KC)
    }
    assert declared - set(terms) == set()
    objects = {relation for relation in odd.model.unsided.relations if terms[relation].get("@type") not in ("@id",)}
    assert objects == set()


def test_json_ld_reads_as_plain_json_too(files: dict[str, Path]) -> None:
    found = json.loads(files["json-ld"].read_text("utf-8"))
    assert found["@context"] == json.loads(jsonld.CONTEXT.read_text("utf-8"))["@context"]
    nodes = {node["id"]: node for node in found["@graph"]}
    assert nodes["body:right_odd"]["side"] == "right"
    assert nodes["body:right_odd"]["origin"] == "body:right_ischial_tuberosity"
    crossing = [node for node in found["@graph"] if node.get("crossesMidline") is True]
    assert {node["evidence"] for node in crossing} == {"Strong"}
    assert {node["source"] for node in crossing} == {"cite:vleeming_1995"}


_TWICE = """
import sys
from pathlib import Path
from kinchain.body import Body
from kinchain.building import whole_model
from kinchain.exports import jsonld, ntriples, obograph, owl, rdf12, skos, turtle
root, folder = Path(sys.argv[1]), Path(sys.argv[2])
model = Body(whole_model(root)).model
for module in (jsonld, ntriples, obograph, owl, rdf12, skos, turtle):
    module.write(model, root, folder / module.__name__.rsplit(".", 1)[-1])
assert "rdflib" not in sys.modules, "an export needs rdflib"
"""


def test_two_builds_write_the_same_bytes_without_rdflib(odd_root: Path, tmp_path: Path) -> None:
    builds = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        folder.mkdir()
        command = [sys.executable, "-c", _TWICE, str(odd_root), str(folder)]
        subprocess.run(command, check=True, timeout=120, env={"PYTHONHASHSEED": seed})
        builds.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert len(builds[0]) == 7
    assert [name for name in builds[0] if builds[0][name] != builds[1][name]] == []


@pytest.mark.parametrize("write", [*FORMATS.values(), rdf12.write])
def test_a_place_that_is_not_there_is_refused(write: Callable[..., None], odd: Body, odd_root: Path) -> None:
    with pytest.raises(CannotWrite, match="choose another place"):
        write(odd.model, odd_root, odd_root / "no_such_folder" / "out")


@pytest.mark.parametrize("write", [*FORMATS.values(), rdf12.write])
def test_a_failure_half_way_leaves_the_old_file(
    write: Callable[..., None], odd: Body, odd_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(model: object) -> object:
        yield next(triples.ontology(odd_root))
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(triples, "sided", broken)
    (tmp_path / "out").write_text("old")
    with pytest.raises(CannotWrite, match="No space left"):
        write(odd.model, odd_root, tmp_path / "out")
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert (tmp_path / "out").read_text() == "old"


@pytest.mark.slow
def test_the_whole_body_comes_back_through_rdflib(body: Body, tmp_path: Path) -> None:
    turtle.write(body.model, ONTOLOGY, tmp_path / "out")
    assert in_triples(with_rdflib(tmp_path / "out", "turtle")) == in_the_body(body.model)


@pytest.mark.slow
@pytest.mark.parametrize("form", ["nt", "json-ld"])  # rdflib, which reads the small body above, takes minutes here
def test_the_whole_body_comes_back_through_oxigraph(form: str, body: Body, tmp_path: Path) -> None:
    import pyoxigraph as ox

    FORMATS[form](body.model, ONTOLOGY, tmp_path / "out")
    found = ox.parse(path=tmp_path / "out", format=getattr(ox.RdfFormat, OXIGRAPH[form]))
    plain = ((quad.subject.value, quad.predicate.value, quad.object.value) for quad in found)
    assert in_triples(plain) == in_the_body(body.model)


@pytest.mark.slow
def test_the_whole_body_comes_back_from_rdf_1_2(body: Body, tmp_path: Path) -> None:
    rdf12.write(body.model, ONTOLOGY, tmp_path / "out")
    assert in_triple_terms(tmp_path / "out")[0] == in_the_body(body.model)
