"""Any page of the site as text: each kind of page from the room that makes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from kinchain.model import Chain, Named, SidedModel
from kinchain.queries.care import Care
from kinchain.queries.causes import Causes
from kinchain.queries.chains import trace
from kinchain.queries.incidence import Incidence
from kinchain.queries.lookup import Names
from kinchain.queries.membership import Memberships
from kinchain.queries.neighbourhood import show
from kinchain.queries.partners import partners
from kinchain.queries.quiz import quiz
from kinchain.views.pages import causes, chain, structure
from kinchain.views.pages import map as map_page
from kinchain.views.pages import quiz as quiz_page
from kinchain.views.site import front, lists, nav
from kinchain.views.site.claim import claim
from kinchain.views.site.kinds import LISTS, list_of
from kinchain.views.site.plan import Page, Plan

CANDIDATES = 15  # of a region; as many as 'kinchain causes' gives
QUESTIONS = 40  # of the quiz


class Asked(Protocol):
    """Who answers what the pages tell: a ``kinchain.body.Body``."""

    model: SidedModel

    @property
    def incidence(self) -> Incidence:
        """The index of edges by their ends."""

    @property
    def names(self) -> Names:
        """The index of all names."""

    @property
    def chains(self) -> Mapping[str, Chain]:
        """The published chains by id."""

    def care(self, structure: Named) -> Care:
        """What concerns a structure in practice."""

    def causes(self, site: str, *, top: int) -> Causes:
        """What elsewhere might be behind pain at a site."""


class Renderer:
    """Makes the pages of a site."""

    def __init__(self, body: Asked, plan: Plan) -> None:
        self._body = body
        self._plan = plan
        self._model = body.model.unsided
        self._memberships = Memberships(body.incidence)
        self._named: dict[str, Named] = {}  # of two the right one
        for each in body.model.structures.values():
            if each.side is self._model.structures[each.unsided].laterality.sides[0]:
                self._named[each.unsided] = each

    def text(self, page: Page) -> str:
        """The whole text of a page."""
        match page.folder:
            case "region":
                return self._region(page)
            case "chain":
                traced = trace(self._body.incidence, self._body.chains[page.name])
                assets = nav.assets(self._plan, page, traced.label, ("chains", "Chains"))
                return chain.page(traced, self._model, assets=assets)
            case "structure":
                return self._structure(page)
            case "claim":
                return claim(self._model.claims[page.name], self._model, self._plan, page)
            case _ if page.name == "map":  # the map and the quiz are pages by themselves, to be taken away as one file
                return map_page.page(self._body.model)
            case _ if page.name == "quiz":
                asked = quiz(self._body.incidence, self._body.names, count=QUESTIONS)
                return quiz_page.page(asked, self._model)
            case _:
                return self._top(page)

    def _region(self, page: Page) -> str:
        named = self._named[page.name]
        more = self._plan.href(page, "structure", page.name), "All that is known of it"
        assets = nav.assets(self._plan, page, named.label, ("regions", "Regions"), more)
        return causes.page(self._body.causes(named.label, top=CANDIDATES), self._model, assets=assets)

    def _structure(self, page: Page) -> str:
        named, incidence = self._named[page.name], self._body.incidence
        above = list_of(self._model, page.name)
        more = self._plan.href(page, "region", page.name), "What might be behind pain here?"
        assets = nav.assets(self._plan, page, self._model.structures[page.name].label, above, more)
        return structure.page(
            show(incidence, named),
            self._body.care(named),
            self._model,
            chains=self._memberships.of(named),
            partners=partners(incidence, named),
            assets=assets,
        )

    def _top(self, page: Page) -> str:
        listed = next((each for each in LISTS if each.name == page.name), None)
        if listed:
            return lists.structures(self._model, self._plan, page, listed)
        makes = {
            "regions": lists.regions,
            "chains": lists.chains,
            "claims": lists.claims,
            "index": front.home,
            "sources": front.sources,
            "about": front.about,
        }
        return makes[page.name](self._model, self._plan, page)
