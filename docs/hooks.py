"""What MkDocs calls while it builds: puts the parts that the project itself knows into the pages."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from docs.generate import KNOWN, filled


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Fill in ``<!-- made: NAME -->``."""
    return filled(markdown, KNOWN)
