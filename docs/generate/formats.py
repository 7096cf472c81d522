"""The formats in which the body is taken away."""

from __future__ import annotations

from kinchain.exports.formats import FORMATS

from . import Known
from .markdown import escaped, table


def formats(known: Known) -> str:
    """All formats, in the order of ``kinchain export --list``."""
    rows = [
        (
            f"`{f.name}`",
            f"`{f.suffix}`" if f.suffix else "folder",
            escaped(f.description),
            escaped(f.opened_by),
            "yes" if f.parts else "",
            f"`{f.extra}`" if f.extra else "",
        )
        for f in FORMATS.values()
    ]
    return table(("format", "file", "holds", "opened by", "parts too", "extra"), rows)


PARTS = {"formats": formats}
