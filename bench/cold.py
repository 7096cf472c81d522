"""How long a cold answer takes, the whole process, beside ``python -c "import typer"``. Run by ``make bench``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from table import compare, process, show

from kinchain import Body

KINCHAIN = str(Path(sys.executable).with_name("kinchain"))


def main() -> None:
    """Measure, and print one table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-n", type=int, default=25, help="how often each is measured")
    n = parser.parse_args().n
    Body.load()
    bare = process([sys.executable, "-c", "import typer"])
    rows = []
    for what, goal, arguments in (
        ("path, a table", 1.25, ("path", "right hamstring", "left humerus")),
        ("path, JSON", 1.25, ("path", "right hamstring", "left humerus", "--json")),
        ("causes, a table", 1.6, ("causes", "right shoulder")),
        ("causes, JSON", 1.6, ("causes", "right shoulder", "--json")),
    ):
        ours = process([KINCHAIN, *arguments])
        ours()  # the byte code is there, as after an installation
        rows.append(compare(f"kinchain {what} / import typer", goal, ours, bare, n))
    show("Cold answers, whole processes, seconds of a processor", rows)


if __name__ == "__main__":
    main()
