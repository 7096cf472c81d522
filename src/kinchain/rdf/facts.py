"""The triples of an ontology by subject and predicate: what the extraction reads from."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property

from kinchain.rdf.load import Triple
from kinchain.vocab import CITE, DCTERMS, KC, OWL, RDF_TYPE, RDFS, local_name


class Facts:
    """The triples indexed by subject, with the file in which a subject is defined."""

    def __init__(self, files: Mapping[str, Iterable[Triple]]) -> None:
        self.values: dict[str, dict[str, list[Triple]]] = defaultdict(lambda: defaultdict(list))
        self.triples: list[tuple[str, Triple]] = []
        self.file_of: dict[str, str] = {}
        self.header_sources: dict[str, tuple[str, ...]] = {}
        for file, triples in files.items():
            headers = set()
            for triple in triples:
                self.values[triple.subject][triple.predicate].append(triple)
                self.triples.append((file, triple))
                if triple.predicate == RDF_TYPE:
                    self.file_of.setdefault(triple.subject, file)
                    if triple.object == OWL + "Ontology":
                        headers.add(triple.subject)
            cited = {local_name(o) for header in headers for o in self.all(header, DCTERMS + "source")}
            self.header_sources[file] = tuple(sorted(cited))

    def all(self, subject: str, predicate: str, language: str | None = None) -> list[str]:
        """The objects of a subject by a predicate, in the order of the file."""
        found = self.values[subject][predicate] if subject in self.values else []
        return [t.object for t in found if language is None or (t.language or "en") == language]

    def one(self, subject: str, predicate: str, default: str = "") -> str:
        """The first object of a subject by a predicate."""
        found = self.all(subject, predicate)
        return found[0] if found else default

    def names(self, subject: str, predicate: str) -> tuple[str, ...]:
        """The local names of the objects, sorted."""
        return tuple(sorted({local_name(o) for o in self.all(subject, predicate)}))

    def number(self, subject: str, predicate: str) -> float | None:
        """The object as a number, or None where there is none."""
        text = self.one(subject, predicate)
        return float(text) if text else None

    def text(self, subject: str, predicate: str) -> str:
        """All objects as one text."""
        return " ".join(self.all(subject, predicate))

    def comment(self, subject: str) -> str:
        """The comments of a subject as one text, works told by their labels as people cite them."""
        return self._work.sub(lambda found: self._labels.get(found[0], found[0]), self.text(subject, RDFS + "comment"))

    @cached_property
    def _labels(self) -> dict[str, str]:
        return {local_name(iri): self.one(iri, RDFS + "label") for iri in self.of_type(KC + "Source")}

    _work = re.compile(r"\b[a-z]+(?:_[a-z0-9]+)+\b")

    def of_type(self, type_iri: str) -> list[str]:
        """The subjects of a class, sorted."""
        return sorted({t.subject for _, t in self.triples if t.predicate == RDF_TYPE and t.object == type_iri})

    def cited(self, subjects: Iterable[str], predicate: str = DCTERMS + "source") -> tuple[str, ...]:
        """The ids of the works that some subjects cite."""
        return tuple(sorted({i.removeprefix(CITE) for each in subjects for i in self.all(each, predicate)}))
