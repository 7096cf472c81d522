"""Overlays: they add to the body, never alter it, say so in every answer, and leave nothing behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from kinchain import locate
from kinchain.answers import Finding
from kinchain.body import Body
from kinchain.building import validate, whole_model
from kinchain.errors import InvalidOntology
from kinchain.rdf.load import load
from kinchain.rdf.validate import validate_overlay

PREFIXES = """@prefix kc: <https://w3id.org/kinchain/schema/> .
@prefix body: <https://w3id.org/kinchain/body/> .
@prefix clinical: <https://w3id.org/kinchain/clinical/> .
@prefix chain: <https://w3id.org/kinchain/chain/> .
@prefix cite: <https://w3id.org/kinchain/cite/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
HEADER = '<urn:clinic> a owl:Ontology ; rdfs:label "Knowledge of a clinic"@en ; dcterms:creator "A. Clinician" .\n'
SPOT = """body:sore_spot a kc:Region, owl:NamedIndividual ;
    rdfs:label "sore spot"@en ;
    skos:definition "Where it hurts in our clinic."@en ;
    kc:laterality kc:Paired .
"""
REFERS = """body:sacrotuberous_ligament kc:refersPainTo body:sore_spot .
[] a owl:Axiom ; owl:annotatedSource body:sacrotuberous_ligament ;
   owl:annotatedProperty kc:refersPainTo ; owl:annotatedTarget body:sore_spot ;
   kc:mechanism kc:SomaticReferred ; kc:evidence kc:Limited .
"""
INSERTION = "body:semitendinosus kc:attachesTo body:head_of_fibula .\n"


@pytest.fixture
def lay(mini: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """Lay a Turtle text over the small ontology, which is the one in use; returns the file."""
    monkeypatch.setenv("KINCHAIN_ONTOLOGY", str(mini))

    def written(body: str, name: str = "clinic.ttl", header: str = HEADER) -> Path:
        file = tmp_path / name
        file.write_text(PREFIXES + header + body, encoding="utf-8")
        monkeypatch.setenv(locate.OVERLAYS, str(file))
        return file

    return written


def refusal(mini: Path, file: Path) -> InvalidOntology:
    with pytest.raises(InvalidOntology) as caught:
        load(mini)
    problem = caught.value
    assert problem.file == f"overlays/{file.name}"
    assert "\n" not in problem.message and ";" in problem.message
    return problem


def findings(mini: Path, file: Path) -> list[Finding]:
    return validate_overlay(mini, [file])


# ------------------------------------------------------------------ what it adds, and how answers tell


def test_a_structure_is_found_and_says_where_it_comes_from(mini: Path, lay) -> None:  # type: ignore[no-untyped-def]
    lay(SPOT + REFERS)
    (profile, _) = Body.load(mini).show("sore spot")
    assert profile.comment == "From the overlay clinic."
    (fact,) = profile.facts
    assert (fact.other.id, fact.grade, fact.sources) == ("right_sacrotuberous_ligament", "Limited", ("overlay_clinic",))


def test_the_overlay_is_a_source_with_its_title_and_author(mini: Path, lay) -> None:  # type: ignore[no-untyped-def]
    lay(SPOT + REFERS)
    source = Body.load(mini).model.unsided.sources["overlay_clinic"]
    assert (source.label, source.title, source.authors, source.status) == (
        "overlay clinic",
        "Knowledge of a clinic",
        "A. Clinician",
        "Unverified",
    )


def test_a_route_over_an_edge_of_an_overlay_says_so(mini: Path, lay) -> None:  # type: ignore[no-untyped-def]
    lay(SPOT + REFERS)
    (route,) = Body.load(mini).path("left sacrotuberous ligament", "left sore spot", profiles=["referral"]).routes
    assert [hop.sources for hop in route.hops] == [("overlay_clinic",)]
    assert route.grade == "Limited"


def test_causes_take_it_in(mini: Path, lay) -> None:  # type: ignore[no-untyped-def]
    lay(SPOT + REFERS)
    (cause,) = Body.load(mini).causes("left sore spot").candidates
    assert cause.structure.id == "left_sacrotuberous_ligament"


def test_a_plain_statement_is_a_claim_of_its_author(mini: Path, lay) -> None:  # type: ignore[no-untyped-def]
    lay("body:semitendinosus kc:continuousWith body:sacrotuberous_ligament .\n")
    (edge,) = (c for c in whole_model(mini).connections if "overlay_clinic" in c.sources and not c.derived_by)
    assert (edge.subject, edge.grade) == ("semitendinosus", "Claimed")


def test_with_reference_works_in_its_header_a_plain_statement_is_textbook(mini: Path, lay) -> None:  # type: ignore[no-untyped-def]
    header = HEADER.replace(" .", " ; dcterms:source cite:standring_2020 .")
    lay("body:semitendinosus kc:continuousWith body:sacrotuberous_ligament .\n", header=header)
    (edge,) = (c for c in whole_model(mini).connections if "overlay_clinic" in c.sources and not c.derived_by)
    assert (edge.grade, edge.sources) == ("Textbook", ("overlay_clinic", "standring_2020"))


def test_own_works_can_be_cited(mini: Path, lay) -> None:  # type: ignore[no-untyped-def]
    lay(
        'cite:our_audit a kc:Source, owl:NamedIndividual ; rdfs:label "Our audit"@en ; dcterms:title "Audit" ;\n'
        '  kc:exception "never published" ; kc:design "audit"@en ;\n'
        "  kc:studyKind <http://purl.obolibrary.org/obo/ECO_0000034> ; kc:recordStatus kc:Unverified .\n"
        + SPOT
        + REFERS.replace("kc:evidence", "dcterms:source cite:our_audit ; kc:evidence")
    )
    (edge,) = (c for c in whole_model(mini).connections if c.relation == "refersPainTo")
    assert edge.sources == ("our_audit", "overlay_clinic")


def test_care_of_an_overlay_takes_its_grade_from_its_owner(mini: Path, lay) -> None:  # type: ignore[no-untyped-def]
    file = lay(
        "clinical:our_stretch a kc:Intervention, owl:NamedIndividual ;\n"
        '  rdfs:label "our stretch"@en ; skos:definition "A stretch that we made up ourselves."@en ;\n'
        '  kc:laterality kc:Paired ; kc:targets body:hamstrings ; kc:procedure "Stretch."@en ;\n'
        '  kc:effect "Not tried."@en ; kc:evidence kc:Moderate .\n'
    )
    assert findings(mini, file) == []
    model = whole_model(mini)
    (edge,) = (c for c in model.connections if c.relation == "targets")
    assert (edge.grade, edge.sources) == ("Moderate", ("overlay_clinic",))
    assert model.interventions["our_stretch"].sources == ("overlay_clinic",)


def test_a_chain_of_its_own_is_traced(mini: Path, lay) -> None:  # type: ignore[no-untyped-def]
    lay(
        'chain:our_line a kc:Chain, owl:NamedIndividual ; rdfs:label "our line"@en ;\n'
        '  skos:definition "A line that our clinic uses."@en ; kc:evidence kc:Claimed .\n'
        "chain:our_line_1 a kc:ChainLink ; kc:linkOf chain:our_line ; kc:position 1 ;\n"
        "  kc:linkFrom body:long_head_of_biceps_femoris ; kc:linkTo body:sacrotuberous_ligament ;\n"
        "  kc:evidence kc:Claimed .\n"
    )
    traced = Body.load(mini).chain("our line")
    assert traced.chain.sources == ("overlay_clinic",)


def test_two_overlays_are_laid_one_over_the_other(
    mini: Path,
    lay,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,  # type: ignore[no-untyped-def]
) -> None:
    first = lay(SPOT)
    second = lay(REFERS, name="second.ttl")
    monkeypatch.setenv(locate.OVERLAYS, f"{first}:{second}")
    edges = [c for c in whole_model(mini).connections if c.relation == "refersPainTo"]
    assert [c.sources for c in edges] == [("overlay_second",)]
    again = tmp_path / "other" / "clinic.ttl"
    again.parent.mkdir()
    again.write_text(first.read_text())
    monkeypatch.setenv(locate.OVERLAYS, f"{first}:{again}")
    with pytest.raises(InvalidOntology, match="two overlays have this name"):
        load(mini)


def test_exports_tell_it_too(mini: Path, lay) -> None:  # type: ignore[no-untyped-def]
    lay(SPOT + REFERS + INSERTION.replace("attachesTo", "continuousWith"))
    from kinchain.exports import triples

    said = [str(t) for t in triples.ontology(mini)]
    source = "<http://purl.org/dc/terms/source> <https://w3id.org/kinchain/cite/overlay_clinic>"
    assert sum(source in triple for triple in said) == 3  # the header, the referral, the plain connection


# ------------------------------------------------------------------ what it leaves as it was


def test_without_it_everything_is_as_before(mini: Path, lay, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv(locate.OVERLAYS, "")
    before, key, places = whole_model(mini), locate.ontology_hash(mini), list(locate.compiled_files(mini))
    lay(SPOT + REFERS)
    assert whole_model(mini) != before
    assert locate.ontology_hash(mini) != key
    assert not set(places) & set(locate.compiled_files(mini)), "the plain body is compiled elsewhere"
    monkeypatch.setenv(locate.OVERLAYS, "")
    assert whole_model(mini) == before
    assert (locate.ontology_hash(mini), list(locate.compiled_files(mini))) == (key, places)


def test_nothing_of_the_body_differs_under_it(mini: Path, lay) -> None:  # type: ignore[no-untyped-def]
    """All that the plain ontology says is said in the same words under an overlay."""
    from kinchain.rdf.extract import extract

    plain = extract(load(mini, []))
    lay(SPOT + REFERS + INSERTION.replace("attachesTo", "continuousWith"))
    over = extract(load(mini))
    assert plain.structures.items() <= over.structures.items()
    assert set(plain.connections) <= set(over.connections)
    assert plain.sources.items() <= over.sources.items()


def test_the_compiled_body_in_the_checkout_is_never_that_of_an_overlay(lay, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    lay(SPOT)
    monkeypatch.delenv("KINCHAIN_ONTOLOGY")
    root = locate.ontology_dir()
    assert all("graphs" not in path.parts for path in locate.compiled_files(root))


def test_it_lies_over_the_ontology_in_use_and_over_no_other(mini: Path, lay, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    lay(SPOT)
    assert len(locate.overlays(mini)) == 1
    assert locate.overlays(tmp_path) == ()


def test_what_is_said_already_changes_nothing(mini: Path, lay) -> None:  # type: ignore[no-untyped-def]
    from kinchain.rdf.extract import extract

    plain = extract(load(mini, []))
    lay("body:semitendinosus kc:origin body:ischial_tuberosity .\n")
    assert extract(load(mini)).connections == plain.connections


# ------------------------------------------------------------------ what is refused, with file, line and subject

LINE = (PREFIXES + HEADER).count("\n") + 1


@pytest.mark.parametrize(
    "statement",
    [
        'body:sacrum rdfs:label "holy bone"@en .',
        "body:sacrum a kc:Viscus .",
        'body:sacrum skos:definition "Another definition of the sacrum."@en .',
        'body:sacrum skos:altLabel "our bone"@en .',
        "body:sacrum kc:laterality kc:Paired .",
        "body:sacrum kc:height 0.5 .",
    ],
)
def test_an_existing_structure_is_not_redefined(statement: str, mini: Path, lay) -> None:  # type: ignore[no-untyped-def]
    problem = refusal(mini, lay(statement + "\n"))
    assert (problem.line, problem.subject) == (LINE, "body:sacrum")
    assert "is defined in kinchain (anatomy/leg.ttl)" in problem.message
    assert "an overlay adds and does not alter" in problem.message


def test_the_vocabulary_and_other_namespaces_are_not_written_to(mini: Path, lay) -> None:  # type: ignore[no-untyped-def]
    assert "vocabulary" in refusal(mini, lay('kc:Bone rdfs:label "bones"@en .\n')).message
    problem = refusal(mini, lay(SPOT + "<urn:x:thing> a kc:Region .\n"))
    assert "another namespace" in problem.message and problem.line == LINE + 4


def test_what_kinchain_says_is_not_graded_anew(mini: Path, lay) -> None:  # type: ignore[no-untyped-def]
    axiom = """[] a owl:Axiom ; owl:annotatedSource body:semitendinosus ; owl:annotatedProperty kc:origin ;
   owl:annotatedTarget body:ischial_tuberosity ; kc:evidence kc:Refuted .
"""
    problem = refusal(mini, lay(axiom))
    assert "keeps its grade and sources" in problem.message and problem.line == LINE


def test_a_local_name_is_not_used_twice(mini: Path, lay) -> None:  # type: ignore[no-untyped-def]
    finding = SPOT.replace("body:sore_spot a kc:Region", "clinical:sacrum a kc:Finding").replace("sore spot", "sacrum")
    assert "has the local name of body:sacrum" in refusal(mini, lay(finding)).message


def test_a_header_is_needed(mini: Path, lay) -> None:  # type: ignore[no-untyped-def]
    assert "opens with one header" in refusal(mini, lay(SPOT, header="")).message


def test_a_file_that_is_no_turtle_is_refused_with_its_line(mini: Path, lay) -> None:  # type: ignore[no-untyped-def]
    problem = refusal(mini, lay("body:a body:b body:c body:d .\n"))
    assert problem.line == LINE


def test_an_edge_to_nothing_is_refused_with_its_line(mini: Path, lay) -> None:  # type: ignore[no-untyped-def]
    file = lay("body:sacrum kc:memberOf body:nowhere .\n")
    with pytest.raises(InvalidOntology, match="body:nowhere is defined nowhere") as caught:
        whole_model(mini)
    assert (caught.value.file, caught.value.line) == (f"overlays/{file.name}", LINE)


def test_a_variable_that_names_no_file_is_refused(mini: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KINCHAIN_ONTOLOGY", str(mini))
    monkeypatch.setenv(locate.OVERLAYS, "/nowhere/clinic.ttl")
    with pytest.raises(InvalidOntology, match=r"/nowhere/clinic\.ttl, which is no file"):
        locate.ontology_hash(mini)


# ------------------------------------------------------------------ the same shapes and rules


def test_a_good_overlay_has_no_findings(mini: Path, lay) -> None:  # type: ignore[no-untyped-def]
    assert findings(mini, lay(SPOT + REFERS)) == []


@pytest.mark.parametrize(
    ("text", "rule", "subject"),
    [
        (SPOT.replace('    rdfs:label "sore spot"@en ;\n', ""), "named", "body:sore_spot"),
        (SPOT.replace('"sore spot"', '"sorest spot"'), "id-from-label", "body:sore_spot"),
        (SPOT.replace('"sore spot"', '"sacrum"'), "label-twice", "body:sacrum"),
        (SPOT + REFERS.replace(" ; kc:evidence kc:Limited", ""), "annotation", "body:sacrotuberous_ligament"),
        (SPOT + REFERS.split("[]")[0], "graded", "body:sacrotuberous_ligament"),
        ("body:sacrum kc:origin body:head_of_fibula .\n", "domain", "body:sacrum"),
        (SPOT.replace("kc:Paired", "kc:Paired, kc:Median"), "named", "body:sore_spot"),
    ],
)
def test_a_broken_rule_names_the_overlay_its_line_and_the_subject(
    text: str,
    rule: str,
    subject: str,
    mini: Path,
    lay,  # type: ignore[no-untyped-def]
) -> None:
    file = lay(text)
    found = {(f.rule, f.subject): f for f in findings(mini, file)}
    assert (rule, subject) in found, found
    finding = found[rule, subject]
    assert finding.file == f"overlays/{file.name}"
    assert finding.line is not None and finding.line >= LINE


def test_kinchain_validate_takes_overlays_in(mini: Path, lay) -> None:  # type: ignore[no-untyped-def]
    lay(SPOT.replace('"sore spot"', '"sorest spot"') + REFERS)
    assert ("overlays/clinic.ttl", "id-from-label") in {(f.file, f.rule) for f in validate(mini)}
