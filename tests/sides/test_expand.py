"""Left and right as properties, on made-up bodies and on the real one."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinchain.body import Body
from kinchain.errors import InvalidOntology
from kinchain.model import Connection, Edge, Laterality, Side, SidedModel, SideRule, Structure, UnsidedModel
from kinchain.sides.crossings import compose, end_side
from kinchain.sides.expand import expand, mirrored_id

LATERALITIES = st.sampled_from([Laterality.PAIRED, Laterality.MEDIAN])


@st.composite
def models(draw: st.DrawFn) -> UnsidedModel:
    sides = draw(st.lists(LATERALITIES, min_size=1, max_size=8))
    structures = {f"s{n}": Structure(f"s{n}", f"s{n}", "Muscle", side) for n, side in enumerate(sides)}
    names = st.sampled_from(sorted(structures))
    connections = []
    for subject, target, crossing in draw(st.lists(st.tuples(names, names, st.booleans()), max_size=20)):
        paired = all(structures[s].laterality is Laterality.PAIRED for s in (subject, target))
        rule = SideRule.OPPOSITE if crossing and paired else SideRule.SAME
        connections.append(Connection(subject, "continuousWith", target, side_rule=rule))
    return UnsidedModel(structures, tuple(connections), {}, {}, {}, {})


def mirror(model: SidedModel, edges: Iterable[Edge]) -> set[tuple[str, str, int, bool]]:
    return {(mirrored_id(model, e.subject), mirrored_id(model, e.object), e.connection, e.crosses) for e in edges}


def keys(edges: Iterable[Edge]) -> set[tuple[str, str, int, bool]]:
    return {(e.subject, e.object, e.connection, e.crosses) for e in edges}


@given(models())
def test_mirroring_twice_is_the_identity(model: UnsidedModel) -> None:
    sided = expand(model)
    assert all(mirrored_id(sided, mirrored_id(sided, i)) == i for i in sided.structures)


@given(models())
def test_the_mirrored_body_is_the_same_body(model: UnsidedModel) -> None:
    sided = expand(model)
    assert mirror(sided, sided.edges) == keys(sided.edges)


@given(models())
def test_median_structures_are_their_own_mirror(model: UnsidedModel) -> None:
    sided = expand(model)
    assert all(mirrored_id(sided, s.id) == s.id for s in sided.structures.values() if s.side is Side.MEDIAN)


@given(models())
def test_no_unsided_id_of_a_paired_structure_survives(model: UnsidedModel) -> None:
    sided = expand(model)
    paired = {s.id for s in model.structures.values() if s.laterality is Laterality.PAIRED}
    assert not paired & set(sided.structures)
    assert all({e.subject, e.object} <= set(sided.structures) for e in sided.edges)


@given(models())
def test_only_opposite_edges_join_right_to_left(model: UnsidedModel) -> None:
    sided = expand(model)
    for edge in sided.edges:
        sides = {sided.structures[edge.subject].side, sided.structures[edge.object].side}
        assert (sides == {Side.RIGHT, Side.LEFT}) == edge.crosses


@given(st.lists(st.sampled_from(list(SideRule))))
def test_sides_compose_by_parity(rules: list[SideRule]) -> None:
    crossings = rules.count(SideRule.OPPOSITE)
    assert (end_side(Side.RIGHT, rules) is Side.RIGHT) == (crossings % 2 == 0)
    assert compose([*rules, *rules]) is SideRule.SAME


def test_opposite_of_a_median_structure_is_refused() -> None:
    structures = {
        "linea": Structure("linea", "linea", "Tendon", Laterality.MEDIAN),
        "muscle": Structure("muscle", "muscle", "Muscle", Laterality.PAIRED),
    }
    crossing = Connection("muscle", "continuousWith", "linea", side_rule=SideRule.OPPOSITE)
    with pytest.raises(InvalidOntology, match="median"):
        expand(UnsidedModel(structures, (crossing,), {}, {}, {}, {}))


def test_an_organ_on_one_side_exists_once(small: Body) -> None:
    assert "left_spleen" in small.model.structures
    assert "right_spleen" not in small.model.structures
    edges = [e for e in small.model.edges if e.subject == "left_spleen"]
    assert [e.object for e in edges] == ["left_tibial_nerve"]


def test_the_real_body_mirrors_itself_but_for_organs_on_one_side(body: Body) -> None:
    one_sided = (Laterality.LEFT_ONLY, Laterality.RIGHT_ONLY)
    structures = body.model.unsided.structures
    there = {s.id for s in body.model.structures.values() if structures[s.unsided].laterality not in one_sided}
    edges = [edge for edge in body.model.edges if {edge.subject, edge.object} <= there]
    assert mirror(body.model, edges) == keys(edges)
