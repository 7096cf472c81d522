"""What each sided structure is, by its number: what thousands of them are asked, of which few are ever named."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from kinchain.model import Side, SidedModel

_SIDES = tuple(Side)


class Roster:
    """The arrays of ``roster_arrays``; *array* gives one by its name, *kinds* are the names of kinds by number.

    ``unsided`` has the number of the structure whose side each is.
    """

    def __init__(self, array: Callable[[str], Any], kinds: Sequence[str]) -> None:
        self._kind, self._side, self.unsided = map(array, ("kind", "side", "unsided"))
        self._kinds = kinds

    def kind(self, number: int) -> str:
        """The kind of a structure."""
        kind: int = self._kind[number]
        return self._kinds[kind]

    def side(self, number: int) -> Side:
        """Its side."""
        side: int = self._side[number]
        return _SIDES[side]

    def twin(self, number: int) -> int:
        """The same structure on the other side, or itself; twins have numbers that follow one another."""
        unsided = self.unsided
        here, last = unsided[number], len(unsided) - 1
        if number > 0 and unsided[number - 1] == here:
            return number - 1
        return number + 1 if number < last and unsided[number + 1] == here else number


def kinds_of(model: SidedModel) -> tuple[str, ...]:
    """The names of all kinds of structures, in order."""
    return tuple(sorted({structure.kind for structure in model.structures.values()}))


def roster_arrays(model: SidedModel) -> dict[str, Any]:
    """``kind`` and ``side``, numbers among ``kinds_of`` and ``Side``, and ``unsided``, for each sided structure."""
    from array import array  # needed only when a body is built

    kinds = {name: at for at, name in enumerate(kinds_of(model))}
    unsided = {name: at for at, name in enumerate(model.unsided.structures)}
    structures = model.structures.values()
    return {
        "kind": array("B", (kinds[s.kind] for s in structures)),
        "side": array("B", (_SIDES.index(s.side) for s in structures)),
        "unsided": array("I", (unsided[s.unsided] for s in structures)),
    }
