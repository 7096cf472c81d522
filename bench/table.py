"""Measured ratios as one table: what was wanted, what came out, how often it was measured."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One ratio: of *ours* to *theirs*, both in seconds (or a *unit*), medians of *n* measurements that took turns."""

    what: str
    goal: float
    ours: float
    theirs: float
    n: int
    unit: str = "ms"

    @property
    def ratio(self) -> float:
        """What ours takes of theirs."""
        return self.ours / self.theirs


def compare(what: str, goal: float, ours: Callable[[], float], theirs: Callable[[], float], n: int) -> Row:
    """Measure two things in turns; each tells its own seconds."""
    pairs = [(ours(), theirs()) for _ in range(n)]
    return Row(what, goal, *(statistics.median(column) for column in zip(*pairs, strict=True)), n)


def timed(call: Callable[[], object]) -> Callable[[], float]:
    """How long a call takes, in seconds of this process."""

    def measure() -> float:
        start = time.process_time()
        call()
        return time.process_time() - start

    return measure


def process(command: Sequence[str]) -> Callable[[], float]:
    """How long a process takes, in seconds of a processor: what other processes of the machine take is left out.

    Python writes its byte code, as it does for everybody who installs a package.
    """
    here = {k: v for k, v in os.environ.items() if k not in ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED")}

    def measure() -> float:
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=here) as running:
            _, status, used = os.wait4(running.pid, 0)
            running.returncode = os.waitstatus_to_exitcode(status)
        if running.returncode:
            raise SystemExit(f"{' '.join(command)} ended with {running.returncode}")
        return used.ru_utime + used.ru_stime

    return measure


def show(title: str, rows: Sequence[Row]) -> None:
    """Print the table."""
    print(f"{title}\n{'':52}  {'goal':>6}  {'ratio':>6}  {'ours':>10}  {'theirs':>10}  {'n':>4}")
    for row in rows:
        verdict = "" if row.ratio <= row.goal else "  above"
        ours, theirs = (amount * (1000 if row.unit == "ms" else 1) for amount in (row.ours, row.theirs))
        print(
            f"{row.what:52}  {row.goal:6.2f}  {row.ratio:6.3f}  {ours:7.2f} {row.unit}  {theirs:7.2f} {row.unit}"
            f"  {row.n:4}{verdict}"
        )
