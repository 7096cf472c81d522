"""A walk that is the same from both sides: one search stands for two, and only where it may."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kinchain.body import Body
from kinchain.graph.walk_arrays import arrays
from kinchain.model import Laterality, Side, SideRule
from kinchain.queries.clues import Clue, Images
from kinchain.queries.targets import local

_SITES = ("low_back", "back_of_shoulder", "front_of_knee", "buttock", "outer_knee", "heel")


def _weights(body: Body, clues: list[Clue]) -> dict[str, tuple[int, float]]:
    return {body.incidence.named(clue.structure).id: (clue.grade, clue.weight) for clue in clues}


@pytest.mark.parametrize("engine", ["compiled", "networkx"])
@pytest.mark.parametrize("site", _SITES)
def test_what_is_found_once_for_both_sides_is_what_each_side_finds(body: Body, site: str, engine: str) -> None:
    walks, images = body.engines.walks(engine), Images()
    for side in ("right", "left"):
        here = local(body.incidence, [body.named(f"{side}_{site}")])
        alone = list(body.gatherer.reached(walks, here))
        together = list(body.gatherer.reached(walks, here, images))
        assert alone
        assert _weights(body, together) == _weights(body, alone)
        told = {clue.structure: clue.tell() for clue in together[:3]}
        assert told == {clue.structure: clue.tell() for clue in alone if clue.structure in told}
    assert bool(images) == (engine == "compiled")


def test_the_row_of_a_connection_that_one_side_lacks_is_no_mirror_image(body: Body) -> None:
    model = body.model.unsided
    walk = body.incidence.kept.walk("myofascial", Side.RIGHT, "")
    assert all(walk.arrays["mirrors"][:])
    joined = next(c for c in model.connections if c.relation == "continuousWith" and c.side_rule is SideRule.SAME)
    lop = {joined.subject: replace(model.structures[joined.subject], laterality=Laterality.RIGHT_ONLY)}
    one_sided = replace(model, structures={**model.structures, **lop})
    nodes, made = arrays(Body(one_sided).model, "myofascial")
    changed = dict(zip(nodes, made["mirrors"], strict=True))
    assert not changed[f"right_{joined.subject}"]
    assert not changed[f"right_{joined.object}"]
    assert sum(changed.values()) > len(changed) / 2
