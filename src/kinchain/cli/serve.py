"""``kinchain serve``: the atlas live, for browsers and programs."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from kinchain.cli.common import answering


def serve(
    host: Annotated[str, typer.Option(help="The address to listen at; 0.0.0.0 lets other machines ask.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes a free one.")] = 8000,
    workers: Annotated[
        int | None, typer.Option(min=1, max=64, help="How many processes answer; as many as there are processors.")
    ] = None,
    timeout: Annotated[float, typer.Option(min=1, max=300, help="Seconds that a question may take.")] = 20,
    sparql: Annotated[bool, typer.Option("--sparql", help="Answer SPARQL at /sparql, by a server of its own.")] = False,
    sparql_url: Annotated[
        str, typer.Option(metavar="URL", help="Answer SPARQL at /sparql by asking this SPARQL 1.1 server.")
    ] = "",
    log_questions: Annotated[
        bool, typer.Option("--log-questions", help="Write to standard error what is asked, and how long it took.")
    ] = False,
) -> None:
    """The atlas live: pages for any question, a JSON API (/openapi.json), SPARQL; ends with Ctrl-C or SIGTERM.

    Listens on this machine only unless --host says otherwise. What is asked is neither kept nor logged: there is no
    cache of answers either. A proxy in front may log addresses, which hold the question: switch that off there, or ask
    the API by POST. Needs 'pip install kinchain[server]'.
    """
    with answering(False):
        from kinchain.errors import BadQuestion, MissingLibrary

        if sparql and sparql_url:
            raise BadQuestion("--sparql starts a server and --sparql-url names one; choose one of them")
        if sparql_url and not sparql_url.startswith(("http://", "https://")):
            raise BadQuestion(
                f"'{sparql_url[:60]}' is no address of a SPARQL server; it begins with http:// or https://"
            )
        try:
            from kinchain.server import run
        except ModuleNotFoundError as missing:
            raise MissingLibrary(f"serving needs {missing.name}; pip install 'kinchain[server]' brings it") from None
        options = run.Options(
            host=host,
            port=port,
            workers=workers or os.cpu_count() or 1,
            seconds=timeout,
            sparql_url="own" if sparql else sparql_url,
            log=log_questions,
        )
        run.serve(options, tell=lambda text: typer.echo(f"kinchain: {text}", err=True))
