"""From the unsided model to the body with its right and left: pure functions, model to model.

Rules (an edge is subject, relation, object, side rule):

* no side rule: like joins like; right to right, left to left, a median structure to every side there is;
* ``Opposite``: right to left and left to right; both ends exist on both sides or on one;
* a structure on one side only takes part in the edges of that side.
"""

from __future__ import annotations

from collections.abc import Iterator

from kinchain.errors import InvalidOntology
from kinchain.model import Edge, Named, Side, SidedModel, SideRule, Structure, UnsidedModel


def sided_id(unsided: str, side: Side) -> str:
    """The id of a structure on a side, with the side in front as people speak.

    >>> sided_id("long_head_of_biceps_femoris", Side.RIGHT)
    'right_long_head_of_biceps_femoris'
    >>> sided_id("sacrum", Side.MEDIAN)
    'sacrum'
    """
    return unsided if side in (Side.MEDIAN, Side.EITHER) else f"{side}_{unsided}"


def named(structure: Structure, side: Side) -> Named:
    """A structure on a side, as answers call it."""
    label = structure.label if side in (Side.MEDIAN, Side.EITHER) else f"{side} {structure.label}"
    return Named(sided_id(structure.id, side), label, side, structure.kind, structure.id)


def side_pairs(subject: Structure, target: Structure, rule: SideRule) -> Iterator[tuple[Side, Side]]:
    """The pairs of sides that an edge between two structures has, right first.

    >>> from kinchain.model import Laterality
    >>> lat = Structure("lat", "lat", "Muscle", Laterality.PAIRED)
    >>> list(side_pairs(lat, lat, SideRule.OPPOSITE))
    [(<Side.RIGHT: 'right'>, <Side.LEFT: 'left'>), (<Side.LEFT: 'left'>, <Side.RIGHT: 'right'>)]
    """
    for first in subject.laterality.sides:
        for second in target.laterality.sides:
            either_is_median = Side.MEDIAN in (first, second)
            if rule is SideRule.OPPOSITE:
                if not either_is_median and first is not second:
                    yield first, second
            elif either_is_median or first is second:
                yield first, second


def expand(model: UnsidedModel) -> SidedModel:
    """Every structure on each of its sides, and every connection between them.

    Raises
    ------
    InvalidOntology  ``Opposite`` on a connection with a median end: there is no other side to go to
    """
    structures = {
        sided.id: sided
        for structure in model.structures.values()
        for side in structure.laterality.sides
        for sided in [named(structure, side)]
    }
    return SidedModel(model, structures, tuple(_edges(model)))


def _edges(model: UnsidedModel) -> Iterator[Edge]:
    for position, connection in enumerate(model.connections):
        subject, target = model.structures[connection.subject], model.structures[connection.object]
        pairs = list(side_pairs(subject, target, connection.side_rule))
        if not pairs and connection.side_rule is SideRule.OPPOSITE:
            raise InvalidOntology(
                f"body:{subject.id} {connection.relation} body:{target.id} is said to cross the midline, "
                "but one of them is median; take kc:sideRule away or name a paired structure",
                file=subject.file,
                subject=f"body:{subject.id}",
            )
        for first, second in pairs:
            yield Edge(
                sided_id(subject.id, first),
                connection.relation,
                sided_id(target.id, second),
                position,
                crosses=connection.side_rule is SideRule.OPPOSITE,
            )


def mirrored_id(model: SidedModel, sided: str) -> str:
    """The id of the same structure on the other side; median structures and one-sided organs are their own mirror."""
    here = model.structures[sided]
    other = sided_id(here.unsided, here.side.mirrored)
    return other if other in model.structures else sided
