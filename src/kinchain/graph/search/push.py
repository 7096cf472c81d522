"""Personalized PageRank by local pushes: Andersen, Chung & Lang 2006, for directed and weighted graphs.

Each node has an estimate and a residual, what has come to it and was not passed on. A push turns a part of the residual
into estimate and hands the rest to the neighbours. Only nodes whose residual is worth it are pushed, so the work
depends on the accuracy that is asked for and not on the size of the graph.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from typing import Any

from kinchain.graph.search.rows import Row


def personalized(
    out: Mapping[int, Row],
    start: Mapping[int, float],
    *,
    damping: float = 0.85,
    accuracy: float = 1e-6,
    dangling: Mapping[int, float] | None = None,
) -> dict[int, float]:
    """The rank of every node that a walk from *start* comes by with a chance worth telling; they sum to 1.

    *start* and *dangling* are distributions, they sum to 1; from a node that leads nowhere the walk goes on by
    *dangling*, or by *start*. A node is pushed while its residual is above *accuracy* for each of its edges. At most
    1 / (accuracy * (1 - damping)) edges are passed.

    >>> ranks = personalized({0: ((1, 1),), 1: ((0, 1), (2, 3)), 2: ()}, {0: 1.0})
    >>> [round(ranks[node], 3) for node in range(3)]
    [0.418, 0.355, 0.227]
    """
    anew = tuple((start if dangling is None else dangling).items())
    ranks: dict[int, float] = {}
    residual: dict[int, float] = dict(start)
    shares: dict[int, tuple[tuple[int, float], ...]] = {}
    queue = deque(start)
    waiting = set(queue)
    while queue:
        here = queue.popleft()
        waiting.discard(here)
        amount = residual[here]
        row: Any = shares.get(here)
        if row is None:
            row = shares[here] = _shares(out[here]) or anew
        if amount <= accuracy * len(row):
            continue
        residual[here] = 0.0
        ranks[here] = ranks.get(here, 0.0) + (1 - damping) * amount
        passed = damping * amount
        for there, share in row:
            now = residual.get(there, 0.0) + passed * share
            residual[there] = now
            if now > accuracy and there not in waiting:
                waiting.add(there)
                queue.append(there)
    for node, amount in residual.items():
        if amount:
            ranks[node] = ranks.get(node, 0.0) + (1 - damping) * amount
    total = sum(ranks.values())
    return {node: rank / total for node, rank in ranks.items()}


def _shares(row: Row) -> tuple[tuple[int, float], ...]:
    total = sum(weight for _, weight in row)
    return tuple((there, weight / total) for there, weight in row if weight) if total else ()
