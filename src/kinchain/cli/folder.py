"""A folder that is written whole or not at all."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

from kinchain.files import replacing_folder


def replacing(place: Path, mark: str) -> AbstractContextManager[Path]:
    """A new folder for a site that takes the place of *place* at the end; see ``files.replacing_folder``."""
    return replacing_folder(place, mark, "site")
