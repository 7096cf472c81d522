"""``kinchain claim [TEXT]``: what the documents claim, and what became of it."""

from __future__ import annotations

from typing import Annotated

import typer

from kinchain.cli.common import AsJson, answering, print_json


def claim(
    text: Annotated[
        str | None,
        typer.Argument(metavar="[TEXT]", help="A structure, a statement or a claim's id; all claims when not given."),
    ] = None,
    verdict: Annotated[
        str | None, typer.Option(help="Only claims with this verdict: correct, imprecise, contested, wrong.")
    ] = None,
    json: AsJson = False,
) -> None:
    """What is claimed, by whom, and what the evidence says: about a structure, or nearest to a statement."""
    with answering(json):
        from kinchain.body import Body
        from kinchain.views import json_clinical, table_clinical

        body = Body.load()
        unsided = body.model.unsided
        found = body.claimed(text, verdict=verdict)
        if json:
            print_json([json_clinical.claim(c, unsided.sources, unsided.structures) for c in found])
        else:
            table_clinical.claims(found, unsided.sources, unsided.structures)
