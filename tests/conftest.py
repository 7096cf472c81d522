"""What the tests share: a small body that can be seen through, and the real one."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kinchain.body import Body

ROOT = Path(__file__).resolve().parent.parent
ONTOLOGY = ROOT / "ontology"
MINI = ROOT / "tests" / "data" / "mini"

# The tests read this checkout, whatever the person who runs them has set.
os.environ.pop("KINCHAIN_ONTOLOGY", None)


def make_mini(folder: Path) -> Path:
    """A copy of the small ontology, with kinchain's own schema, sources and rules."""
    for name in ("schema.ttl", "sources.ttl"):
        shutil.copy(ONTOLOGY / name, folder / name)
    for name in ("shapes", "checks"):
        shutil.copytree(ONTOLOGY / name, folder / name)
    shutil.copytree(MINI / "anatomy", folder / "anatomy")
    return folder


@pytest.fixture
def mini(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the small ontology, which the test may spoil; what it compiles goes to a cache of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "ontology"
    folder.mkdir()
    return make_mini(folder)


@pytest.fixture
def small(mini: Path) -> Body:
    """The small body."""
    return Body.load(mini)


@pytest.fixture(scope="session")
def body() -> Body:
    """The real body, kept out of the garbage collector's rounds: it lives as long as the tests."""
    found = Body.load()
    gc.collect()
    gc.freeze()
    return found


Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run the command as a person would, in a process of its own, from another folder."""

    def call(*arguments: str, stdin: str | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "kinchain", *arguments],
            capture_output=True,
            text=True,
            input=stdin or "",
            cwd=tmp_path,
            env={**os.environ, "NO_COLOR": "1", **environment},
            timeout=120,
            check=False,
        )

    return call
