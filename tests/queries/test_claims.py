"""What the founding documents claim, and what became of it."""

from __future__ import annotations

from collections import Counter

import pytest

from kinchain.body import Body
from kinchain.errors import BadQuestion, NothingFound


@pytest.mark.parametrize(
    ("question", "claim", "verdict"),
    [
        ("do the glutes fire before the hamstrings?", "sc205", "wrong"),
        ("the glutes activate before the hamstrings", "sc205", "wrong"),
        ("is TLF the tensor fasciae latae?", "sc143", "wrong"),
        (
            "is the gluteus maximus connected to the latissimus dorsi through the tensor fasciae latae?",
            "sc143",
            "wrong",
        ),
        ("is a muscle in spasm a dehydrated muscle?", "sc017", "wrong"),
        ("does muscle turn into ligament?", "sc018", "wrong"),
        ("does a shoulder exercise train the gluteus maximus?", "sc048", "wrong"),
        ("does the pectoralis minor originate on the coracoid process?", "sc065", "wrong"),
        ("is proprioception input from the nervous system?", "sc072", "wrong"),
        ("is the long head of biceps femoris continuous with the sacrotuberous ligament?", "sc113", "correct"),
        ("does the nordic curl prevent hamstring strains?", "sc092", "correct"),
        ("do weak glutes cause back pain?", "sc139", "contested"),
        ("does the Gillet test work?", "sc012", "contested"),
    ],
)
def test_a_claim_is_found_from_a_question(body: Body, question: str, claim: str, verdict: str) -> None:
    found = body.claimed(question)
    assert found[0].id == claim
    assert found[0].verdict == verdict


@pytest.mark.parametrize(
    "question",
    ["is the moon made of cheese?", "does chocolate cure cancer?", "is the soleus made of bone?", "did Napoleon limp?"],
)
def test_what_no_claim_speaks_of_is_refused(body: Body, question: str) -> None:
    with pytest.raises(NothingFound):
        body.claimed(question)


def test_every_claim_is_reachable_by_its_id_and_its_own_words(body: Body) -> None:
    lost = []
    for claim in body.claims.claims.values():
        assert body.claimed(claim.id) == (claim,)
        if claim not in body.claimed(claim.statement):
            lost.append(claim.id)
    assert lost == []


def test_every_claim_is_reachable_from_what_it_speaks_of(body: Body) -> None:
    for claim in body.claims.claims.values():
        name = next(i for i in claim.subjects)
        if name in body.model.unsided.structures:
            label = body.model.unsided.structures[name].label
            assert claim in body.claimed(label), claim.id


def test_the_founding_documents_are_all_there(body: Body) -> None:
    claims = body.claimed()
    assert len(claims) == 229
    assert {c.id for c in claims} == {f"sc{n:03d}" for n in range(1, 230)}
    assert set(Counter(c.verdict for c in claims)) == {"correct", "imprecise", "contested", "wrong"}


def test_what_is_not_simply_correct_says_what_is(body: Body) -> None:
    for claim in body.claimed():
        assert claim.claimed_by
        assert claim.correction or claim.verdict == "correct", claim.id


def test_the_edge_of_a_claim_is_in_the_graph(body: Body) -> None:
    edges = {(c.subject, c.relation, c.object) for c in body.model.unsided.connections}
    for claim in body.claimed():
        if claim.edge and claim.edge[1] != "preparedBy":
            subject, relation, target = claim.edge
            assert (subject, relation, target) in edges or (target, relation, subject) in edges, claim.id


def test_claims_can_be_chosen_by_verdict(body: Body) -> None:
    wrong = body.claimed(verdict="wrong")
    assert wrong
    assert {c.verdict for c in wrong} == {"wrong"}
    with pytest.raises(BadQuestion, match="contested"):
        body.claimed(verdict="maybe")
