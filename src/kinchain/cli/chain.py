"""``kinchain chain [NAME]``: the published chains, or one of them link by link."""

from __future__ import annotations

from typing import Annotated

import typer

from kinchain.cli.common import AsJson, HtmlFile, answering, print_json, write_text


def chain(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="A chain, as 'superficial back line' or 'left spiral line'.")
    ] = None,
    html: HtmlFile = None,
    json: AsJson = False,
) -> None:
    """The published chains; with a NAME its links, their evidence, gaps, and what speaks against them."""
    with answering(json):
        from kinchain.body import Body
        from kinchain.errors import BadQuestion
        from kinchain.views import json_clinical, table_clinical

        body = Body.load()
        sources = body.model.unsided.sources
        if name is None:
            if html:
                raise BadQuestion("a page shows one chain; name it, as 'kinchain chain \"spiral line\" --html FILE'")
            found = sorted(body.chains.values(), key=lambda c: c.label)
            if json:
                print_json(json_clinical.chains(found, sources))
            else:
                table_clinical.chains(found)
            return
        traced = body.chain(name)
        if html:
            from kinchain.views.pages import chain as chain_page

            write_text(html, chain_page.page(traced, body.model.unsided))
        if json:
            print_json(json_clinical.chain(traced, sources))
        elif not html:
            table_clinical.chain(traced, sources)
