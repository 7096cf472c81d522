"""Of what a group is made, so that a group of nerves is drawn as nerves are, and the knee as a place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from kinchain.model import Connection, Structure


def made_of(structures: Mapping[str, Structure], connections: Sequence[Connection]) -> dict[str, str]:
    """The kind of two thirds or more of the members of each group, those of groups in it counted; ``Region`` for a part
    of the body, which has several aspects or is made of several tissues. A group without members is left out.

    >>> from kinchain import Body
    >>> model = Body.load().model.unsided
    >>> [model.made_of[group] for group in ("hamstrings", "intercostal_nerves", "knee", "lumbar_spine")]
    ['Muscle', 'Nerve', 'Region', 'Region']
    """
    members: dict[str, list[str]] = {}
    aspects: Counter[str] = Counter()
    for c in connections:
        if c.relation == "memberOf":
            members.setdefault(c.object, []).append(c.subject)
        elif c.relation == "aspectOf":
            aspects[c.object] += 1

    def kinds(group: str, within: frozenset[str]) -> Iterator[str]:
        for member in members.get(group, ()):
            if structures[member].kind != "Group":
                yield structures[member].kind
            elif member not in within:
                yield from kinds(member, within | {member})

    found = {}
    for group, structure in structures.items():
        if structure.kind == "Group":
            counted = Counter(kinds(group, frozenset({group})))
            kind, most = max(counted.items(), key=lambda item: item[1], default=("Region", 0))
            if counted or aspects[group]:
                found[group] = kind if aspects[group] < 2 and 3 * most >= 2 * counted.total() else "Region"
    return found
