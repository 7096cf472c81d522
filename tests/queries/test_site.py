"""Where a complaint in people's words is felt, and how: written down before the answers were looked at."""

from __future__ import annotations

import pytest

from kinchain.body import Body
from kinchain.queries.site import read
from kinchain.queries.targets import own_regions
from tests.test_spot_facts import rows

COMPLAINTS = rows("complaints_in_words.tsv")


def test_there_are_enough_complaints() -> None:
    assert len(COMPLAINTS) >= 400


@pytest.mark.parametrize("row", COMPLAINTS, ids=[row["words"] for row in COMPLAINTS])
def test_a_complaint_is_felt_in_its_regions(body: Body, row: dict[str, str]) -> None:
    site = read(body.incidence, body.names, row["words"])
    sided = body.incidence.model.structures
    regions = {sided[r].unsided or r for place in site.places for r in own_regions(body.incidence, place)}
    assert regions == set(row["regions"].split())
    assert {q.unsided or q.id for q in site.qualifiers} == set((row["qualifiers"] or "").split())
    assert not site.left_out


@pytest.mark.parametrize(
    ("words", "finding"),
    [
        ("limited hamstring flexibility", "tight_hamstrings"),
        ("hamstring stiffness", "tight_hamstrings"),
        ("short quadriceps", "tight_quadriceps"),
        ("rectus femoris tightness", "tight_quadriceps"),
        ("tight calves", "tight_calf_muscles"),
        ("limited hip flexor flexibility", "tight_hip_flexors"),
        ("short pec minor", "tight_pectoralis_minor"),
        ("adductor tightness", "limited_hip_abduction"),
        ("ankle stiffness", "limited_ankle_dorsiflexion"),
        ("limited shoulder external rotation", "limited_shoulder_lateral_rotation"),
    ],
)
def test_tightness_is_one_finding_by_all_its_names(body: Body, words: str, finding: str) -> None:
    assert {place.unsided or place.id for place in read(body.incidence, body.names, words).places} == {finding}
