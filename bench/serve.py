"""Requests a second of the path endpoint, beside the same handler in FastAPI.

Both answer the same questions, each question once, in turns and in one run; what counts is the median of the turns.
FastAPI has one process, as a sync handler is usually run, and a lock, since routes are searched on one graph;
``kinchain serve`` runs once with one worker and once with as many as there are processors. Run by ``make bench``.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import threading
from typing import Annotated, Any

import uvicorn
from fastapi import FastAPI, HTTPException, Query
from load import Ask, kinchain, load, path, questions, serving

from kinchain.body import Body
from kinchain.errors import KinchainError
from kinchain.graph.profiles import DEFAULT_PROFILES
from kinchain.views import jsonout


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
    parser.add_argument("--turns", type=int, default=7)
    parser.add_argument("--requests", type=int, default=200, help="in a turn")
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--profile", help="ask for this profile only, as neural, whose routes are short")
    given = parser.parse_args()
    if given.fastapi:
        run_fastapi()
        return
    many = os.cpu_count() or 1
    more = {"profile": given.profile} if given.profile else {}
    pairs = questions((given.turns + 1) * given.requests)
    with (
        serving(sys.executable, __file__, "--fastapi") as (theirs, _),
        serving(*kinchain(1)) as (one, _),
        serving(*kinchain(many)) as (all_, _),
    ):
        servers = {"FastAPI, sync": theirs, "kinchain serve, 1 worker": one, f"kinchain serve, {many} workers": all_}
        found: dict[str, list[float]] = {name: [] for name in servers}
        for turn in range(given.turns + 1):
            part = [Ask(path(*pair, **more)) for pair in pairs[turn * given.requests : (turn + 1) * given.requests]]
            for name, url in servers.items():
                told = load(url, part, given.connections)
                if turn:  # the first one warms up
                    found[name].append(told.per_second)
    theirs_median = statistics.median(found["FastAPI, sync"])
    for name, each in found.items():
        middle = statistics.median(each)
        print(f"{name:28} {middle:8.1f} requests a second   ÷ FastAPI {middle / theirs_median:5.2f}")


if __name__ == "__main__":
    main()
