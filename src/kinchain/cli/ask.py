"""``kinchain ask "QUESTION"``: a question in plain words."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kinchain.cli.causes import answer_causes
from kinchain.cli.common import AsJson, HtmlFile, answering, print_json
from kinchain.cli.path import answer_path

if TYPE_CHECKING:
    from kinchain.body import Body
    from kinchain.queries.ask import Question


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
        body = Body.load()
        asked = understand(text, body.names)
        print(f"kinchain: understood as: {asked.understood}", file=sys.stderr)
        _answer(body, asked, html, json)


def _answer(body: Body, asked: Question, html: Path | None, json: bool) -> None:
    from kinchain.errors import BadQuestion

    if asked.form == "path":
        source, target = asked.ends
        answer_path(source, target, None, 1, None, html, json)
        return
    if asked.form == "causes":
        answer_causes(asked.ends[0], None, None, None, 15, None, False, html, json)
        return
    if html:
        raise BadQuestion("this form of question has no page of its own; ask without --html")
    if asked.form == "claim":
        _claims(body, asked, json)
    elif asked.form in ("tests", "care"):
        _care(body, asked, json)
    else:
        _connections(body, asked, json)


def _claims(body: Body, asked: Question, json: bool) -> None:
    from kinchain.errors import NothingFound
    from kinchain.views import json_clinical, table_clinical

    unsided = body.model.unsided
    try:
        found = body.claimed(asked.ends[0])
    except NothingFound:
        _joined(body, asked, json)
        return
    if json:
        claims = [json_clinical.claim(c, unsided.sources, unsided.structures) for c in found]
        print_json({"understood": asked.understood, "form": asked.form, "claims": claims})
    else:
        table_clinical.claims(found, unsided.sources, unsided.structures)


def _joined(body: Body, asked: Question, json: bool) -> None:
    """No claim speaks of this: what the graph itself says of the two structures that the question names."""
    from kinchain.errors import NothingFound
    from kinchain.queries.neighbourhood import between
    from kinchain.views import jsonout, table

    named = body.claims.named(asked.ends[0])
    facts = (between(body.incidence, *named) or between(body.incidence, *reversed(named))) if len(named) == 2 else ()
    if not facts:
        raise NothingFound(
            f"no claim speaks of '{asked.ends[0][:60]}' and no connection that it names is known; 'kinchain claim' "
            "lists the claims, 'kinchain path A B' says what links two structures"
        )
    sources = body.model.unsided.sources
    typer.echo("kinchain: no claim speaks of this; the graph itself says:", err=True)
    if json:
        found = [jsonout.fact(each, sources) for each in facts]
        answer = {"understood": asked.understood, "form": "connections", "structure": jsonout.named(facts[0].of)}
        print_json(answer | {"connections": found})
    else:
        table.facts(facts, sources)


def _care(body: Body, asked: Question, json: bool) -> None:
    from kinchain.errors import NothingFound
    from kinchain.views import json_clinical, jsonout, table_clinical

    sources = body.model.unsided.sources
    structure = body.names.resolve(asked.ends[0])[0]
    found = body.care(structure)
    if not (found.tests if asked.form == "tests" else found.interventions):
        raise NothingFound(
            f"nothing is known that {'tests' if asked.form == 'tests' else 'trains or treats'} the {structure.label}; "
            "'kinchain show' lists what is"
        )
    if json:
        items = json_clinical.care(found, sources, body.model.unsided.structures)
        keys = ("tests",) if asked.form == "tests" else ("care", "cautions")
        answer = {"understood": asked.understood, "form": asked.form, "structure": jsonout.named(structure)}
        print_json(answer | {key: items[key] for key in keys})
    elif asked.form == "tests":
        table_clinical.tests(found.tests, sources)
    else:
        table_clinical.interventions(found.interventions, sources)


def _connections(body: Body, asked: Question, json: bool) -> None:
    from kinchain.queries.neighbourhood import answering_facts
    from kinchain.views import jsonout, table

    structure, facts = answering_facts(body.incidence, body.names.resolve(asked.ends[0]), asked.form)
    sources = body.model.unsided.sources
    if json:
        found = [jsonout.fact(each, sources) for each in facts]
        answer = {"understood": asked.understood, "form": asked.form, "structure": jsonout.named(structure)}
        print_json(answer | {"connections": found})
    else:
        table.facts(facts, sources)
