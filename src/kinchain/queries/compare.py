"""Two chains, two structures, or the two sides of one: what they have in common, and what each has alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kinchain.answers import Fact, Profile
from kinchain.clinical import Claim
from kinchain.errors import BadQuestion, UnknownName
from kinchain.model import Named, Side
from kinchain.queries.chains import TracedChain, TracedLink, resolve, trace
from kinchain.queries.incidence import Incidence
from kinchain.queries.lookup import Names
from kinchain.queries.membership import Memberships, standing_for
from kinchain.queries.neighbourhood import show


@dataclass(frozen=True, slots=True)
class Aspect:
    """What two have in common under one heading, and what only the first and only the second has, as text."""

    title: str
    both: tuple[str, ...]
    first: tuple[str, ...]
    second: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A count or verdict of each of the two, side by side."""

    title: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two compared; either ``chains`` or ``structures`` holds them. ``mirrored`` when they are the sides of one.

    ``reviews`` is what reviews say of the chains.
    """

    labels: tuple[str, str]
    aspects: tuple[Aspect, ...]
    figures: tuple[Figure, ...]
    notes: tuple[str, ...]
    mirrored: bool
    reviews: tuple[str, ...] = ()
    chains: tuple[TracedChain, TracedChain] | None = None
    structures: tuple[Profile, Profile] | None = None
    claims: tuple[Claim, ...] = ()

    @property
    def kind(self) -> str:
        """``chains`` or ``structures``."""
        return "chains" if self.chains else "structures"


def compare(incidence: Incidence, names: Names, first: str, second: str | None = None) -> Comparison:
    """Compare what two texts name; without a second, the two sides of the first.

    Raises
    ------
    BadQuestion    the two cannot be compared: a chain with a structure, one with itself, sides of what has none
    AmbiguousName  a text names several structures
    UnknownName    a text names nothing
    """
    one = _read(incidence, names, first)
    if second is None:
        return _sides(incidence, one)
    two = _read(incidence, names, second)
    if isinstance(one, TracedChain) and isinstance(two, TracedChain):
        if one.chain is two.chain:
            if one.side is two.side:
                raise BadQuestion(
                    f"'{first[:60]}' and '{second[:60]}' are one chain; name two, or one for its two sides"
                )
            return _chain_sides(one, two)
        return _chains(incidence, one, two)
    if isinstance(one, Named) and isinstance(two, Named):
        if one == two:
            raise BadQuestion(f"both names mean the {one.label}; name two structures, or one for its two sides")
        return _structures(incidence, one, two)
    chain, other = (one, two) if isinstance(one, TracedChain) else (two, one)
    raise BadQuestion(
        f"a chain ({chain.label}) cannot be compared with a structure ({other.label}); "
        "name two chains or two structures"
    )


def _read(incidence: Incidence, names: Names, text: str) -> TracedChain | Named:
    """A chain or a structure, the right one when no side is said."""
    try:
        chain, side = resolve(incidence.model.unsided.chains, text)
        return trace(incidence, chain, Side.RIGHT if side is Side.EITHER else side)
    except UnknownName as no_chain:
        try:
            return names.resolve(text)[0]
        except UnknownName as no_structure:
            raise max(no_chain, no_structure, key=lambda error: _closeness(text, error)) from None


def _closeness(text: str, error: UnknownName) -> float:
    """How much the best suggestion of a refusal resembles what was asked."""
    from rapidfuzz import fuzz

    return max((fuzz.ratio(text.casefold(), each.label.casefold()) for each in error.candidates), default=0.0)


def _sides(incidence: Incidence, one: TracedChain | Named) -> Comparison:
    if isinstance(one, TracedChain):
        left, right = (trace(incidence, one.chain, side) for side in (Side.LEFT, Side.RIGHT))
        return _chain_sides(right, left)
    if one.side not in (Side.RIGHT, Side.LEFT):
        raise BadQuestion(
            f"the {one.label} lies in the midline and has no two sides; name a second one to compare with"
        )
    found = {s.side: s for s in incidence.model.structures.values() if s.unsided == one.unsided}
    if len(found) < 2:
        raise BadQuestion(f"the {one.label} exists on one side only; name a second one to compare with")
    return _structures(incidence, found[Side.RIGHT], found[Side.LEFT])


# ---------------------------------------------------------------- structures

# fmt: off
_ASPECTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("origins", ("origin",)),
    ("insertions", ("insertion",)),
    ("other attachments", ("attachesTo",)),
    ("nerves", ("innervatedBy", "branchOf")),
    ("main roots", ("hasMainRoot",)),
    ("other roots", ("hasRoot",)),
    ("movements", ("produces", "movementAt")),
    ("joints", ("crosses", "stabilizes", "articulates")),
    ("continuous with", ("continuousWith", "invests", "transmitsForceTo")),
    ("regions", ("locatedIn",)),
    ("groups and wholes", ("memberOf", "partOf")),
    ("refers pain to", ("refersPainTo",)),
)
# fmt: on
_ATTACHMENTS = ("origin", "insertion", "attachesTo")


def _structures(incidence: Incidence, one: Named, two: Named) -> Comparison:
    """Two sided structures: other structures count as the same when they lie in the same way to each."""
    first, second = show(incidence, one), show(incidence, two)
    told = [_aspect(title, _others(first, relations), _others(second, relations)) for title, relations in _ASPECTS]
    told.insert(3, _aspect("bones", _bones(incidence, first), _bones(incidence, second)))
    memberships = Memberships(incidence)
    in_chains = [{m.chain.chain.id: m.chain.chain.label for m in memberships.of(each)} for each in (one, two)]
    told.append(_aspect("chains", *in_chains))
    mirrored = one.unsided == two.unsided
    notes = []
    if mirrored:
        told.append(_differing(first, second))
        alike = not any(a.first or a.second for a in told)
        notes.append(
            "The two sides mirror each other in all that is known."
            if alike
            else "The two sides differ where it says so."
        )
    elif one.side is not two.side:
        notes.append("The two lie on different sides: what lies on the same side as each counts as the same.")
    return Comparison(
        labels=(one.label, two.label),
        aspects=tuple(a for a in told if a.both or a.first or a.second),
        figures=(
            Figure("kind", one.kind, two.kind),
            Figure("known connections", str(len(first.facts)), str(len(second.facts))),
        ),
        notes=tuple(notes),
        mirrored=mirrored,
        structures=(first, second),
    )


def _aspect(title: str, first: dict[str, str], second: dict[str, str]) -> Aspect:
    def labels(keys: Iterable[str], named: dict[str, str]) -> tuple[str, ...]:
        return tuple(sorted({named[key] for key in keys}))

    return Aspect(
        title,
        labels(first.keys() & second.keys(), first),
        labels(first.keys() - second.keys(), first),
        labels(second.keys() - first.keys(), second),
    )


def _others(profile: Profile, relations: Sequence[str]) -> dict[str, str]:
    """What a structure has by some relations: key for comparing, and name without the side it shares with it."""
    return dict(_seen_from(fact, profile.structure) for fact in profile.facts if _counts(fact, relations))


def _differing(first: Profile, second: Profile) -> Aspect:
    """Of two sides, all else in which they differ: what leads to them, and relations that have no heading."""
    headed = {relation for _, relations in _ASPECTS for relation in relations}

    def rest(profile: Profile) -> dict[str, str]:
        found = {}
        for fact in profile.facts:
            if fact.relation not in headed or not fact.forward:
                key, name = _seen_from(fact, profile.structure)
                found[f"{fact.relation} {fact.forward} {key}"] = f"{fact.phrase} {name}"
        return found

    apart = _aspect("other connections", rest(first), rest(second))
    return Aspect(apart.title, (), apart.first, apart.second)


def _counts(fact: Fact, relations: Sequence[str]) -> bool:
    return fact.relation in relations and fact.forward and fact.grade != "Refuted"


def _seen_from(fact: Fact, structure: Named) -> tuple[str, str]:
    opposite = structure.side in (Side.RIGHT, Side.LEFT) and fact.other.side is structure.side.mirrored
    name = fact.other.label.removeprefix(f"{fact.other.side} ")
    return fact.other.unsided + (" opposite" if opposite else ""), name + (" of the other side" if opposite else "")


def _bones(incidence: Incidence, profile: Profile) -> dict[str, str]:
    """The bones that a structure attaches to, by themselves or at a landmark."""
    structures = incidence.model.unsided.structures
    found = {
        whole
        for fact in profile.facts
        if _counts(fact, _ATTACHMENTS)
        for whole in incidence.wholes[fact.other.unsided]
        if structures[whole].kind == "Bone"
    }
    return {bone: structures[bone].label for bone in found}


# ---------------------------------------------------------------- chains


def _chains(incidence: Incidence, one: TracedChain, two: TracedChain) -> Comparison:
    """Two chains: a link is shared when it joins the same two structures, parts and groups counted as related."""
    first, second = _links(one), _links(two)
    places = [_places(each) for each in (one, two)]
    kin = {i: standing_for(incidence, i) for each in places for i in each}
    related = sorted(
        f"{places[0][a]} and {places[1][b]}"
        for a in places[0]
        for b in places[1]
        if a != b and (b in kin[a] or a in kin[b])
    )
    structures = _aspect("structures", *places)
    return Comparison(
        labels=(one.label, two.label),
        aspects=(
            _aspect("links", first, second),
            structures,
            Aspect("parts of one another, or members", tuple(related), (), ()),
        )
        if related
        else (_aspect("links", first, second), structures),
        figures=_figures(one, two),
        notes=(),
        mirrored=False,
        reviews=_reviews(one, two),
        chains=(one, two),
        claims=_claims(incidence, one, two),
    )


def _chain_sides(one: TracedChain, two: TracedChain) -> Comparison:
    """The two sides of a chain: where they meet, since both run through the midline or cross it."""
    ends = [{s.id: s.label for link in each.links for s in (link.source, link.target)} for each in (one, two)]
    times = sum(link.crosses for link in one.links)
    crossing = {0: "stays on its side", 1: "crosses the midline once"}.get(times, f"crosses the midline {times} times")
    meets = "both pass the structures named below" if ends[0].keys() & ends[1].keys() else "they share no structure"
    note = f"The two sides mirror each other link by link; each {crossing}, and {meets}."
    return Comparison(
        labels=(one.label, two.label),
        aspects=(_aspect("structures", *ends),),
        figures=_figures(one, two),
        notes=(note,),
        mirrored=True,
        reviews=_reviews(one),
        chains=(one, two),
    )


def _links(traced: TracedChain) -> dict[str, str]:
    """The links of a chain by their two ends in either direction."""
    return {
        " ".join(sorted((link.source.unsided, link.target.unsided))) + (" crossing" if link.crosses else ""): _link(
            link
        )
        for link in traced.links
    }


def _link(link: TracedLink) -> str:
    first, last = (s.label.removeprefix(f"{s.side} ") for s in (link.source, link.target))
    return f"{first} → {last}" + (" across the midline" if link.crosses else "")


def _places(traced: TracedChain) -> dict[str, str]:
    return {s.unsided: s.label.removeprefix(f"{s.side} ") for link in traced.links for s in (link.source, link.target)}


def _figures(one: TracedChain, two: TracedChain) -> tuple[Figure, ...]:
    """Counts and the verdict of the reviews, side by side."""

    def figure(title: str, *values: object) -> Figure:
        return Figure(title, *map(str, values))

    both = (one, two)
    grades = ("Textbook", "Strong", "Moderate", "Limited", "Conflicting", "Claimed", "Refuted")
    counted = [
        figure(f"links, evidence {g.lower()}", *(sum(x.grade == g for x in c.links) for c in both)) for g in grades
    ]
    return (
        figure("verdict of the reviews", one.chain.grade, two.chain.grade),
        figure("links", len(one.links), len(two.links)),
        *(each for each in counted if (each.first, each.second) != ("0", "0")),
        figure("gaps, where nothing was verified", *(_listed(c.gaps) for c in both)),
        figure("links held by tissue", *(sum(x.holds == "tissue" for x in c.links) for c in both)),
        figure("crossings of the midline", *(_listed([x.position for x in c.links if x.crosses]) for c in both)),
        figure("branches", *(len(c.strands) - 1 for c in both)),
        figure("main line ends on the", one.end_side, two.end_side),
    )


def _listed(positions: Sequence[int]) -> str:
    if not positions:
        return "none"
    return f"{len(positions)} (link{'s' if len(positions) > 1 else ''} {', '.join(map(str, positions))})"


def _reviews(*chains: TracedChain) -> tuple[str, ...]:
    return tuple(f"Of the {c.chain.label}. {c.chain.comment}" for c in chains if c.chain.comment)


def _claims(incidence: Incidence, one: TracedChain, two: TracedChain) -> tuple[Claim, ...]:
    ids = {one.chain.id, two.chain.id}
    return tuple(c for c in incidence.model.unsided.claims.values() if ids & {*c.subjects, *c.objects})
