"""OWL as RDF/XML or Turtle, and SKOS vocabularies, streamed by pyoxigraph."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from kinchain.errors import CannotRead
from kinchain.rdf.foreign.entities import check_entities, line_of_error
from kinchain.rdf.foreign.terms import Draft, Notes, curie
from kinchain.vocab import OWL, RDF_TYPE, RDFS, SKOS

if TYPE_CHECKING:
    import pyoxigraph

_OBO_IN_OWL = "http://www.geneontology.org/formats/oboInOwl#"
_CLASSES = (OWL + "Class", RDFS + "Class", SKOS + "Concept")
_LABELS = (RDFS + "label", SKOS + "prefLabel")
_SYNONYMS = (_OBO_IN_OWL + "hasExactSynonym", SKOS + "altLabel")
_XREFS = (_OBO_IN_OWL + "hasDbXref", SKOS + "exactMatch", SKOS + "closeMatch")
_PARENTS = (RDFS + "subClassOf", SKOS + "broader")


def read_xml(path: Path, drafts: dict[str, Draft], notes: Notes) -> None:
    """Add the classes of an RDF/XML file; raises ``CannotRead`` with the line, or for harmful entities."""
    import pyoxigraph as ox

    check_entities(path)
    _read(path, drafts, ox.RdfFormat.RDF_XML, "RDF/XML")


def read_turtle(path: Path, drafts: dict[str, Draft], notes: Notes) -> None:
    """Add the classes of a Turtle file; raises ``CannotRead`` with the line."""
    import pyoxigraph as ox

    _read(path, drafts, ox.RdfFormat.TURTLE, "Turtle")


def _read(path: Path, drafts: dict[str, Draft], form: pyoxigraph.RdfFormat, name: str) -> None:
    import pyoxigraph as ox

    try:
        for quad in ox.parse(path=path, format=form, base_iri="https://example.org/"):
            if isinstance(quad.subject, ox.NamedNode) and not isinstance(quad.object, ox.Triple):
                _take(quad.subject.value, quad.predicate.value, quad.object, drafts)
    except SyntaxError as error:
        reason = re.sub(r"\s*at line \d+.*?(?=:|$)|^Parser error:?\s*", "", error.msg or "").strip(" :")
        line = error.lineno or (line_of_error(path) if form == ox.RdfFormat.RDF_XML else None)
        where = f"{path}:{line}" if line else str(path)
        raise CannotRead(f"{where}: this is no valid {name} ({reason}); mend the line or take another file") from None
    except ValueError as error:
        raise CannotRead(f"{path} is no valid {name} ({error}); mend it or take another file") from None


def _take(
    subject: str, predicate: str, value: pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal,
    drafts: dict[str, Draft],
) -> None:  # fmt: skip
    import pyoxigraph as ox

    language = (value.language or "en") if isinstance(value, ox.Literal) else "en"
    relevant = predicate == RDF_TYPE or predicate in (*_LABELS, *_SYNONYMS, *_XREFS, *_PARENTS, OWL + "deprecated")
    if not relevant or isinstance(value, ox.BlankNode) or not language.startswith(("en", "la")):
        return
    name = curie(subject)
    draft = drafts.setdefault(name, Draft(name))
    if predicate == RDF_TYPE:
        draft.declared = draft.declared or value.value in _CLASSES
    elif predicate in _LABELS:
        draft.label = draft.label or value.value
    elif predicate in _SYNONYMS:
        draft.synonyms[value.value] = None
    elif predicate in _XREFS:
        draft.xrefs[curie(value.value)] = None
    elif predicate in _PARENTS:
        draft.parents[curie(value.value)] = None
    else:
        draft.obsolete = value.value == "true"
