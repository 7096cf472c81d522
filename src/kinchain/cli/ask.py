"""``kinchain ask "QUESTION"``: a question in plain words."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from kinchain.cli.common import AsJson, HtmlFile, answering
from kinchain.cli.path import answer_path


def ask(
    question: Annotated[
        str, typer.Argument(help="The question, as 'what links A to B?'; - reads it from standard input.")
    ],
    html: HtmlFile = None,
    json: AsJson = False,
) -> None:
    """A question in plain words: what links right hamstring to left humerus?"""
    with answering(json):
        from kinchain.body import Body
        from kinchain.queries.ask import understand
        from kinchain.queries.lookup import MAX_TEXT

        text = sys.stdin.read(MAX_TEXT + 1) if question == "-" else question
        asked = understand(text, Body.load().names)
        print(f"kinchain: understood as: {asked.understood}", file=sys.stderr)
        answer_path(asked.source, asked.target, None, 1, html, json)
