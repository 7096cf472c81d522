"""``kinchain show X``: all that is known of one structure."""

from __future__ import annotations

from typing import Annotated

import typer

from kinchain.cli.common import AsJson, HtmlFile, answering, print_json, write_text


def show(
    structure: Annotated[str, typer.Argument(metavar="X", help="A structure, as 'pectoralis minor'.")],
    html: HtmlFile = None,
    json: AsJson = False,
) -> None:
    """All that is known of X. A paired structure without a side is shown for the right; the left mirrors it."""
    with answering(json):
        from kinchain.body import Body
        from kinchain.views import json_clinical, jsonout, table, table_clinical

        body = Body.load()
        first, *others = body.show(structure)
        sources, structures = body.model.unsided.sources, body.model.unsided.structures
        care = body.care(first.structure)
        if html:
            from kinchain.queries.membership import Memberships
            from kinchain.queries.partners import partners
            from kinchain.views.pages import structure as structure_page

            page = structure_page.page(
                first,
                care,
                body.model.unsided,
                chains=Memberships(body.incidence).of(first.structure),
                partners=partners(body.incidence, first.structure),
            )
            write_text(html, page)
        if json:
            print_json(jsonout.show(first, sources) | json_clinical.care(care, sources, structures))
        elif not html:
            table.show(first, sources)
            table_clinical.care(care, sources, structures)
        if others:
            typer.echo(f"kinchain: shown for the {first.structure.label}; the left one mirrors it", err=True)
