"""``kinchain causes SITE``: pain is felt here, what elsewhere might be behind it?"""

from pathlib import Path
from typing import Annotated

import typer

from kinchain.cli.common import AsJson, Engine, HtmlFile, answering, print_json, write_text


def causes(
    site: Annotated[
        str, typer.Argument(metavar="SITE", help="Where and how it hurts, as 'pain on the outside of my left knee'.")
    ],
    with_: Annotated[
        list[str] | None,
        typer.Option("--with", "-w", help="A qualifier, as 'at night', 'numbness', 'after a fall'. Repeatable."),
    ] = None,
    mechanism: Annotated[
        list[str] | None,
        typer.Option(
            help="Only these: neural_root, peripheral_nerve, somatic_referred, visceral_referral, myofascial, "
            "joint_mechanical, compensation. Repeatable."
        ),
    ] = None,
    evidence: Annotated[str | None, typer.Option(help="Nothing weaker than this grade, as 'moderate'.")] = None,
    top: Annotated[int, typer.Option(help="At most so many candidates.")] = 15,
    side: Annotated[str | None, typer.Option(help="The side of the complaint: right or left.")] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Say why each candidate has its rank.")] = False,
    engine: Engine = "compiled",
    html: HtmlFile = None,
    json: AsJson = False,
) -> None:
    """What elsewhere might be behind pain at SITE: red flags first, then candidates with reasons, tests and care."""
    with answering(json):
        answer_causes(site, with_, mechanism, evidence, top, side, explain, html, json, engine)


def answer_causes(
    site: str,
    with_: list[str] | None,
    mechanism: list[str] | None,
    evidence: str | None,
    top: int,
    side: str | None,
    explain: bool,
    html: Path | None,
    json: bool,
    engine: str = "compiled",
) -> None:
    """Answer and print; also what ``kinchain ask`` calls."""
    from kinchain.body import Body
    from kinchain.errors import BadQuestion

    if side is not None and side.casefold() not in ("right", "left"):
        raise BadQuestion(f"'{side[:20]}' is no side; choose right or left")
    body = Body.load()
    text = f"{side.casefold()} {site}" if side else site
    answer = body.causes(
        text,
        qualifiers=with_ or (),
        top=top,
        mechanisms=mechanism or (),
        min_evidence=evidence or "",
        engine=engine,
    )
    if answer.site.left_out:
        typer.echo(f"kinchain: not understood and left out: {', '.join(answer.site.left_out)}", err=True)
    sources, mechanisms = body.model.unsided.sources, dict(body.model.unsided.mechanisms)
    if html:
        from kinchain.views.pages import causes

        write_text(html, causes.page(answer, body.model.unsided))
    if json:
        from kinchain.views import json_causes

        print_json(json_causes.causes(answer, sources, mechanisms, explain=explain))
    elif not html:
        from kinchain.views import table_causes

        table_causes.causes(answer, sources, mechanisms, explain=explain)
