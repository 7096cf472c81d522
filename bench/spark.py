"""Spark on a standalone master and two workers beside as many local processes: the same distinct questions to both.

Both engines are up and warm before the clock starts, and are asked in turns within one run; what counts is the sum of
the turns in which nobody else used the machine. The answers of both are compared byte by byte. Run by ``make bench``.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from load import questions
from quiet import PATIENCE, Others, told, wait, worked
from table import Row as Batch
from table import show

from kinchain import locate
from kinchain.batch.local import Local
from kinchain.batch.question import Row, Spec
from kinchain.batch.run import Engine, chunked
from kinchain.batch.spark import Spark

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tests.batch.cluster import cluster

_WORKERS = 2


class Took(NamedTuple):
    """Seconds of a turn: by the clock, and of the processors that worked for it."""

    time: float
    work: float


def main() -> None:
    """Measure, and print what was found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--queries", type=int, default=20_000)
    parser.add_argument("--turns", type=int, default=10)
    parser.add_argument("--warm", type=int, default=1024, help="queries that each engine answers before")
    parser.add_argument("--profile", default="myofascial")
    parser.add_argument("--patience", type=float, default=PATIENCE, help="seconds to wait for a quiet machine in all")
    given = parser.parse_args()
    pairs = questions(given.queries + given.warm)
    rows = [Row(n, {"source": a, "target": b}) for n, (a, b) in enumerate(pairs, 1)]
    warm, asked = rows[: given.warm], rows[given.warm :]
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    spec, root = Spec("path", profiles=(given.profile,)), locate.ontology_dir()
    with (
        tempfile.TemporaryDirectory() as folder,
        cluster(Path(folder), _WORKERS) as running,
        Local(spec, root, _WORKERS) as local,
        Spark(spec, root, running.url) as spark,
    ):
        engines: dict[str, Engine] = {"local": local, "spark": spark}
        for engine in engines.values():
            _answered(engine, warm)
        digests = {name: hashlib.sha256() for name in engines}
        turns: list[tuple[bool, dict[str, Took]]] = []
        patience = given.patience
        for part in _turns(asked, given.turns):
            patience = wait(patience)
            with Others() as others:
                took = {name: _took(engine, part, digests[name]) for name, engine in engines.items()}
            turns.append((others.quiet, took))
    same = len({digest.hexdigest() for digest in digests.values()}) == 1
    counted = [took for quiet, took in turns if quiet] or [took for _, took in turns]
    whole = {name: Took(*map(sum, zip(*(took[name] for took in counted), strict=True))) for name in engines}
    ours, theirs = whole["spark"], whole["local"]
    title = f"{len(asked):,} distinct queries, {_WORKERS} Spark workers beside {_WORKERS} local processes"
    rows = [
        Batch("as long as it took", 1.15, ours.time, theirs.time, len(counted), "s"),
        Batch("seconds of a processor", 1.15, ours.work, theirs.work, len(counted), "s"),
    ]
    show(f"{title}; {'the same bytes' if same else 'OTHER BYTES'}", rows)
    print(told(quiet for quiet, _ in turns))


def _took(engine: Engine, rows: list[Row], digest: hashlib._Hash) -> Took:
    begun, before = time.perf_counter(), worked()
    digest.update(_answered(engine, rows))
    return Took(time.perf_counter() - begun, worked() - before)


def _turns(rows: list[Row], count: int) -> Iterator[list[Row]]:
    size = -(-len(rows) // count)
    for begin in range(0, len(rows), size):
        yield rows[begin : begin + size]


def _answered(engine: Engine, rows: list[Row]) -> bytes:
    return b"".join(line for lines in engine.answered(chunked(rows)) for line in lines)


if __name__ == "__main__":
    main()
