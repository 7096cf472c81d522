"""Is the body whole: counts, one connected piece, every nerve to its root, every structure can be asked."""

from __future__ import annotations

import networkx as nx
import pytest

from kinchain.body import Body
from kinchain.graph import weights
from kinchain.model import Side
from kinchain.queries.report import report

AT_LEAST = {
    "landmarks": 400,
    "of them whole, no series": 260,
    "groups": 60,
    "joints": 160,
    "ligaments": 170,
    "fasciae, aponeuroses, tendons": 110,
    "cartilages, bursae, tunnels": 90,
    "nerves and plexuses": 260,
    "regions": 100,
    "viscera and vessels": 30,
    "movements": 130,
}


@pytest.fixture(scope="module")
def counts(body: Body) -> dict[str, tuple[int, int]]:
    return {name.strip(): (one, two) for name, one, two in report(body.model).counts}


@pytest.mark.parametrize("what", AT_LEAST)
def test_there_are_as_many_as_a_body_has(counts: dict[str, tuple[int, int]], what: str) -> None:
    assert counts[what][0] >= AT_LEAST[what]


def test_the_skeleton_has_206_bones(body: Body, counts: dict[str, tuple[int, int]]) -> None:
    bones = [s for s in body.model.unsided.structures.values() if s.kind == "Bone"]
    assert counts["bones"] == (120, 206)
    assert sum(len(s.laterality.sides) == 1 for s in bones) == 34


def test_tissues_and_skeleton_are_one_piece(body: Body) -> None:
    graph = nx.Graph()
    for edge in body.model.edges:
        connection = body.model.connection(edge)
        if not connection.derived_by and weights.family(connection, body.model.unsided) in ("tissue", "skeletal"):
            graph.add_edge(edge.subject, edge.object)
    # A synovial sheath slides and is fixed to nothing, though one may open into another.
    graph.remove_nodes_from([n for n in list(graph) if body.model.structures[n].kind == "Bursa"])
    pieces = sorted(nx.connected_components(graph), key=len, reverse=True)
    assert [sorted(piece)[:5] for piece in pieces[1:]] == []


def test_every_bone_muscle_ligament_and_joint_is_in_that_piece(body: Body) -> None:
    held = {
        end
        for edge in body.model.edges
        if not body.model.connection(edge).derived_by
        and weights.family(body.model.connection(edge), body.model.unsided) in ("tissue", "skeletal")
        for end in (edge.subject, edge.object)
    }
    kinds = ("Bone", "Landmark", "Joint", "Ligament", "Muscle", "Tendon", "Fascia")
    assert [s.id for s in body.model.structures.values() if s.kind in kinds and s.id not in held] == []


def above(body: Body, name: str, *relations: str) -> set[str]:
    found, queue = {name}, [name]
    while queue:
        new = set(body.incidence.objects(queue.pop(), *relations)) - found
        found |= new
        queue += new
    return found


def test_every_nerve_leads_to_a_root_or_to_the_brainstem(body: Body) -> None:
    lost = []
    for structure in body.model.structures.values():
        if structure.kind in ("Nerve", "Plexus"):
            reached = above(body, structure.id, "branchOf", "partOf", "hasRoot", "hasMainRoot")
            kinds = {body.model.structures[i].kind for i in reached}
            why = any(body.model.unsided.structures[body.model.structures[i].unsided].exception for i in reached)
            if "SpinalNerve" not in kinds and not why:
                lost.append(structure.id)
    assert lost == []


def test_every_muscle_has_its_segments_or_a_cranial_nerve(body: Body) -> None:
    lost = []
    for structure in body.model.structures.values():
        if structure.kind != "Muscle" or body.incidence.subjects(structure.id, "partOf"):
            continue
        nerves = body.incidence.objects(structure.id, "innervatedBy")
        roots = body.incidence.objects(structure.id, "hasRoot", "hasMainRoot")
        spinal = any(
            body.model.structures[i].kind == "SpinalNerve"
            for nerve in nerves
            for i in above(body, nerve, "branchOf", "partOf", "hasRoot", "hasMainRoot")
        )
        if not nerves or (spinal and not roots):
            lost.append(structure.id)
    assert lost == []


def unsided(body: Body, share: int) -> list[str]:
    """A quarter of the labels, so that the quarters can be asked side by side."""
    return sorted(s.label for s in body.model.unsided.structures.values())[share::4]


@pytest.mark.parametrize("share", range(4))
def test_every_structure_can_be_shown(body: Body, share: int) -> None:
    for label in unsided(body, share):
        profile = body.show(label)[0]
        assert profile.definition, label
        assert (
            profile.facts
            or profile.exception
            or profile.structure.kind in ("Movement", "NeuralTissue", "Finding", "RedFlag")
        ), label


@pytest.mark.slow
@pytest.mark.parametrize("share", range(4))
def test_every_structure_can_be_asked_for_a_path(body: Body, share: int) -> None:
    for label in unsided(body, share):
        target = "manubrium of sternum" if "sternum" not in label else "atlas"
        if label == target:
            continue
        answer = body.path(label, target, profiles=["any"])
        assert answer.routes or answer.notes, label
        for route in answer.routes:
            assert route.hops[-1].target.side in (Side.MEDIAN, Side.RIGHT, Side.LEFT)
