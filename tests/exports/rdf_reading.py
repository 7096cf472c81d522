"""What an RDF export must give back, taken from the body itself and from what a reader found in the file."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from kinchain.model import SidedModel
from kinchain.vocab import BODY, CITE, CLINICAL, CLINICAL_KINDS, DCTERMS, KC, OWL, RDF_TYPE

# Markup, quotes, a backslash, a line break, a CDATA end, Hebrew in a right-to-left override, an emoji.
HOSTILE = "<script>alert(\"x\")</script> 'q' \\ first\nsecond ]]> --> \u202eאבג\u202c \U0001f9b4 {{ }} & &amp;"
REFUTED = "nobody found this: " + HOSTILE

_ODD = """
@prefix kc: <https://w3id.org/kinchain/schema/> .
@prefix body: <https://w3id.org/kinchain/body/> .
@prefix clinical: <https://w3id.org/kinchain/clinical/> .
@prefix cite: <https://w3id.org/kinchain/cite/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

<https://w3id.org/kinchain/anatomy/odd> a owl:Ontology ; owl:imports kc: ; dcterms:source cite:standring_2020 .

body:odd a kc:Muscle, owl:NamedIndividual ;
    rdfs:label {hostile}@en ;
    skos:altLabel {hostile}@en, "musculus mirus"@la ;
    skos:definition {hostile}@en ;
    kc:abbreviation {hostile} ;
    kc:laterality kc:Paired ;
    kc:origin body:ischial_tuberosity ;
    kc:hasRoot body:s1_spinal_nerve ;
    kc:continuousWith body:semitendinosus .

[] a owl:Axiom ; owl:annotatedSource body:odd ; owl:annotatedProperty kc:continuousWith ;
    owl:annotatedTarget body:semitendinosus ; kc:evidence kc:Refuted ; dcterms:source cite:wilke_2016 ;
    kc:contradictedBy cite:willard_2012 ; rdfs:comment {refuted}@en .

clinical:odd_finding a kc:Finding, owl:NamedIndividual ;
    rdfs:label "odd finding"@en ;
    skos:definition "A finding of the odd muscle."@en ;
    kc:laterality kc:Paired ;
    kc:findingOf body:odd .
"""


def odd_file() -> str:
    """A further file for the small ontology: a hostile name, a refuted and contradicted connection, a finding."""
    return _ODD.replace("{hostile}", _quoted(HOSTILE)).replace("{refuted}", _quoted(REFUTED))


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


class EdgeSaid(NamedTuple):
    """A sided connection as a file tells it; IRIs in full."""

    source: str
    relation: str
    target: str
    grade: str
    crosses: bool
    sources: frozenset[str]
    against: frozenset[str]
    comment: str


class Said(NamedTuple):
    """The sides of all structures, and all connections as often as they are told."""

    sides: dict[str, str]
    edges: Counter[EdgeSaid]


def in_the_body(model: SidedModel) -> Said:
    """What the body itself says."""

    def iri(structure: str) -> str:
        return (CLINICAL if model.structures[structure].kind in CLINICAL_KINDS else BODY) + structure

    edges: Counter[EdgeSaid] = Counter()
    for edge in model.edges:
        c = model.connection(edge)
        sources, against = frozenset(CITE + s for s in c.sources), frozenset(CITE + s for s in c.against)
        ends = iri(edge.subject), KC + edge.relation, iri(edge.object)
        edges[EdgeSaid(*ends, KC + c.grade, edge.crosses, sources, against, c.comment)] += 1
    return Said({iri(s.id): s.side.value for s in model.structures.values()}, edges)


def edge_said(ends: tuple[str, str, str], notes: Iterable[tuple[str, str]]) -> EdgeSaid:
    """A connection from its ends and the annotations that a reader found, as predicate and value."""
    found: dict[str, set[str]] = defaultdict(set)
    for predicate, value in notes:
        found[predicate].add(value)
    (grade,), (crosses,) = found[KC + "evidence"], found[KC + "crossesMidline"]
    comment = "".join(found["http://www.w3.org/2000/01/rdf-schema#comment"])
    assert crosses in ("true", "false")
    sources, against = frozenset(found[DCTERMS + "source"]), frozenset(found[KC + "contradictedBy"])
    return EdgeSaid(*ends, grade, crosses == "true", sources, against, comment)


def in_triples(triples: Iterable[tuple[str, str, str]]) -> Said:
    """What a graph says, whose annotations are ``owl:Axiom`` nodes."""
    sides: dict[str, str] = {}
    nodes: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for subject, predicate, value in triples:
        if predicate == KC + "side":
            assert subject not in sides
            sides[subject] = value
        nodes[subject].append((predicate, value))
    edges: Counter[EdgeSaid] = Counter()
    for notes in nodes.values():
        values = dict(notes)
        if values.get(RDF_TYPE) == OWL + "Axiom" and KC + "crossesMidline" in values:
            ends = tuple(values[OWL + part] for part in ("annotatedSource", "annotatedProperty", "annotatedTarget"))
            edges[edge_said((ends[0], ends[1], ends[2]), notes)] += 1
    return Said(sides, edges)


def with_rdflib(path: Path, form: str) -> list[tuple[str, str, str]]:
    """The triples of a file as rdflib reads it."""
    import rdflib

    return [(str(s), str(p), str(o)) for s, p, o in rdflib.Graph().parse(path, format=form)]
