"""OBO Graph JSON: nodes and edges as OBO tools exchange them, for OAK, ROBOT and the obographs libraries.

The form is that of https://github.com/geneontology/obographs: nodes are classes, properties and individuals; an edge
has a ``meta`` with its sources as ``xrefs``, and its grade and the rest as ``basicPropertyValues``. A sided structure
is an individual with ``kc:side``; its definition and mappings stand on the structure without a side, to which
``kc:sideOf`` leads. A refuted connection is an edge ``kc:refuted`` that names its relation, so that nobody walks it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kinchain.exports import triples as graph
from kinchain.exports.refuted import REFUTED, RELATION, declared
from kinchain.exports.serialise import by_subject
from kinchain.files import asked_for
from kinchain.vocab import BASE, CHAIN, DCTERMS, KC, OWL, RDF_TYPE, RDFS, SKOS

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kinchain.model import SidedModel

_PROPERTIES = {
    OWL + "ObjectProperty": "OBJECT",
    OWL + "DatatypeProperty": "DATA",
    OWL + "AnnotationProperty": "ANNOTATION",
}
_SYNONYMS = {
    SKOS + "altLabel": "hasExactSynonym",
    SKOS + "hiddenLabel": "hasRelatedSynonym",
    KC + "abbreviation": "hasExactSynonym",
}
_HIERARCHY = {RDFS + "subClassOf": "is_a", RDFS + "subPropertyOf": "subPropertyOf", KC + "sideOf": KC + "sideOf"}
_PARTS = (OWL + "annotatedSource", OWL + "annotatedProperty", OWL + "annotatedTarget")
_NOT_NODES = {OWL + "Ontology", KC + "Claim"}

Json = dict[str, Any]
Run = list["ox.Triple"]


def write(model: SidedModel, root: Path, path: Path) -> None:
    """Write the sided body, with the terms of the schema and the works cited, as one OBO graph.

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
    ...     write(model, Path(folder), Path(folder, "kinchain.json"))
    ...     '"lbl":"right deltoid"' in Path(folder, "kinchain.json").read_text("utf-8")
    True
    """
    said = _said(model, root)
    described = {iri: run for iri, run in sorted(said.items()) if _is_node(iri, run)}
    nodes = (_node(iri, run) for iri, run in described.items())
    hierarchy = (edge for iri, run in described.items() for edge in _hierarchy(iri, run))
    with asked_for(path) as part, part.open("w", encoding="utf-8", newline="\n") as file:
        file.write('{"graphs":[{"id":' + _json(BASE + "kinchain.json") + ',\n"meta":' + _json(_about(said.get(KC, []))))
        file.write(',\n"nodes":[\n')
        file.writelines(_lines(nodes))
        file.write('],\n"edges":[\n')
        file.writelines(_lines(hierarchy, _connections(model)))
        file.write("]}]}\n")


def _lines(*values: Iterable[Json]) -> Iterator[str]:
    """JSON objects, one a line."""
    comma = ""
    for value in chain(*values):
        yield comma + _json(value)
        comma = ",\n"
    yield "\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _said(model: SidedModel, root: Path) -> dict[str, Run]:
    """What is said of each named subject, without connections."""
    import pyoxigraph as ox

    relations = {KC + relation for relation in model.unsided.relations}
    found: dict[str, dict[ox.Triple, None]] = defaultdict(dict)
    for triple in chain(graph.ontology(root), declared(), graph.sided(model)):
        if isinstance(triple.subject, ox.NamedNode) and triple.predicate.value not in relations:
            found[triple.subject.value][triple] = None
    return {iri: list(run) for iri, run in found.items()}


def _is_node(iri: str, run: Run) -> bool:
    """Whether a subject is a structure, a term or a work: it has a type, and is no header, chain or claim."""
    types = _objects(run, RDF_TYPE)
    return bool(types) and not _NOT_NODES.intersection(types) and not iri.startswith(CHAIN)


def _about(run: Run) -> Json:
    """The description of the schema as that of the graph."""
    kept = [t for t in run if t.predicate.value.startswith(DCTERMS) or t.predicate.value == RDFS + "comment"]
    version = _objects(run, OWL + "versionIRI")
    return {"basicPropertyValues": [_value(t) for t in kept], **({"version": version[0]} if version else {})}


def _node(iri: str, run: Run) -> Json:
    types = _objects(run, RDF_TYPE)
    property_type = next((_PROPERTIES[each] for each in types if each in _PROPERTIES), "")
    node: Json = {"id": iri}
    if labels := _objects(run, RDFS + "label"):
        node["lbl"] = labels[0]
    node["type"] = "PROPERTY" if property_type else "CLASS" if OWL + "Class" in types else "INDIVIDUAL"
    if property_type:
        node["propertyType"] = property_type
    if meta := _meta(run):
        node["meta"] = meta
    return node


def _meta(run: Run) -> Json:
    """What a node carries beside its name and its place in the hierarchy."""
    import pyoxigraph as ox

    told = {RDF_TYPE, RDFS + "label", SKOS + "definition", RDFS + "comment", *_SYNONYMS, *_HIERARCHY}
    definitions, comments = _objects(run, SKOS + "definition"), _objects(run, RDFS + "comment")
    synonyms = [{"pred": _SYNONYMS[t.predicate.value], "val": _text(t)} for t in run if t.predicate.value in _SYNONYMS]
    rest = [t for t in run if t.predicate.value not in told and not isinstance(t.object, ox.BlankNode)]
    found: Json = {
        "definition": {"val": definitions[0]} if definitions else None,
        "comments": comments,
        "synonyms": synonyms,
        "xrefs": [{"val": each} for each in _objects(run, SKOS + "exactMatch")],
        "basicPropertyValues": [_value(t) for t in rest],
    }
    return {key: value for key, value in found.items() if value}


def _hierarchy(iri: str, run: Run) -> Iterator[Json]:
    """The edges to the class, the wider term, and the structure without a side."""
    for triple in run:
        predicate, target = triple.predicate.value, _text(triple)
        if predicate == RDF_TYPE and not target.startswith(OWL):
            yield {"sub": iri, "pred": "type", "obj": target}
        elif predicate in _HIERARCHY and target != iri:
            yield {"sub": iri, "pred": _HIERARCHY[predicate], "obj": target}


def _connections(model: SidedModel) -> Iterator[Json]:
    """An edge for each sided connection, in the order of the body."""
    for _, run in by_subject(graph.sided(model)):
        parts = [_objects(run, part) for part in _PARTS]
        if not all(parts):
            continue
        source, relation, target = (values[0] for values in parts)
        about = [t for t in run if t.predicate.value not in (*_PARTS, RDF_TYPE, DCTERMS + "source", RDFS + "comment")]
        values = [_value(triple) for triple in about]
        if KC + "Refuted" in _objects(run, KC + "evidence"):
            values.insert(0, {"pred": RELATION, "val": relation})
            relation = REFUTED
        meta: Json = {
            "xrefs": [{"val": work} for work in _objects(run, DCTERMS + "source")],
            "comments": _objects(run, RDFS + "comment"),
            "basicPropertyValues": values,
        }
        yield {"sub": source, "pred": relation, "obj": target, "meta": {k: v for k, v in meta.items() if v}}


def _objects(run: Run, predicate: str) -> list[str]:
    return [_text(triple) for triple in run if triple.predicate.value == predicate]


def _value(triple: ox.Triple) -> Json:
    return {"pred": triple.predicate.value, "val": _text(triple)}


def _text(triple: ox.Triple) -> str:
    return str(getattr(triple.object, "value", ""))
