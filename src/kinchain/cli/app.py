"""The command ``kinchain``: one file a command, imported when it is called (``cli.lazy``)."""

import atexit
import io
import os
import sys
import threading

import typer

from kinchain import __version__
from kinchain.cli.lazy import SETTINGS, LazyGroup

app = typer.Typer(
    name="kinchain",
    cls=LazyGroup,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings=SETTINGS,
)


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
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    try:
        app()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def run() -> None:
    """Run the command line as a process of its own, and end it at once.

    What Python does at the end of a process, freeing every object, takes a fifth of the time of a short answer and
    changes nothing. What asked to be called at the end is called; while another thread works, Python ends as usual.
    """
    try:
        main()
    except SystemExit as ended:
        if not isinstance(ended.code, int | None) or threading.active_count() > 1:
            raise
        status = ended.code or 0
    else:
        status = 0
    if threading.active_count() > 1:
        sys.exit(status)
    atexit._run_exitfuncs()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        pass
    os._exit(status)


if __name__ == "__main__":
    run()
