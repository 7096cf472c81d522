"""The head of every page of a site: the way home, the search box, the lists, and where one is."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from kinchain.views.frame import Assets
from kinchain.views.site.kinds import LISTS
from kinchain.views.site.plan import Page, Plan

Crumb = tuple[str, str]  # the name of a page at the top of the site, and what it is called
_OTHERS = (
    ("regions", "Regions and their remote causes"),
    ("chains", "Chains"),
    ("claims", "Claims"),
    ("sources", "Sources"),
    ("about", "About and notice"),
)


def assets(plan: Plan, page: Page, here: str, above: Crumb | None = None, more: tuple[str, str] = ("", "")) -> Assets:
    """What a page of the site has that a page on its own has not: shared files, a head, links to other pages.

    *above* is the list on which the page stands, *more* a link and its text to what else there is of the same.
    """
    return Assets(
        folder=f"{page.root}assets",
        header=_header(plan, page, here, above, more),
        more=("site.css", "site.js"),
        href=lambda name: plan.href(page, "structure", name) or plan.href(page, "chain", name),
    )


def lists(plan: Plan, page: Page) -> Sequence[tuple[str, str]]:
    """Where each list of the site is, and its title."""
    titles = [*((each.name, each.title) for each in LISTS), *_OTHERS]
    return [(href, title) for name, title in titles if (href := plan.href(page, "", name))]


def _header(plan: Plan, page: Page, here: str, above: Crumb | None, more: tuple[str, str]) -> str:
    browse = "".join(f'<li><a href="{href}">{escape(title)}</a></li>' for href, title in lists(plan, page))
    crumbs = [("index", "Home"), *([above] if above else [])] if page.name != "index" or page.folder else []
    way = "".join(
        f'<li><a href="{href}">{escape(title)}</a></li>'
        for name, title in crumbs
        if (href := plan.href(page, "", name))
    )
    also = f'<a class="more" href="{more[0]}">{escape(more[1])}</a>' if more[0] else ""
    here_is = f'<li aria-current="page">{escape(here)}</li>'
    crumbs_shown = (
        f'<nav class="crumbs" aria-label="Where you are"><ol>{way}{here_is}</ol>{also}</nav>\n' if way else ""
    )
    return (
        f'<nav class="site" aria-label="Site"><a class="brand" href="{page.root}index.html">kinchain</a>'
        f'{_search(page)}<details class="browse"><summary>Browse</summary><ul>{browse}</ul></details></nav>\n'
        f"{crumbs_shown}"
    )


def _search(page: Page) -> str:
    return (
        f'<div class="search" role="search" data-root="{page.root}"><label for="search">Search</label>'
        '<input id="search" type="text" role="combobox" aria-expanded="false" aria-controls="found" '
        'aria-autocomplete="list" autocomplete="off" autocapitalize="off" spellcheck="false" '
        'placeholder="a muscle, a region, a chain, a claim">'
        '<ul id="found" role="listbox" aria-label="Suggestions" hidden></ul>'
        '<p id="count" class="unseen" role="status"></p></div>'
    )
