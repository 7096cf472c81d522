"""The vocabulary as the reference needs it: every term with all that ``ontology/schema.ttl`` says of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from kinchain.locate import knowledge_files
from kinchain.rdf.load import parse
from kinchain.vocab import KC, OWL, RDF_TYPE, RDFS, SKOS, curie, local_name

_REST = "http://www.w3.org/1999/02/22-rdf-syntax-ns#rest"
_FIRST = "http://www.w3.org/1999/02/22-rdf-syntax-ns#first"
OBO = "http://purl.obolibrary.org/obo/"
ALIGNMENTS = {
    OWL + "equivalentClass": "equivalent to",
    RDFS + "subPropertyOf": "kind of",
    SKOS + "exactMatch": "exact match",
    SKOS + "closeMatch": "close match",
    SKOS + "narrowMatch": "wider than",
    SKOS + "broadMatch": "narrower than",
    SKOS + "relatedMatch": "related to",
}


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the vocabulary; ``said`` holds all values by the IRI of the property."""

    iri: str
    said: dict[str, list[str]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The local name."""
        return local_name(self.iri)

    def one(self, prop: str) -> str:
        """The value of one of kinchain's own properties, or the empty string."""
        return next(iter(self.said.get(KC + prop, ())), "")

    @property
    def label(self) -> str:
        """The label."""
        return next(iter(self.said.get(RDFS + "label", ())), self.name)

    @property
    def definition(self) -> str:
        """The definition."""
        return next(iter(self.said.get(SKOS + "definition", ())), "")

    @property
    def types(self) -> set[str]:
        """The local names of its types."""
        return {local_name(iri) for iri in self.said.get(RDF_TYPE, ())}

    @property
    def alignments(self) -> list[str]:
        """Links to terms of other ontologies, in words."""
        return [
            f"{words} {linked(value)}"
            for prop, words in ALIGNMENTS.items()
            for value in sorted(self.said.get(prop, ()))
            if not value.startswith(KC)
        ]


def linked(iri: str) -> str:
    """A link to a term of an OBO ontology.

    >>> linked("http://purl.obolibrary.org/obo/UBERON_0000982")
    '[UBERON:0000982](http://purl.obolibrary.org/obo/UBERON_0000982)'
    """
    short = iri.removeprefix(OBO).replace("_", ":") if iri.startswith(OBO) else curie(iri)
    return f"[{short}]({iri})"


class Schema:
    """The terms of the vocabulary in the order in which the file has them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        said: dict[str, dict[str, list[str]]] = {}
        for triple in parse(root / "schema.ttl", root):
            said.setdefault(triple.subject, defaultdict(list))[triple.predicate].append(triple.object)
        self._said = said
        self.terms = {iri: Term(iri, props) for iri, props in said.items() if iri.startswith(KC) and iri != KC}

    def of_type(self, kind: str) -> list[Term]:
        """The terms of a type, by its local name."""
        return [term for term in self.terms.values() if kind in term.types]

    def named(self, name: str) -> Term:
        """The term with a local name."""
        return self.terms[KC + name]

    @property
    def relations(self) -> list[Term]:
        """The relations that connect: those with a family."""
        return [term for term in self.terms.values() if term.one("family")]

    def classes_of(self, term: Term, prop: str) -> list[str]:
        """The local names of the classes in a domain or range, unions taken apart."""
        found: list[str] = []
        for value in term.said.get(RDFS + prop, ()):
            union = self._said.get(value, {}).get(OWL + "unionOf")
            found += [local_name(v) for v in (self._listed(union[0]) if union else [value])]
        return found

    def _listed(self, head: str) -> list[str]:
        items: list[str] = []
        while head in self._said:
            items += self._said[head].get(_FIRST, [])
            head = next(iter(self._said[head].get(_REST, ())), "")
        return items

    @cached_property
    def _counts(self) -> tuple[Counter[str], Counter[str]]:
        """How many triples have each property, and how many things have each type, in all knowledge files."""
        import pyoxigraph as ox

        used: Counter[str] = Counter()
        typed: Counter[str] = Counter()
        for path in knowledge_files(self.root):
            if path.name != "schema.ttl":
                for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE):
                    used[quad.predicate.value] += 1
                    if quad.predicate.value == RDF_TYPE and isinstance(quad.object, ox.NamedNode):
                        typed[quad.object.value] += 1
        return used, typed

    @property
    def used(self) -> Counter[str]:
        """How many triples have each property, by its IRI."""
        return self._counts[0]

    @cached_property
    def instances(self) -> Counter[str]:
        """How many things there are of each class, by its local name.

        The vocabulary has its own; what has no type, as a dosage, is counted where a property leads to it.
        """
        found = Counter({local_name(iri): n for iri, n in self._counts[1].items() if iri.startswith(KC)})
        for term in self.terms.values():
            found.update(term.types)
        for term in self.of_type("ObjectProperty"):
            for name in self.classes_of(term, "range"):
                if not found[name]:
                    found[name] = self.used[term.iri]
        return found
