"""Which published chains a route runs along."""

from __future__ import annotations

from kinchain.body import Body


def matched(body: Body, source: str, target: str) -> dict[str, tuple[int, ...]]:
    (route,) = body.path(source, target, profiles=["myofascial"]).routes
    return {match.id: match.links for match in route.chains}


def test_the_founding_route_runs_along_the_published_chains(body: Body) -> None:
    chains = matched(body, "right hamstrings", "left humerus")
    assert "superficial_back_line" in chains
    assert "deep_longitudinal_sling" in chains
    assert "back_functional_line" in chains


def test_a_route_elsewhere_names_no_back_line(body: Body) -> None:
    assert "superficial_back_line" not in matched(body, "right pectoralis minor", "right coracobrachialis")


def test_every_chain_can_be_walked_link_by_link_in_order(body: Body) -> None:
    for chain in body.model.unsided.chains.values():
        positions = [link.position for link in chain.links]
        assert positions == sorted(positions)
        assert len(set(positions)) == len(positions), chain.id
