"""How often a walk crosses the midline, and on which side it ends. Crossings compose: two of them lead back."""

from __future__ import annotations

from collections.abc import Iterable

from kinchain.model import Side, SideRule


def compose(rules: Iterable[SideRule]) -> SideRule:
    """The side rule of a whole walk: ``Opposite`` after an odd number of crossings.

    >>> compose([SideRule.OPPOSITE, SideRule.SAME, SideRule.OPPOSITE])
    <SideRule.SAME: 'Same'>
    """
    odd = sum(rule is SideRule.OPPOSITE for rule in rules) % 2
    return SideRule.OPPOSITE if odd else SideRule.SAME


def end_side(start: Side, rules: Iterable[SideRule]) -> Side:
    """The side on which a walk ends that starts on *start*.

    >>> end_side(Side.RIGHT, [SideRule.OPPOSITE])
    <Side.LEFT: 'left'>
    """
    return start.mirrored if compose(rules) is SideRule.OPPOSITE else start
