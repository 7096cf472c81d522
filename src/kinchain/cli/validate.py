"""``kinchain validate``: does the ontology keep its own rules?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kinchain.cli.common import AsJson, answering, print_json


def validate(
    folder: Annotated[Path | None, typer.Argument(help="An ontology folder; kinchain's own when not given.")] = None,
    json: AsJson = False,
) -> None:
    """Check the ontology by all shapes and rules; exit 3 when one is broken."""
    with answering(json):
        from kinchain import locate
        from kinchain.building import validate as run
        from kinchain.errors import InvalidOntology
        from kinchain.views import jsonout, table

        own = locate.ontology_dir()
        root = folder or own
        if not (root / "schema.ttl").is_file():
            raise InvalidOntology(f"{root} is no ontology folder: it has no schema.ttl; name one that has")
        found = run(root, rules_root=root if (root / "shapes").is_dir() else own)
        if json:
            print_json(jsonout.findings(found))
        else:
            table.findings(found)
        if found:
            typer.echo(f"kinchain: {len(found)} findings; mend them and validate again", err=True)
            raise typer.Exit(3)
        typer.echo("kinchain: the ontology keeps every rule", err=True)
