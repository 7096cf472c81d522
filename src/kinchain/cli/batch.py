"""``kinchain batch FILE``: many questions at once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from kinchain.cli.common import MinEvidence, Profiles, Routes, answering

if TYPE_CHECKING:
    from kinchain.batch.question import Spec
    from kinchain.batch.run import Counts


def batch(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A table: .csv, .tsv, .jsonl or .parquet.")],
    question: Annotated[
        Literal["path", "causes"],
        typer.Option(
            "--question",
            "-q",
            help="path reads the columns source and target; causes reads site and, if there is one, with "
            "(qualifiers, several with ';' between).",
        ),
    ] = "path",
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="OUT", help=".jsonl, .csv or .parquet; JSON Lines to standard output."),
    ] = None,
    brief: Annotated[
        bool, typer.Option("--brief", help="Of each answer only what a table holds, as .csv and .parquet do.")
    ] = False,
    profile: Profiles = None,
    k: Routes = 1,
    min_evidence: MinEvidence = None,
    top: Annotated[int, typer.Option(help="At most so many candidates (causes).")] = 15,
    mechanism: Annotated[
        list[str] | None, typer.Option(help="Only these mechanisms (causes), as in 'kinchain causes'. Repeatable.")
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with a run that was ended.")] = False,
    max_rows: Annotated[int, typer.Option(min=1, help="Refuse a table with more rows.")] = 1_000_000,
    engine: Annotated[Literal["local", "spark"], typer.Option(help="Processes of this machine, or Spark.")] = "local",
    workers: Annotated[
        int | None, typer.Option("--workers", "-j", min=1, max=256, help="How many processes (local).")
    ] = None,
    master: Annotated[str, typer.Option(metavar="URL", help="Spark's master, as spark://host:7077.")] = "local[*]",
) -> None:
    """Ask one question of every row of a table: what links these two, or what may be behind pain here.

    Other columns are carried through. A JSON line has row, input, and answer (as 'kinchain path --json' or 'causes
    --json') or error; CSV and Parquet have a line for each route or candidate. A row that cannot be answered becomes
    an error with its number, and the run goes on.

    OUT appears when all rows are answered. Until then OUT.part grows by whole lines; when the run is ended, --resume
    goes on behind the last of them. Both engines give the same bytes.
    """
    with answering(False):
        from kinchain import locate
        from kinchain.batch import run
        from kinchain.batch.question import Spec
        from kinchain.batch.rows import format_of
        from kinchain.graph.profiles import DEFAULT_PROFILES

        table = output is not None and format_of(output) != "jsonl"
        spec = Spec(
            question,
            brief or table,
            tuple(profile or DEFAULT_PROFILES),
            k,
            min_evidence or "",
            top,
            tuple(mechanism or ()),
        )
        root = locate.ontology_dir()
        with _progress() as progress:
            try:
                counts = run.batch(
                    file,
                    spec,
                    output,
                    lambda: _engine(spec, root, engine, workers, master),
                    resume=resume,
                    most=max_rows,
                    progress=progress,
                )
            except KeyboardInterrupt:
                typer.echo(f"kinchain: stopped; {'go on with --resume' if output else 'begin again'}", err=True)
                raise typer.Exit(130) from None
        _tell(counts, output)


def _tell(counts: Counts, output: Path | None) -> None:
    earlier = f" ({counts.before:,} of them by an earlier run)" if counts.before else ""
    kinds = ", ".join(f"{kind} {count:,}" for kind, count in sorted(counts.kinds.items()))
    errors = f"{counts.errors:,} errors" + (f" ({kinds})" if kinds else "")
    wrote = f"; wrote {output}" if output else ""
    answered = counts.rows - counts.errors
    typer.echo(f"kinchain: {counts.rows:,} rows{earlier}, {answered:,} answered, {errors}{wrote}", err=True)
    if counts.rows and not answered:
        raise typer.Exit(1)


def _engine(spec: Spec, root: Path, engine: str, workers: int | None, master: str) -> AbstractContextManager[Any]:
    if engine == "spark":
        from kinchain.batch.spark import Spark

        return Spark(spec, root, master)
    from kinchain.batch.local import Local

    return Local(spec, root, workers or os.cpu_count() or 1)


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """A bar on standard error for a person at a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (TextColumn("Rows"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task("rows", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
