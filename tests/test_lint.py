"""The linters bite: a deliberately bad file fails each of them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def run(*command: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", *command], capture_output=True, text=True, cwd=cwd, check=False)


def test_ruff_refuses_a_heavy_import_at_the_top(tmp_path: Path) -> None:
    bad = tmp_path / "bad.py"
    bad.write_text('"""Bad."""\n\nimport rdflib\n\nprint(rdflib)\n')
    done = run("ruff", "check", "--config", str(ROOT / "pyproject.toml"), str(bad))
    assert done.returncode == 1
    assert "TID253" in done.stdout


def test_mypy_refuses_what_is_not_typed(tmp_path: Path) -> None:
    bad = tmp_path / "bad.py"
    bad.write_text("def double(x):\n    return x * 2\n")
    done = run("mypy", "--config-file", str(ROOT / "pyproject.toml"), "--cache-dir", str(tmp_path), str(bad))
    assert done.returncode == 1
    assert "no-untyped-def" in done.stdout


def test_the_import_contracts_refuse_a_query_that_reads_rdf(tmp_path: Path) -> None:
    import shutil

    shutil.copytree(ROOT / "src", tmp_path / "src")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    with (tmp_path / "src" / "kinchain" / "graph" / "build.py").open("a") as file:
        file.write("\nfrom kinchain.queries import paths  # noqa\n")
    program = (
        "import sys; sys.path.insert(0, 'src'); from importlinter.cli import lint_imports;"
        "sys.exit(lint_imports(no_cache=True))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "kinchain.graph.build" in done.stdout
