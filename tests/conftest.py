"""What the tests share: a small body that can be seen through, and the real one."""

from __future__ import annotations

import gc
import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kinchain.body import Body
from tests.tools import axe as axe_core

ROOT = Path(__file__).resolve().parent.parent
ONTOLOGY = ROOT / "ontology"
MINI = ROOT / "tests" / "data" / "mini"

# The tests read this checkout, whatever the person who runs them has set.
os.environ.pop("KINCHAIN_ONTOLOGY", None)
os.environ["KINCHAIN_OVERLAYS"] = ""


def make_mini(folder: Path) -> Path:
    """A copy of the small ontology, with kinchain's own schema and rules, and those of its sources that it cites."""
    shutil.copy(ONTOLOGY / "schema.ttl", folder / "schema.ttl")
    (folder / "sources.ttl").write_text(_cited_sources(), encoding="utf-8")
    for name in ("shapes", "checks"):
        shutil.copytree(ONTOLOGY / name, folder / name)
    shutil.copytree(MINI / "anatomy", folder / "anatomy")
    return folder


@cache
def _cited_sources() -> str:
    """The records of the works that the small ontology and the invalid examples cite: the others take time to check."""
    cited = {
        key
        for file in (*MINI.rglob("*.ttl"), *(ROOT / "tests" / "invalid").glob("*.ttl"), ONTOLOGY / "schema.ttl")
        for key in re.findall(r"cite:(\w+)", file.read_text("utf-8"))
    }
    header, *records = re.split(r"\n\n(?=cite:)", (ONTOLOGY / "sources.ttl").read_text("utf-8"))
    return (
        "\n\n".join([header, *(r.strip() for r in records if r.split(" ", 1)[0].removeprefix("cite:") in cited)]) + "\n"
    )


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


@pytest.fixture(scope="session")
def documentation(body: Body, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The documentation as a site, built as ``make docs`` does: any warning of MkDocs ends it."""
    import warnings

    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from docs.generate import KNOWN
        from mkdocs.commands.build import build
        from mkdocs.config import load_config

        KNOWN.__dict__["body"] = body
        folder = tmp_path_factory.mktemp("documentation") / "site"
        build(load_config(str(ROOT / "mkdocs.yml"), site_dir=str(folder), strict=True))
    return folder


Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(body: Body, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in this process, with the body that is loaded already, from another folder.

    That is quick; ``run_apart`` is what a person does, and is used where the process itself is looked at.
    """
    from kinchain.cli import app

    def load(ontology: Path | None = None) -> Body:
        return body if ontology is None else loaded(ontology)

    loaded = Body.load

    def call(*arguments: str, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
        out, err = io.StringIO(), io.StringIO()
        status = 0
        with monkeypatch.context() as here, redirect_stdout(out), redirect_stderr(err):
            here.setattr(Body, "load", load)
            here.setattr(sys, "stdin", io.StringIO(stdin or ""))
            here.setenv("NO_COLOR", "1")
            here.chdir(tmp_path)
            try:
                app.app(arguments, prog_name="kinchain")
            except SystemExit as ended:
                status = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
        return subprocess.CompletedProcess(arguments, status, out.getvalue(), err.getvalue())

    return call


@pytest.fixture
def run_apart(tmp_path: Path) -> Run:
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


CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def leave_out(reason: str) -> None:
    """Skip the test, but fail under CI, where everything has to be there."""
    assert not os.environ.get("CI"), reason
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One browser for all tests."""
    from playwright.sync_api import sync_playwright

    if not CHROMIUM:
        leave_out("Chromium is missing; run tests/tools/install-system-packages.sh")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=_ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The script of axe-core."""
    try:
        return axe_core.script()
    except axe_core.Unreachable as error:
        leave_out(str(error))
        raise
