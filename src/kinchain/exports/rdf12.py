"""RDF 1.2 Turtle: every connection with its grade and sources on the triple itself, by a triple term.

An annotation of the ontology is an ``owl:Axiom`` node that names the three parts of a triple, which OWL tools read.
RDF 1.2 says the same with ``rdf:reifies <<( s p o )>>`` (W3C, RDF 1.2 Concepts, section 3.1): a reifier names a triple
without asserting it, so that a refuted connection is spoken of and nobody walks it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kinchain.exports.serialise import by_subject, ordered, write_turtle
from kinchain.files import asked_for
from kinchain.vocab import OWL, RDF_TYPE

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kinchain.model import SidedModel

_REIFIES = "http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies"
_PARTS = (OWL + "annotatedSource", OWL + "annotatedProperty", OWL + "annotatedTarget")


def write(model: SidedModel, root: Path, path: Path) -> None:
    """Write the whole graph as RDF 1.2 Turtle, in the order of the Turtle export.

    Raises
    ------
    CannotWrite      the place cannot be written
    InvalidOntology  a file of the ontology cannot be read

    >>> import tempfile
    >>> from kinchain.model import Laterality, Structure, UnsidedModel
    >>> from kinchain.sides.expand import expand
    >>> deltoid = Structure("deltoid", "deltoid", "Muscle", Laterality.PAIRED)
    >>> model = expand(UnsidedModel({"deltoid": deltoid}, (), {}, {}, {}, {}))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write(model, Path(folder), Path(folder, "kinchain.ttl"))
    ...     "body:right_deltoid a kc:Muscle ;" in Path(folder, "kinchain.ttl").read_text("utf-8")
    True
    """
    with asked_for(path) as part:
        write_turtle(reified(ordered(model, root)), part)


def reified(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """The same statements, with a triple term in place of the four triples of each ``owl:Axiom`` node.

    >>> import pyoxigraph as ox
    >>> def node(name):
    ...     return ox.NamedNode("https://example.org/" + name)
    >>> axiom = ox.BlankNode("e1")
    >>> given = [ox.Triple(axiom, ox.NamedNode(RDF_TYPE), ox.NamedNode(OWL + "Axiom"))]
    >>> given += [ox.Triple(axiom, ox.NamedNode(part), node(name)) for part, name in zip(_PARTS, "spo")]
    >>> next(reified(given)).object == ox.Triple(*map(node, "spo"))
    True
    """
    import pyoxigraph as ox

    for subject, run in by_subject(triples):
        parts = {t.predicate.value: t.object for t in run if t.predicate.value in _PARTS}
        if len(parts) < len(_PARTS):
            yield from run
            continue
        term = ox.Triple(*(parts[part] for part in _PARTS))  # type: ignore[arg-type]
        yield ox.Triple(subject, ox.NamedNode(_REIFIES), term)
        for triple in run:
            axiom = triple.predicate.value == RDF_TYPE and triple.object == ox.NamedNode(OWL + "Axiom")
            if not axiom and triple.predicate.value not in _PARTS:
                yield triple
