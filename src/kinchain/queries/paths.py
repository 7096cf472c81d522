"""What links this place to that one, through which tissues, and how sure are we?

Routes are shortest ways in the walk of a profile (``graph.simplify``); compiled arrays or plain NetworkX search it
(``graph.walks``). An end that stands for several structures (a group for its members, a region for what lies in it) is
joined to all of them, so that the best of all pairs is found in one search.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from kinchain.answers import Hop, PathAnswer, Route
from kinchain.errors import BadQuestion
from kinchain.graph import weights
from kinchain.graph.incident import OBJECT, SUBJECT
from kinchain.graph.profiles import PROFILES, ends, starts, structure_of
from kinchain.model import Named, Side, SidedModel
from kinchain.queries import chains
from kinchain.queries.grades import grade_named
from kinchain.queries.incidence import Incidence
from kinchain.queries.lookup import Names

if TYPE_CHECKING:
    from kinchain.graph.walks import Stride, Walk, Walks

MAX_ROUTES = 50


def stands_for(incidence: Incidence, structure: Named, profile: str) -> list[Named]:
    """What an end stands for: a group its members, a region what lies in it, a muscle its heads.

    A muscle with heads has its attachments and nerves at the heads, so where a profile walks bones or nerves the
    muscle stands for them; where it walks the muscle itself, the step from whole to head is a hop like any other. A
    bone stands for its landmarks by the walk's own edges.
    """
    relation = {"Group": "memberOf", "Region": "locatedIn"}.get(structure.kind)
    if relation is None and (structure.kind in (*PROFILES[profile].passable, "Bone", "Landmark")):
        return [structure]
    found: dict[str, Named] = {} if structure.kind == "Group" else {structure.id: structure}
    for subject in incidence.subjects(structure.id, relation or "partOf"):
        for member in stands_for(incidence, incidence.model.structures[subject], profile):
            found.setdefault(member.id, member)
    return list(found.values())


def path(
    incidence: Incidence,
    names: Names,
    walks: Walks,
    source: str,
    target: str,
    *,
    profiles: Sequence[str],
    k: int = 1,
    min_evidence: str = "",
) -> PathAnswer:
    """Up to *k* routes in each profile, cheapest first, and in words why a profile has none.

    With *min_evidence* nothing of a lower grade is walked, and the notes say what the best route lost by it.

    Raises
    ------
    BadQuestion                 an unknown profile or grade, k out of range, both ends the same
    UnknownName, AmbiguousName  an end that names no structure, or several
    """
    unknown = [p for p in profiles if p not in PROFILES]
    if unknown or not profiles:
        raise BadQuestion(f"there is no profile '{', '.join(unknown)}'; choose from {', '.join(PROFILES)}")
    if not 1 <= k <= MAX_ROUTES:
        raise BadQuestion(f"{k} routes cannot be asked for; choose from 1 to {MAX_ROUTES}")
    weakest = grade_named(incidence.model, min_evidence)
    (first, from_any), (second, to_any) = names.asked(source), names.asked(target)
    asked = first, second
    if {n.id for n in from_any} & {n.id for n in to_any}:
        raise BadQuestion(f"both ends are the {asked[0].label}; name two different structures")
    routes: list[Route] = []
    notes: list[str] = []
    for profile in profiles:
        found = _routes(incidence, walks, from_any, to_any, profile, k, weakest)
        routes += found
        dropped = _dropped(incidence, walks, from_any, to_any, profile, weakest)
        if dropped:
            notes.append(dropped)
        elif not found:
            notes.append(_why_none(incidence, asked, from_any, to_any, profile))
        elif profile == "skeletal":
            notes += _entries(found[0])
    notes += _shared_roots(incidence, asked, from_any, to_any) if "neural" in profiles else []
    notes += _refuted(incidence, from_any, to_any)
    return PathAnswer(*asked, tuple(profiles), _numbered(routes), tuple(notes))


def _numbered(routes: list[Route]) -> tuple[Route, ...]:
    return tuple(
        Route(rank, r.profile, r.cost, r.grade, r.crosses, r.hops, r.chains) for rank, r in enumerate(routes, 1)
    )


def _dropped(
    incidence: Incidence, walks: Walks, sources: Sequence[Named], targets: Sequence[Named], profile: str, weakest: str
) -> str:
    """What the best route of a profile would have leaned on, had nothing been left out."""
    if not weakest:
        return ""
    grades = incidence.model.unsided.grades
    free = _routes(incidence, walks, sources, targets, profile, 1)
    weak = [hop for route in free for hop in route.hops if grades[hop.grade].order > grades[weakest].order]
    if not weak:
        return ""
    lost = "; ".join(f"{hop.words} ({hop.grade.lower()})" for hop in weak)
    return f"Left out of the {profile} route as weaker than {weakest.lower()}: {lost}."


def _refuted(incidence: Incidence, sources: Sequence[Named], targets: Sequence[Named]) -> list[str]:
    """Refuted connections between the two ends, so that nobody keeps believing them."""
    ends_, relations = {n.id for n in targets}, tuple(incidence.model.unsided.relations)
    words = []
    for source in sources:
        for position, _, _, connection in incidence.entries(source.id, relations, SUBJECT, OBJECT):
            if connection not in incidence.kept.refuted:
                continue
            edge = incidence.model.edges[position]
            if {edge.subject, edge.object} & ends_:
                first, second = (incidence.model.structures[i].label for i in (edge.subject, edge.object))
                phrase = incidence.model.unsided.relations[edge.relation].phrase
                why = incidence.model.connection(edge).comment
                words.append(f"Refuted, and never walked: {first} {phrase} {second}. {why}".strip())
    return list(dict.fromkeys(words))


def _routes(
    incidence: Incidence,
    walks: Walks,
    sources: Sequence[Named],
    targets: Sequence[Named],
    profile: str,
    k: int,
    weakest: str = "",
) -> list[Route]:
    """The *k* best routes between any of the sources and any of the targets.

    When both ends are open (no side was said), the right source is asked; the left one gives the mirror image.
    """
    if len(sources) == 2 and len(targets) == 2:
        sources = sources[:1]
    first_side = next((n.side for n in (*sources, *targets) if n.side is Side.LEFT or n.side is Side.RIGHT), Side.RIGHT)
    if len(sources) > 1 and len(targets) == 1 and targets[0].side is not Side.MEDIAN:
        first_side = targets[0].side
    walk = walks(profile, first_side, weakest)
    model = incidence.model
    from_nodes = _present(walk, [n for each in _all(incidence, sources, profile) for n in starts(model, profile, each)])
    to_nodes = _present(walk, [n for each in _all(incidence, targets, profile) for n in ends(model, profile, each)])
    if not from_nodes or not to_nodes:
        return []
    # Members of both ends would make a route of no hops.
    both = {structure_of(n) for n in from_nodes} & {structure_of(n) for n in to_nodes}
    from_nodes = [n for n in from_nodes if structure_of(n) not in both] or from_nodes
    to_nodes = [n for n in to_nodes if structure_of(n) not in both] or to_nodes
    return [_route(incidence, walk, nodes, profile) for nodes in walk.ways(from_nodes, to_nodes, k)]


def _all(incidence: Incidence, ends_: Sequence[Named], profile: str) -> list[Named]:
    return [member for end in ends_ for member in stands_for(incidence, end, profile)]


def _present(walk: Walk, nodes: list[str]) -> list[str]:
    return [node for node in dict.fromkeys(nodes) if node in walk]


def _route(incidence: Incidence, walk: Walk, nodes: Sequence[str], profile: str) -> Route:
    model = incidence.model
    strides = [walk.stride(*pair) for pair in pairwise(nodes)]
    hops = [_hop(model, stride, *pair) for stride, pair in zip(strides, pairwise(nodes), strict=True)]
    order = {name: grade.order for name, grade in model.unsided.grades.items()}
    return Route(
        rank=0,
        profile=profile,
        cost=round(sum(stride.cost for stride in strides), 6),
        grade=weights.weakest(order, [hop.grade for hop in hops] or ["Textbook"]),
        crosses=sum(hop.crosses for hop in hops) % 2 == 1,
        hops=tuple(hops),
        chains=chains.along(incidence, hops),
    )


def _hop(model: SidedModel, stride: Stride, source: str, target: str) -> Hop:
    edge = model.edges[stride.edge]
    connection = model.connection(edge)
    relation = model.unsided.relations[edge.relation]
    first, second = model.structures[structure_of(source)], model.structures[structure_of(target)]
    phrase = relation.phrase if stride.forward else relation.inverse_phrase
    via = None
    if connection.derived_by == "station":
        side = next((n.side for n in (first, second) if n.side is not Side.MEDIAN), Side.MEDIAN)
        via = model.structures.get(f"{side}_{connection.via}") or model.structures.get(connection.via)
    return Hop(
        source=first,
        target=second,
        relation=edge.relation,
        forward=stride.forward,
        grade=connection.grade,
        sources=connection.sources,
        crosses=stride.crosses,
        words=f"{first.label} {phrase} {second.label}" + (f" at the {via.label}" if via else ""),
        via=via,
        comment=connection.comment,
        against=connection.against,
        other_relations=tuple(sorted({model.edges[e].relation for e in stride.parallel} - {edge.relation})),
    )


def _why_none(
    incidence: Incidence,
    asked: tuple[Named, Named],
    sources: Sequence[Named],
    targets: Sequence[Named],
    profile: str,
) -> str:
    """One sentence: an end that the profile cannot hold, or two ends that it does not join."""
    for end, sided in zip(asked, (sources, targets), strict=True):
        if not _held(incidence, sided, profile):
            return f"No {profile} route: {_what_it_is(end, profile)}."
    return f"No {profile} route: nothing that this profile walks joins the {asked[0].label} and the {asked[1].label}."


_HOLDS = {
    "myofascial": "has no soft tissue attached to it here",
    "skeletal": "is no bone, cartilage or joint and attaches to none",
    "neural": "is no nerve and none is known to supply it",
    "any": "has no connection that may be walked",
    "referral": "is no nerve and refers no pain that is known",
}


def _what_it_is(end: Named, profile: str) -> str:
    return f"the {end.label} {_HOLDS[profile]}"


def _held(incidence: Incidence, structures: Sequence[Named], profile: str) -> bool:
    rule, model = PROFILES[profile], incidence.model
    relations = model.unsided.relations
    walked = [n for n, r in relations.items() if r.family in rule.families or n in rule.entries or n == "partOf"]
    for member in _all(incidence, structures, profile):
        for position, *_ in incidence.entries(member.id, walked, SUBJECT, OBJECT):
            edge = model.edges[position]
            connection = model.connection(edge)
            allowed = weights.family(connection, model.unsided) in rule.families or edge.relation in rule.entries
            if allowed and weights.cost(connection, model.unsided) is not None:
                return True
    return False


def _entries(route: Route) -> list[str]:
    """Where a soft tissue enters the skeleton, said openly, since the profile itself walks bones and joints only."""
    notes = []
    for hop, end, site in ((route.hops[0], route.hops[0].source, route.hops[0].target),
                           (route.hops[-1], route.hops[-1].target, route.hops[-1].source)):  # fmt: skip
        if hop.relation in PROFILES["skeletal"].entries:
            notes.append(f"The {end.label} is no bone: the skeletal route uses its attachment, the {site.label}.")
    return list(dict.fromkeys(notes))


def _shared_roots(
    incidence: Incidence, asked: tuple[Named, Named], sources: Sequence[Named], targets: Sequence[Named]
) -> list[str]:
    first, second = (
        {
            root
            for member in _all(incidence, end, "neural")
            for root in incidence.objects(member.id, "hasRoot", "hasMainRoot")
        }
        for end in (sources, targets)
    )
    if not first and not second:
        return []
    labels = [incidence.model.structures[root].label for root in first & second]
    if labels:
        return [f"They share the roots {', '.join(sorted(labels))}."]
    if not second or not first:
        return [f"They share no root: the {(asked[1] if first else asked[0]).label} has none of its own."]
    return ["They share no root."]
