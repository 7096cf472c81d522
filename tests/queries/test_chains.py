"""Published chains: traced link by link on a side, and found along a route."""

from __future__ import annotations

from itertools import pairwise

import pytest

from kinchain.body import Body
from kinchain.errors import UnknownName
from kinchain.model import Side
from kinchain.queries.chains import TracedChain


def matched(body: Body, source: str, target: str) -> dict[str, tuple[int, ...]]:
    (route,) = body.path(source, target, profiles=["myofascial"]).routes
    return {match.id: match.links for match in route.chains}


def ends(chain: TracedChain, position: int) -> tuple[str, str]:
    link = next(link for link in chain.links if link.position == position)
    return link.source.id, link.target.id


def test_the_founding_route_runs_along_the_published_chains(body: Body) -> None:
    chains = matched(body, "right hamstrings", "left humerus")
    assert "superficial_back_line" in chains
    assert "deep_longitudinal_sling" in chains
    assert "back_functional_line" in chains


def test_a_route_elsewhere_names_no_back_line(body: Body) -> None:
    assert "superficial_back_line" not in matched(body, "right pectoralis minor", "right coracobrachialis")


def test_a_route_that_stays_on_its_side_does_not_run_along_a_crossing_link(body: Body) -> None:
    (route,) = body.path("right anterior layer of rectus sheath", "right adductor longus", profiles=["any"]).routes
    assert not route.crosses
    assert "front_functional_line" not in {match.id for match in route.chains}


def test_every_chain_can_be_walked_link_by_link_in_order(body: Body) -> None:
    for chain in body.model.unsided.chains.values():
        positions = [link.position for link in chain.links]
        assert positions == sorted(positions)
        assert len(set(positions)) == len(positions), chain.id


def test_a_chain_is_named_in_people_s_words_and_sides(body: Body) -> None:
    assert body.chain("SBL").label == "right superficial back line"
    assert body.chain("the left spiral line").label == "left spiral line"


def test_an_unknown_chain_is_refused_with_the_closest(body: Body) -> None:
    with pytest.raises(UnknownName, match="superficial back line") as refused:
        body.chain("superficial bak lien")
    assert refused.value.candidates[0].id == "superficial_back_line"


def test_the_spiral_line_crosses_twice_and_ends_where_it_began(body: Body) -> None:
    for side in (Side.RIGHT, Side.LEFT):
        spiral = body.chain(f"{side} spiral line")
        main = spiral.strands[0]
        assert sum(link.crosses for link in main) == 2
        assert spiral.end_side is side
        assert main[-1].target.side is side
        assert main[3].target.side is side.mirrored


@pytest.mark.parametrize("side", [Side.RIGHT, Side.LEFT])
@pytest.mark.parametrize(
    ("name", "position", "source", "target"),
    [
        ("posterior oblique sling", 2, "{here}_superficial_lamina_of_posterior_layer_of_thoracolumbar_fascia",
         "{there}_gluteus_maximus"),
        ("posterior oblique sling", 3, "{there}_gluteus_maximus", "{there}_iliotibial_tract"),
        ("anterior oblique sling", 2, "{here}_external_oblique_aponeurosis", "{there}_internal_oblique_aponeurosis"),
        ("anterior oblique sling", 4, "{there}_anterior_layer_of_rectus_sheath", "{there}_adductor_longus"),
        ("anterior oblique sling", 6, "{here}_external_oblique_aponeurosis", "{here}_anterior_layer_of_rectus_sheath"),
        ("anterior oblique sling", 7, "{here}_anterior_layer_of_rectus_sheath", "{there}_adductor_longus"),
        ("deep longitudinal sling", 4, "{here}_sacrotuberous_ligament", "{here}_long_head_of_biceps_femoris"),
        ("lateral sling", 1, "{here}_adductors", "{here}_gluteus_medius"),
        ("lateral sling", 2, "{here}_gluteus_medius", "{there}_quadratus_lumborum"),
        ("front functional line", 2, "{here}_anterior_layer_of_rectus_sheath", "{there}_adductor_longus"),
    ],
)  # fmt: skip
def test_each_sling_has_the_right_structures_from_either_side(
    body: Body, side: Side, name: str, position: int, source: str, target: str
) -> None:
    chain = body.chain(f"{side} {name}")
    sides = {"here": str(side), "there": str(side.mirrored)}
    assert ends(chain, position) == (source.format(**sides), target.format(**sides))


def test_a_chain_and_its_mirror_differ_in_sides_only(body: Body) -> None:
    for chain in body.chains.values():
        right, left = (body.chain(f"{side} {chain.label}") for side in ("right", "left"))
        for one, two in zip(right.links, left.links, strict=True):
            assert one.source.side.mirrored is two.source.side
            assert one.target.side.mirrored is two.target.side
            assert (one.grade, one.holds, one.crosses) == (two.grade, two.holds, two.crosses)


def test_links_follow_one_another(body: Body) -> None:
    for chain in body.chains.values():
        for strand in body.chain(chain.label).strands:
            for one, two in pairwise(strand):
                assert one.target == two.source, (chain.id, two.position)


def test_a_link_that_is_no_mere_claim_stands_on_the_body(body: Body) -> None:
    weak = {"Claimed", "Limited"}
    for chain in body.chains.values():
        for link in body.chain(chain.label).links:
            assert link.holds != "claim" or link.grade in weak, (chain.id, link.position)


def test_the_lateral_sling_shares_no_tissue(body: Body) -> None:
    assert {link.holds for link in body.chain("lateral sling").links} == {"co-activation"}


def test_a_gap_is_a_gap(body: Body) -> None:
    front = body.chain("superficial front line")
    assert 5 in front.gaps
    assert next(link for link in front.links if link.position == 5).stands_on == ""


def test_reviews_that_count_differently_are_both_told(body: Body) -> None:
    line = body.chain("back functional line").chain
    assert {"wilke_2016", "krause_2016"} <= {*line.sources, *line.against, *(i for x in line.links for i in x.sources)}
    assert "3 transitions" in line.comment
    assert "2" in line.comment.split("Krause", 1)[1]
