"""Personalized PageRank by local pushes: Andersen, Chung & Lang 2006, for directed and weighted graphs.

Each node has an estimate and a residual, what has come to it and was not passed on. A push turns a part of the residual
into estimate and hands the rest to the neighbours. Only nodes whose residual is worth it are pushed, so the work
depends on the accuracy that is asked for and not on the size of the graph.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping

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
    least: dict[int, float] = {}  # what a node must have to be pushed, for each that came by
    totals: dict[int, float] = {}
    rows: dict[int, Row] = {}
    queue = deque(start)
    while queue:
        here = queue.popleft()
        amount = residual[here]
        if here not in rows:
            row = out[here]
            total = sum([weight for _, weight in row])
            rows[here], totals[here] = (row, total) if total else (anew, 1.0)
            least[here] = accuracy * (sum([weight > 0 for _, weight in row]) if total else len(anew))
        if amount <= least[here]:
            continue
        residual[here] = 0.0
        ranks[here] = ranks.get(here, 0.0) + (1 - damping) * amount
        each = damping * amount / totals[here]
        for there, weight in rows[here]:
            before = residual.get(there, 0.0)
            now = residual[there] = before + each * weight
            # One that waits already has more than it must have, so that only the crossing lets it wait.
            bound = least.get(there, accuracy)
            if now > bound >= before:
                queue.append(there)
    for node, amount in residual.items():
        if amount:
            ranks[node] = ranks.get(node, 0.0) + (1 - damping) * amount
    total = sum(ranks.values())
    return {node: rank / total for node, rank in ranks.items()}
