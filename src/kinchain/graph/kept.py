"""What queries look up in a body: indices and walks. A compiled body (``graph.compiled``) has all of it in its file.

Of a model that was not compiled it is worked out (``graph.worked_out``); the file holds what is worked out there, so
both give the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kinchain.model import Connection, Named, Side, SidedModel

if TYPE_CHECKING:
    from typing import Protocol

    class Kept(Protocol):
        """The indices of a body, and its walks as arrays."""

        @property
        def incident(self) -> Any:
            """The edges of each sided structure: ``graph.incident.Incident``."""

        @property
        def wholes(self) -> Mapping[str, frozenset[str]]:
            """For each unsided structure, all that it is a part of, itself included."""

        @property
        def groups(self) -> Mapping[str, tuple[str, ...]]:
            """The groups that an unsided structure is a member of."""

        @property
        def chains_of(self) -> Mapping[str, tuple[str, ...]]:
            """The chains of which an unsided structure is the end of a link."""

        @property
        def link_ends(self) -> Mapping[str, tuple[str, ...]]:
            """The ends of links of chains that an unsided structure is, or is a part or member of."""

        @property
        def refuted(self) -> frozenset[int]:
            """The positions of refuted connections."""

        @property
        def among(self) -> Mapping[str, tuple[int, ...]]:
            """For each finding that marks people, the positions of the connections that are met among them."""

        @property
        def everywhere(self) -> frozenset[str]:
            """The red flags that are looked for everywhere, on each side."""

        @property
        def felt(self) -> Any:
            """How much each referral counts: ``graph.felt.Felt``."""

        @property
        def unsided_ids(self) -> Sequence[str]:
            """The ids of the unsided structures by number."""

        @property
        def roster(self) -> Any:
            """What each sided structure is, by its number: ``graph.roster.Roster``."""

        @property
        def names(self) -> Mapping[str, tuple[tuple[int, tuple[str, ...]], ...]]:
            """Every spelling of every name: ``graph.naming.name_index``."""

        def named(self, number: int) -> Named:
            """The sided structure with this number."""

        def acting(self, number: int) -> Sequence[tuple[int, int, int, int]]:
            """What tests or treats a sided structure: ``graph.caring.acting``."""

        def connections(self, unsided: str, relations: Sequence[str] = ()) -> list[Connection]:
            """The connections of an unsided structure, in the order of the body; of some relations, or all."""

        def walk(self, profile: str, first_side: Side, weakest: str) -> Any:
            """The walk of a profile: ``graph.array_walk.ArrayWalk``."""


def kept_of(model: SidedModel) -> Kept:
    """What was compiled with a model, or what works it out."""
    kept: Kept | None = model.kept
    if kept is None:
        from kinchain.graph.worked_out import WorkedOut

        kept = WorkedOut(model)
    return kept
