"""What every command shares: options, how errors end a command, how a file is written."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from kinchain.errors import KinchainError

AsJson = Annotated[bool, typer.Option("--json", help="Answer as JSON, for programs.")]
HtmlFile = Annotated[
    Path | None, typer.Option("--html", metavar="FILE", help="Write the answer as a page that opens offline.")
]
Profiles = Annotated[
    list[str] | None,
    typer.Option(
        "--profile",
        "-p",
        help="Which tissues to walk: myofascial, skeletal, neural, any, referral. Repeatable.",
    ),
]
MinEvidence = Annotated[
    str | None,
    typer.Option("--min-evidence", help="Walk nothing weaker: textbook, strong, moderate, limited, conflicting."),
]
Engine = Annotated[
    str,
    typer.Option(
        "--engine",
        help="What searches: compiled; backend, the same through NetworkX; or networkx, slow and independent.",
    ),
]
Routes = Annotated[int, typer.Option("--routes", "-k", help="How many routes in each profile.")]


@contextmanager
def answering(as_json: bool) -> Iterator[None]:
    """Turn what kinchain refuses into one sentence and the right exit status."""
    try:
        yield
    except KinchainError as problem:
        if as_json:
            from kinchain.views.jsonout import error

            print_json(error(problem))
        typer.echo(f"kinchain: {problem.message}", err=True)
        raise typer.Exit(problem.exit_status) from None


def print_json(value: Any) -> None:
    """One JSON value on standard output."""
    from kinchain.views.jsonout import encoded

    print(encoded(value).decode(), end="")


def write_text(path: Path, text: str) -> None:
    """Write a file whole or not at all, as UTF-8.

    Raises
    ------
    CannotWrite  the place cannot be written; names it and the reason
    """
    from kinchain.files import asked_for

    with asked_for(path) as part:
        part.write_text(text, encoding="utf-8")
    print(f"kinchain: wrote {path}", file=sys.stderr)
