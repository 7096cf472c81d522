"""``kinchain map``: the whole body as one page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kinchain.cli.common import answering, write_text


def map(output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="Where the page goes.")]) -> None:
    """The whole body as one page that opens offline: search, filters, and the way from one place to another."""
    with answering(False):
        from kinchain.body import Body
        from kinchain.views.pages import map as map_page

        write_text(output, map_page.page(Body.load().model))
