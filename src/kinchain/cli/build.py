"""``kinchain build``: compile the body from the ontology."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

import typer

from kinchain.cli.common import AsJson, answering, print_json


def build(
    report: Annotated[bool, typer.Option("--report", help="Print what the body holds, by kind.")] = False,
    json: AsJson = False,
) -> None:
    """Compile the body. Queries do this by themselves when the ontology has changed."""
    with answering(json):
        from kinchain import locate
        from kinchain.body import build as compile_body
        from kinchain.sides.expand import expand
        from kinchain.views.table import _table

        model = compile_body(locate.ontology_dir(), quiet=False)
        body = expand(model)
        unsided = Counter(structure.kind for structure in model.structures.values())
        sided = Counter(structure.kind for structure in body.structures.values())
        rows = [(kind, str(number), str(sided[kind])) for kind, number in sorted(unsided.items())]
        rows += [
            ("structures", str(len(model.structures)), str(len(body.structures))),
            ("connections", str(len(model.connections)), str(len(body.edges))),
        ]
        if json:
            print_json({kind: {"unsided": int(one), "sided": int(two)} for kind, one, two in rows})
        elif report:
            _table(("kind", "unsided", "sided"), rows)
        else:
            typer.echo(f"kinchain: built {len(body.structures)} structures, {len(body.edges)} connections", err=True)
