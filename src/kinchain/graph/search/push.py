"""Personalized PageRank by local pushes: Andersen, Chung & Lang 2006, for directed and weighted graphs.

Each node has an estimate and a residual, what has come to it and was not passed on. A push turns a part of the residual
into estimate and hands the rest to the neighbours. Only nodes whose residual is worth it are pushed, so the work
depends on the accuracy that is asked for and not on the size of the graph.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping

from kinchain.graph.search.rows import KEPT, Row


class Shares(dict[int, Row]):
    """For each node its neighbours, each with the share of what leaves the node that goes there.

    Worked out when a walk first comes by, and kept for the walks that follow. A node that leads nowhere has none.

    >>> Shares({0: ((1, 1), (2, 3)), 1: (), 2: ()})[0]
    [(1, 0.25), (2, 0.75)]
    """

    __slots__ = ("rows",)

    def __init__(self, rows: Mapping[int, Row]) -> None:
        self.rows = rows

    def __missing__(self, node: int) -> Row:
        row = [step for step in self.rows[node] if step[1] > 0]
        total = sum([weight for _, weight in row])
        if len(self) >= KEPT:
            self.clear()
        shares = self[node] = [(there, weight / total) for there, weight in row]
        return shares


def personalized(
    out: Shares,
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

    >>> ranks = personalized(Shares({0: ((1, 1),), 1: ((0, 1), (2, 3)), 2: ()}), {0: 1.0})
    >>> [round(ranks[node], 3) for node in range(3)]
    [0.418, 0.355, 0.227]
    """
    anew = list((start if dangling is None else dangling).items())
    ranks: dict[int, float] = {}
    residual: dict[int, float] = dict(start)
    least: dict[int, float] = {}  # what a node must have to be pushed, for each that came by
    queue = deque(start)
    while queue:
        here = queue.popleft()
        amount = residual[here]
        row = out[here] or anew
        least[here] = bound = accuracy * len(row)
        if amount <= bound:
            continue
        residual[here] = 0.0
        ranks[here] = ranks.get(here, 0.0) + amount
        onward = damping * amount
        for there, share in row:
            before = residual.get(there, 0.0)
            residual[there] = now = before + onward * share
            # One that waits already has more than it must have, so that only the crossing lets it wait.
            if now > least.get(there, accuracy) >= before:
                queue.append(there)
    for node, amount in residual.items():
        if amount:
            ranks[node] = ranks.get(node, 0.0) + amount
    total = sum(ranks.values())
    return {node: rank / total for node, rank in ranks.items()}
