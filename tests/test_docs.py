"""Every documented example runs."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import re
from pathlib import Path

import pytest

import kinchain
from kinchain.body import Body
from tests.conftest import Run

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted(m.name for m in pkgutil.walk_packages(kinchain.__path__, "kinchain.") if "__main__" not in m.name)


@pytest.mark.parametrize("name", ["kinchain", *MODULES])
def test_the_examples_in_docstrings(name: str, body: Body, monkeypatch: pytest.MonkeyPatch) -> None:
    module = importlib.import_module(name)
    monkeypatch.setattr(Body, "load", lambda ontology=None: body)  # loaded once for all examples
    failed, _ = doctest.testmod(module)
    assert failed == 0


def test_every_public_name_is_there() -> None:
    for name in kinchain.__all__:
        assert getattr(kinchain, name).__doc__


def readme_commands() -> list[str]:
    text = (ROOT / "README.md").read_text("utf-8")
    blocks = re.findall(r"```console\n(.*?)```", text, re.DOTALL)
    return [line[2:] for block in blocks for line in block.splitlines() if line.startswith("$ kinchain")]


def test_the_readme_has_commands() -> None:
    assert len(readme_commands()) >= 5


@pytest.mark.parametrize("command", readme_commands())
def test_a_command_of_the_readme_runs(run: Run, command: str) -> None:
    import shlex

    done = run(*shlex.split(command)[1:])
    assert done.returncode == 0, done.stderr
