"""What a structure looks like: its kind, and of a group what it is made of."""

from __future__ import annotations

import pytest

from kinchain.body import Body
from kinchain.views.picture import KIND_STYLE, OTHER_STYLE, mark


@pytest.mark.parametrize(
    ("structure", "looks_like"),
    [
        ("right_soleus", "Muscle"),
        ("right_hamstrings", "Muscle"),
        ("right_rotator_cuff", "Muscle"),
        ("right_intercostal_nerves", "Nerve"),
        ("right_sacroiliac_ligaments", "Ligament"),
        ("vertebrae", "Bone"),
        ("right_zygapophysial_joints", "Joint"),
    ],
)
def test_a_group_looks_like_what_it_is_made_of(body: Body, structure: str, looks_like: str) -> None:
    assert mark(body.model.unsided, body.named(structure)) == KIND_STYLE[looks_like]


def test_a_part_of_the_body_is_a_disc_of_no_tissue(body: Body) -> None:
    named = body.named("cervical_spine")
    assert mark(body.model.unsided, named) == (OTHER_STYLE[0], "circle")


def test_every_group_with_members_is_made_of_something(body: Body) -> None:
    model = body.model.unsided
    with_members = {c.object for c in model.connections if c.relation in ("memberOf", "aspectOf")}
    groups = {s.id for s in model.structures.values() if s.kind == "Group"}
    assert set(model.made_of) == groups & with_members
    assert "Group" not in model.made_of.values()
