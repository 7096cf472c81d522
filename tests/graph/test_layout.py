"""Where everything is: what is written, what follows from it, and that pairs mirror exactly."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kinchain.body import Body
from kinchain.graph.layout import place
from kinchain.model import Laterality, Point, Side
from kinchain.rdf.extract import extract
from kinchain.rdf.load import load
from kinchain.views.figure import VIEWS, background, best_view, seen
from tests.conftest import ONTOLOGY

NO_PLACE = {"Test", "Intervention", "RedFlag"}


def test_everything_in_the_body_has_a_place(body: Body) -> None:
    model = body.model.unsided
    missing = [s.id for s in model.structures.values() if s.kind not in NO_PLACE and s.id not in model.positions]
    qualifiers = {s for s in missing if model.structures[s].kind == "Finding"}  # a finding of nothing is nowhere
    assert set(missing) == qualifiers


def test_landmarks_bones_joints_organs_and_regions_are_written_not_derived() -> None:
    model = extract(load(ONTOLOGY))
    kinds = ("Landmark", "Bone", "Joint", "Viscus", "Vessel", "Region")
    wanted = [s.id for s in model.structures.values() if s.kind in kinds]
    assert [name for name in wanted if name not in model.positions] == []


def test_median_structures_lie_on_the_midline(body: Body) -> None:
    model = body.model.unsided
    off = [n for n, p in model.positions.items() if model.structures[n].laterality is Laterality.MEDIAN and p.lateral]
    assert off == []


@pytest.mark.parametrize("view", VIEWS)
def test_pairs_mirror_exactly(body: Body, view: str) -> None:
    for point in body.model.unsided.positions.values():
        (x1, y1), (x2, y2) = seen(point, Side.RIGHT, view), seen(point, Side.LEFT, view)
        assert (x1, y1) == (-x2, y2)


@pytest.mark.parametrize(
    ("higher", "lower"),
    [
        ("masseter", "sternocleidomastoid"),
        ("deltoid", "brachioradialis"),
        ("gluteus_maximus", "long_head_of_biceps_femoris"),
        ("sacrotuberous_ligament", "calcaneal_tendon"),
        ("c5_spinal_nerve", "t1_spinal_nerve"),
        ("femoral_nerve", "deep_fibular_nerve"),
        ("l4_spinal_nerve", "s1_spinal_nerve"),
    ],
)
def test_what_follows_keeps_the_order_of_the_body(body: Body, higher: str, lower: str) -> None:
    positions = body.model.unsided.positions
    assert positions[higher].height > positions[lower].height


@pytest.mark.parametrize(
    ("structure", "view"),
    [("rectus_abdominis", "front"), ("long_head_of_biceps_femoris", "back"), ("pectoralis_major", "front"),
     ("latissimus_dorsi", "back"), ("rectus_femoris", "front"), ("calcaneal_tendon", "back")],
)  # fmt: skip
def test_a_structure_is_seen_from_its_own_side(body: Body, structure: str, view: str) -> None:
    assert best_view(body.model.unsided, [body.named("right_" + structure)]) == view


def test_a_muscle_lies_midway_between_its_ends(body: Body) -> None:
    positions = body.model.unsided.positions
    brachialis = positions["brachialis"]
    assert positions["elbow_joint"].height < brachialis.height < positions["glenohumeral_joint"].height


def test_nothing_leaves_the_body(body: Body) -> None:
    for name, (lateral, height, forward) in body.model.unsided.positions.items():
        assert abs(lateral) < 0.3, name
        assert 0 <= height <= 1, name
        assert -0.1 <= forward <= 0.12, name


def test_placing_is_deterministic_and_keeps_what_is_written(body: Body) -> None:
    written = extract(load(ONTOLOGY))
    again = place(replace(written, connections=body.model.unsided.connections))
    assert again == body.model.unsided.positions
    assert all(again[name] == Point(*map(float, point)) for name, point in written.positions.items())


def test_the_background_has_outline_lines_and_muscles_for_both_views(body: Body) -> None:
    found = background(body.model.unsided)
    assert set(found) == set(VIEWS)
    assert all(set(parts) == {"half", "lines", "muscles"} and all(parts.values()) for parts in found.values())
