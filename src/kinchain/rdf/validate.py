"""Does the ontology keep its own rules? SHACL shapes (``ontology/shapes``), then SPARQL rules (``ontology/checks``)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kinchain.answers import Finding
from kinchain.errors import InvalidOntology
from kinchain.rdf import checks
from kinchain.rdf.load import Ontology, load, parse, to_rdflib
from kinchain.vocab import KC, RDF_TYPE, curie, local_name

if TYPE_CHECKING:
    import rdflib

_SH = "http://www.w3.org/ns/shacl#"


def validate(
    root: Path, *, rules_root: Path | None = None, derived: Iterable[tuple[str, str, str]] = ()
) -> list[Finding]:
    """All findings in an ontology folder, by file and line; an empty list means that it keeps every rule.

    *rules_root* is the folder whose shapes and checks apply, *root* itself when it is not given; *derived* are the
    connections that follow from the ontology, which some rules compare with what is written.

    Raises
    ------
    InvalidOntology  a file is no Turtle: nothing else can be said before that is mended
    """
    ontology = load(root).with_derived(derived)
    rules = rules_root or root
    found = {*_shacl(ontology, rules), *checks.check(ontology, rules)}
    return sorted(found, key=lambda f: (f.file, f.line or 0, f.subject, f.rule, f.message))


def shapes(root: Path) -> list[Path]:
    """The shape files of an ontology folder, in a fixed order."""
    return sorted((root / "shapes").glob("*.ttl"))


def _shacl(ontology: Ontology, rules_root: Path) -> Iterator[Finding]:
    import pyshacl
    import rdflib

    data = ontology.to_rdflib()
    shape_graph = to_rdflib(triple for path in shapes(rules_root) for triple in parse(path, rules_root))
    _, report, _ = pyshacl.validate(data, shacl_graph=shape_graph, inference="none", meta_shacl=False)
    if not isinstance(report, rdflib.Graph):
        raise InvalidOntology(f"a shape cannot be applied ({report}); mend it and validate again", file="shapes")
    files = _files(ontology)
    for result in report.subjects(rdflib.RDF.type, rdflib.URIRef(_SH + "ValidationResult")):
        yield _finding(ontology, report, shape_graph, result, files)


def _files(ontology: Ontology) -> dict[str, str]:
    found: dict[str, str] = {}
    for file, triples in ontology.files.items():
        for triple in triples:
            if triple.predicate == RDF_TYPE:
                found.setdefault(triple.subject, file)
    return found


def _finding(
    ontology: Ontology,
    report: rdflib.Graph,
    shape_graph: rdflib.Graph,
    result: rdflib.term.Node,
    files: dict[str, str],
) -> Finding:
    import rdflib

    def value(name: str) -> str:
        return str(report.value(result, rdflib.URIRef(_SH + name)) or "")

    focus = value("focusNode")
    if focus.startswith(KC) and value("value") in files:  # a rule about the whole graph names the subject as its value
        focus = value("value")
    subject = focus if focus in files and focus.startswith("http") else _annotated(ontology, focus)
    file = files.get(focus) or files.get(subject, "")
    rule = _shape_name(shape_graph, report.value(result, rdflib.URIRef(_SH + "sourceShape")))
    message = re.sub(r"\s+", " ", value("resultMessage"))
    offending = value("value")
    if offending and offending not in message:
        message += f" (found {curie(offending)})"
    return Finding(file, ontology.line_of(file, subject), curie(subject), rule, message)


def _annotated(ontology: Ontology, axiom: str) -> str:
    """The subject of the connection that an annotation node speaks of."""
    for triples in ontology.files.values():
        for triple in triples:
            if triple.subject == axiom and local_name(triple.predicate) == "annotatedSource":
                return triple.object
    return axiom


def _shape_name(shape_graph: rdflib.Graph, shape: rdflib.term.Node | None) -> str:
    """The name of the node shape that a result came from, climbing from an unnamed property shape."""
    import rdflib

    while isinstance(shape, rdflib.BNode):
        shape = next(iter(shape_graph.subjects(None, shape)), None)
    return local_name(str(shape)) if shape is not None else "shape"
