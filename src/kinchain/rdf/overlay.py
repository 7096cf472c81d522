"""Overlays: a user's own structures, findings and connections, read on top of an ontology and never into it.

An overlay is a Turtle file like those of the ontology. It adds and does not alter: it may define structures, findings,
tests, chains of its own, and connect anything to anything; it may not say another word about what the ontology defines,
nor grade anew what the ontology says. What it says is marked as its own while it is read, so that every answer, page
and export tells it: the overlay becomes a source (``cite:overlay_NAME``), each of its connections is annotated with
that source, and each of its structures carries a remark. A connection that the overlay does not annotate is textbook
anatomy when its header names reference works, and a claim when not.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kinchain.errors import InvalidOntology
from kinchain.locate import OVERLAYS
from kinchain.rdf.load import Triple, line_in, line_mentioning, plain
from kinchain.vocab import BODY, CHAIN, CITE, CLINICAL, DCTERMS, KC, OWL, RDF_TYPE, RDFS, curie, local_name

if TYPE_CHECKING:
    import pyoxigraph as ox

MAX_MEGABYTES = 16
_SOURCE = DCTERMS + "source"
_OURS = (BODY, CLINICAL, CHAIN, CITE)
# What never stands without a grade (``shapes/evidence.ttl``): a plain triple of these is refused by the shapes.
_GRADED = frozenset(
    KC + name
    for name in (
        "transmitsForceTo",
        "refersPainTo",
        "associatedWith",
        "compensatesFor",
        "contributesTo",
        "coactivatesWith",
        "weakens",
    )
)
# Whatever names its sources itself; the overlay is one of them.
_SOURCED = frozenset(
    [OWL + "Axiom"]
    + [KC + n for n in ("Test", "Accuracy", "Intervention", "Dosage", "RedFlag", "Claim", "Chain", "ChainLink")]
)


def name_of(path: Path) -> str:
    """What an overlay is called: the name of its file in snake case, without "overlay" before it.

    >>> name_of(Path("My Clinic-2.ttl")), name_of(Path("overlay_clinic.ttl"))
    ('my_clinic_2', 'clinic')
    """
    name = "".join(c if c.isalnum() and c.isascii() else "_" for c in path.stem.lower()).strip("_")
    return name.removeprefix("overlay").strip("_") or "overlay"


def source_id(name: str) -> str:
    """The id of the source that an overlay becomes.

    >>> source_id("my_clinic")
    'overlay_my_clinic'
    """
    return f"overlay_{name}"


def with_way_out(problem: InvalidOntology) -> InvalidOntology:
    """What is wrong with an ontology; when it is an overlay in force, how to go on without it.

    >>> with_way_out(InvalidOntology("it is broken", file="overlays/clinic.ttl", line=3)).message
    "overlays/clinic.ttl:3: it is broken; 'kinchain overlay --remove clinic' takes the overlay away"
    """
    folder, _, name = problem.file.partition("/")
    if folder != "overlays":
        return problem
    place = f"{problem.file}:{problem.line}: " if problem.line else f"{problem.file}: "
    way_out = f"'kinchain overlay --remove {name.removesuffix('.ttl')}' takes the overlay away"
    if os.environ.get(OVERLAYS):
        way_out = f"without it in {OVERLAYS} kinchain answers as before"
    return InvalidOntology(
        f"{problem.message.removeprefix(place)}; {way_out}",
        file=problem.file,
        line=problem.line,
        subject=problem.subject,
        rule=problem.rule,
    )


@dataclass
class _Known:
    """What the ontology below an overlay says."""

    file_of: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    relations: set[str] = field(default_factory=set)
    symmetric: set[str] = field(default_factory=set)
    said: set[tuple[str, str, str]] = field(default_factory=set)

    @classmethod
    def of(cls, files: Mapping[str, Iterable[Triple]]) -> _Known:
        known = cls()
        for file, triples in files.items():
            for t in triples:
                if t.predicate == RDF_TYPE and not _blank(t):
                    known.file_of.setdefault(t.subject, file)
                    if t.subject.startswith((BODY, CLINICAL)):
                        known.names[local_name(t.subject)] = t.subject
                elif t.predicate == KC + "family":
                    known.relations.add(t.subject)
                elif t.predicate == KC + "symmetric" and t.object == "true":
                    known.symmetric.add(t.subject)
        for triples in files.values():
            known.said.update((t.subject, t.predicate, t.object) for t in triples if t.predicate in known.relations)
        return known

    def says(self, subject: str, relation: str, target: str) -> bool:
        """Whether this connection stands in the ontology, in either direction where it has none."""
        return (subject, relation, target) in self.said or (
            relation in self.symmetric and (target, relation, subject) in self.said
        )


def laid(files: Mapping[str, Iterable[Triple]], file: str, path: Path, triples: list[Triple]) -> list[Triple]:
    """The triples of an overlay, marked as its own, to be read with those of *files*.

    Raises
    ------
    InvalidOntology  the overlay alters what *files* say, has no header, or names things that kinchain does not read;
                     names file, line and subject
    """
    return _Overlay(_Known.of(files), file, path, triples).marked()


class _Overlay:
    def __init__(self, known: _Known, file: str, path: Path, triples: list[Triple]) -> None:
        self.known, self.file, self.path, self.triples = known, file, path, triples
        self.name = name_of(path)
        self.values: dict[str, dict[str, list[str]]] = {}
        for t in triples:
            self.values.setdefault(t.subject, {}).setdefault(t.predicate, []).append(t.object)
        self.headers = [s for s, said in self.values.items() if OWL + "Ontology" in said.get(RDF_TYPE, ())]

    def marked(self) -> list[Triple]:
        """All triples but those that are said below already, with the marks of the overlay."""
        if len(self.headers) != 1 or RDFS + "label" not in self.values[self.headers[0]]:
            raise InvalidOntology(
                "an overlay opens with one header that says what it is; write "
                '<urn:my-clinic> a owl:Ontology ; rdfs:label "Knowledge of my clinic"@en .',
                file=self.file,
                line=1,
            )
        for axiom in self._axioms():
            self._refuse_regrading(axiom)
        kept = [t for t in self.triples if self._adds(t)]
        return [*kept, *map(plain, self._marks(kept))]

    def _axioms(self) -> Iterator[tuple[str, str, str]]:
        for said in self.values.values():
            if OWL + "Axiom" in said.get(RDF_TYPE, ()):
                parts = [said.get(OWL + "annotated" + part, [""])[0] for part in ("Source", "Property", "Target")]
                yield parts[0], parts[1], parts[2]

    def _refuse(self, message: str, subject: str, mentioned: str = "") -> InvalidOntology:
        return InvalidOntology(
            f"{message}; an overlay adds and does not alter",
            file=self.file,
            line=line_in(self.path, subject, mentioned) or line_mentioning(self.path, subject),
            subject=curie(subject),
        )

    def _refuse_regrading(self, axiom: tuple[str, str, str]) -> None:
        subject, relation, target = axiom
        if self.known.says(*axiom):
            raise self._refuse(
                f"{curie(subject)} {curie(relation)} {curie(target)} stands in kinchain already and keeps its grade "
                "and sources: take the annotation away, or say something else",
                subject,
                target,
            )

    def _adds(self, t: Triple) -> bool:
        """Whether a triple adds something; False when it is said below already, refused when it alters that."""
        if _blank(t) or t.subject in self.headers:
            return True
        if not t.subject.startswith(_OURS):
            where = (
                "is a term of kinchain's vocabulary" if t.subject.startswith(KC) else "is named in another namespace"
            )
            raise self._refuse(f"{curie(t.subject)} {where}: write body:NAME or clinical:NAME", t.subject)
        home = self.known.file_of.get(t.subject)
        if home is None:
            same = self.known.names.get(local_name(t.subject), t.subject)
            if same != t.subject:
                raise self._refuse(f"{curie(t.subject)} has the local name of {curie(same)}: choose another", t.subject)
            if t.predicate == KC + "linkOf" and t.object in self.known.file_of:
                raise self._refuse(
                    f"{curie(t.subject)} would be a link of {curie(t.object)}, a published chain: make one of your own",
                    t.subject,
                    t.object,
                )
            return True
        if t.predicate not in self.known.relations:
            raise self._refuse(
                f"{curie(t.subject)} is defined in kinchain ({home}) and {curie(t.predicate)} would change it: take "
                "the line away, or define something of your own",
                t.subject,
            )
        return not self.known.says(t.subject, t.predicate, t.object)

    def _marks(self, kept: list[Triple]) -> Iterator[ox.Quad]:
        import pyoxigraph as ox

        iri = ox.NamedNode
        own = iri(CITE + source_id(self.name))
        yield from self._record(own)
        works = self.values[self.headers[0]].get(_SOURCE, [])
        grade = iri(KC + ("Textbook" if works else "Claimed"))
        annotated = set(self._axioms())
        for t in kept:
            subject = t.quad.subject
            if t.predicate == RDF_TYPE and (t.object in _SOURCED or t.object == OWL + "Ontology"):
                yield ox.Quad(subject, iri(_SOURCE), own)
            if t.predicate == KC + "laterality":
                remark = ox.Literal(f"From the overlay {self.name}.", language="en")
                yield ox.Quad(subject, iri(RDFS + "comment"), remark)
            if t.predicate in self.known.relations - _GRADED and (t.subject, t.predicate, t.object) not in annotated:
                if self._has_owner(t):
                    continue
                axiom = ox.BlankNode()
                yield ox.Quad(axiom, iri(RDF_TYPE), iri(OWL + "Axiom"))
                for part, term in (("Source", subject), ("Property", t.quad.predicate), ("Target", t.quad.object)):
                    yield ox.Quad(axiom, iri(OWL + "annotated" + part), term)
                yield ox.Quad(axiom, iri(KC + "evidence"), grade)
                for work in (own, *map(iri, works)):
                    yield ox.Quad(axiom, iri(_SOURCE), work)

    def _has_owner(self, t: Triple) -> bool:
        """Whether a plain connection of care takes grade and sources from a test or intervention of the overlay."""
        return any(KC + "evidence" in self.values.get(end, {}) for end in (t.subject, t.object))

    def _record(self, own: ox.NamedNode) -> Iterator[ox.Quad]:
        """The overlay as a source."""
        import pyoxigraph as ox

        iri = ox.NamedNode
        header = self.values[self.headers[0]]
        text = {
            RDFS + "label": f"overlay {self.name}",
            DCTERMS + "title": header[RDFS + "label"][0],
            DCTERMS + "creator": ", ".join(header.get(DCTERMS + "creator", [])),
            KC + "design": "added by the user of this copy",
            KC + "exception": "An overlay is not published and has no year.",
        }
        for kind in (KC + "Source", OWL + "NamedIndividual"):
            yield ox.Quad(own, iri(RDF_TYPE), iri(kind))
        for predicate, value in text.items():
            if value:
                yield ox.Quad(own, iri(predicate), ox.Literal(value, language="en"))
        yield ox.Quad(own, iri(KC + "studyKind"), iri("http://purl.obolibrary.org/obo/ECO_0000034"))
        yield ox.Quad(own, iri(KC + "recordStatus"), iri(KC + "Unverified"))


def _blank(t: Triple) -> bool:
    import pyoxigraph as ox

    return isinstance(t.quad.subject, ox.BlankNode)
