"""A plugin of pytest for NetworkX's own tests on the backend ``kinchain``: ``-p tests.tools.backend_calls``.

NetworkX never does the work of a function that the backend offers: a call that the backend refuses is an expected
failure, and told. Whatever else a test needs (generators, relabelling) NetworkX does itself. At the end stands how
often each function ran on the backend.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from networkx.utils import backends

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

_call = backends._dispatchable._convert_and_call_for_tests


def _no_way_round(self: Any, backend_name: str, args: Any, kwargs: Any, *, fallback_to_nx: bool = False) -> Any:
    return _call(self, backend_name, args, kwargs, fallback_to_nx=self.name not in FUNCTIONS)


backends._dispatchable._convert_and_call_for_tests = _no_way_round


def pytest_terminal_summary(terminalreporter: Any) -> None:
    for name in sorted(FUNCTIONS):
        terminalreporter.write_line(f"ran on the backend: {name} {CALLS[name]} times")
