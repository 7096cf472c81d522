"""The page of a route: the routes of each profile side by side, the hops as a list with evidence and sources."""

from __future__ import annotations

import html

from kinchain.answers import PathAnswer, Route
from kinchain.model import UnsidedModel
from kinchain.views import jsonout
from kinchain.views.frame import INLINE, Assets, badge
from kinchain.views.pages import strands
from kinchain.views.pages.strands import Strand, step
from kinchain.views.table import chain_words


def page(answer: PathAnswer, model: UnsidedModel, *, assets: Assets = INLINE) -> str:
    """The page of a route: picture, hops as a readable list, evidence, sources, a table that says the same."""
    routes = [_strand(route) for route in answer.routes]
    return strands.page(
        title=f"{answer.source.label} → {answer.target.label}",
        heading=f"What links the {answer.source.label} to the {answer.target.label}?",
        shown="routes",
        strands=routes,
        notes=[html.escape(note) for note in answer.notes],
        model=model,
        assets=assets,
        data=jsonout.path(answer, model.sources),
    )


def _strand(route: Route) -> Strand:
    count = sum(hop.crosses for hop in route.hops)
    facts = (
        f"weakest evidence: {badge(route.grade)}",
        {0: "stays on its side", 1: "crosses the midline once"}.get(count, f"crosses the midline {count} times"),
        f"{len(route.hops)} hops",
        f"cost {route.cost:g}",
    )
    along = tuple(chain_words(m.label, m.links, m.length) for m in route.chains)
    return Strand(route.rank, f"{route.rank}. {route.profile} route", facts, tuple(map(step, route.hops)), along)
