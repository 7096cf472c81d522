"""The command ``kinchain``: one file a command, put together here."""

from __future__ import annotations

import gc
import io
import os
import sys

import typer

from kinchain import __version__
from kinchain.cli.around import around
from kinchain.cli.ask import ask
from kinchain.cli.batch import batch
from kinchain.cli.bench import bench
from kinchain.cli.build import build
from kinchain.cli.causes import causes
from kinchain.cli.chain import chain
from kinchain.cli.claim import claim
from kinchain.cli.compare import compare
from kinchain.cli.export import export
from kinchain.cli.find import find
from kinchain.cli.import_ import import_
from kinchain.cli.map import map
from kinchain.cli.overlay import overlay
from kinchain.cli.path import path
from kinchain.cli.quiz import quiz
from kinchain.cli.serve import serve
from kinchain.cli.show import show
from kinchain.cli.site import site
from kinchain.cli.sparql import sparql
from kinchain.cli.validate import validate

app = typer.Typer(
    name="kinchain",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
COMMANDS = (
    path,
    causes,
    ask,
    find,
    show,
    around,
    chain,
    compare,
    map,
    claim,
    quiz,
    site,
    sparql,
    export,
    serve,
    batch,
    overlay,
    validate,
    build,
    bench,
)
for command in COMMANDS:
    app.command()(command)
app.command("import")(import_)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"kinchain {__version__}")
        raise typer.Exit


@app.callback()
def kinchain(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Print the version."),
) -> None:
    """How the parts of the body hang together: paths, evidence, sources.

    Education and a prompt to think, never a diagnosis.
    """


def main() -> None:
    """Run the command line; a reader that goes away ends it quietly."""
    gc.disable()  # a command lives for a second and makes no garbage worth looking for
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    try:
        app()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


if __name__ == "__main__":
    main()
