"""What a query asks of a walk, whatever answers: the compiled arrays, or plain NetworkX."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
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


@dataclass(frozen=True, slots=True)
class Reached:
    """A muscle within a cost of some nodes: its number among the sided structures, the weakest grade (by order) on the
    best way to it, how many steps lead into and out of it, and what gives the nodes of that way.
    """

    structure: int
    cost: float
    weakest: int
    degree: int
    way: Callable[[], list[str]]


@dataclass(frozen=True, slots=True)
class Reach:
    """The muscles within a cost of some nodes, nearest first. With *mirrored* a search of the walk as the left sees it,
    from the mirror images of those nodes, finds the mirror images of these muscles.
    """

    muscles: Iterable[Reached]
    mirrored: bool = False


if TYPE_CHECKING:
    from typing import Protocol

    from kinchain.model import Side

    class Walk(Protocol):
        """The walk of a profile."""

        def __contains__(self, node: object) -> bool:
            """Whether a route may come by this node."""

        def ways(self, sources: Sequence[str], targets: Sequence[str], k: int) -> Iterator[list[str]]:
            """The *k* best ways from any of the sources to any of the targets, best first."""

        def reach(self, sources: Sequence[str], farthest: float) -> Reach:
            """The muscles within a cost of *farthest* from any source."""

        def stride(self, source: str, target: str) -> Stride:
            """The best step between two neighbours."""

    # What gives the walk of a profile, asked from a side, that leans on nothing weaker than a grade.
    Walks = Callable[[str, Side, str], Walk]
