"""Does the ontology keep its own rules? SHACL shapes (``ontology/shapes``), then SPARQL rules (``ontology/checks``)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kinchain.answers import Finding
from kinchain.errors import InvalidOntology
from kinchain.rdf import checks
from kinchain.rdf.load import Ontology, line_in, line_mentioning, load, parse, to_rdflib
from kinchain.vocab import BASE, KC, RDF_TYPE, curie, local_name

if TYPE_CHECKING:
    import rdflib

_SH = "http://www.w3.org/ns/shacl#"
_BLANK = "urn:blank:"


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
    return in_order({*_shacl(ontology, rules), *checks.check(ontology, rules)})


def validate_overlay(
    root: Path,
    overlays: Sequence[Path],
    *,
    rules_root: Path | None = None,
    derived: Iterable[tuple[str, str, str]] = (),
) -> list[Finding]:
    """The findings that the last of some overlays brings, named by its own lines.

    The shapes look only at what the overlay speaks of, since the whole body takes a minute; the rules look at all.

    Raises
    ------
    InvalidOntology  the overlay is no Turtle, or alters the ontology
    """
    import pyoxigraph as ox

    ontology = load(root, overlays).with_derived(derived)
    rules = rules_root or root
    file = [*ontology.overlays][-1]
    ends = {end for t in ontology.files[file] for end in (t.quad.subject, t.quad.object)}
    spoken_of = {end for end in ends if isinstance(end, ox.BlankNode) or getattr(end, "value", "").startswith(BASE)}
    names = {curie(str(getattr(end, "value", ""))) for end in spoken_of}
    found = {*_shacl(ontology, rules, spoken_of), *checks.check(ontology, rules)}
    return in_order({_told_by(ontology, file, f) for f in found if f.file == file or names & {*_names_in(f)}})


def in_order(found: Iterable[Finding]) -> list[Finding]:
    """Findings by file and line."""
    return sorted(found, key=lambda f: (f.file, f.line or 0, f.subject, f.rule, f.message))


def _told_by(ontology: Ontology, file: str, found: Finding) -> Finding:
    """A finding with the line of the overlay that speaks of its subject, where the rule named another file."""
    if found.file == file and found.line:
        return found
    path = ontology.overlays[file]
    names = [name.rpartition(":")[2] for name in _names_in(found)]
    lines = (line_in(path, name) or line_mentioning(path, name) for name in names)
    return replace(found, file=file, line=next(filter(None, lines), None))


def _names_in(found: Finding) -> list[str]:
    """The subject of a finding and whatever else its message names."""
    return [found.subject, *re.findall(r"\b(?:body|clinical|chain|cite):\w+", found.message)]


def shapes(root: Path) -> list[Path]:
    """The shape files of an ontology folder, in a fixed order."""
    return sorted((root / "shapes").glob("*.ttl"))


def _shacl(ontology: Ontology, rules_root: Path, focus: Iterable[Any] | None = None) -> Iterator[Finding]:
    """What the shapes find, everywhere or about some terms."""
    import pyoxigraph as ox
    import pyshacl
    import rdflib

    data = ontology.to_rdflib()
    shape_graph = to_rdflib(triple for path in shapes(rules_root) for triple in parse(path, rules_root))
    nodes: list[rdflib.URIRef | str] | None = None
    if focus is not None:
        nodes = [_named(data, t.value) if isinstance(t, ox.BlankNode) else rdflib.URIRef(t.value) for t in focus]
        nodes.append(rdflib.URIRef(KC + "EvidenceGrade"))  # the shape that looks at all connections
    _, report, _ = pyshacl.validate(
        data, shacl_graph=shape_graph, inference="none", meta_shacl=False, focus_nodes=nodes
    )
    if not isinstance(report, rdflib.Graph):
        raise InvalidOntology(f"a shape cannot be applied ({report}); mend it and validate again", file="shapes")
    files = _files(ontology)
    for result in report.subjects(rdflib.RDF.type, rdflib.URIRef(_SH + "ValidationResult")):
        yield _finding(ontology, report, shape_graph, result, files)


def _named(data: rdflib.Graph, blank: str) -> rdflib.URIRef:
    """A blank node, called by a name throughout the graph: pyshacl looks only at named ones."""
    import rdflib

    node, name = rdflib.BNode(blank), rdflib.URIRef(_BLANK + blank)
    for subject, predicate, value in [*data.triples((node, None, None)), *data.triples((None, None, node))]:
        data.remove((subject, predicate, value))
        data.add((name if subject == node else subject, predicate, name if value == node else value))
    return name


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

    focus = value("focusNode").removeprefix(_BLANK)
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
