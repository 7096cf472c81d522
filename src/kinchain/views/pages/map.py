"""The map: the whole body in one file, to be searched, filtered, and asked for the way from one place to another."""

from __future__ import annotations

import html

from kinchain.graph.simplify import PROFILES
from kinchain.model import SidedModel
from kinchain.views.frame import INLINE, VIS, Assets, fill
from kinchain.views.pages import map_data

SCRIPTS = (VIS, "finder.js", "map_view.js", "combobox.js", "svg.js", "exports.js", "map_exports.js", "map.js")


def page(model: SidedModel, *, assets: Assets = INLINE) -> str:
    """The page of the whole body."""
    data = map_data.pack(model)
    count = sum(
        s.kind not in map_data.LEFT_OUT and s.unsided in model.unsided.positions for s in model.structures.values()
    )
    return fill(
        "map.html",
        assets=assets,
        styles=("page.css", "map.css"),
        scripts=SCRIPTS,
        text={
            "title": "Map of the body",
            "heading": "Map of the body",
            "note": f"{count:,} structures, each where it lies in a standing adult. Tests, exercises and "
            "complaints have no place of their own and are not here. Positions are schematic.",
        },
        html_parts={"profiles": "".join(f"<option>{html.escape(profile)}</option>" for profile in PROFILES)},
        data={"body-data": data},
    )
