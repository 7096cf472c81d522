"""``kinchain around X``: what a structure is connected to, nearest first."""

from __future__ import annotations

from typing import Annotated

import typer

from kinchain.cli.common import AsJson, answering, print_json


def around(
    structure: Annotated[str, typer.Argument(metavar="X", help="A structure, as 'left sacroiliac joint'.")],
    depth: Annotated[int, typer.Option(help="How many hops away, 1 to 4.")] = 1,
    family: Annotated[
        list[str] | None,
        typer.Option(help="Only these families: tissue, skeletal, neural, motor … Repeatable."),
    ] = None,
    json: AsJson = False,
) -> None:
    """What X is connected to, nearest first."""
    with answering(json):
        from kinchain.body import Body
        from kinchain.errors import NothingFound
        from kinchain.views import jsonout, table

        body = Body.load()
        centre, *others = body.names.resolve(structure)
        found = body.around(structure, depth=depth, families=family or ())
        sources = body.model.unsided.sources
        if not found:
            raise NothingFound(f"nothing of this family is connected to the {centre.label}; leave --family away")
        if json:
            print_json(jsonout.around(centre, found, sources))
        else:
            table.around(found, sources)
        if others:
            typer.echo(f"kinchain: shown for the {centre.label}; the left one mirrors it", err=True)
