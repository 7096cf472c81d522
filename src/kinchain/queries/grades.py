"""Grades of evidence as people name them in a question."""

from __future__ import annotations

from kinchain.errors import BadQuestion
from kinchain.model import SidedModel


def grade_named(model: SidedModel, text: str) -> str:
    """The grade that a text names, whatever its case; nothing for no text.

    Raises
    ------
    BadQuestion  no grade that a route or reason may lean on has this name
    """
    if not text:
        return ""
    leaned_on = [grade.name for grade in model.unsided.grades.values() if grade.penalty is not None]
    for name in leaned_on:
        if name.casefold() == text.strip().casefold():
            return name
    raise BadQuestion(f"'{text[:40]}' is no grade of evidence to lean on; choose from {', '.join(leaned_on)}")
