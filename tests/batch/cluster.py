"""A small Spark cluster on loopback: a standalone master and workers of one core each, for tests and benchmarks."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

_START = 60.0  # seconds
_MEMORY = "1500m"


@dataclass
class Cluster:
    """A running cluster: its master's address, and its workers, which may be ended."""

    url: str
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)


@contextmanager
def cluster(folder: Path, count: int = 2) -> Iterator[Cluster]:
    """A master and some workers, which are gone at the end; *folder* takes what they log."""
    started: list[subprocess.Popen[bytes]] = []
    try:
        log = folder / "master.log"
        started.append(_begin(log, "master.Master", "--host", "127.0.0.1", "--port", "0"))
        found = Cluster(_said(log, r"Starting Spark master at (spark://\S+)"))
        for number in range(count):
            log = folder / f"worker{number}.log"
            place = ("--cores", "1", "--memory", _MEMORY, "--work-dir", str(folder / f"work{number}"))
            found.workers.append(_begin(log, "worker.Worker", "--host", "127.0.0.1", *place, found.url))
            started.append(found.workers[-1])
            _said(log, r"(Successfully registered with master)")
        yield found
    finally:
        for process in reversed(started):
            process.kill()
            process.wait()


def _begin(log: Path, kind: str, *arguments: str) -> subprocess.Popen[bytes]:
    import pyspark

    home = Path(pyspark.__file__).parent
    environment = {**os.environ, "SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1",
                   "PYSPARK_PYTHON": sys.executable, "SPARK_NO_DAEMONIZE": "1"}  # fmt: skip
    command = [str(home / "bin" / "spark-class"), f"org.apache.spark.deploy.{kind}", "--webui-port", "0", *arguments]
    with log.open("wb") as file:
        return subprocess.Popen(command, stdout=file, stderr=file, env=environment)


def _said(log: Path, words: str) -> str:
    """What a process said of itself, when it did."""
    until = time.monotonic() + _START
    while time.monotonic() < until:
        found = re.search(words, log.read_text("utf-8", "replace"))
        if found:
            return found[1]
        time.sleep(0.1)
    raise AssertionError(f"not said within {_START:g} s: {words}\n{log.read_text('utf-8', 'replace')[-2000:]}")
