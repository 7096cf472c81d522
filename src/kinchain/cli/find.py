"""``kinchain find TEXT``: which structures a text may mean."""

from __future__ import annotations

from typing import Annotated

import typer

from kinchain.cli.common import AsJson, answering, print_json


def find(
    text: Annotated[str, typer.Argument(help="A name or part of one: 'glute max', 'TLF', 'sit bone'.")],
    limit: Annotated[int, typer.Option(min=1, max=200, help="At most so many.")] = 10,
    json: AsJson = False,
) -> None:
    """Which structures a text may mean, best first."""
    with answering(json):
        from kinchain.body import Body
        from kinchain.views import jsonout, table

        matches = Body.load().find(text, limit=limit)
        if json:
            print_json(jsonout.find(matches))
        else:
            table.find(matches)
