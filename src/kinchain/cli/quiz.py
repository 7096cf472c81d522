"""``kinchain quiz -o FILE``: questions for learners, on a page that opens offline and prints as a work sheet."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kinchain.cli.common import answering, write_text


def quiz(
    out: Annotated[Path, typer.Option("-o", "--out", metavar="FILE", help="Where to write the page.")],
    region: Annotated[str, typer.Option(help="Ask about this part of the body only, as 'shoulder'.")] = "",
    chain: Annotated[str, typer.Option(help="Ask about this chain only, as 'spiral line'.")] = "",
    count: Annotated[int, typer.Option(help="How many questions.")] = 20,
    seed: Annotated[int, typer.Option(help="Another number gives other questions, the same one the same.")] = 1,
) -> None:
    """Questions with four choices: origin, insertion, nerve, root, action, the next link of a chain."""
    with answering(as_json=False):
        from kinchain.body import Body
        from kinchain.queries.quiz import quiz as questions
        from kinchain.views.pages import quiz as quiz_page

        body = Body.load()
        asked = questions(body.incidence, body.names, region=region, chain=chain, count=count, seed=seed)
        limits = " and ".join(part for part in (region, chain) if part)
        write_text(out, quiz_page.page(asked, body.model.unsided, about=limits, seed=seed))
        if len(asked) < count:
            typer.echo(f"kinchain: only {len(asked)} questions can be asked under these conditions", err=True)
