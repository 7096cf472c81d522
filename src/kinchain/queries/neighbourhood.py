"""What is known of one structure, and what lies around it."""

from __future__ import annotations

from collections.abc import Sequence

from kinchain.answers import Fact, Profile
from kinchain.errors import BadQuestion, NothingFound
from kinchain.graph import weights
from kinchain.model import Edge, Named, SidedModel
from kinchain.queries.incidence import Incidence

MAX_DEPTH = 4


def show(incidence: Incidence, structure: Named) -> Profile:
    """Everything that the body says of one sided structure, its parts' facts included.

    A whole collects attachments, nerve, roots and movements from its heads and layers; the label of the part then
    stands in the words.
    """
    model = incidence.model
    stored = model.unsided.structures[structure.unsided]
    own = [_fact(model, edge, structure.id) for edge in incidence.edges(structure.id)]
    collected = [
        _fact(model, edge, part)
        for part in _parts(incidence, structure)
        for edge in incidence.edges(part)
        if edge.subject == part and edge.relation in _COLLECTED
    ]
    return Profile(
        structure=structure,
        definition=stored.definition,
        synonyms=stored.synonyms,
        latin=stored.latin,
        abbreviations=stored.abbreviations,
        exception=stored.exception,
        comment=stored.comment,
        facts=tuple(sorted([*own, *collected], key=_order)),
        mappings=stored.mappings,
    )


_ANSWERS = {
    "nerve": ("innervatedBy", "hasMainRoot", "hasRoot", "branchOf"),
    "opposes": ("antagonistOf", "opposes"),
}


def answering_facts(incidence: Incidence, asked: Sequence[Named], form: str) -> tuple[Named, tuple[Fact, ...]]:
    """The facts that answer a form of question about a structure: its nerves, its antagonists, what it connects to.

    Of a group they are those of its members, since a name has no nerve of its own.

    Raises
    ------
    NothingFound  the body knows none
    """
    structure = asked[0]
    ids = [structure.id]
    if structure.kind == "Group":
        ids += incidence.subjects(structure.id, "memberOf")
    relations, walked = incidence.model.unsided.relations, {"tissue", "skeletal", "neural", "force"}
    facts = [
        fact
        for each in ids
        for fact in show(incidence, incidence.model.structures[each]).facts
        if (fact.relation in _ANSWERS[form] and fact.forward if form in _ANSWERS else not fact.derived_by)
        and (form in _ANSWERS or relations[fact.relation].family in walked)
    ]
    if not facts:
        raise NothingFound(f"nothing of this is known of the {structure.label}; 'kinchain show' lists what is")
    return structure, tuple(facts)


def between(incidence: Incidence, first: str, second: str) -> tuple[Fact, ...]:
    """The connections that join two unsided structures or parts of them, told of the first's right side."""
    model = incidence.model
    own = [s for s in model.structures.values() if s.unsided == first]
    facts = show(incidence, own[0]).facts if own else ()
    return tuple(f for f in facts if second in incidence.wholes[f.other.unsided] and f.derived_by != "station")


_COLLECTED = {
    "origin",
    "insertion",
    "innervatedBy",
    "hasRoot",
    "hasMainRoot",
    "produces",
    "stabilizes",
    "attachesTo",
}
# fmt: off
_ORDER = [
    "partOf", "origin", "insertion", "attachesTo", "continuousWith", "invests", "articulates", "innervatedBy",
    "branchOf", "hasMainRoot", "hasRoot", "passesThrough", "produces", "movementAt", "opposes", "stabilizes",
    "antagonistOf", "synergistOf", "transmitsForceTo", "refersPainTo", "dermatomeOf", "memberOf", "locatedIn",
    "overlaps", "station", "coactivatesWith", "contributesTo", "compensatesFor", "associatedWith", "weakens",
    "findingOf", "tests", "targets", "screens", "suspects", "signOf", "contraindicatedIn",
]
# fmt: on


def _order(fact: Fact) -> tuple[int, bool, str, str]:
    position = _ORDER.index(fact.relation) if fact.relation in _ORDER else len(_ORDER)
    return position, not fact.forward, fact.words, fact.other.label


def _parts(incidence: Incidence, structure: Named) -> list[str]:
    """The heads and layers of a structure, at every depth; a bone does not speak for its landmarks."""
    if structure.kind in ("Bone", "Landmark"):
        return []
    found: list[str] = []
    queue = [structure.id]
    while queue:
        parts = [p for p in incidence.subjects(queue.pop(), "partOf") if p not in found]
        found += parts
        queue += parts
    return found


def _fact(model: SidedModel, edge: Edge, of: str) -> Fact:
    connection = model.connection(edge)
    relation = model.unsided.relations[edge.relation]
    forward = edge.subject == of
    other = model.structures[edge.object if forward else edge.subject]
    here = model.structures[of]
    via = model.unsided.structures[connection.via].label if connection.via else ""
    tail = {"station": f" at the {via}", "movement": f" in {via}"}.get(connection.derived_by, "")
    phrase = relation.phrase if forward else relation.inverse_phrase
    return Fact(
        of=here,
        relation=edge.relation,
        phrase=phrase + (f" in {via}" if connection.derived_by == "movement" else ""),
        forward=forward or relation.symmetric,
        other=other,
        grade=connection.grade,
        sources=connection.sources,
        words=f"{here.label} {phrase} {other.label}{tail}",
        crosses=edge.crosses,
        against=connection.against,
        comment=connection.comment,
        derived_by=connection.derived_by,
        via=via,
    )


def around(
    incidence: Incidence, structure: Named, *, depth: int = 1, families: Sequence[str] = ()
) -> list[tuple[int, Fact]]:
    """The connections within *depth* hops of a structure, nearest first; *families* limits them.

    Raises
    ------
    BadQuestion  a depth out of range, or a family that does not exist
    """
    model = incidence.model
    known = sorted({relation.family for relation in model.unsided.relations.values()})
    unknown = [f for f in families if f not in known]
    if unknown:
        raise BadQuestion(f"there is no family '{', '.join(unknown)}'; choose from {', '.join(known)}")
    if not 1 <= depth <= MAX_DEPTH:
        raise BadQuestion(f"a depth of {depth} cannot be drawn; choose from 1 to {MAX_DEPTH}")
    wanted = set(families) or {"tissue", "skeletal", "neural", "force", "referral"}
    found: list[tuple[int, Fact]] = []
    reached, frontier, used = {structure.id}, [structure.id], set()
    for distance in range(1, depth + 1):
        following: list[str] = []
        for here in frontier:
            for edge in incidence.edges(here):
                connection = model.connection(edge)
                unwanted = connection.derived_by or weights.family(connection, model.unsided) not in wanted
                if unwanted or id(edge) in used:
                    continue
                used.add(id(edge))
                fact = _fact(model, edge, here)
                found.append((distance, fact))
                if fact.other.id not in reached:
                    reached.add(fact.other.id)
                    following.append(fact.other.id)
        frontier = following
    return sorted(found, key=lambda item: (item[0], _order(item[1])))
