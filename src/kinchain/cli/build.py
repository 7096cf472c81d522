"""``kinchain build``: compile the body from the ontology."""

from __future__ import annotations

from typing import Annotated

import typer

from kinchain.cli.common import AsJson, answering, print_json


def build(
    report: Annotated[
        bool, typer.Option("--report", help="Print what the body holds, what it lacks, and its size.")
    ] = False,
    json: AsJson = False,
) -> None:
    """Compile the body. Queries do this by themselves when the ontology has changed."""
    with answering(json):
        from kinchain import locate
        from kinchain.body import build as compile_body
        from kinchain.queries.report import report as count
        from kinchain.sides.expand import expand
        from kinchain.views import jsonout, table

        body = expand(compile_body(locate.ontology_dir(), quiet=False))
        if json:
            print_json(jsonout.report(count(body)))
        elif report:
            table.report(count(body))
        else:
            typer.echo(f"kinchain: built {len(body.structures)} structures, {len(body.edges)} connections", err=True)
