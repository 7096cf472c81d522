"""The local engine: some processes of this machine, each with a body of its own."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from types import TracebackType

from kinchain.batch.question import Row, Spec, check, line
from kinchain.body import Body
from kinchain.errors import CannotWrite

_AHEAD = 4  # chunks for each process that are on their way or wait to be written


class Local:
    """Answers chunks of rows with processes; a context, whose end ends them.

    Raises
    ------
    BadQuestion  options that no row could be asked with
    CannotWrite  no process comes up
    """

    def __init__(self, spec: Spec, ontology: Path, workers: int) -> None:
        self._workers = workers
        context = get_context("spawn")  # the same on every system
        self._pool = ProcessPoolExecutor(workers, context, _start, (spec, ontology))
        try:
            self._pool.submit(_check).result()
        except BrokenExecutor:
            raise CannotWrite("no process comes up to answer; 'kinchain build' tells why") from None
        except BaseException:
            self._pool.shutdown(cancel_futures=True)
            raise

    def __enter__(self) -> Local:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(cancel_futures=True)

    def answered(self, chunks: Iterable[Sequence[Row]]) -> Iterator[list[bytes]]:
        """The lines that answer each chunk, in the order of the chunks.

        Raises
        ------
        CannotWrite  a process was ended from outside
        """
        waiting: deque[Future[list[bytes]]] = deque()
        try:
            for chunk in chunks:
                waiting.append(self._pool.submit(_lines, chunk))
                if len(waiting) >= _AHEAD * self._workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenExecutor:
            raise CannotWrite(
                "a process that answered was ended from outside (is there memory for all?); go on with --resume, "
                "perhaps with fewer --workers"
            ) from None


_shared: tuple[Spec, Body] | None = None  # of this process


def _start(spec: Spec, ontology: Path) -> None:
    import gc

    global _shared
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all; the command ends its processes
    _shared = spec, Body.load(ontology)
    gc.collect()
    gc.freeze()


def _check() -> None:
    assert _shared is not None, "_start comes first"
    check(*_shared)


def _lines(rows: Sequence[Row]) -> list[bytes]:
    assert _shared is not None, "_start comes first"
    spec, body = _shared
    return [line(row, spec, body) for row in rows]
