"""Every class of the vocabulary: what it is, what else calls it so, how many there are, one of them."""

from __future__ import annotations

from collections import Counter

from kinchain.model import Side
from kinchain.vocab import KC, RDFS

from . import Known
from .markdown import escaped, number, table
from .schema import Term

# Things that are named once and sided, beside the kinds of structure.
NAMED = ("Group", "Movement", "Finding", "Test", "Intervention", "RedFlag")


def kinds(known: Known) -> str:
    """The kinds of structure."""
    return _sections(known, [t for t in known.schema.of_type("Class") if _is_structure(t)])


def others(known: Known) -> str:
    """The other classes."""
    return _sections(known, [t for t in known.schema.of_type("Class") if not _is_structure(t)])


def overview(known: Known) -> str:
    """A table of all that has a side: how often it is written, and how many of it the sided body has."""
    written = Counter(s.kind for s in known.body.model.unsided.structures.values())
    sided = _sided(known)
    rows = []
    for name in [t.name for t in known.schema.of_type("Class") if written[t.name]]:
        page = "classes.md" if _is_structure(known.schema.named(name)) else "things.md"
        sides = sided[name]
        rows.append(
            (
                f"[`kc:{name}`]({page}#{name.lower()})",
                number(written[name]),
                number(sides[Side.RIGHT]),
                number(sides[Side.LEFT]),
                number(sides[Side.MEDIAN]),
                number(sides.total()),
            )
        )
    return table(("class", "written", "right", "left", "median", "sided"), rows, "lrrrrr")


def _is_structure(term: Term) -> bool:
    return term.name == "Structure" or KC + "Structure" in term.said.get(RDFS + "subClassOf", ())


def _sided(known: Known) -> dict[str, Counter[Side]]:
    found: dict[str, Counter[Side]] = {}
    for structure in known.body.model.structures.values():
        found.setdefault(structure.kind, Counter())[structure.side] += 1
    return found


def _sections(known: Known, terms: list[Term]) -> str:
    sided = _sided(known)
    return "\n\n".join(_section(known, term, sided) for term in terms)


def _section(known: Known, term: Term, sided: dict[str, Counter[Side]]) -> str:
    lines = [f"## {term.label} {{ #{term.name.lower()} }}", escaped(term.definition)]
    facts: list[tuple[str, str]] = [("IRI", f"`kc:{term.name}`")]
    if term.name == "Structure":
        kinds = [t for t in known.schema.of_type("Class") if _is_structure(t) and t is not term]
        facts.append(("kinds", ", ".join(f"[{t.label}](#{t.name.lower()})" for t in kinds)))
    if term.alignments:
        facts.append(("elsewhere", ", ".join(term.alignments)))
    facts.append(("in the body", _count(known, term, sided)))
    used = [t for t in known.schema.relations if term.name in known.schema.classes_of(t, "domain")]
    if used:
        facts.append(("may have", ", ".join(f"[{t.label}](relations.md#{t.name.lower()})" for t in used)))
    example = _example(known, term)
    if example:
        facts.append(("example", example))
    lines.append(table(("", ""), facts))
    return "\n\n".join(lines)


def _count(known: Known, term: Term, sided: dict[str, Counter[Side]]) -> str:
    model = known.body.model
    if term.name == "Structure":
        names = {t.name for t in known.schema.of_type("Class") if _is_structure(t)}
        written = sum(s.kind in names for s in model.unsided.structures.values())
        return (
            f"{number(written)} written, {number(sum(sided[n].total() for n in names if n in sided))} with their sides"
        )
    if term.name in sided:
        written = sum(s.kind == term.name for s in model.unsided.structures.values())
        sides = ", ".join(
            f"{number(n)} {side}" for side, n in sorted(sided[term.name].items(), key=lambda x: x[0].name)
        )
        return f"{number(written)} written; with their sides {number(sided[term.name].total())} ({sides})"
    return number(known.schema.instances[term.name])


def _example(known: Known, term: Term) -> str:
    """The thing of a class that has most connections, as the one that readers most likely know; else the first."""
    body = known.body
    mine = [s for s in body.model.unsided.structures.values() if s.kind == term.name]
    if mine:
        best = max(sorted(mine, key=lambda s: s.id), key=lambda s: len(body.incidence.unsided(s.id)))
        definition = f": {escaped(best.definition)}" if best.definition else ""
        return f"`{'clinical' if term.name in NAMED[2:] else 'body'}:{best.id}`{definition}"
    unsided = body.model.unsided
    if term.name == "Chain":
        chain = unsided.chains[min(unsided.chains)]
        return f"`chain:{chain.id}`: {escaped(chain.definition)}"
    if term.name == "Claim":
        claim = unsided.claims[min(unsided.claims)]
        return f"`clinical:{claim.id}`: {escaped(claim.statement)}"
    if term.name == "Source":
        source = unsided.sources[min(unsided.sources)]
        return f"`cite:{source.id}`: {escaped(source.label)}. {escaped(source.title)}"
    individuals = known.schema.of_type(term.name)
    return ", ".join(f"`kc:{t.name}`" for t in individuals)


PARTS = {"kinds": kinds, "things": others, "overview": overview}
