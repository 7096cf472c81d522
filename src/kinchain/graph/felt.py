"""How much each referral, contribution and association counts, worked out once for a body.

A connection's weight is the product of the shares of its mechanism, its evidence, how often it is met and how far it
says more than chance. All come from ``ontology/schema.ttl`` and ``graph.chance``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from kinchain.graph import chance
from kinchain.model import Connection, UnsidedModel

COUNTED = (*chance.FELT, "associatedWith")
Degrees = Mapping[str, tuple[Mapping[str, int], Mapping[str, int]]]
Factors = tuple[tuple[str, float], ...]
NAMES = ("grade", "weight", "mechanism", "through")


class Felt:
    """The arrays of ``felt_arrays``; *array* gives one by its name."""

    def __init__(self, array: Callable[[str], Any]) -> None:
        self.grade, self.weight, self.mechanism, self.through = map(array, NAMES)
        self._array = array

    @cached_property
    def chance(self) -> Any:
        """How far each connection says more than chance; looked at for the few that are told."""
        return self._array("chance")


def factors(model: UnsidedModel, connection: Connection, mechanism: str) -> Factors:
    """What a connection counts by itself: mechanism, evidence and how often it is met, each with its share."""
    frequency = connection.frequency or "Occasional"
    return (
        (f"mechanism {model.mechanisms[mechanism].label}", model.mechanisms[mechanism].weight),
        (f"evidence {connection.grade.lower()}", model.grades[connection.grade].weight),
        (f"{frequency.lower()} there", model.circumstances[frequency]),
    )


def among_these(model: UnsidedModel, connection: Connection) -> float:
    """How many times as much a connection counts where a question names those in whom it is met: as common at least."""
    met = model.circumstances[connection.frequency or "Occasional"]
    return round(max(1.0, model.circumstances["Common"] / met), 4)


def _more_than_chance(model: UnsidedModel, degrees: Degrees, connection: Connection, mechanism: str) -> float:
    """How far a connection says more than that both of its ends have many; see ``graph.chance``."""
    first, second = degrees.get(mechanism, ({}, {}))
    key = f"{first.get(connection.subject, 0)}:{second.get(connection.object, 0)}"
    chanced = model.chance.get(mechanism, {}).get(key, 0.0)
    more: float = (1 - chanced) ** model.circumstances["MoreThanChance"]
    return round(more, 4)


def product(factors: Factors) -> float:
    """The product of some shares."""
    weight = 1.0
    for _, share in factors:
        weight *= share
    return weight


def felt_arrays(model: UnsidedModel, degrees: Degrees) -> dict[str, Any]:
    """For each connection ``grade``, the number of its grade; ``through``, one more than the number of the unsided
    structure through which it acts; and for those that count here ``weight``, ``chance``, the share of it that tells
    how far the connection says more than chance, and ``mechanism``, its number.
    """
    from array import array  # needed only when a body is built

    grades = {name: at for at, name in enumerate(model.grades)}
    mechanisms = {name: at for at, name in enumerate(model.mechanisms)}
    structures = {name: at for at, name in enumerate(model.structures, 1)}
    count = len(model.connections)
    made: dict[str, Any] = {
        "grade": array("B", (grades[c.grade] for c in model.connections)),
        "weight": array("d", bytes(8 * count)),
        "chance": array("d", bytes(8 * count)),
        "mechanism": array("B", bytes(count)),
        "through": array("I", (structures.get(c.through, 0) for c in model.connections)),
    }
    for at, c in enumerate(model.connections):
        if c.relation not in COUNTED:
            continue
        mechanism = chance.mechanism(c, model.structures)
        made["mechanism"][at] = mechanisms[mechanism]
        made["chance"][at] = _more_than_chance(model, degrees, c, mechanism)
        made["weight"][at] = product(factors(model, c, mechanism)) * made["chance"][at]
    return made
