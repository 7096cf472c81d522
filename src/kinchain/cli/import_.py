"""``kinchain import FILE``: what an anatomy file of others has that kinchain lacks."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kinchain.cli.common import AsJson, answering, print_json, write_text


def import_(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="An OBO, OBO Graph JSON or OWL file, as a subset of Uberon.")
    ],
    kind: Annotated[
        list[str] | None, typer.Option("--kind", help="List only this kind, as muscle or nerve. Repeatable.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write all that is lacking, tab-separated.")
    ] = None,
    max_size: Annotated[int, typer.Option("--max-size", min=1, help="Read files up to this many megabytes.")] = 300,
    json: AsJson = False,
) -> None:
    """Report what an anatomy file has that kinchain lacks, by kind. Nothing is added to the body."""
    with answering(json):
        from kinchain import locate
        from kinchain.body import Body
        from kinchain.queries.lacking import compare
        from kinchain.rdf import foreign
        from kinchain.views import lacking

        read = foreign.read(file, max_megabytes=max_size)
        found = compare(Body.load().names, read, locate.ontology_dir(), kinds=kind or ())
        if output:
            write_text(output, lacking.tsv(found))
        if json:
            print_json(lacking.as_json(found))
        elif not output:
            lacking.show(found)
        for note in lacking.notes(found):
            typer.echo(f"kinchain: {note}", err=True)
        typer.echo(f"kinchain: {lacking.summary(found)}", err=True)
