"""``kinchain compare A [B]``: two chains, two structures, or the two sides of one."""

from __future__ import annotations

from typing import Annotated

import typer

from kinchain.cli.common import AsJson, HtmlFile, answering, print_json, write_text


def compare(
    first: Annotated[str, typer.Argument(metavar="A", help="A chain or structure, as 'superficial back line'.")],
    second: Annotated[
        str | None, typer.Argument(metavar="[B]", help="What to compare it with; left out, A's other side.")
    ] = None,
    html: HtmlFile = None,
    json: AsJson = False,
) -> None:
    """What A and B have in common, and what each has alone: two chains, two structures, or two sides of one."""
    with answering(json):
        from kinchain.body import Body
        from kinchain.queries.compare import compare as compared
        from kinchain.views.compare import as_json, as_table

        body = Body.load()
        found = compared(body.incidence, body.names, first, second)
        if html:
            from kinchain.views.pages import compare as compare_page

            write_text(html, compare_page.page(found, body.model.unsided))
        if json:
            print_json(as_json(found, body.model.unsided.sources))
        elif not html:
            as_table(found)
