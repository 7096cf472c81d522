"""Facts that a professor would examine on, written down before the ontology's answer was looked at.

``data/spot_facts.tsv`` names structures in plain English. An answer counts when it is the expected structure, a part of
it (a landmark of the bone, a head of the muscle), a member of the group, or, for nerves, a branch of it; a tendon or
aponeurosis stands for what it is fixed to.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from kinchain.body import Body
from kinchain.errors import KinchainError

DATA = Path(__file__).with_name("data")


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


FACTS = rows("spot_facts.tsv")
# The professor's words for movements that the ontology keeps by the part of the spine.
_ALIASES = {
    "trunk flexion": "lumbar flexion",
    "trunk extension": "lumbar extension",
    "trunk lateral flexion": "lumbar lateral flexion",
    "trunk rotation": "lumbar rotation",
    "neck flexion": "cervical flexion",
    "neck extension": "cervical extension",
    "neck lateral flexion": "cervical lateral flexion",
    "neck rotation": "cervical rotation",
}
_RELATIONS = {"root": ("hasRoot", "hasMainRoot"), "mainRoot": ("hasMainRoot",)}


class Examiner:
    """Looks facts up in the unsided connections."""

    def __init__(self, body: Body) -> None:
        self.names = body.names
        self.structures = body.model.unsided.structures
        self.objects: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self.subjects: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for c in body.model.unsided.connections:
            if c.grade != "Refuted":
                self.objects[c.relation][c.subject].add(c.object)
                self.subjects[c.relation][c.object].add(c.subject)
        self.above = cache(lambda name: self._closure(name, ("partOf", "memberOf"), self.objects))
        self.below = cache(lambda name: self._closure(name, ("partOf", "memberOf"), self.subjects))
        self.parents = cache(lambda name: self._closure(name, ("branchOf", "partOf"), self.objects))
        self.branches = cache(lambda name: self._closure(name, ("branchOf", "partOf"), self.subjects))

    @staticmethod
    def _closure(name: str, relations: tuple[str, ...], index: dict[str, dict[str, set[str]]]) -> frozenset[str]:
        found, queue = {name}, [name]
        while queue:
            here = queue.pop()
            for relation in relations:
                new = index[relation].get(here, set()) - found
                found |= new
                queue += new
        return frozenset(found)

    def named(self, text: str, relation: str = "") -> str:
        if relation in ("root", "mainRoot"):
            text += " spinal nerve"  # "L5" alone may be a vertebra
        return self.names.meaning(_ALIASES.get(text, text)).structure.id

    def answers(self, subject: str, relation: str) -> set[str]:
        if relation == "supplies":
            return {m for nerve in self.branches(subject) for m in self.subjects["innervatedBy"].get(nerve, ())}
        if relation == "partOf":
            return set(self.above(subject)) - {subject}
        whole = self.below(subject)
        found = {o for r in _RELATIONS.get(relation, (relation,)) for s in whole for o in self.objects[r].get(s, ())}
        return found | ({p for o in found for p in self.parents(o)} if relation == "branchOf" else set())

    def through_bands(self, answers: set[str]) -> set[str]:
        """The answers, and what the tendons and aponeuroses among them are fixed to."""
        bands = {o for o in answers if self.structures[o].kind in ("Tendon", "Fascia")}
        return answers | {o for band in bands for o in self.objects["attachesTo"].get(band, ())}

    def satisfied(self, expected: str, answers: set[str], relation: str) -> bool:
        kin = self.parents if relation in ("innervatedBy", "branchOf") else self.above
        return any(expected in kin(a) | self.above(a) or a in self.below(expected) for a in answers)


@pytest.fixture(scope="session")
def examiner(body: Body) -> Examiner:
    return Examiner(body)


def test_there_are_enough_facts() -> None:
    assert len(FACTS) >= 150
    assert all(row["source"] for row in FACTS)


@pytest.mark.parametrize("row", FACTS, ids=[f"{n}:{r['subject']}:{r['relation']}" for n, r in enumerate(FACTS, 2)])
def test_a_fact(examiner: Examiner, row: dict[str, str]) -> None:
    try:
        subject = examiner.named(row["subject"])
        answers = examiner.answers(subject, row["relation"])
        for text in filter(None, row["expected"].split(" | ")):
            reached = examiner.through_bands(answers)
            assert examiner.satisfied(examiner.named(text, row["relation"]), reached, row["relation"]), (
                text,
                sorted(answers),
            )
    except KinchainError as refused:
        pytest.fail(refused.message)
    for text in filter(None, row["not_expected"].split(" | ")):
        try:
            wrong = examiner.named(text, row["relation"])
        except KinchainError:
            continue  # what has no name here cannot be wrongly given
        assert wrong not in answers, (text, sorted(answers))
