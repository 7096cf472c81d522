"""Requests a second of the path endpoint, beside the same handler in FastAPI.

Both answer the same questions, each question once, in turns and in one run; what counts is the median of the turns in
which nobody else used the machine.
FastAPI has one process, as a sync handler is usually run, and a lock, since routes are searched on one graph;
``kinchain serve`` runs once with one worker and once with as many as there are processors. Run by ``make bench``.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import threading
from itertools import islice
from typing import Annotated, Any, NamedTuple

import uvicorn
from fastapi import FastAPI, HTTPException, Query
from load import Ask, kinchain, load, path, questions, serving
from quiet import PATIENCE, Others, told, wait, worked
from table import Row, show

from kinchain.body import Body
from kinchain.errors import KinchainError
from kinchain.graph.profiles import DEFAULT_PROFILES
from kinchain.views import jsonout

_THEIRS = "FastAPI, sync"
_TRIES = 5  # turns for each that is wanted, since others may use the machine


class Took(NamedTuple):
    """Seconds for a request: by the clock, and of all processors that worked for it."""

    time: float
    work: float


def fastapi_app() -> FastAPI:
    """The path endpoint as one would write it in FastAPI."""
    app, body, turn = FastAPI(), Body.load(), threading.Lock()

    @app.get("/api/path")
    def answer(
        source: Annotated[str, Query(min_length=1, max_length=300)],
        target: Annotated[str, Query(min_length=1, max_length=300)],
        profile: Annotated[list[str] | None, Query()] = None,
        k: Annotated[int, Query(ge=1, le=10)] = 1,
        min_evidence: str = "",
    ) -> dict[str, Any]:
        try:
            with turn:
                found = body.path(source, target, profiles=profile or DEFAULT_PROFILES, k=k, min_evidence=min_evidence)
        except KinchainError as problem:
            raise HTTPException(404, problem.message) from None
        if not found.routes:
            raise HTTPException(404, " ".join(found.notes))
        return jsonout.path(found, body.model.unsided.sources)

    return app


def run_fastapi() -> None:
    """Serve the FastAPI application on a free port."""
    uvicorn.run(fastapi_app(), port=0, access_log=False, http="h11", loop="asyncio")


def main() -> None:
    """Measure, and print what was found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--fastapi", action="store_true", help="serve the other one (for the run itself)")
    parser.add_argument("--turns", type=int, default=7, help="that have the machine to themselves")
    parser.add_argument("--requests", type=int, default=200, help="in a turn")
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--profile", help="ask for this profile only, as neural, whose routes are short")
    parser.add_argument("--patience", type=float, default=PATIENCE, help="seconds to wait for a quiet machine in all")
    given = parser.parse_args()
    if given.fastapi:
        run_fastapi()
        return
    many = os.cpu_count() or 1
    more = {"profile": given.profile} if given.profile else {}
    pairs = iter(questions((_TRIES * given.turns + 1) * given.requests))
    found: list[tuple[bool, dict[str, Took]]] = []
    patience = given.patience
    with (
        serving(sys.executable, __file__, "--fastapi") as theirs,
        serving(*kinchain(1)) as one,
        serving(*kinchain(many)) as all_,
    ):
        servers = {_THEIRS: theirs, "kinchain serve, 1 worker": one, f"kinchain serve, {many} workers": all_}
        while (part := [Ask(path(*pair, **more)) for pair in islice(pairs, given.requests)]) and (
            sum(quiet for quiet, _ in found[1:]) < given.turns
        ):
            patience = wait(patience)
            with Others() as others:
                took = {name: _took(*server, part, given.connections) for name, server in servers.items()}
            found.append((others.quiet, took))
    del found[0]  # it warms up
    counted = [took for quiet, took in found if quiet] or [took for _, took in found]
    middle = {
        name: Took(*map(statistics.median, zip(*(took[name] for took in counted), strict=True))) for name in servers
    }
    other = middle.pop(_THEIRS)
    count = len(counted)
    rows = [
        *(Row(f"{n}: {1 / t.time:.0f} a second", 0.5, t.time, other.time, count) for n, t in middle.items()),
        *(Row(f"{n}, of a processor", 1.0, t.work, other.work, count) for n, t in middle.items()),
    ]
    show(f"Time for a path request beside {_THEIRS} ({1 / other.time:.0f} a second)", rows)
    print(told(quiet for quiet, _ in found))


def _took(url: str, process: int, asks: list[Ask], connections: int) -> Took:
    before = worked(process)
    run = load(url, asks, connections)
    return Took(1 / run.per_second, (worked(process) - before) / len(asks))


if __name__ == "__main__":
    main()
