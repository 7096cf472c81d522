"""What searches the walks of a body, by name: every engine gives the same answer.

``backend`` is NetworkX with the compiled arrays as its backend, ``compiled`` the same arrays without it, as the cold
command asks them, and ``networkx`` plain NetworkX, which is the oracle.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinchain.errors import BadQuestion
from kinchain.model import Side, SidedModel

if TYPE_CHECKING:
    import networkx as nx

    from kinchain.graph.kept import Kept
    from kinchain.graph.walks import Walk, Walks

ENGINES = ("backend", "compiled", "networkx")


class Engines:
    """The walks of one body, each made once."""

    def __init__(self, model: SidedModel, kept: Kept) -> None:
        self.model, self.kept = model, kept
        self._graphs: dict[tuple[str, Side, str], nx.DiGraph] = {}
        self._dispatched: dict[tuple[str, Side, str], Walk] = {}

    def walks(self, engine: str) -> Walks:
        """What gives the walks that an engine searches.

        Raises
        ------
        BadQuestion  there is no such engine
        """
        if engine not in ENGINES:
            raise BadQuestion(f"there is no engine '{engine[:40]}'; choose from {', '.join(ENGINES)}")
        return {"backend": self._backend, "compiled": self.kept.walk, "networkx": self._networkx}[engine]

    def graph(self, profile: str, first_side: Side, weakest: str) -> nx.DiGraph:
        """The walk of a profile as a DiGraph; see ``graph.simplify``."""
        from kinchain.graph.simplify import simplify

        key = profile, first_side, weakest
        if key not in self._graphs:
            self._graphs[key] = simplify(self.model, *key)
        return self._graphs[key]

    def _networkx(self, profile: str, first_side: Side, weakest: str) -> Walk:
        from kinchain.graph.networkx_walk import NetworkXWalk

        return NetworkXWalk(self.graph(profile, first_side, weakest))

    def _backend(self, profile: str, first_side: Side, weakest: str) -> Walk:
        from kinchain.graph.backend_walk import BackendWalk

        key = profile, first_side, weakest
        if key not in self._dispatched:
            walk = self.kept.walk(*key)
            self._dispatched[key] = BackendWalk(walk.nodes, walk.arrays, first_side)
        return self._dispatched[key]
