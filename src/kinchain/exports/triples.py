"""The ontology and the sided body as RDF triples: what SPARQL asks, and what every RDF export writes.

Two layers, told apart by what their structures carry:

* the ontology, as its files say it: structures without a side, each with ``kc:laterality``;
* the sided graph, as the build derives it: ``body:right_deltoid``, ``body:left_deltoid``, ``body:sacrum``, each with
  ``kc:side`` and ``kc:sideOf``. Every edge has an annotation (``owl:Axiom``) with its grade and sources, and with
  ``kc:crossesMidline``, which no annotation of the ontology's files has. A plain triple stands beside it, so that it
  can be walked by a property path, unless the edge is ``Refuted``: nobody walks those.

Findings, tests, interventions and red flags have sides too, under ``clinical:`` as in their files. A median structure
keeps its IRI and so belongs to both layers. All is meant for one default graph. Blank nodes are
numbered in the order of the files and of the body, so that two builds write the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kinchain import vocab
from kinchain.errors import InvalidOntology
from kinchain.exports.counting import Counts as Counts
from kinchain.exports.counting import counted as counted
from kinchain.model import Side
from kinchain.sides.expand import sided_id
from kinchain.vocab import BODY, CITE, CLINICAL, CLINICAL_KINDS, DCTERMS, KC, OWL, RDF_TYPE, RDFS, SKOS

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kinchain.model import Connection, Edge, SidedModel

PREFIXES: dict[str, str] = {
    **vocab.PREFIXES,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "UBERON": "http://purl.obolibrary.org/obo/UBERON_",
    "FMA": "http://purl.org/sig/ont/fma/fma",
    "TA2": "https://ta2viewer.openanatomy.org/?id=",
    "wikidata": "http://www.wikidata.org/entity/",
    "RO": "http://purl.obolibrary.org/obo/RO_",
    "BFO": "http://purl.obolibrary.org/obo/BFO_",
    "BSPO": "http://purl.obolibrary.org/obo/BSPO_",
}
_DECLARED = re.compile(r"^#\s+([\w.-]+):\s+[\"']?(https?://[^\s\"']+)", re.MULTILINE)


def iri(model: SidedModel, structure: str) -> str:
    """The IRI of a sided structure, given its id.

    >>> from kinchain.body import Body
    >>> iri(Body.load().model, "right_deltoid")
    'https://w3id.org/kinchain/body/right_deltoid'
    """
    return _namespace(model.structures[structure].kind) + structure


def _namespace(kind: str) -> str:
    return CLINICAL if kind in CLINICAL_KINDS else BODY


def everything(model: SidedModel, root: Path) -> Iterator[ox.Triple]:
    """The ontology, then the sided graph; what both say of a median structure is said once.

    Raises
    ------
    InvalidOntology  a file is no Turtle, or a mapping uses a prefix that its file does not declare
    """
    import pyoxigraph as ox

    said = set()
    for triple in ontology(root):
        if isinstance(triple.subject, ox.NamedNode):
            said.add(triple)
        yield triple
    for triple in sided(model):
        if isinstance(triple.subject, ox.BlankNode) or triple not in said:
            yield triple


def walkable(model: SidedModel, root: Path) -> Iterator[ox.Triple]:
    """Everything but the plain triples that stand in the ontology's files beside annotations that refute them.

    What a store is filled with, where a property path can go anywhere: the annotations stay, for whoever asks what was
    refuted, and nobody walks what they speak of.

    Raises
    ------
    InvalidOntology  as ``everything``
    """
    refuted = _refuted(model)
    return (triple for triple in everything(model, root) if triple not in refuted)


def _refuted(model: SidedModel) -> set[ox.Triple]:
    """The triples of unsided connections of which nothing holds. Care has no annotations: its tests carry the grade."""
    import pyoxigraph as ox

    unsided = model.unsided
    holds: dict[tuple[str, str, str], bool] = {}
    for c in unsided.connections:
        ends = (c.subject, c.relation, c.object)
        holds[ends] = holds.get(ends, False) or c.grade != "Refuted" or unsided.relations[c.relation].family == "care"

    def node(structure: str) -> ox.NamedNode:
        return ox.NamedNode(_namespace(unsided.structures[structure].kind) + structure)

    return {
        ox.Triple(node(subject), ox.NamedNode(KC + relation), node(target))
        for (subject, relation, target), any_holds in holds.items()
        if not any_holds
    }


def ontology(root: Path) -> Iterator[ox.Triple]:
    """What the files of an ontology folder say, and its mappings as SKOS relations.

    Each triple comes once. A blank node is called after its file and its place in it: ``schema-1``.

    Raises
    ------
    InvalidOntology  a file is no Turtle, or a mapping uses a prefix that its file does not declare

    >>> from kinchain import locate
    >>> next(ontology(locate.ontology_dir())).predicate.value
    'http://www.w3.org/1999/02/22-rdf-syntax-ns#type'
    """
    seen: set[ox.Triple] = set()
    for triple in _written(root):
        if triple not in seen:
            seen.add(triple)
            yield triple


def _written(root: Path) -> Iterator[ox.Triple]:
    import pyoxigraph as ox

    from kinchain.rdf.load import load

    stems: set[str] = set()
    for file, statements in load(root).files.items():
        stem = re.sub(r"\W+", "-", file.removesuffix(".ttl")).strip("-")
        while stem in stems:  # two overlays may differ in their folder or punctuation only
            stem += "-again"
        stems.add(stem)
        names: dict[str, ox.BlankNode] = {}
        for statement in statements:
            subject, target = statement.quad.subject, statement.quad.object
            if isinstance(subject, ox.BlankNode):
                subject = names.setdefault(subject.value, ox.BlankNode(f"{stem}-{len(names) + 1}"))
            if isinstance(target, ox.BlankNode):
                target = names.setdefault(target.value, ox.BlankNode(f"{stem}-{len(names) + 1}"))
            yield ox.Triple(subject, statement.quad.predicate, target)
    yield from _mappings(root)


def _mappings(root: Path) -> Iterator[ox.Triple]:
    """Mappings as triples; the name that the other ontology gives is an alternative label of its term."""
    import pyoxigraph as ox

    from kinchain.rdf import mappings

    prefixes = {**PREFIXES, **_declared_prefixes(root)}

    def term(curie: str) -> ox.NamedNode:
        prefix, _, name = curie.partition(":")
        if prefix not in prefixes:
            raise InvalidOntology(
                f"{curie} has a prefix that no curie_map of a mapping table declares; declare {prefix} there",
                file="mappings",
            )
        return ox.NamedNode(prefixes[prefix] + name)

    for structure, mapped in sorted(mappings.read(root).items()):
        for each in mapped:
            other = term(each.id)
            yield ox.Triple(ox.NamedNode(BODY + structure), term(each.predicate), other)
            yield ox.Triple(other, ox.NamedNode(SKOS + "altLabel"), ox.Literal(each.label, language="en"))


def _declared_prefixes(root: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    for table in sorted((root / "mappings").glob("*.sssom.tsv")):
        text = table.read_text("utf-8")
        header = "".join(line for line in text.splitlines(keepends=True) if line.startswith("#"))
        found.update(_DECLARED.findall(header))
    return found


def sided(model: SidedModel) -> Iterator[ox.Triple]:
    """The derived sided graph: structures first, then edges in the order of the body; each triple comes once.

    >>> from kinchain.body import Body
    >>> model = Body.load().model
    >>> counts = counted(sided(model))
    >>> counts.structures == len(model.structures), counts.edges == len(model.edges)
    (True, True)
    """
    return _Writer(model).triples()


class _Writer:
    """Makes the triples of a sided body; terms that recur are made once."""

    def __init__(self, model: SidedModel) -> None:
        import pyoxigraph as ox

        self.model = model
        self._walked: set[tuple[str, str, str]] = set()
        self._made: dict[tuple[str, str], str] = {}  # muscle and unsided movement -> the movement on its side
        for edge in model.edges:
            if edge.relation == "produces" and model.connection(edge).grade != "Refuted":
                self._made.setdefault((edge.subject, model.structures[edge.object].unsided), edge.object)
        self._terms: dict[str, ox.NamedNode] = {}
        self._nodes = {structure: ox.NamedNode(iri(model, structure)) for structure in model.structures}
        self._booleans = {value: ox.Literal(value) for value in (True, False)}

    def node(self, structure: str) -> ox.NamedNode:
        return self._nodes[structure]

    def term(self, iri: str) -> ox.NamedNode:
        import pyoxigraph as ox

        found = self._terms.get(iri)
        if found is None:
            found = self._terms[iri] = ox.NamedNode(iri)
        return found

    def triples(self) -> Iterator[ox.Triple]:
        yield from self._structures()
        for number, edge in enumerate(self.model.edges, 1):
            yield from self._edge(number, edge)

    def _structures(self) -> Iterator[ox.Triple]:
        import pyoxigraph as ox

        kind, label = self.term(RDF_TYPE), self.term(RDFS + "label")
        side, side_of = self.term(KC + "side"), self.term(KC + "sideOf")
        for structure in self.model.structures.values():
            node = self.node(structure.id)
            yield ox.Triple(node, kind, self.term(KC + structure.kind))
            yield ox.Triple(node, label, ox.Literal(structure.label, language="en"))
            yield ox.Triple(node, side, ox.Literal(structure.side.value))
            yield ox.Triple(node, side_of, self.term(_namespace(structure.kind) + structure.unsided))

    def _edge(self, number: int, edge: Edge) -> Iterator[ox.Triple]:
        import pyoxigraph as ox

        connection = self.model.connection(edge)
        term = self.term
        subject, relation, target = self.node(edge.subject), term(KC + edge.relation), self.node(edge.object)
        ends = (edge.subject, edge.relation, edge.object)
        if connection.grade != "Refuted" and ends not in self._walked:
            self._walked.add(ends)  # several annotations may speak of one triple
            yield ox.Triple(subject, relation, target)
        node = ox.BlankNode(f"e{number:06d}")
        yield ox.Triple(node, term(RDF_TYPE), term(OWL + "Axiom"))
        yield ox.Triple(node, term(OWL + "annotatedSource"), subject)
        yield ox.Triple(node, term(OWL + "annotatedProperty"), relation)
        yield ox.Triple(node, term(OWL + "annotatedTarget"), target)
        yield ox.Triple(node, term(KC + "evidence"), term(KC + connection.grade))
        yield ox.Triple(node, term(KC + "crossesMidline"), self._booleans[edge.crosses])
        for source in connection.sources:
            yield ox.Triple(node, term(DCTERMS + "source"), term(CITE + source))
        for source in connection.against:
            yield ox.Triple(node, term(KC + "contradictedBy"), term(CITE + source))
        yield from self._rest(node, edge, connection)

    def _rest(self, node: ox.BlankNode, edge: Edge, connection: Connection) -> Iterator[ox.Triple]:
        """What few edges carry."""
        import pyoxigraph as ox

        for name in ("mechanism", "frequency"):
            if value := getattr(connection, name):
                yield ox.Triple(node, self.term(KC + name), self.term(KC + value))
        for name, values in (("via", connection.via), ("through", connection.through), ("among", connection.among)):
            for value in (values,) if isinstance(values, str) else values:
                for beside in self._beside(edge, value) if value else ():
                    yield ox.Triple(node, self.term(KC + name), self.node(beside))
        for name, field in (("derivedBy", "derived_by"), ("setting", "setting"), ("size", "size")):
            if value := getattr(connection, field):
                yield ox.Triple(node, self.term(KC + name), ox.Literal(value))
        if connection.comment:
            yield ox.Triple(node, self.term(RDFS + "comment"), ox.Literal(connection.comment, language="en"))

    def _beside(self, edge: Edge, unsided: str) -> list[str]:
        """The sided ids of a structure that an edge names: on the side of its ends, or all when they have none.

        A movement has the side to which the edge's subject makes it: the right external oblique turns the trunk left.
        """
        if movement := self._made.get((edge.subject, unsided)):
            return [movement]
        structures = self.model.structures
        ends = [structures[edge.subject].side, structures[edge.object].side]
        for side in (side for side in ends if side is not Side.MEDIAN):
            if (beside := sided_id(unsided, side)) in structures:
                return [beside]
        return [sided_id(unsided, side) for side in self.model.unsided.structures[unsided].laterality.sides]
