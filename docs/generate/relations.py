"""Every relation of the vocabulary: what it says, between what, at what cost, how often, and once in words."""

from __future__ import annotations

from collections import Counter

from kinchain.graph import weights
from kinchain.graph.simplify import DEFAULT_PROFILES, PROFILES
from kinchain.model import Connection
from kinchain.vocab import KC, RDFS, local_name

from . import Known
from .classes import NAMED
from .markdown import escaped, number, table
from .schema import Term


def families(known: Known) -> str:
    """The families with their relations and the profiles that walk them."""
    rows = []
    for family in known.schema.of_type("Family"):
        mine = [t for t in known.schema.relations if local_name(t.one("family")) == family.name]
        walked = [name for name, rule in PROFILES.items() if family.label in rule.families]
        links = ", ".join(f"[`{t.name}`](../reference/ontology/relations.md#{t.name.lower()})" for t in mine)
        rows.append((f"**{family.label}**", escaped(family.definition), links, ", ".join(walked) or "never walked"))
    return table(("family", "what it joins", "relations", "walked by"), rows)


def profiles(known: Known) -> str:
    """What each profile walks and passes through."""
    rows = [
        (
            f"`{name}`",
            ", ".join(sorted(rule.families)),
            ", ".join(sorted(_label(known, kind) for kind in rule.passable)),
            "yes" if name in DEFAULT_PROFILES else "when asked for",
        )
        for name, rule in PROFILES.items()
    ]
    return table(("profile", "walks the families", "passes through", "asked by default"), rows)


def relations(known: Known) -> str:
    """All relations, family by family."""
    sections = []
    examples = {name: _example(known, name) for name in known.body.model.unsided.relations}
    counts = _counts(known)
    for family in known.schema.of_type("Family"):
        sections.append(f"## {family.label.capitalize()}\n\n{escaped(family.definition)}")
        for term in known.schema.relations:
            if local_name(term.one("family")) == family.name:
                sections.append(_section(known, term, counts[term.name], examples.get(term.name)))
    return "\n\n".join(sections)


def _label(known: Known, kind: str) -> str:
    return known.schema.named(kind).label


def _counts(known: Known) -> dict[str, tuple[int, int, int, Counter[str]]]:
    """For each relation: connections written, edges of the sided body, those that cross, connections by grade."""
    model = known.body.model
    written = Counter(c.relation for c in model.unsided.connections)
    sided = Counter(e.relation for e in model.edges)
    crossing = Counter(e.relation for e in model.edges if e.crosses)
    grades: dict[str, Counter[str]] = {}
    for c in model.unsided.connections:
        grades.setdefault(c.relation, Counter())[c.grade] += 1
    names = [t.name for t in known.schema.relations]
    return {n: (written[n], sided[n], crossing[n], grades.get(n, Counter())) for n in names}


def _section(known: Known, term: Term, count: tuple[int, int, int, Counter[str]], example: Connection | None) -> str:
    written, sided, crossing, grades = count
    facts: list[tuple[str, str]] = [("IRI", f"`kc:{term.name}`")]
    facts.append(("reads", f"A *{term.one('phrase')}* B; B *{term.one('inversePhrase')}* A"))
    for prop, words in (("domain", "A is"), ("range", "B is")):
        kinds = known.schema.classes_of(term, prop)
        if kinds:
            facts.append((words, " or ".join(_linked(known, kind) for kind in kinds)))
    kind = [w for w, is_so in (("symmetric", "symmetric"), ("derived by the build, never written", "derived"))
            if term.one(is_so) == "true"]  # fmt: skip
    parents = [local_name(v) for v in term.said.get(RDFS + "subPropertyOf", ()) if v.startswith(KC)]
    kind += [f"a kind of [{known.schema.named(p).label}](#{p.lower()})" for p in parents]
    if kind:
        facts.append(("nature", ", ".join(kind)))
    if term.alignments:
        facts.append(("elsewhere", ", ".join(term.alignments)))
    cost = term.one("baseCost")
    facts.append(("base cost", f"{float(cost):g}. {escaped(term.one('costReason'))}" if cost else "none: never walked"))
    if term.name == "partOf":
        facts.append(("families", _part_families(known)))
    if written:
        order = known.body.model.unsided.grades
        said = ", ".join(f"{number(n)} {g.lower()}" for g, n in sorted(grades.items(), key=lambda x: order[x[0]].order))
        crosses = f", {number(crossing)} of them across the midline" if crossing else ""
        facts.append(("in the body", f"{number(written)} connections, {number(sided)} with their sides{crosses}"))
        facts.append(("evidence", said))
    else:
        facts.append(("in the body", "kept with the thing itself and no edge of the graph"))
    if example:
        facts.append(("example", _words(known, example)))
    return f"### {term.label} {{ #{term.name.lower()} }}\n\n{escaped(term.definition)}\n\n" + table(("", ""), facts)


def _linked(known: Known, kind: str) -> str:
    page = "things.md" if kind in (*NAMED, "Mechanism") else "classes.md"
    return f"[{_label(known, kind)}]({page}#{kind.lower()})"


def _part_families(known: Known) -> str:
    """``partOf`` belongs to the family of its part: how many connections each family has."""
    unsided = known.body.model.unsided
    found = Counter(weights.family(c, unsided) for c in unsided.connections if c.relation == "partOf")
    return ", ".join(f"{number(n)} {family}" for family, n in found.most_common())


def _example(known: Known, relation: str) -> Connection | None:
    """A connection of a relation: of its surest grade, between what has the shortest names."""
    unsided = known.body.model.unsided

    def key(c: Connection) -> tuple[int, int, str, str]:
        long = len(unsided.structures[c.subject].label) + len(unsided.structures[c.object].label)
        return unsided.grades[c.grade].order, long, c.subject, c.object

    return min((c for c in unsided.connections if c.relation == relation), key=key, default=None)


def _words(known: Known, c: Connection) -> str:
    unsided = known.body.model.unsided
    here, there = unsided.structures[c.subject].label, unsided.structures[c.object].label
    said = f"{here} *{unsided.relations[c.relation].phrase}* {there}"
    works = ", ".join(unsided.sources[s].label for s in c.sources if s in unsided.sources)
    return f"{said} ({c.grade.lower()}{f'; {escaped(works)}' if works else ''})"


PARTS = {"families": families, "profiles": profiles, "relations": relations}
