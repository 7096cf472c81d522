"""``kinchain build``: compile the body from the ontology, and give it to a server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from kinchain.cli.common import AsJson, answering, print_json

if TYPE_CHECKING:
    from kinchain.model import SidedModel


def build(
    report: Annotated[
        bool, typer.Option("--report", help="Print what the body holds, what it lacks, and its size.")
    ] = False,
    store: Annotated[
        str | None,
        typer.Option(
            metavar="URL",
            help="Also write ontology and sided graph to a server, at the address of its SPARQL 1.1 Graph Store: "
            "http://localhost:7878/store for Oxigraph, http://localhost:3030/NAME/data for Fuseki, "
            "http://localhost:7200/repositories/NAME/rdf-graphs/service for GraphDB.",
        ),
    ] = None,
    graph: Annotated[
        str | None,
        typer.Option(
            metavar="IRI", help="With --store: the graph to replace whole; else the server's default graph is replaced."
        ),
    ] = None,
    json: AsJson = False,
) -> None:
    """Compile the body. Queries do this by themselves when the ontology has changed."""
    with answering(json):
        from kinchain import locate
        from kinchain.building import build as compile_body
        from kinchain.errors import BadQuestion
        from kinchain.queries.report import report as count
        from kinchain.sides.expand import expand
        from kinchain.views import jsonout, table

        if graph is not None and store is None:
            raise BadQuestion("--graph names a graph of a server; give --store too, or leave it out")
        body = expand(compile_body(locate.ontology_dir(), quiet=False))
        if store is not None:
            _give(body, store, graph or "")
        if json:
            print_json(jsonout.report(count(body)))
        elif report:
            table.report(count(body))
        else:
            typer.echo(f"kinchain: built {len(body.structures)} structures, {len(body.edges)} connections", err=True)


def _give(body: SidedModel, store: str, graph: str) -> None:
    from kinchain import locate
    from kinchain.exports import http, remote, triples

    sent = remote.put(triples.walkable(body, locate.ontology_dir()), store, graph=graph)
    where = f"the graph {graph}" if graph else "the default graph"
    typer.echo(f"kinchain: wrote {sent} triples to {where} of {http.shown(store)}", err=True)
