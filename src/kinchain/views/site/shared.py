"""The files of a site that are no pages: style, scripts, search index, tables, what hosts and robots read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from importlib import resources

from kinchain.model import UnsidedModel
from kinchain.views import figure
from kinchain.views.frame import BODY, VIS, asset
from kinchain.views.site import front, index
from kinchain.views.site.plan import Plan
from kinchain.views.site.tables import TABLES, table

MARK = "kinchain-site.txt"
_MARK_TEXT = (
    "The command 'kinchain site' wrote this folder, and replaces it as a whole when it is told to write it again.\n"
)


def files(model: UnsidedModel, plan: Plan) -> Iterator[tuple[str, str]]:
    """Each file by its path in the site, and its text.

    A sitemap needs whole addresses, so there is one only where it was said where the site will stand.
    """
    for name in (*_styles_and_scripts(), VIS):
        yield f"assets/{name}", asset(name)
    yield f"assets/{BODY}", _body_paths(model)
    yield "assets/index.js", index.script(model, plan)
    for name in TABLES:
        yield f"data/{name}", table(model, name)
    yield "404.html", front.not_found(plan)
    yield "robots.txt", _robots(plan)
    if plan.base_url:
        yield "sitemap.xml", _sitemap(plan)
    yield MARK, _MARK_TEXT


def _styles_and_scripts() -> list[str]:
    found = (entry.name for entry in (resources.files("kinchain.views") / "assets").iterdir())
    return sorted(name for name in found if name.endswith((".css", ".js")))


def _body_paths(model: UnsidedModel) -> str:
    paths = json.dumps(figure.background(model), sort_keys=True)
    return f"window.kinchain = window.kinchain || {{}};\nkinchain.body = {paths};\n"


def _robots(plan: Plan) -> str:
    told = f"\nSitemap: {plan.base_url}/sitemap.xml\n" if plan.base_url else ""
    return f"User-agent: *\nDisallow:\n{told}"


def _sitemap(plan: Plan) -> str:
    places = "".join(f"<url><loc>{escape(f'{plan.base_url}/{page.path}')}</loc></url>\n" for page in plan.pages)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{places}</urlset>\n'
    )
