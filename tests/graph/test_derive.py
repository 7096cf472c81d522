"""What follows from what was written."""

from __future__ import annotations

from kinchain.body import Body


def derived(body: Body, rule: str) -> list[tuple[str, str, str]]:
    return [(c.subject, c.object, c.via) for c in body.model.unsided.connections if c.derived_by == rule]


def test_two_tissues_at_one_landmark_share_a_station(small: Body) -> None:
    assert ("sacrotuberous_ligament", "semitendinosus", "ischial_tuberosity") in derived(small, "station")


def test_a_station_is_at_most_limited_evidence(body: Body) -> None:
    grades = {c.grade for c in body.model.unsided.connections if c.derived_by == "station"}
    assert grades == {"Limited"}


def test_continuous_tissues_need_no_station(small: Body) -> None:
    pairs = {frozenset(edge[:2]) for edge in derived(small, "station")}
    assert frozenset(("long_head_of_biceps_femoris", "sacrotuberous_ligament")) not in pairs


def test_every_derived_connection_says_its_rule(body: Body) -> None:
    relations = body.model.unsided.relations
    for connection in body.model.unsided.connections:
        assert relations[connection.relation].derived == bool(connection.derived_by)


def test_opposition_is_said_for_each_movement(body: Body) -> None:
    """Pectoralis minor protracts against the rhomboids' retraction, and rotates the scapula down with them."""
    pairs = {
        (c.relation, c.via)
        for c in body.model.unsided.connections
        if {c.subject, c.object} == {"pectoralis_minor", "rhomboid_major"}
    }
    relations = {relation for relation, _ in pairs}
    assert relations == {"antagonistOf", "synergistOf"}
    assert ("synergistOf", "scapular_downward_rotation") in pairs
    assert {via for relation, via in pairs if relation == "antagonistOf"} <= {
        "scapular_protraction",
        "scapular_retraction",
        "scapular_depression",
        "scapular_elevation",
    }


def test_the_obliques_turn_the_trunk_together_across_the_midline(body: Body) -> None:
    partners = [
        c
        for c in body.model.unsided.connections
        if c.relation == "synergistOf"
        and {c.subject, c.object} == {"external_oblique", "internal_oblique"}
        and "rotation" in c.via
    ]
    assert partners
    assert {c.side_rule for c in partners} == {"Opposite"}
