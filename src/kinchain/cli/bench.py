"""``kinchain bench causes``: are published remote causes found again?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kinchain.cli.common import AsJson, answering, print_json

if TYPE_CHECKING:
    from kinchain.queries.causes import Causes


def bench(
    what: Annotated[str, typer.Argument(help="What to measure: causes.")] = "causes",
    pairs: Annotated[
        Path | None, typer.Option(help="A file of pairs; that of the checkout, tests/benchmark/pairs.tsv, by default.")
    ] = None,
    each: Annotated[bool, typer.Option("--each", help="Also print the rank of every pair.")] = False,
    json: AsJson = False,
) -> None:
    """Hits and mean reciprocal ranks of remote causes on published pairs, beside three baselines."""
    with answering(json):
        from kinchain import locate
        from kinchain.body import Body
        from kinchain.errors import BadQuestion
        from kinchain.queries import benchmark
        from kinchain.views import bench as views

        if what != "causes":
            raise BadQuestion(f"there is no benchmark of '{what[:40]}'; choose causes")
        body = Body.load()
        file = pairs or locate.ontology_dir().parent / "tests" / "benchmark" / "pairs.tsv"

        def ask(complaint: str) -> Causes:
            return body.causes(complaint, top=200)

        outcomes = benchmark.run(body.incidence, body.graph, ask, benchmark.read(file))
        if json:
            print_json(views.as_json(outcomes))
        else:
            views.as_table(outcomes, each=each)
