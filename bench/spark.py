"""Spark on a standalone master and two workers beside as many local processes: the same distinct questions to both.

Both engines are up and warm before the clock starts, and are asked in turns within one run; what counts is the sum of
the turns. The answers of both are compared byte by byte. Run by ``make bench``.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from operator import truediv
from pathlib import Path

import psutil
from load import questions

from kinchain import locate
from kinchain.batch.local import Local
from kinchain.batch.question import Row, Spec
from kinchain.batch.run import Engine, chunked
from kinchain.batch.spark import Spark

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tests.batch.cluster import cluster

_WORKERS = 2


def main() -> None:
    """Measure, and print what was found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--queries", type=int, default=20_000)
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--warm", type=int, default=1024, help="queries that each engine answers before")
    parser.add_argument("--profile", default="myofascial")
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
        turns: dict[str, list[float]] = {name: [] for name in engines}
        work = dict.fromkeys(engines, 0.0)
        digests = {name: hashlib.sha256() for name in engines}
        for part in _turns(asked, given.turns):
            for name, engine in engines.items():
                begun, worked = time.perf_counter(), _worked()
                data = _answered(engine, part)
                turns[name].append(time.perf_counter() - begun)
                work[name] += _worked() - worked
                digests[name].update(data)
    same = len({digest.hexdigest() for digest in digests.values()}) == 1
    print(f"{len(asked):,} distinct queries, {_WORKERS} processes and {_WORKERS} Spark workers of one core")
    for name, each in turns.items():
        listed = " ".join(f"{turn:.1f}" for turn in each)
        rate = f"{len(asked) / sum(each):7.1f} a second"
        print(f"{name:6} {sum(each):8.1f} s   {rate}   {work[name]:7.1f} s of processor   turns {listed}")
    ratio = sum(turns["spark"]) / sum(turns["local"])
    middle = statistics.median(map(truediv, turns["spark"], turns["local"]))
    print(
        f"Spark ÷ local {ratio:.2f}, median of the turns {middle:.2f}, "
        f"by work of processors {work['spark'] / work['local']:.2f}; {'the same' if same else 'OTHER'} bytes"
    )


def _turns(rows: list[Row], count: int) -> Iterator[list[Row]]:
    size = -(-len(rows) // count)
    for begin in range(0, len(rows), size):
        yield rows[begin : begin + size]


def _worked() -> float:
    """Seconds that this process and all that it began have had of a processor: others on the machine do not count."""
    own = psutil.Process()
    return sum(sum(each.cpu_times()[:2]) for each in (own, *own.children(recursive=True)))


def _answered(engine: Engine, rows: list[Row]) -> bytes:
    return b"".join(line for lines in engine.answered(chunked(rows)) for line in lines)


if __name__ == "__main__":
    main()
