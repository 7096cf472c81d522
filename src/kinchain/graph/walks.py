"""What a query asks of a walk, whatever answers: the compiled arrays, or plain NetworkX."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kinchain.records import dataclass


@dataclass(frozen=True, slots=True)
class Stride:
    """The best step between two nodes of a walk, and the other edges of the body between them."""

    cost: float
    edge: int
    forward: bool
    crosses: bool
    parallel: Sequence[int]


if TYPE_CHECKING:
    from typing import Protocol

    class Walk(Protocol):
        """The walk of a profile."""

        def __contains__(self, node: object) -> bool:
            """Whether a route may come by this node."""

        def ways(self, sources: Sequence[str], targets: Sequence[str], k: int) -> Iterator[list[str]]:
            """The *k* best ways from any of the sources to any of the targets, best first."""

        def reached(self, sources: Sequence[str], farthest: float) -> Iterator[tuple[float, list[str]]]:
            """Cost and nodes of the best way to each node within a cost of *farthest* from any source, nearest first."""

        def stride(self, source: str, target: str) -> Stride:
            """The best step between two neighbours."""

        def degree(self, node: str) -> int:
            """How many steps lead into and out of a node."""
