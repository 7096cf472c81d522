"""From triples to axioms (W3C, OWL 2 Mapping to RDF Graphs, section 3), as lines of functional syntax.

Only what kinchain's vocabulary uses is mapped. Anything else that OWL has a word for is refused, never left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kinchain.errors import InvalidOntology
from kinchain.exports.owl_terms import annotation, iri, term
from kinchain.exports.refuted import REFUTED, RELATION
from kinchain.vocab import KC, OWL, RDF_TYPE, RDFS, curie

if TYPE_CHECKING:
    import pyoxigraph as ox

_RDF = RDF_TYPE.removesuffix("type")
_ENTITIES = {
    OWL + "Class": "Class",
    OWL + "ObjectProperty": "ObjectProperty",
    OWL + "DatatypeProperty": "DataProperty",
    OWL + "AnnotationProperty": "AnnotationProperty",
    OWL + "NamedIndividual": "NamedIndividual",
}
_PROPERTIES = {"ObjectProperty": "Object", "DataProperty": "Data", "AnnotationProperty": "Annotation"}
_CHARACTERISTICS = (
    "Functional",
    "InverseFunctional",
    "Symmetric",
    "Asymmetric",
    "Transitive",
    "Reflexive",
    "Irreflexive",
)
_BUILT_IN = {RDFS + "label", RDFS + "comment", RDFS + "seeAlso", RDFS + "isDefinedBy", OWL + "versionInfo"}
_CLASS_AXIOMS = {
    RDFS + "subClassOf": "SubClassOf",
    OWL + "equivalentClass": "EquivalentClasses",
    OWL + "disjointWith": "DisjointClasses",
}
_PARTS = (OWL + "annotatedSource", OWL + "annotatedProperty", OWL + "annotatedTarget")

Run = list["ox.Triple"]


class Axioms:
    """The axioms of some triples; each method yields lines in a fixed order."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        self.said: dict[str, Run] = defaultdict(list)  # by subject, blank ones with "_:" in front
        self.kinds: dict[str, set[str]] = defaultdict(set)  # "Class", "ObjectProperty" … by IRI
        self.notes: dict[tuple[str, str, str], list[Run]] = defaultdict(list)  # annotations by the triple they are of
        for triple in triples:
            name = term(triple.subject)
            self.said[name].append(triple)
            kind = _ENTITIES.get(_value(triple.object)) if triple.predicate.value == RDF_TYPE else None
            if kind and not name.startswith("_:"):
                self.kinds[_value(triple.subject)].add(kind)
        for run in self.said.values():
            if parts := parts_of(run):
                self.notes[parts].append(run)
        self._complete()

    def _complete(self) -> None:
        """Declare what no file declares: whatever has a class is an individual, other predicates annotate."""
        for run in self.said.values():
            for triple in run:
                predicate = triple.predicate.value
                if predicate == RDF_TYPE and not _value(triple.object).startswith(OWL):
                    if not term(triple.subject).startswith("_:"):
                        self.kinds[_value(triple.subject)].add("NamedIndividual")
                elif not predicate.startswith((OWL, RDFS, _RDF)) and not self._property(predicate):
                    self.kinds[predicate].add("AnnotationProperty")

    def _property(self, name: str) -> str:
        """``Object``, ``Data`` or ``Annotation``, or the empty string for what is no declared property."""
        if name in _BUILT_IN:
            return "Annotation"
        return next((_PROPERTIES[kind] for kind in sorted(self.kinds.get(name, ())) if kind in _PROPERTIES), "")

    def declarations(self) -> Iterator[str]:
        """A declaration for each class, property and individual; classes first, individuals last."""
        pairs = [(kind, name) for name, kinds in self.kinds.items() for kind in kinds]
        order = list(_ENTITIES.values())
        for kind, name in sorted(pairs, key=lambda pair: (order.index(pair[0]), pair[1])):
            yield f"Declaration({kind}({iri(name)}))"

    def statements(self) -> Iterator[str]:
        """Everything but declarations and the ontology's header, by subject; the order of the triples within one.

        Raises
        ------
        InvalidOntology  a triple uses a term of OWL or RDF that has no axiom here
        """
        for name in sorted(self.said):
            run = self.said[name]
            types = {_value(t.object) for t in run if t.predicate.value == RDF_TYPE}
            if OWL + "AllDisjointClasses" in types:
                yield f"DisjointClasses({' '.join(self._list(run, OWL + 'members'))})"
            elif not types & {OWL + "Ontology", OWL + "Axiom"} and not _describes_a_class(name, run):
                for triple in run:
                    yield from self._axioms(triple)

    def _axioms(self, triple: ox.Triple) -> Iterator[str]:
        subject, predicate, target = term(triple.subject), triple.predicate.value, _value(triple.object)
        kind = self._property(predicate)
        if predicate == RDF_TYPE:
            yield from self._typed(triple)
        elif predicate in _CLASS_AXIOMS:
            yield f"{_CLASS_AXIOMS[predicate]}({subject} {self._class(triple.object)})"
        elif predicate == RDFS + "subPropertyOf":
            sort = self._property(_value(triple.subject))
            yield f"Sub{sort}PropertyOf({subject} {iri(target)})"
        elif predicate in (RDFS + "domain", RDFS + "range"):
            sort = self._property(_value(triple.subject))
            yield f"{sort}Property{predicate.removeprefix(RDFS).title()}({subject} {self._class(triple.object)})"
        elif predicate == OWL + "inverseOf":
            yield f"InverseObjectProperties({subject} {iri(target)})"
        elif kind:
            yield from self._asserted(triple, kind)
        else:
            raise _no_axiom(subject, predicate)

    def _typed(self, triple: ox.Triple) -> Iterator[str]:
        """The axiom of an ``rdf:type``; declarations have been written already."""
        subject, target = term(triple.subject), _value(triple.object)
        characteristic = target.removeprefix(OWL).removesuffix("Property")
        if target in _ENTITIES:
            return
        if not target.startswith(OWL):
            yield f"ClassAssertion({iri(target)} {subject})"
        elif characteristic in _CHARACTERISTICS:
            yield f"{characteristic}{self._property(_value(triple.subject))}Property({subject})"
        else:
            raise _no_axiom(subject, target)

    def _asserted(self, triple: ox.Triple, kind: str) -> Iterator[str]:
        """A triple once for each of its annotations, or once without."""
        ends = f"{iri(triple.predicate.value)} {term(triple.subject)} {term(triple.object)}"
        notes = self.notes.get((term(triple.subject), triple.predicate.value, term(triple.object)))
        if not notes:
            yield f"{kind}{'PropertyAssertion' if kind != 'Annotation' else 'Assertion'}({ends})"
        for run in notes or ():
            yield annotated(run, kind)

    def _class(self, value: object) -> str:
        """A class, a datatype, or the union that a blank node describes."""
        name = term(value)
        if not name.startswith("_:"):
            return name
        return f"ObjectUnionOf({' '.join(self._list(self.said[name], OWL + 'unionOf'))})"

    def _list(self, run: Run, predicate: str) -> Iterator[str]:
        """The members of the RDF list that a node leads to.

        Raises
        ------
        InvalidOntology  the node leads to no list, as that of a class description other than a union
        """
        heads = [t.object for t in run if t.predicate.value == predicate]
        if not heads:
            raise InvalidOntology(
                f"a class is described without {curie(predicate)}, for which the OWL export has no axiom; "
                "name the class, or export Turtle instead"
            )
        node = term(heads[0])
        while node in self.said:
            cell = {t.predicate.value: t.object for t in self.said[node]}
            yield term(cell[_RDF + "first"])
            node = term(cell[_RDF + "rest"])


def annotated(run: Run, kind: str = "Object") -> str:
    """The axiom of an ``owl:Axiom`` node: asserted with its annotations, or told as refuted."""
    parts = parts_of(run)
    assert parts
    source, predicate, target = parts
    rest = [t for t in run if t.predicate.value not in _PARTS and t.predicate.value != RDF_TYPE]
    notes = " ".join(annotation(t) for t in rest)
    if any(t.predicate.value == KC + "evidence" and _value(t.object) == KC + "Refuted" for t in rest):
        relation = f"Annotation({iri(RELATION)} {iri(predicate)})"
        return f"AnnotationAssertion({relation} {notes} {iri(REFUTED)} {source} {target})"
    name = "AnnotationAssertion" if kind == "Annotation" else f"{kind}PropertyAssertion"
    return f"{name}({notes} {iri(predicate)} {source} {target})"


def parts_of(run: Run) -> tuple[str, str, str] | None:
    """Source, property and target of an ``owl:Axiom`` node: ends as written, the property as an IRI."""
    parts = {t.predicate.value: t.object for t in run if t.predicate.value in _PARTS}
    if len(parts) < len(_PARTS):
        return None
    return term(parts[_PARTS[0]]), _value(parts[_PARTS[1]]), term(parts[_PARTS[2]])


def _no_axiom(subject: str, word: str) -> InvalidOntology:
    return InvalidOntology(
        f"{subject} uses {curie(word)}, for which the OWL export has no axiom; "
        "export Turtle instead, or take the statement away",
        subject=subject,
    )


def _describes_a_class(name: str, run: Run) -> bool:
    """Whether a node only describes a class or is a cell of a list."""
    return name.startswith("_:") and any(t.predicate.value in (OWL + "unionOf", _RDF + "rest") for t in run)


def _value(node: object) -> str:
    return str(getattr(node, "value", ""))
