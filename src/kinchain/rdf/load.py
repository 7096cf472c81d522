"""Read the Turtle files, remembering which file said what.

Parsing is pyoxigraph's. The one border to rdflib is ``from_oxigraph``, which validation and notebooks need.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kinchain import locate
from kinchain.errors import InvalidOntology
from kinchain.vocab import BODY, KC, local_name

if TYPE_CHECKING:
    import pyoxigraph
    import rdflib


DERIVED = "derived"


class Triple(NamedTuple):
    """One statement as plain text, with the parsed statement that it came from."""

    subject: str
    predicate: str
    object: str
    language: str  # of a literal, empty otherwise
    quad: pyoxigraph.Quad


@dataclass(frozen=True)
class Ontology:
    """The triples of an ontology folder, by file."""

    root: Path
    files: dict[str, list[Triple]]
    overlays: dict[str, Path] = field(default_factory=dict)  # the files that a user lays over it, by their names

    def store(self) -> pyoxigraph.Store:
        """All triples in an Oxigraph store, each file a named graph ``file:NAME``."""
        import pyoxigraph as ox

        store = ox.Store()
        for name, triples in self.files.items():
            graph = ox.NamedNode("file:" + name)
            store.extend(ox.Quad(t.quad.subject, t.quad.predicate, t.quad.object, graph) for t in triples)
        return store

    def with_derived(self, connections: Iterable[tuple[str, str, str]]) -> Ontology:
        """The same ontology with a further file ``derived`` of connections between structures, given by their ids."""
        import pyoxigraph as ox

        quads = [
            ox.Quad(ox.NamedNode(BODY + subject), ox.NamedNode(KC + relation), ox.NamedNode(BODY + target))
            for subject, relation, target in connections
        ]
        return Ontology(self.root, {**self.files, DERIVED: [plain(quad) for quad in quads]}, self.overlays)

    def to_rdflib(self) -> rdflib.Graph:
        """All triples in one rdflib graph."""
        return to_rdflib(triple for triples in self.files.values() for triple in triples)

    def line_of(self, file: str, subject: str, mentioned: str = "") -> int | None:
        """The line of *file* on which *subject* starts, or on which it then mentions another IRI."""
        path = self.overlays.get(file) or self.root / file
        return line_in(path, subject, mentioned) if file and path.is_file() else None


def line_in(path: Path, subject: str, mentioned: str = "") -> int | None:
    """The line of a Turtle file on which *subject* starts, or on which it then mentions another IRI.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "x.ttl")
    ...     written = file.write_text("@prefix body: <x/> .\\nbody:a\\n  body:is body:b .")
    ...     line_in(file, "x/a"), line_in(file, "x/a", "x/b")
    (2, 3)
    """
    found = None
    opening = re.compile(rf"^\s*\S*[:/<]{re.escape(local_name(subject))}>?\s")
    inner = re.compile(rf"[:/]{re.escape(local_name(mentioned))}(?![\w-])") if mentioned else None
    for number, text in enumerate(path.read_text("utf-8", "replace").splitlines(), 1):
        if found is None and opening.match(text + " "):
            found = number
            if inner is None:
                return found
        if found is not None and inner is not None and inner.search(text):
            return number
    return found


def line_mentioning(path: Path, iri: str) -> int | None:
    """The first line of a Turtle file that mentions an IRI, or None."""
    mention = re.compile(rf"[:/]{re.escape(local_name(iri))}(?![\w-])")
    lines = enumerate(path.read_text("utf-8", "replace").splitlines(), 1)
    return next((number for number, text in lines if mention.search(text)), None)


def load(root: Path, overlays: Sequence[Path] | None = None) -> Ontology:
    """Parse every knowledge file of an ontology folder, and the overlays: those that are in force, or those given.

    Raises
    ------
    InvalidOntology  a file is no UTF-8 Turtle, or an overlay alters the ontology; names the file and the line

    >>> from kinchain import locate
    >>> "schema.ttl" in load(locate.ontology_dir()).files
    True
    """
    laid = locate.overlays(root) if overlays is None else overlays
    ontology = Ontology(root, {locate.file_name(path, root): parse(path, root) for path in locate.ontology_files(root)})
    for path in laid:
        from kinchain.rdf import overlay

        name = locate.file_name(path, root)
        if overlay.name_of(path) in map(overlay.name_of, ontology.overlays.values()):
            raise InvalidOntology("two overlays have this name; rename one of them", file=name)
        ontology.files[name] = overlay.laid(ontology.files, name, path, parse(path, root))
        ontology.overlays[name] = path
    return ontology


def parse(path: Path, root: Path) -> list[Triple]:
    """The triples of one Turtle file; blank nodes get names of their own."""
    import pyoxigraph as ox

    name = locate.file_name(path, root)
    try:
        return [plain(quad) for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)]
    except SyntaxError as error:
        reason = re.sub(r"\s*at line \d+.*?(?=:|$)|^Parser error:?\s*", "", error.msg or "").strip(" :") or "no Turtle"
        raise InvalidOntology(
            f"this is not valid Turtle ({reason}); mend the line and run 'kinchain validate'",
            file=name,
            line=error.lineno,
        ) from None
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise InvalidOntology(f"the file cannot be read ({error}); mend it or take it away", file=name) from None


def plain(quad: pyoxigraph.Quad) -> Triple:
    """A parsed statement with its parts as text; raises ``ValueError`` when it quotes a triple."""
    import pyoxigraph as ox

    subject, target = quad.subject, quad.object
    if isinstance(subject, ox.Triple) or isinstance(target, ox.Triple):
        raise ValueError("it quotes a triple, which this ontology does not do")
    language = target.language or "" if isinstance(target, ox.Literal) else ""
    return Triple(subject.value, quad.predicate.value, target.value, language, quad)


def to_rdflib(triples: Iterable[Triple]) -> rdflib.Graph:
    """An rdflib graph with the same triples; plain literals stay plain."""
    return from_oxigraph((triple.quad for triple in triples), store="default")


def from_oxigraph(
    triples: Iterable[pyoxigraph.Triple | pyoxigraph.Quad], *, store: str = "SimpleMemory"
) -> rdflib.Graph:
    """An rdflib graph with the same triples; plain literals stay plain.

    Each term is made once, and *store* is by default rdflib's one without contexts, which takes half the time.

    >>> import pyoxigraph as ox
    >>> soleus = ox.NamedNode("https://w3id.org/kinchain/body/soleus")
    >>> label = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    >>> [*from_oxigraph([ox.Triple(soleus, label, ox.Literal("soleus", language="en"))]).objects()]
    [rdflib.term.Literal('soleus', lang='en')]
    """
    import pyoxigraph as ox
    import rdflib

    xsd_string = "http://www.w3.org/2001/XMLSchema#string"

    @cache
    def term(value: object) -> rdflib.term.Node:
        if isinstance(value, ox.NamedNode):
            return rdflib.URIRef(value.value)
        if isinstance(value, ox.BlankNode):
            return rdflib.BNode(value.value)
        assert isinstance(value, ox.Literal)
        if value.language:
            return rdflib.Literal(value.value, lang=value.language)
        if value.datatype.value == xsd_string:
            return rdflib.Literal(value.value)
        return rdflib.Literal(value.value, datatype=rdflib.URIRef(value.datatype.value))

    graph = rdflib.Graph(store=store)
    for triple in triples:
        graph.add((term(triple.subject), term(triple.predicate), term(triple.object)))
    return graph
