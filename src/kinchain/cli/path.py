"""``kinchain path A B``: what links two structures."""

from pathlib import Path
from typing import Annotated

import typer

from kinchain.cli.common import (
    AsJson,
    Engine,
    HtmlFile,
    MinEvidence,
    Profiles,
    Routes,
    answering,
    print_json,
    write_text,
)


def path(
    source: Annotated[str, typer.Argument(metavar="A", help="Where the route starts, as 'right hamstring'.")],
    target: Annotated[str, typer.Argument(metavar="B", help="Where it ends, as 'left humerus'.")],
    profile: Profiles = None,
    k: Routes = 1,
    min_evidence: MinEvidence = None,
    engine: Engine = "compiled",
    html: HtmlFile = None,
    json: AsJson = False,
) -> None:
    """What links A to B: the best route through each kind of tissue, with its evidence."""
    with answering(json):
        answer_path(source, target, profile, k, min_evidence, html, json, engine)


def answer_path(
    source: str,
    target: str,
    profile: list[str] | None,
    k: int,
    min_evidence: str | None,
    html: Path | None,
    json: bool,
    engine: str = "compiled",
) -> None:
    """Answer and print; also what ``kinchain ask`` calls."""
    from kinchain.body import Body
    from kinchain.errors import NoRoute
    from kinchain.graph.profiles import DEFAULT_PROFILES

    body = Body.load()
    profiles = profile or DEFAULT_PROFILES
    answer = body.path(source, target, profiles=profiles, k=k, min_evidence=min_evidence or "", engine=engine)
    sources = body.model.unsided.sources
    if not answer.routes:
        raise NoRoute(" ".join(answer.notes))
    if html:
        from kinchain.views.pages import route

        write_text(html, route.page(answer, body.model.unsided))
    if json:
        from kinchain.views import jsonout

        print_json(jsonout.path(answer, sources))
    elif not html:
        from kinchain.views import table

        table.path(answer, sources)
