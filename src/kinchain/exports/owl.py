"""OWL 2 DL in functional syntax: one ontology that Protégé, ROBOT and the OWL API open, one axiom a line.

The functional form was chosen over RDF/XML because it says an annotated axiom in one line, without blank nodes: a third
of the size, and quicker to read. Tools that want RDF have the Turtle export.

Each sided connection is an ``ObjectPropertyAssertion`` that carries its grade, sources and ``kc:crossesMidline``. A
refuted one must not be asserted, or a reasoner would walk it: it is an annotation ``kc:refuted`` from end to end, with
the same particulars and its relation. (A negative assertion would say too much: the same two structures may be joined
by another mechanism.)
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from kinchain.exports import owl_terms
from kinchain.exports import triples as graph
from kinchain.exports.owl_axioms import Axioms, annotated
from kinchain.exports.owl_terms import annotation, iri, term
from kinchain.exports.refuted import declared
from kinchain.exports.serialise import by_subject
from kinchain.files import asked_for
from kinchain.vocab import BASE, DCTERMS, KC, OWL, RDF_TYPE

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kinchain.model import SidedModel

IRI = BASE + "kinchain.owl"


def write(model: SidedModel, root: Path, path: Path) -> None:
    """Write the ontology and the sided body as one OWL 2 DL ontology.

    Raises
    ------
    CannotWrite      the place cannot be written
    InvalidOntology  a file of the ontology cannot be read, or uses a word of OWL that has no axiom here

    >>> import tempfile
    >>> from kinchain.model import Laterality, Structure, UnsidedModel
    >>> from kinchain.sides.expand import expand
    >>> deltoid = Structure("deltoid", "deltoid", "Muscle", Laterality.PAIRED)
    >>> model = expand(UnsidedModel({"deltoid": deltoid}, (), {}, {}, {}, {}))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write(model, Path(folder), Path(folder, "kinchain.ofn"))
    ...     "ClassAssertion(kc:Muscle body:right_deltoid)" in Path(folder, "kinchain.ofn").read_text("utf-8")
    True
    """
    axioms = Axioms(dict.fromkeys(chain(graph.ontology(root), declared(), _structures(model))))
    with asked_for(path) as part, part.open("w", encoding="utf-8", newline="\n") as file:
        for line in chain(
            _header(axioms), axioms.declarations(), [""], axioms.statements(), [""], _edges(model), [")"]
        ):
            file.write(line + "\n")


def _structures(model: SidedModel) -> Iterator[ox.Triple]:
    """What the sided graph says of its structures, without the connections, which come with their annotations."""
    relations = {KC + relation for relation in model.unsided.relations}
    for subject, run in by_subject(graph.sided(model)):
        if term(subject).startswith("_:"):
            continue
        yield from (triple for triple in run if triple.predicate.value not in relations)


def _edges(model: SidedModel) -> Iterator[str]:
    """An axiom for each sided connection, in the order of the body."""
    for subject, run in by_subject(graph.sided(model)):
        if term(subject).startswith("_:"):
            yield annotated(run)


def _header(axioms: Axioms) -> Iterator[str]:
    """The opening of the ontology: the schema's own description, and the works that all files name."""
    headers = [run for run in axioms.said.values() if any(_is_header(triple) for triple in run)]
    cited = {triple for run in headers for triple in run if triple.predicate.value == DCTERMS + "source"}
    schema = [t for t in axioms.said.get(iri(KC), ()) if t.predicate.value not in _NOT_KEPT]
    version = [t.object for t in axioms.said.get(iri(KC), ()) if t.predicate.value == OWL + "versionIRI"]
    number = version[0].value.rsplit("/", 1)[-1] if version else ""  # type: ignore[union-attr]
    yield owl_terms.header()
    yield f"Ontology(<{IRI}>" + (f" <{BASE}{number}/kinchain.owl>" if number else "")
    yield from dict.fromkeys(map(annotation, schema))
    yield from sorted({f"Annotation(dcterms:source {term(triple.object)})" for triple in cited})
    yield ""


def _is_header(triple: ox.Triple) -> bool:
    return triple.predicate.value == RDF_TYPE and term(triple.object) == "owl:Ontology"


_NOT_KEPT = (RDF_TYPE, DCTERMS + "source", OWL + "imports", OWL + "versionIRI")
