"""A plugin of pytest that tells how often each function ran on the backend ``kinchain``: ``-p tests.tools.backend_calls``."""

from __future__ import annotations

from collections import Counter
from typing import Any

from kinchain.graph import backend
from kinchain.graph.backend_info import FUNCTIONS

CALLS: Counter[str] = Counter()


def _counted(name: str) -> Any:
    run = getattr(backend, name)

    def counted(*args: Any, **kwargs: Any) -> Any:
        CALLS[name] += 1
        return run(*args, **kwargs)

    return counted


for _name in FUNCTIONS:
    setattr(backend, _name, _counted(_name))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    for name in sorted(FUNCTIONS):
        terminalreporter.write_line(f"ran on the backend: {name} {CALLS[name]} times")
