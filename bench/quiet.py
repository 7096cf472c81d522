"""Whether others used the machine while something was measured: two processes need both of its processors."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable

import psutil

PATIENCE = 120.0  # seconds that a benchmark waits, in all, for others to be done
MOST = 0.1  # of all processors; a turn in which others used more is not held against anybody


class Others:
    """How much of the machine others used within a ``with``: processes that this one did not begin."""

    share = 0.0

    def __enter__(self) -> Others:
        self._since, self._busy, self._own = time.perf_counter(), busy(), worked()
        return self

    def __exit__(self, *_: object) -> None:
        most = (time.perf_counter() - self._since) * (os.cpu_count() or 1)
        self.share = max(0.0, (busy() - self._busy) - (worked() - self._own)) / most

    @property
    def quiet(self) -> bool:
        """Whether that was little."""
        return self.share <= MOST


def wait(seconds: float) -> float:
    """Wait until the machine is quiet, at most so long; the seconds that are left of them."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with Others() as others:
            time.sleep(0.5)
        if others.quiet:
            break
    return max(0.0, until - time.monotonic())


def busy() -> float:
    """Seconds that the processors of the machine have worked."""
    times = psutil.cpu_times()
    return float(sum(times) - times.idle - getattr(times, "iowait", 0.0) - getattr(times, "guest", 0.0))


def worked(process: int | None = None) -> float:
    """Seconds of a processor that a process (this one) and all that it began have had."""
    root = psutil.Process(process)
    return float(sum(sum(each.cpu_times()[:2]) for each in (root, *root.children(recursive=True))))


def told(turns: Iterable[bool]) -> str:
    """In words, how many turns had the machine to themselves.

    >>> told([True, False, True])
    '2 of 3 turns had the machine to themselves, and count'
    """
    all_ = list(turns)
    if not any(all_):
        return f"others used the machine in all {len(all_)} turns: it says little of time"
    return f"{sum(all_)} of {len(all_)} turns had the machine to themselves, and count"
