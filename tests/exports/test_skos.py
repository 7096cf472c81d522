"""The SKOS vocabulary keeps the integrity conditions of the SKOS Reference, and the sided body comes back from it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import RDF, RDFS, SKOS

from kinchain.body import Body
from kinchain.errors import CannotWrite
from kinchain.exports import skos
from kinchain.vocab import BODY, KC
from tests.conftest import ONTOLOGY
from tests.exports.rdf_reading import HOSTILE, in_the_body, in_triples

Node = rdflib.term.Node
SCHEME = rdflib.URIRef("https://w3id.org/kinchain/vocabulary")
_PREFIXES = f"""
@prefix body: <{BODY}> .
@prefix skos: <{SKOS}> .
"""
MATCHES = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch)


def written(body: Body, root: Path, path: Path) -> rdflib.Graph:
    skos.write(body.model, root, path)
    return rdflib.Graph().parse(path, format="turtle")


@pytest.fixture(scope="module")
def small(odd: Body, odd_root: Path, tmp_path_factory: pytest.TempPathFactory) -> rdflib.Graph:
    return written(odd, odd_root, tmp_path_factory.mktemp("skos") / "small.ttl")


def concepts(graph: rdflib.Graph) -> set[Node]:
    return set(graph.subjects(RDF.type, SKOS.Concept))


def all_above(graph: rdflib.Graph) -> dict[Node, set[Node]]:
    """For each concept, what is broader, at any distance."""
    wider: dict[Node, set[Node]] = defaultdict(set)
    for narrower, broader in graph.subject_objects(SKOS.broader):
        wider[narrower].add(broader)
    found = {}
    for each in concepts(graph):
        above, queue = set(), [each]
        while queue:
            fresh = wider.get(queue.pop(), set()) - above
            above |= fresh
            queue.extend(fresh)
        found[each] = above
    return found


def without_scheme(graph: rdflib.Graph) -> set[Node]:
    return {each for each in concepts(graph) if (each, SKOS.inScheme, SCHEME) not in graph}


def with_other_than_one_label(graph: rdflib.Graph) -> set[Node]:
    """Concepts without an English preferred label, or with two in one language (S14)."""
    wrong = set()
    for each in concepts(graph):
        languages = Counter(label.language for label in graph.objects(each, SKOS.prefLabel))  # type: ignore[attr-defined]
        if not languages["en"] or max(languages.values()) > 1:
            wrong.add(each)
    return wrong


def with_labels_that_clash(graph: rdflib.Graph) -> set[Node]:
    """Concepts with one label in two roles (S13)."""
    roles = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
    told = {each: Counter(label for role in roles for label in graph.objects(each, role)) for each in concepts(graph)}
    return {each for each, labels in told.items() if labels and max(labels.values()) > 1}


def with_one_way_only(graph: rdflib.Graph) -> set[tuple[Node, Node]]:
    """Pairs whose broader has no narrower, or the reverse, or whose related is not returned (S23, S25)."""
    down = {(b, a) for a, b in graph.subject_objects(SKOS.broader)} ^ set(graph.subject_objects(SKOS.narrower))
    related = set(graph.subject_objects(SKOS.related))
    return down | {(a, b) for a, b in related if (b, a) not in related}


def with_related_above(graph: rdflib.Graph) -> set[tuple[Node, Node]]:
    """Pairs that are related although one is above the other (S27), or the same."""
    above = all_above(graph)
    return {(a, b) for a, b in graph.subject_objects(SKOS.related) if a == b or b in above[a]}


def in_a_circle(graph: rdflib.Graph) -> set[Node]:
    return {each for each, above in all_above(graph).items() if each in above}


def without_top(graph: rdflib.Graph) -> set[Node]:
    tops = set(graph.objects(SCHEME, SKOS.hasTopConcept))
    assert tops == set(graph.subjects(SKOS.topConceptOf, SCHEME))
    return {each for each, above in all_above(graph).items() if each not in tops and not above & tops}


def with_matches_that_clash(graph: rdflib.Graph) -> set[tuple[Node, Node]]:
    """Pairs that match exactly and otherwise too (S46)."""
    told = Counter(pair for match in MATCHES for pair in graph.subject_objects(match))
    return {pair for pair, times in told.items() if times > 1}


def that_are_no_concepts(graph: rdflib.Graph) -> set[Node]:
    """What semantic relations lead to or from and is no concept (S19, S20), the typed ones of kinchain included."""
    refined = set(graph.subjects(RDFS.subPropertyOf, SKOS.semanticRelation))
    ends = set()
    for relation in (SKOS.broader, SKOS.narrower, SKOS.related, *refined):
        ends |= {end for pair in graph.subject_objects(relation) for end in pair}
    return ends - concepts(graph)


CONDITIONS = (
    without_scheme,
    with_other_than_one_label,
    with_labels_that_clash,
    with_one_way_only,
    with_related_above,
    in_a_circle,
    without_top,
    with_matches_that_clash,
    that_are_no_concepts,
)


@pytest.mark.parametrize("wrong", CONDITIONS)
def test_the_small_vocabulary_keeps_the_conditions(
    wrong: Callable[[rdflib.Graph], object], small: rdflib.Graph
) -> None:
    assert wrong(small) == set()


@pytest.mark.parametrize(
    ("wrong", "spoil"),
    [
        (without_scheme, "body:new a skos:Concept ."),
        (with_other_than_one_label, 'body:odd skos:prefLabel "another"@en .'),
        (with_labels_that_clash, 'body:sacrum skos:hiddenLabel "sacrum"@en .'),
        (with_one_way_only, "body:odd skos:broader body:sacrum ."),
        (with_related_above, "body:right_odd skos:related body:odd ."),
        (in_a_circle, "body:odd skos:broader body:right_odd ."),
        (without_top, "body:new a skos:Concept ."),
        (with_matches_that_clash, "body:odd skos:exactMatch body:x ; skos:relatedMatch body:x ."),
        (that_are_no_concepts, "body:odd skos:related body:new ."),
    ],
)
def test_each_condition_can_fail(wrong: Callable[[rdflib.Graph], object], spoil: str, small: rdflib.Graph) -> None:
    spoiled = small + rdflib.Graph().parse(data=_PREFIXES + spoil, format="turtle")
    assert wrong(spoiled) != set()


def test_the_sided_body_comes_back(small: rdflib.Graph, odd: Body) -> None:
    assert in_triples((str(s), str(p), str(o)) for s, p, o in small) == in_the_body(odd.model)


def test_every_structure_is_a_concept_and_its_sides_are_narrower(small: rdflib.Graph, odd: Body) -> None:
    sided = {rdflib.URIRef(iri) for iri in in_the_body(odd.model).sides}
    assert sided <= concepts(small)
    node = rdflib.URIRef(BODY + "odd")
    assert {str(each) for each in small.objects(node, SKOS.narrower)} == {BODY + "left_odd", BODY + "right_odd"}
    assert all_above(small)[rdflib.URIRef(BODY + "right_odd")] == {node, rdflib.URIRef(f"{SCHEME}/Muscle")}


def test_names_survive_each_in_its_role(small: rdflib.Graph) -> None:
    node = rdflib.URIRef(BODY + "odd")
    assert set(small.objects(node, SKOS.prefLabel)) == {
        rdflib.Literal(HOSTILE, lang="en"),
        rdflib.Literal("musculus mirus", lang="la"),
    }
    assert set(small.objects(node, SKOS.altLabel)) == set()  # its synonym and abbreviation are its label again
    assert set(small.objects(node, SKOS.definition)) == {rdflib.Literal(HOSTILE, lang="en")}


def test_neighbours_are_related_and_refuted_ones_are_not(small: rdflib.Graph) -> None:
    node = rdflib.URIRef(BODY + "odd")
    related = {str(each).removeprefix(BODY) for each in small.objects(node, SKOS.related)}
    assert related == {"ischial_tuberosity", "s1_spinal_nerve"}
    assert (rdflib.URIRef(KC + "continuousWith"), RDFS.subPropertyOf, SKOS.semanticRelation) in small


def test_a_place_that_is_not_there_is_refused(odd: Body, odd_root: Path, tmp_path: Path) -> None:
    with pytest.raises(CannotWrite):
        skos.write(odd.model, odd_root, tmp_path / "nowhere" / "out.ttl")


@pytest.mark.slow
def test_the_whole_vocabulary_keeps_the_conditions(body: Body, tmp_path: Path) -> None:
    import pyoxigraph as ox

    skos.write(body.model, ONTOLOGY, tmp_path / "kinchain.ttl")
    found = [quad.triple for quad in ox.parse(path=tmp_path / "kinchain.ttl", format=ox.RdfFormat.TURTLE)]
    plain = ((t.subject.value, t.predicate.value, t.object.value) for t in found)
    assert in_triples(plain) == in_the_body(body.model)
    named = (t for t in found if isinstance(t.subject, ox.NamedNode))  # annotations would keep rdflib busy for minutes
    graph = rdflib.Graph().parse(data=ox.serialize(named, format=ox.RdfFormat.N_TRIPLES), format="nt")
    assert {wrong.__name__: len(wrong(graph)) for wrong in CONDITIONS} == dict.fromkeys(
        (wrong.__name__ for wrong in CONDITIONS), 0
    )
