"""From triples to the unsided model: structures, connections with their evidence, sources, chains.

What the extraction needs in order to be right is checked here, so that a broken ontology never becomes a body:
undefined ends, cycles of ``partOf``. Everything else is the business of ``validate``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from kinchain.clinical import Claim
from kinchain.errors import InvalidOntology
from kinchain.model import (
    Chain,
    ChainLink,
    Connection,
    Grade,
    Laterality,
    Mechanism,
    Point,
    Relation,
    SideRule,
    Source,
    Structure,
    TermMapping,
    UnsidedModel,
)
from kinchain.rdf import clinical, mappings
from kinchain.rdf.facts import Facts
from kinchain.rdf.load import Ontology
from kinchain.vocab import (
    BASE,
    CLINICAL,
    CLINICAL_KINDS,
    DCTERMS,
    KC,
    NAMES_AND_MOVEMENTS,
    OWL,
    RDF_TYPE,
    RDFS,
    SKOS,
    STRUCTURE_KINDS,
    curie,
    local_name,
)

_KINDS = {KC + kind: kind for kind in (*STRUCTURE_KINDS, *NAMES_AND_MOVEMENTS, *CLINICAL_KINDS)}
_LATERALITIES = {KC + value: value for value in Laterality}


def extract(ontology: Ontology) -> UnsidedModel:
    """The unsided model of an ontology.

    Raises
    ------
    InvalidOntology  a connection to something that is nowhere defined, or a cycle of ``partOf``;
                     names file, line and subject
    """
    facts = Facts(ontology.files)
    relations = _relations(facts)
    structures = _structures(facts, mappings.read(ontology.root))
    connections = tuple(sorted(_connections(ontology, facts, relations, structures), key=_order))
    _refuse_cycles(ontology, facts, connections)
    return UnsidedModel(
        structures=structures,
        connections=connections,
        relations=relations,
        grades=_grades(facts),
        sources=_sources(facts),
        chains=_chains(ontology, facts, structures),
        tests=clinical.tests(facts),
        interventions=clinical.interventions(facts),
        red_flags=clinical.red_flags(facts),
        claims=_claims(ontology, facts, structures),
        mechanisms=_mechanisms(facts),
        circumstances={
            local_name(iri): facts.number(iri, KC + "weight") or 0.0 for iri in facts.of_type(KC + "Circumstance")
        },
        speaks_for=_of_findings(facts, "speaksFor"),
        excludes=_of_findings(facts, "excludes"),
        implies=_of_findings(facts, "implies"),
        positions=_positions(facts),
    )


def _of_findings(facts: Facts, relation: str) -> dict[str, tuple[str, ...]]:
    findings = facts.of_type(KC + "Finding")
    return {local_name(iri): facts.names(iri, KC + relation) for iri in findings if facts.all(iri, KC + relation)}


def _positions(facts: Facts) -> dict[str, Point]:
    """The positions that are written; those without a distance from the midline lie on it."""
    return {
        local_name(subject): Point(
            facts.number(subject, KC + "lateral") or 0.0, float(height), facts.number(subject, KC + "forward") or 0.0
        )
        for subject in sorted(facts.values)
        if (height := facts.one(subject, KC + "height"))
    }


def _order(c: Connection) -> tuple[str, ...]:
    return (c.subject, c.relation, c.object, c.side_rule, c.mechanism, c.through, c.grade)


def _relations(facts: Facts) -> dict[str, Relation]:
    found = {}
    for iri in sorted({t.subject for _, t in facts.triples if t.predicate == KC + "family"}):
        cost = facts.one(iri, KC + "baseCost")
        name = local_name(iri)
        found[name] = Relation(
            name=name,
            label=facts.one(iri, RDFS + "label"),
            family=local_name(facts.one(iri, KC + "family")).removesuffix("Family"),
            symmetric=facts.one(iri, KC + "symmetric") == "true",
            base_cost=float(cost) if cost else None,
            phrase=facts.one(iri, KC + "phrase"),
            inverse_phrase=facts.one(iri, KC + "inversePhrase"),
            derived=facts.one(iri, KC + "derived") == "true",
        )
    return found


def _grades(facts: Facts) -> dict[str, Grade]:
    grades = []
    for iri in facts.of_type(KC + "EvidenceGrade"):
        penalty = facts.one(iri, KC + "penalty")
        grades.append(
            Grade(
                name=local_name(iri),
                order=int(facts.one(iri, KC + "gradeOrder")),
                penalty=float(penalty) if penalty else None,
                definition=facts.one(iri, SKOS + "definition"),
                weight=facts.number(iri, KC + "weight") or 0.0,
            )
        )
    return {grade.name: grade for grade in sorted(grades, key=lambda g: g.order)}


def _mechanisms(facts: Facts) -> dict[str, Mechanism]:
    return {
        local_name(iri): Mechanism(
            name=local_name(iri),
            label=facts.one(iri, RDFS + "label"),
            weight=facts.number(iri, KC + "weight") or 0.0,
            definition=facts.one(iri, SKOS + "definition"),
        )
        for iri in facts.of_type(KC + "Mechanism")
    }


def _sources(facts: Facts) -> dict[str, Source]:
    return {
        local_name(iri): Source(
            id=local_name(iri),
            label=facts.one(iri, RDFS + "label"),
            authors=facts.one(iri, DCTERMS + "creator"),
            year=facts.one(iri, DCTERMS + "issued"),
            title=facts.one(iri, DCTERMS + "title"),
            venue=facts.one(iri, KC + "venue"),
            doi=facts.one(iri, KC + "doi"),
            pmid=facts.one(iri, KC + "pmid"),
            pmcid=facts.one(iri, KC + "pmcid"),
            isbn=facts.one(iri, KC + "isbn"),
            status=local_name(facts.one(iri, KC + "recordStatus", "Unverified")),
            design=facts.one(iri, KC + "design"),
            study_kind=curie(facts.one(iri, KC + "studyKind")),
        )
        for iri in facts.of_type(KC + "Source")
    }


def _structures(facts: Facts, mapped: Mapping[str, tuple[TermMapping, ...]]) -> dict[str, Structure]:
    found = {}
    for file, triple in facts.triples:
        kind = _KINDS.get(triple.object) if triple.predicate == RDF_TYPE else None
        if kind is None:
            continue
        iri = triple.subject
        name = local_name(iri)
        found[name] = Structure(
            id=name,
            label=facts.one(iri, RDFS + "label", name.replace("_", " ")),
            kind=kind,
            laterality=Laterality(_LATERALITIES.get(facts.one(iri, KC + "laterality"), Laterality.MEDIAN)),
            definition=facts.one(iri, SKOS + "definition"),
            synonyms=tuple(sorted(facts.all(iri, SKOS + "altLabel", "en"))),
            latin=tuple(sorted(facts.all(iri, SKOS + "altLabel", "la"))),
            abbreviations=tuple(sorted(facts.all(iri, KC + "abbreviation"))),
            short_words=tuple(sorted(facts.all(iri, SKOS + "hiddenLabel"))),
            exception=" ".join(facts.all(iri, KC + "exception")),
            comment=" ".join(facts.all(iri, RDFS + "comment")),
            file=file,
            mappings=mapped.get(name, ()),
            passing_cost=float(facts.one(iri, KC + "passingCost", "0")),
        )
    stray = sorted(set(mapped) - set(found))
    if stray:
        raise InvalidOntology(
            f"a mapping speaks of body:{stray[0]}, which is defined nowhere; mend the name or take the row away",
            file="mappings",
            subject=f"body:{stray[0]}",
        )
    return dict(sorted(found.items()))


def _annotations(facts: Facts) -> dict[tuple[str, str, str], list[str]]:
    """The ``owl:Axiom`` nodes by the triple that they annotate."""
    found: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for axiom in facts.of_type(OWL + "Axiom"):
        triple = tuple(
            facts.one(axiom, OWL + part) for part in ("annotatedSource", "annotatedProperty", "annotatedTarget")
        )
        found[triple[0], triple[1], triple[2]].append(axiom)
    return found


def _connections(
    ontology: Ontology, facts: Facts, relations: Mapping[str, Relation], structures: Mapping[str, Structure]
) -> Iterable[Connection]:
    annotations = _annotations(facts)
    seen: set[tuple[str, str, str]] = set()
    for file, statement in facts.triples:
        predicate = statement.predicate
        relation = relations.get(local_name(predicate)) if predicate.startswith(KC) else None
        if relation is None:
            continue
        subject, target = statement.subject, statement.object
        for end in (subject, target):
            if local_name(end) not in structures:
                raise InvalidOntology(
                    f"{curie(subject)} {relation.name} {curie(target)}, but {curie(end)} is defined nowhere; "
                    "define it or mend the name",
                    file=file,
                    line=ontology.line_of(file, subject, target),
                    subject=curie(subject),
                )
        triple = (subject, predicate, target)
        if triple in seen or (relation.symmetric and (target, predicate, subject) in seen):
            continue
        seen.add(triple)
        ends = (local_name(subject), relation.name, local_name(target))
        if triple in annotations:
            yield from _pooled(facts, ends, annotations[triple])
        elif relation.family == "care":
            yield _of_care(facts, ends, subject, target)
        else:
            yield Connection(*ends, sources=facts.header_sources[file])


def _of_care(facts: Facts, ends: tuple[str, str, str], subject: str, target: str) -> Connection:
    """A plain care connection is as sure as the test, intervention or red flag that it belongs to."""
    owner = subject if facts.all(subject, KC + "evidence") else target
    grade = local_name(facts.one(owner, KC + "evidence", "Claimed"))
    return Connection(*ends, grade=grade, sources=facts.cited([owner]))


def _pooled(facts: Facts, ends: tuple[str, str, str], axioms: list[str]) -> Iterable[Connection]:
    """One connection for each side rule and mechanism: sources pooled, ``Conflicting`` where the grades disagree."""
    alike: dict[tuple[SideRule, str, str], list[str]] = defaultdict(list)
    for axiom in axioms:
        mechanism, through = (local_name(facts.one(axiom, KC + name)) for name in ("mechanism", "through"))
        alike[_side_rule(facts, axiom, f"body:{ends[0]}"), mechanism, through].append(axiom)
    for (rule, mechanism, through), members in alike.items():
        grades = sorted({local_name(g) for axiom in members for g in facts.all(axiom, KC + "evidence")} or {"Claimed"})
        comments = sorted({facts.comment(axiom) for axiom in members} - {""})
        if len(grades) > 1:
            comments.insert(0, f"Graded {' and '.join(grades)} by different works.")
        yield Connection(
            *ends,
            side_rule=rule,
            grade=grades[0] if len(grades) == 1 else "Conflicting",
            sources=facts.cited(members),
            against=facts.cited(members, KC + "contradictedBy"),
            comment=" ".join(comments),
            mechanism=mechanism,
            frequency=next((local_name(f) for axiom in members for f in facts.all(axiom, KC + "frequency")), ""),
            through=through,
            setting="; ".join(sorted({s for axiom in members for s in facts.all(axiom, KC + "setting")})),
            size="; ".join(sorted({s for axiom in members for s in facts.all(axiom, KC + "size")})),
            among=tuple(sorted({local_name(f) for axiom in members for f in facts.all(axiom, KC + "among")})),
        )


def _side_rule(facts: Facts, node: str, subject: str) -> SideRule:
    said = local_name(facts.one(node, KC + "sideRule", SideRule.SAME))
    if said not in list(SideRule):
        raise InvalidOntology(
            f"{subject} has a side rule kc:{said}, which is none; write kc:Same or kc:Opposite",
            file=facts.file_of.get(node, ""),
            subject=subject,
        )
    return SideRule(said)


def _refuse_cycles(ontology: Ontology, facts: Facts, connections: Iterable[Connection]) -> None:
    wholes: dict[str, list[str]] = defaultdict(list)
    for connection in connections:
        if connection.relation == "partOf":
            wholes[connection.subject].append(connection.object)
    done: set[str] = set()

    def visit(part: str, trail: tuple[str, ...]) -> None:
        if part in trail:
            cycle = " → ".join([*trail[trail.index(part) :], part])
            iri = BASE + "body/" + part
            file = facts.file_of.get(iri, "")
            raise InvalidOntology(
                f"partOf goes round in a circle ({cycle}); take one of these links away",
                file=file,
                line=ontology.line_of(file, iri),
                subject=f"body:{part}",
            )
        if part in done:
            return
        for whole in wholes.get(part, ()):
            visit(whole, (*trail, part))
        done.add(part)

    for part in sorted(wholes):
        visit(part, ())


def _chains(ontology: Ontology, facts: Facts, structures: Mapping[str, Structure]) -> dict[str, Chain]:
    links: dict[str, list[ChainLink]] = defaultdict(list)
    for iri in facts.of_type(KC + "ChainLink"):
        ends = [facts.one(iri, KC + end) for end in ("linkFrom", "linkTo")]
        for end in ends:
            if local_name(end) not in structures:
                file = facts.file_of[iri]
                raise InvalidOntology(
                    f"{curie(iri)} is a link of {curie(end) if end else 'nothing'}, which is defined nowhere; "
                    "define it or mend the name",
                    file=file,
                    line=ontology.line_of(file, iri, end),
                    subject=curie(iri),
                )
        links[facts.one(iri, KC + "linkOf")].append(
            ChainLink(
                position=int(facts.one(iri, KC + "position", "0")),
                source=local_name(ends[0]),
                target=local_name(ends[1]),
                side_rule=_side_rule(facts, iri, curie(iri)),
                grade=local_name(facts.one(iri, KC + "evidence", "Claimed")),
                gap=facts.one(iri, KC + "gap") == "true",
                sources=facts.cited([iri]),
                against=facts.cited([iri], KC + "contradictedBy"),
                comment=facts.comment(iri),
            )
        )
    return {
        local_name(iri): Chain(
            id=local_name(iri),
            label=facts.one(iri, RDFS + "label"),
            definition=facts.one(iri, SKOS + "definition"),
            synonyms=tuple(sorted(facts.all(iri, SKOS + "altLabel", "en") + facts.all(iri, KC + "abbreviation"))),
            links=tuple(sorted(links[iri], key=lambda link: link.position)),
            sources=facts.cited([iri]),
            grade=local_name(facts.one(iri, KC + "evidence", "Claimed")),
            against=facts.cited([iri], KC + "contradictedBy"),
            comment=facts.comment(iri),
        )
        for iri in facts.of_type(KC + "Chain")
    }


def _claims(ontology: Ontology, facts: Facts, structures: Mapping[str, Structure]) -> dict[str, Claim]:
    chains = {local_name(iri) for iri in facts.of_type(KC + "Chain")}
    found = clinical.claims(facts)
    for claim in found.values():
        for name in (*claim.subjects, *claim.objects, *(claim.edge[::2] if claim.edge else ())):
            if name not in structures and name not in chains:
                iri = CLINICAL + claim.id
                file = facts.file_of[iri]
                raise InvalidOntology(
                    f"{curie(iri)} speaks of '{name}', which is defined nowhere; define it or mend the name",
                    file=file,
                    line=ontology.line_of(file, iri, name),
                    subject=curie(iri),
                )
    return found
