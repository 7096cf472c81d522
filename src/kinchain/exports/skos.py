"""A SKOS vocabulary: every structure as a concept, for thesaurus tools such as Skosmos and VocBench.

Concepts are the structures without a side and, as narrower ones, their right and their left. Broader is the whole, the
group, the part of the body of which a region is an aspect, and, for what has no broader one of its own kind, that kind:
the kinds are the top concepts. ``skos:related`` are the anatomical neighbours. The typed connections of the sided body,
with grade and sources, stand beside them as sub-properties of ``skos:semanticRelation``, as AGROVOC does it with its
own relations (W3C, SKOS Reference, section 8, which leaves it open to refine them).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kinchain.exports import triples as graph
from kinchain.exports.serialise import sorted_once, write_turtle
from kinchain.files import asked_for
from kinchain.vocab import BASE, CITE, DCTERMS, KC, RDF_TYPE, RDFS, SKOS

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kinchain.model import SidedModel, Structure

SCHEME = BASE + "vocabulary"
_WIDER = ("partOf", "memberOf", "aspectOf")
_NEIGHBOURS = ("tissue", "skeletal", "neural")


def write(model: SidedModel, root: Path, path: Path) -> None:
    """Write the vocabulary as Turtle: concepts by their IRI, then the annotations of the connections.

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
    ...     'skos:prefLabel "right deltoid"@en' in Path(folder, "kinchain.ttl").read_text("utf-8")
    True
    """
    with asked_for(path) as part:
        write_turtle(_Vocabulary(model, root).triples(), part, graph.PREFIXES | {"voc": SCHEME + "/"})


class _Vocabulary:
    """Makes the triples of the vocabulary."""

    def __init__(self, model: SidedModel, root: Path) -> None:
        self.model = model
        self.root = root
        self.structures: Mapping[str, Structure] = model.unsided.structures
        self.iris = {}  # of structures without a side, by their id
        for sided in model.structures.values():
            self.iris[sided.unsided] = graph.iri(model, sided.id).removesuffix(sided.id) + sided.unsided
        self._climbs: dict[str, set[str]] = {}
        self.kinds = sorted({structure.kind for structure in self.structures.values()})

    def triples(self) -> Iterator[ox.Triple]:
        import pyoxigraph as ox

        named = [*self._scheme(), *self._kinds(), *self._from_the_ontology()]
        for structure in self.structures.values():
            named += self._names(structure)
            named += self._place(structure)
        named += self._related()
        named += self._sides()
        label = RDFS + "label"
        sided = (t for t in graph.sided(self.model) if not isinstance(t.subject, ox.BlankNode))
        named += (t for t in sided if t.predicate.value != label)
        yield from sorted_once(named)
        yield from (t for t in graph.sided(self.model) if isinstance(t.subject, ox.BlankNode))

    def _scheme(self) -> Iterator[ox.Triple]:
        yield _link(SCHEME, RDF_TYPE, SKOS + "ConceptScheme")
        yield _text(SCHEME, DCTERMS + "title", "kinchain: the connections of the human body, a vocabulary")
        yield _text(SCHEME, DCTERMS + "description", "Education and a prompt to think, never a diagnosis.")
        yield _link(SCHEME, DCTERMS + "license", "https://creativecommons.org/licenses/by/4.0/")

    def _kinds(self) -> Iterator[ox.Triple]:
        for kind in self.kinds:
            concept = _kind(kind)
            yield _link(concept, RDF_TYPE, SKOS + "Concept")
            yield _link(concept, SKOS + "topConceptOf", SCHEME)
            yield _link(concept, SKOS + "inScheme", SCHEME)
            yield _link(SCHEME, SKOS + "hasTopConcept", concept)

    def _from_the_ontology(self) -> Iterator[ox.Triple]:
        """Names of kinds and relations, mappings, and the records of the works cited."""
        relations = {KC + relation for relation in self.model.unsided.relations}
        kinds = {KC + kind: _kind(kind) for kind in self.kinds}
        structures = set(self.iris.values())
        for triple in graph.ontology(self.root):
            subject, predicate = getattr(triple.subject, "value", ""), triple.predicate.value
            if subject.startswith(CITE) or (subject in structures and predicate.endswith("Match")):
                yield triple
            elif subject in kinds and predicate in (RDFS + "label", SKOS + "definition"):
                name = SKOS + "prefLabel" if predicate == RDFS + "label" else predicate
                yield _text(kinds[subject], name, triple.object.value)  # type: ignore[union-attr]
            elif subject in relations and predicate == RDFS + "label":
                yield triple
                yield _link(subject, RDFS + "subPropertyOf", SKOS + "semanticRelation")

    def _names(self, structure: Structure) -> Iterator[ox.Triple]:
        """Labels, each once in a language: preferred before alternative before hidden (SKOS Reference, S13)."""
        iri = self.iris[structure.id]
        yield _link(iri, RDF_TYPE, SKOS + "Concept")
        yield _link(iri, RDF_TYPE, KC + structure.kind)
        yield _link(iri, SKOS + "inScheme", SCHEME)
        if structure.definition:
            yield _text(iri, SKOS + "definition", structure.definition)
        if structure.comment:
            yield _text(iri, SKOS + "note", structure.comment)
        yield _text(iri, SKOS + "prefLabel", structure.label)
        used = {structure.label}
        for name, words in (
            ("altLabel", (*structure.synonyms, *structure.abbreviations)),
            ("hiddenLabel", structure.short_words),
        ):
            for word in (each for each in words if each not in used):
                yield _text(iri, SKOS + name, word)
            used.update(words)
        name = "prefLabel" if len(structure.latin) == 1 else "altLabel"  # of several, none is known to be preferred
        for word in structure.latin:
            yield _text(iri, SKOS + name, word, "la")

    @cached_property
    def _wholes(self) -> Mapping[str, set[str]]:
        """What each structure is a part, a member or an aspect of."""
        found: dict[str, set[str]] = defaultdict(set)
        for connection in self.model.unsided.connections:
            if connection.relation in _WIDER and connection.grade != "Refuted":
                found[connection.subject].add(connection.object)
        return found

    def _above(self, structure: str) -> set[str]:
        """All wholes, and wholes of wholes; each climb is made once."""
        if structure not in self._climbs:
            found: set[str] = set()
            queue = [structure]
            while queue:
                fresh = self._wholes.get(queue.pop(), set()) - found
                found |= fresh
                queue.extend(fresh)
            self._climbs[structure] = found
        return self._climbs[structure]

    def _place(self, structure: Structure) -> Iterator[ox.Triple]:
        for whole in self._wholes.get(structure.id, ()):
            yield from _hierarchy(self.iris[structure.id], self.iris[whole])
        if all(self.structures[each].kind != structure.kind for each in self._above(structure.id)):
            yield from _hierarchy(self.iris[structure.id], _kind(structure.kind))

    def _related(self) -> Iterator[ox.Triple]:
        """Anatomical neighbours, both ways, unless one is above the other, which SKOS forbids (S27)."""
        model = self.model.unsided
        for connection in model.connections:
            first, second = connection.subject, connection.object
            written = not connection.derived_by and connection.grade != "Refuted"
            apart = first != second and second not in self._above(first) and first not in self._above(second)
            if written and apart and model.relations[connection.relation].family in _NEIGHBOURS:
                yield _link(self.iris[first], SKOS + "related", self.iris[second])
                yield _link(self.iris[second], SKOS + "related", self.iris[first])

    def _sides(self) -> Iterator[ox.Triple]:
        """The right and the left of what comes on a side, as narrower concepts."""
        for sided in self.model.structures.values():
            if sided.id != sided.unsided:
                iri = graph.iri(self.model, sided.id)
                yield _link(iri, RDF_TYPE, SKOS + "Concept")
                yield _link(iri, SKOS + "inScheme", SCHEME)
                yield _text(iri, SKOS + "prefLabel", sided.label)
                yield from _hierarchy(iri, self.iris[sided.unsided])


def _kind(kind: str) -> str:
    """The concept of a kind; the class itself stays a class."""
    return f"{SCHEME}/{kind}"


def _hierarchy(narrower: str, broader: str) -> Iterator[ox.Triple]:
    yield _link(narrower, SKOS + "broader", broader)
    yield _link(broader, SKOS + "narrower", narrower)


def _link(subject: str, predicate: str, target: str) -> ox.Triple:
    import pyoxigraph as ox

    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), ox.NamedNode(target))


def _text(subject: str, predicate: str, text: str, language: str = "en") -> ox.Triple:
    import pyoxigraph as ox

    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), ox.Literal(text, language=language))
