"""``kinchain sparql``: ask the graph in its own language, or by the name of a query of the library."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kinchain.cli.common import AsJson, answering, print_json

if TYPE_CHECKING:
    from kinchain.exports.library import Entry
    from kinchain.exports.results import Answer

_MOST_SECONDS = 3_600


def sparql(
    query: Annotated[
        str | None,
        typer.Argument(help="A query, a file of one, the name of a library query, or - to read standard input."),
    ] = None,
    settings: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="NAME=VALUE", help="Set a parameter, in people's words: muscle='glute max'. Repeatable."
        ),
    ] = None,
    list_them: Annotated[bool, typer.Option("--list", help="List the queries of the library.")] = False,
    show: Annotated[bool, typer.Option("--show", help="Print the query instead of running it.")] = False,
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            help="Rows: table, csv, tsv, json, xml. Triples: turtle, ntriples, jsonld, rdfxml, n3. "
            "Else by the name of the output file.",
        ),
    ] = None,
    out: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write the answer there.")] = None,
    limit: Annotated[int, typer.Option(min=0, help="At most so many rows or triples; 0 for all.")] = 10_000,
    timeout: Annotated[float, typer.Option(min=0.1, max=_MOST_SECONDS, help="Stop after so many seconds.")] = 60.0,
    endpoint: Annotated[
        str | None,
        typer.Option(metavar="URL", help="Ask a SPARQL 1.1 server, as http://localhost:7878/query for Oxigraph."),
    ] = None,
    graph: Annotated[
        str | None, typer.Option(metavar="IRI", help="With --endpoint: ask this graph (default-graph-uri).")
    ] = None,
    json: AsJson = False,
) -> None:
    """Ask the ontology and the sided graph in SPARQL, which only reads here.

    The prefixes kc, body, chain, clinical, cite, rdfs, skos, owl, dcterms, UBERON, FMA … are declared already.
    Structures of the ontology carry kc:laterality, those with their sides kc:side; see --list for worked examples.
    """
    with answering(json):
        from kinchain import locate
        from kinchain.exports import library, query_text

        root = locate.ontology_dir()
        if list_them:
            return _list(list(library.entries(root).values()), json)
        entry = _asked(query, library.entries(root))
        text = _filled(entry, settings or ())
        if show:
            query_text.read(text)
            return print(text.rstrip("\n"))
        name = _format(form, out, query_text.read(text).is_graph, json)
        answer = _answer(text, root, limit, timeout, endpoint, graph)
        _write(answer, name, out)
        _say(answer, entry, limit)
    return None


def _list(entries: Sequence[Entry], json: bool) -> None:
    from kinchain.views import rows as printed

    if json:
        return print_json(
            [
                {
                    "name": e.name,
                    "title": e.title,
                    "answers": e.answers,
                    "for": e.users,
                    "parameters": [
                        {"name": p.name, "kind": p.kind, "default": p.default, "is": p.words} for p in e.parameters
                    ],
                    "example": e.example,
                }
                for e in entries
            ]
        )
    cells = [
        (e.name, e.title, " ".join(f"--set {p.name}='{p.default}'" for p in e.parameters), ", ".join(e.users))
        for e in entries
    ]
    return printed.rows(("name", "answers", "parameters", "for"), cells)


def _asked(query: str | None, entries: dict[str, Entry]) -> Entry:
    """The query that is meant: a name of the library, a file, standard input, or the text itself."""
    from kinchain.errors import BadQuestion
    from kinchain.exports import library

    if query is None:
        raise BadQuestion("no query: give one, a file of one, or a name that 'kinchain sparql --list' shows")
    if query in entries:
        return entries[query]
    if query == "-":
        return library.entry("standard input", sys.stdin.read())
    if query.endswith((".rq", ".sparql")) and "{" not in query:
        try:
            return library.entry(Path(query).name, Path(query).read_text("utf-8"))
        except OSError as error:
            raise BadQuestion(f"{query} cannot be read ({error.strerror}); name a file with a query") from None
        except UnicodeDecodeError:
            raise BadQuestion(f"{query} is no UTF-8 text; save it as UTF-8") from None
    if query and not any(c in query for c in "{?<\n \t"):
        from rapidfuzz import process

        close = [name for name, *_ in process.extract(query, list(entries), limit=3, score_cutoff=50)]
        hint = f"; did you mean {' or '.join(close)}?" if close else "; 'kinchain sparql --list' shows them"
        raise BadQuestion(f"the library has no query '{query[:60]}'{hint}")
    return library.entry("given", query)


def _filled(entry: Entry, settings: Sequence[str]) -> str:
    from kinchain.body import Body
    from kinchain.errors import BadQuestion
    from kinchain.exports import library

    values = {}
    for setting in settings:
        name, equals, value = setting.partition("=")
        if not equals:
            raise BadQuestion(f"'--set {setting[:60]}' has no value; write --set name=value")
        values[name.strip()] = value
    if not values:
        return entry.text
    return library.filled(entry, values, lambda: Body.load().names, lambda: Body.load().model)


def _format(form: str | None, out: Path | None, is_graph: bool, json: bool) -> str:
    from kinchain.exports import results

    if form is None and json:
        form = "jsonld" if is_graph else "json"
    if form is None and out is not None:
        form = results.SUFFIXES.get(out.suffix.lower())
    form = form or ("turtle" if is_graph else "table")
    results.check_format(form, is_graph)
    return form


def _answer(text: str, root: Path, limit: int, seconds: float, endpoint: str | None, graph: str | None) -> Answer:
    from kinchain.body import Body
    from kinchain.errors import BadQuestion
    from kinchain.exports import remote, sparql

    if endpoint is not None:
        return remote.ask(text, endpoint, graph=graph or "", seconds=seconds, limit=limit)
    if graph is not None:
        raise BadQuestion("--graph names a graph of a server; give --endpoint too, or leave it out")

    def notice(words: str) -> None:
        typer.echo(f"kinchain: {words}", err=True)

    return sparql.answer(text, root, lambda: Body.load().model, seconds=seconds, limit=limit, notice=notice)


def _write(answer: Answer, name: str, out: Path | None) -> None:
    from kinchain.exports import results
    from kinchain.files import asked_for
    from kinchain.views import rows as printed

    if name != "table":
        data = results.serialize(answer, name)
    elif answer.truth is not None:
        data = b"true\n" if answer.truth else b"false\n"
    elif out is None:
        return printed.rows(answer.variables, answer.cells())
    else:
        data = printed.text(answer.variables, answer.cells()).encode()
    if out is None:
        sys.stdout.write(data.decode("utf-8"))
        if not data.endswith(b"\n"):
            print()
        return None
    with asked_for(out) as part:
        part.write_bytes(data)
    return typer.echo(f"kinchain: wrote {out}", err=True)


def _say(answer: Answer, entry: Entry, limit: int) -> None:
    """What a reader must know of an answer; exit 1 when it is empty."""
    from kinchain.answers import NOTICE

    if answer.cut:
        typer.echo(
            f"kinchain: there is more; this was cut after {limit}, --limit 0 gives all, --limit N so many", err=True
        )
    if not answer.size:
        typer.echo("kinchain: nothing matches the query; see 'kinchain sparql --list' for queries that do", err=True)
        raise typer.Exit(1)
    if "therapist" in entry.users:
        typer.echo(f"kinchain: {NOTICE}", err=True)
