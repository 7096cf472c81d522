"""Anatomy files of others: each format is read, and what is broken or hostile is refused in one sentence."""

from __future__ import annotations

import json
import os
import resource
import string
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kinchain.errors import CannotRead, KinchainError, MissingLibrary
from kinchain.rdf import foreign
from kinchain.rdf.foreign.terms import ForeignFile, Note
from tests.conftest import ROOT

EXCERPTS = ROOT / "tests" / "data" / "foreign"
RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
RDFS = 'xmlns:rdfs="http://www.w3.org/2000/01/rdf-schema#"'
OWL = 'xmlns:owl="http://www.w3.org/2002/07/owl#"'
PSOAS = "http://purl.obolibrary.org/obo/UBERON_0008450"
XML = f"""<rdf:RDF {RDF} {RDFS} {OWL} xmlns:oio="http://www.geneontology.org/formats/oboInOwl#">
 <owl:Class rdf:about="{PSOAS}">
  <rdfs:label>psoas muscle</rdfs:label>
  <oio:hasExactSynonym>psoas</oio:hasExactSynonym>
  <oio:hasDbXref>FMA:64918</oio:hasDbXref>
  <rdfs:subClassOf rdf:resource="http://purl.obolibrary.org/obo/UBERON_0001630"/>
 </owl:Class>
 <owl:Class rdf:about="http://purl.obolibrary.org/obo/UBERON_9">
  <rdfs:label>obsolete thing</rdfs:label><owl:deprecated rdf:datatype="http://www.w3.org/2001/XMLSchema#boolean">true</owl:deprecated>
 </owl:Class>
</rdf:RDF>"""
TURTLE = f"""@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<{PSOAS}> a owl:Class ; rdfs:label "psoas muscle"@en, "Lendenmuskel"@de .
"""


def read(folder: Path, name: str, content: str | bytes) -> ForeignFile:
    file = folder / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return foreign.read(file)


def refused(folder: Path, name: str, content: str | bytes) -> str:
    with pytest.raises(CannotRead) as caught:
        read(folder, name, content)
    message = caught.value.message
    assert name in message and "\n" not in message and "Traceback" not in message
    assert ";" in message, "says what to do next"
    return message


# ------------------------------------------------------------------ what is read


def test_an_excerpt_of_uberon_is_read_though_a_line_of_it_is_no_obo() -> None:
    found = foreign.read(EXCERPTS / "uberon_excerpt.obo")
    assert found.format == "OBO" and len(found.terms) == 8
    assert found.terms["UBERON:0001476"].synonyms == ("deltoid muscle",)
    assert "FMA:32521" in found.terms["UBERON:0001476"].xrefs
    assert "UBERON:0001482" in found.terms["UBERON:0001476"].parents
    # the stanza with the line that strict parsers refuse is there, without it
    assert "FMA:75433" in found.terms["UBERON:0004530"].xrefs
    (note,) = found.notes
    lines = (EXCERPTS / "uberon_excerpt.obo").read_text().splitlines()
    assert lines[note.line - 1] == "xref: :bony projection"


def test_strict_parsers_do_refuse_that_excerpt() -> None:
    import fastobo

    with pytest.raises(SyntaxError):
        fastobo.load(str(EXCERPTS / "uberon_excerpt.obo"))


def test_an_excerpt_in_obo_graph_json_is_read() -> None:
    found = foreign.read(EXCERPTS / "uberon_excerpt.json")
    rib = found.terms["UBERON:0002228"]
    assert (found.format, rib.label, rib.parents) == ("OBO Graph JSON", "rib", ("UBERON:0001474",))
    assert "FMA:7574" in rib.xrefs


def test_an_excerpt_in_functional_syntax_is_read() -> None:
    found = foreign.read(EXCERPTS / "uberon_excerpt.ofn")
    fossa = found.terms["UBERON:1200136"]
    assert fossa.label == "mandibular fossa of squamous part of temporal bone"
    assert fossa.parents == ("UBERON:0004704",)


def test_rdf_xml_is_read_without_obsolete_terms(tmp_path: Path) -> None:
    found = read(tmp_path, "x.owl", XML)
    (psoas,) = found.terms.values()
    assert (psoas.id, psoas.label, psoas.synonyms, psoas.xrefs, psoas.parents) == (
        "UBERON:0008450",
        "psoas muscle",
        ("psoas",),
        ("FMA:64918",),
        ("UBERON:0001630",),
    )


def test_the_format_is_told_by_what_a_file_holds(tmp_path: Path) -> None:
    functional = (EXCERPTS / "uberon_excerpt.ofn").read_text()
    assert read(tmp_path, "x.owl", functional).format == "OWL functional syntax"
    assert read(tmp_path, "x.txt", XML).format == "RDF/XML"
    assert read(tmp_path, "y.txt", TURTLE).format == "Turtle"
    assert read(tmp_path, "z.txt", "[Term]\nid: X:1\nname: a\n").format == "OBO"


def test_turtle_is_read_in_english(tmp_path: Path) -> None:
    assert [t.label for t in read(tmp_path, "x.ttl", TURTLE).terms.values()] == ["psoas muscle"]


def test_short_entities_of_an_editor_are_let_through(tmp_path: Path) -> None:
    head = '<!DOCTYPE rdf:RDF [<!ENTITY obo "http://purl.obolibrary.org/obo/">]>\n'
    found = read(tmp_path, "x.owl", head + XML.replace(PSOAS, "&obo;UBERON_0008450"))
    assert "UBERON:0008450" in found.terms


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    found = read(tmp_path, "x.obo", "\ufeffformat-version: 1.2\r\n\r\n[Term]\r\nid: X:1\r\nname: a\r\n")
    assert found.terms["X:1"].label == "a"


@pytest.mark.parametrize("bad", ["mame: typo", "xref: :no prefix", 'synonym: "open EXACT []', "is_a:"])
def test_a_broken_line_of_obo_is_left_out_and_noted(bad: str, tmp_path: Path) -> None:
    found = read(tmp_path, "x.obo", f"[Term]\nid: X:1\nname: a\n{bad}\n\n[Term]\nid: X:2\nname: b\n")
    assert sorted(found.terms) == ["X:1", "X:2"]
    assert [note.line for note in found.notes] == [4]


def test_a_stanza_without_id_is_left_out_and_noted(tmp_path: Path) -> None:
    found = read(tmp_path, "x.obo", "[Term]\nname: a\n\n[Term]\nid: X:2\nname: b\n")
    assert sorted(found.terms) == ["X:2"]
    assert found.notes == (Note(1, "the stanza has not exactly one id and was left out"),)


def test_bytes_that_are_not_utf_8_are_noted_with_their_line(tmp_path: Path) -> None:
    content = '[Term]\nid: X:1\nname: a\nsynonym: "encéfalo" EXACT []\n'.encode("latin-1")
    found = read(tmp_path, "x.obo", content)
    assert [note.line for note in found.notes] == [4]
    assert found.terms["X:1"].synonyms == ("enc\ufffdfalo",)


def test_many_broken_lines_are_counted_and_not_all_kept(tmp_path: Path) -> None:
    found = read(tmp_path, "x.obo", "[Term]\nname: x\n" * 3000 + "[Term]\nid: X:1\nname: a\n")
    assert (found.noted, len(found.notes)) == (3000, 1000)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=400), st.sampled_from(["[Term]\nid: X:1\nname: a\n", "{", "<rdf:RDF ", "@prefix x: <y> .", ""])
)
def test_no_file_ends_in_anything_but_a_sentence(tmp_path: Path, noise: bytes, opening: str) -> None:
    file = tmp_path / "noise.obo"
    file.write_bytes(opening.encode() + noise)
    try:
        foreign.read(file)
    except KinchainError as error:
        assert "\n" not in error.message


# ------------------------------------------------------------------ what is refused


def test_missing_empty_and_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "nothing.obo", tmp_path):
        with pytest.raises(CannotRead, match=r"there is no file|is a folder"):
            foreign.read(path)
    assert "is empty" in refused(tmp_path, "x.obo", "")
    assert "is empty" in refused(tmp_path, "x.obo", " \n\n")


def test_a_device_is_no_file() -> None:
    with pytest.raises(CannotRead, match="no ordinary file"):
        foreign.read(Path("/dev/zero"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(tmp_path: Path) -> None:
    file = tmp_path / "x.obo"
    file.write_text("[Term]")
    file.chmod(0)
    with pytest.raises(CannotRead, match="ermission"):
        foreign.read(file)


def test_binary_compressed_and_utf_16(tmp_path: Path) -> None:
    assert "binary" in refused(tmp_path, "x.obo", b"\x7fELF\0\0\0")
    assert "compressed" in refused(tmp_path, "x.obo", b"\x1f\x8b\x08\0")
    assert "UTF-16" in refused(tmp_path, "x.obo", "[Term]\nid: X:1\n".encode("utf-16"))


def test_other_kinds_of_text(tmp_path: Path) -> None:
    assert "web page" in refused(tmp_path, "x.owl", "<!DOCTYPE html><html><body>Not found</body></html>")
    assert "no known format" in refused(tmp_path, "x.txt", "Dear reader, this is a letter about bones.")
    assert "OWL/XML" in refused(
        tmp_path, "x.owx", '<?xml version="1.0"?><Ontology xmlns="http://www.w3.org/2002/07/owl#"/>'
    )
    assert "another kind" in refused(tmp_path, "x.xml", '<?xml version="1.0"?><note/>')
    assert "no named terms" in refused(
        tmp_path, "x.obo", "format-version: 1.2\n\n[Typedef]\nid: part_of\nname: part of\n"
    )


def test_a_gigabyte_is_refused_before_it_is_read(tmp_path: Path) -> None:
    file = tmp_path / "large.obo"
    with file.open("wb") as handle:
        handle.write(b"[Term]\nid: X:1\nname: a\n")
        handle.truncate(1024**3)  # sparse: takes no room
    with pytest.raises(CannotRead, match=r"has 1,024 MB and at most 300 MB are read.*--max-size 1024"):
        foreign.read(file)


def test_the_limit_can_be_lowered_and_raised(tmp_path: Path) -> None:
    file = tmp_path / "x.obo"
    file.write_text("[Term]\nid: X:1\nname: a\n" + "! remark\n" * 150_000)
    with pytest.raises(CannotRead, match="at most 1 MB"):
        foreign.read(file, max_megabytes=1)
    assert foreign.read(file, max_megabytes=2).terms


def test_invalid_json_names_its_line_and_other_json_its_place(tmp_path: Path) -> None:
    assert "x.json:3: this is no JSON" in refused(tmp_path, "x.json", '{"graphs": [\n{},\n{"nodes": oops}]}')
    assert "no OBO Graph" in refused(tmp_path, "x.json", '{"nodes": []}')
    assert "$.graphs[0].nodes[0].id" in refused(tmp_path, "x.json", '{"graphs": [{"nodes": [{"id": 5}]}]}')


def test_json_nested_without_end_is_refused(tmp_path: Path) -> None:
    refused(tmp_path, "x.json", '{"graphs": ' + "[" * 200_000)


def test_invalid_turtle_xml_and_functional_syntax_name_their_line(tmp_path: Path) -> None:
    assert "x.ttl:3: this is no valid Turtle" in refused(tmp_path, "x.ttl", "@prefix a: <b> .\n\na:b a:c a:d a:e .\n")
    assert "x.owl:2:" in refused(tmp_path, "x.owl", f"<rdf:RDF {RDF}>\n<rdf:Description <</rdf:RDF>")
    assert "functional syntax" in refused(tmp_path, "x.ofn", "Ontology(<urn:x>\nDeclaration(Klass(<urn:y>))\n)")
    assert "x.ofn:2: this is not UTF-8" in refused(tmp_path, "x.ofn", b"Ontology(<urn:x>\n# caf\xe9\n)")


@pytest.mark.parametrize(
    ("declaration", "reason"),
    [
        ('<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">', "'b' is made of other entities"),
        ('<!ENTITY a SYSTEM "file:///etc/passwd">', "'a' stands outside the file"),
        ('<!ENTITY a SYSTEM "http://127.0.0.1:9/a">', "'a' stands outside the file"),
        ('<!ENTITY a PUBLIC "x" "http://127.0.0.1:9/a">', "'a' stands outside the file"),
        ('<!ENTITY % a SYSTEM "http://127.0.0.1:9/a.dtd"> %a;', "'a' stands outside the file"),
        (f'<!ENTITY a "{"a" * 5000}">', "'a' has 5,000 characters"),
    ],
)
def test_harmful_entities_are_refused_with_their_line(declaration: str, reason: str, tmp_path: Path) -> None:
    document = f"<!DOCTYPE rdf:RDF [\n{declaration}]>\n" + XML.replace("psoas muscle", "&a;")
    message = refused(tmp_path, "x.owl", document)
    assert "x.owl:2:" in message and reason in message


def test_very_many_references_to_a_short_entity_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kinchain.rdf.foreign.entities._MAX_GROWTH", 10_000)
    head = f'<!DOCTYPE rdf:RDF [<!ENTITY a "{"a" * 100}">]>\n'
    assert "references" in refused(tmp_path, "x.owl", head + XML.replace("psoas muscle", "&a;" * 101))


def test_billion_laughs_neither_grow_nor_end_the_process(tmp_path: Path) -> None:
    """In a process of its own, with memory enough for kinchain and not for the joke."""
    entities = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 11))
    file = tmp_path / "laughs.owl"
    file.write_text(f"<!DOCTYPE rdf:RDF [{entities}]>\n" + XML.replace("psoas muscle", "&a10;"))
    code = (
        "import sys; from pathlib import Path; from kinchain.rdf import foreign\n"
        "from kinchain.errors import CannotRead\n"
        "try: foreign.read(Path(sys.argv[1]))\n"
        "except CannotRead as e: print(e)"
    )
    limit = 1024**3
    done = subprocess.run(
        [sys.executable, "-c", code, str(file)],
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)),
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "'a1' is made of other entities" in done.stdout


def test_imports_are_not_followed(tmp_path: Path) -> None:
    """An import of an address that would hang, or of a file, changes nothing."""
    imported = tmp_path / "other.owl"
    imported.write_text(XML.replace("0008450", "0000001"))
    document = XML.replace(
        "<owl:Class",
        f'<owl:Ontology rdf:about="urn:x"><owl:imports rdf:resource="{imported.as_uri()}"/></owl:Ontology><owl:Class',
        1,
    )
    assert sorted(read(tmp_path, "x.owl", document).terms) == ["UBERON:0008450"]


def test_a_missing_library_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module, name in (("fastobo", "uberon_excerpt.obo"), ("pyhornedowl", "uberon_excerpt.ofn")):
        monkeypatch.setitem(sys.modules, module, None)
        with pytest.raises(MissingLibrary, match=r"pip install 'kinchain\[import\]'"):
            foreign.read(EXCERPTS / name)


def test_a_stanza_without_end_is_passed_over(tmp_path: Path) -> None:
    long = "[Term]\nid: X:1\nname: a\n" + f'synonym: "{"x" * 60_000}" EXACT []\n' * 20
    found = read(tmp_path, "x.obo", long + "[Term]\nid: X:2\nname: b\n")
    assert sorted(found.terms) == ["X:2"]
    assert "longer than a million" in found.notes[0].message


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_identifiers_are_shortened_as_our_mappings_write_them(scheme: str, tmp_path: Path) -> None:
    nodes = [
        {"id": f"{scheme}://purl.obolibrary.org/obo/UBERON_0001443", "lbl": "chest", "type": "CLASS"},
        {"id": f"{scheme}://purl.org/sig/ont/fma/fma22314", "lbl": "gluteus maximus", "type": "CLASS"},
        {"id": f"{scheme}://www.wikidata.org/entity/Q128581", "lbl": "x", "type": "CLASS"},
        {"id": "urn:x:" + string.ascii_letters, "lbl": "y", "type": "CLASS"},
    ]
    found = read(tmp_path, "x.json", json.dumps({"graphs": [{"nodes": nodes}]}))
    assert sorted(found.terms) == ["FMA:22314", "UBERON:0001443", "urn:x:" + string.ascii_letters, "wikidata:Q128581"]
