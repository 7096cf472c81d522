"""The whole ontology is OWL 2 DL, as the OWL API sees it, and Protégé can open it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from kinchain.rdf.load import load, to_rdflib

ROOT = Path(__file__).resolve().parents[2]
JARS = Path("/usr/share/java")
CHECKER = Path(__file__).with_name("CheckProfile.java")


@pytest.fixture
def java() -> str:
    found = shutil.which("java")
    if found and (JARS / "owlapi-api.jar").exists():
        return found
    assert not os.environ.get("CI"), "Java or libowlapi-java is missing; run tests/tools/install-system-packages.sh"
    pytest.skip("Java and libowlapi-java are not installed here")


def check(java: str, file: Path) -> subprocess.CompletedProcess[str]:
    command = [java, "-cp", f"{JARS}/*", str(CHECKER), str(file)]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)


def merged(folder: Path, target: Path) -> None:
    """All files as one ontology, under the schema's header."""
    import rdflib

    graph = to_rdflib(triple for triples in load(folder).files.values() for triple in triples)
    schema = rdflib.URIRef("https://w3id.org/kinchain/schema/")
    for header in set(graph.subjects(rdflib.RDF.type, rdflib.OWL.Ontology)) - {schema}:
        graph.remove((header, None, None))
    graph.serialize(target, format="turtle")


@pytest.mark.slow
def test_the_ontology_is_in_the_owl_2_dl_profile(java: str, tmp_path: Path) -> None:
    merged(ROOT / "ontology", tmp_path / "all.ttl")
    done = check(java, tmp_path / "all.ttl")
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
    assert done.stdout.splitlines()[-1].endswith(" 0 violations")


def test_the_checker_bites(java: str, tmp_path: Path) -> None:
    bad = tmp_path / "bad.ttl"
    text = (ROOT / "ontology" / "schema.ttl").read_text()
    bad.write_text(text + "\nkc:origin a owl:TransitiveProperty, owl:AsymmetricProperty .\n")
    assert check(java, bad).returncode == 1
