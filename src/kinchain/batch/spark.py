"""The Spark engine: the same answers from a cluster. The body is sent to it once, as a broadcast.

The workers' Python needs kinchain of the same version. Spark gives a task that a lost worker had to another one; since
an answer depends on nothing but its row and the body, it comes out the same.
"""

from __future__ import annotations

import contextlib
import gc
import os
import sys
import time
import warnings
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any

from kinchain import __version__, locate
from kinchain.batch.question import Row, Spec, check, line
from kinchain.body import Body
from kinchain.errors import CannotWrite, DamagedBody, MissingLibrary
from kinchain.graph.compile import packed, unpacked
from kinchain.store.container import opened

_TASKS = 4  # for each core in one job
_AT_ONCE = 2  # jobs, so that no core waits for the last task of one
_SECONDS = 3.0  # that a task should take: much longer than Spark needs to hand it out, and not long to do again
_JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"  # Java only hands bytes on: compiling itself costs it more than that
_MOST = 32  # chunks in a task


class Spark:
    """Answers chunks of rows with a Spark cluster; a context, whose end lets go of it.

    Raises
    ------
    BadQuestion     options that no row could be asked with
    MissingLibrary  PySpark or Java is not installed
    CannotWrite     the cluster cannot be reached
    """

    def __init__(self, spec: Spec, ontology: Path, master: str) -> None:
        body = Body.load(ontology)
        check(spec, body)
        self._session = _session(master)
        context = self._context = self._session.sparkContext
        self._in_a_task = 1  # chunks, until it is known how long they take
        key = locate.ontology_key(ontology)
        self._task = _Task(__version__, spec, key, context.broadcast(_compiled(body, key)))

    def __enter__(self) -> Spark:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(Exception):  # a Spark that has gone says so in many ways
            self._session.stop()

    def answered(self, chunks: Iterable[Sequence[Row]]) -> Iterator[list[bytes]]:
        """The lines that answer each chunk, in the order of the chunks.

        Raises
        ------
        CannotWrite  Spark gave up
        """
        left = iter(chunks)
        jobs = ThreadPoolExecutor(_AT_ONCE, "spark-job")
        waiting: deque[Future[list[list[bytes]]]] = deque()
        try:
            while wave := list(islice(left, _TASKS * self._cores * self._in_a_task)):
                waiting.append(jobs.submit(self._job, wave))
                if len(waiting) >= _AT_ONCE:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        except Exception as problem:
            if not isinstance(problem, OSError) and not type(problem).__module__.startswith(("py4j", "pyspark")):
                raise
            raise CannotWrite(f"Spark gave up ({_reason(problem)}); mend that and go on with --resume") from None
        finally:
            jobs.shutdown(wait=False, cancel_futures=True)

    def _job(self, wave: list[Sequence[Row]]) -> list[list[bytes]]:
        begun = time.perf_counter()
        rounds = -(-len(wave) // (self._in_a_task * self._cores))
        tasks = min(rounds * self._cores, len(wave))  # as many for each core
        answered: list[list[bytes]] = self._context.parallelize(wave, tasks).map(self._task).collect()
        each = (time.perf_counter() - begun) * min(self._cores, tasks) / len(wave)
        self._in_a_task = max(1, min(_MOST, 2 * self._in_a_task, round(_SECONDS / each)))
        return answered

    @property
    def _cores(self) -> int:
        return max(int(self._context.defaultParallelism), 1)


class _Task:
    """What a worker of the cluster does with a chunk of rows."""

    def __init__(self, version: str, spec: Spec, key: str, compiled: Any) -> None:
        self._version, self._spec, self._key, self._compiled = version, spec, key, compiled

    def __call__(self, rows: Sequence[Row]) -> list[bytes]:
        if self._version != __version__:
            raise RuntimeError(f"the worker has kinchain {__version__} and the command {self._version}")
        body = _body(self._compiled, self._key)
        return [line(row, self._spec, body) for row in rows]


def _compiled(body: Body, key: str) -> bytes:
    """The compiled body as a file has it; made anew where none could be kept."""
    for place in locate.compiled_files(body.root):
        try:
            opened(place, key).check()
            return place.read_bytes()
        except DamagedBody:
            continue
    return packed(body.model, key)


_bodies: dict[str, Body] = {}  # of this Python process, which Spark keeps for many tasks


def _body(compiled: Any, key: str) -> Body:
    if key not in _bodies:
        _bodies.clear()
        _bodies[key] = Body(unpacked(compiled.value, key))
        gc.collect()
        gc.freeze()  # as the local engine does: the body stays and need not be looked through
    return _bodies[key]


def _session(master: str) -> Any:
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ModuleNotFoundError:
        raise MissingLibrary(
            "--engine spark needs PySpark and Java 17; pip install 'kinchain[spark]' brings the first"
        ) from None
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # which Spark would not think of itself
    logging = Path(__file__).with_name("log4j2.properties").as_uri()
    warnings.filterwarnings("ignore", module=r"pyspark\.")  # of versions of pandas, which is not used
    try:
        return (
            SparkSession.builder.master(master)
            .appName("kinchain batch")
            .config("spark.ui.enabled", "false")
            .config("spark.ui.showConsoleProgress", "false")
            .config("spark.driver.extraJavaOptions", f"{_JAVA} -Dlog4j2.configurationFile={logging}")
            .config("spark.executor.extraJavaOptions", _JAVA)
            .getOrCreate()
        )
    except (PySparkException, OSError) as problem:
        raise MissingLibrary(f"Spark does not start ({_reason(problem)}); it needs Java 17 or later") from None
    except Exception as problem:
        if not type(problem).__module__.startswith("py4j"):
            raise
        raise CannotWrite(f"Spark cannot use {master} ({_reason(problem)}); name another --master") from None


def _reason(problem: Exception) -> str:
    """The last cause that Spark names, on one line."""
    told = [part.strip() for part in str(problem).splitlines() if part.strip() and not part.strip().startswith("at ")]
    errors = [part for part in told if "Error" in part or "Exception" in part] or told or [type(problem).__name__]
    return errors[-1][:200]
