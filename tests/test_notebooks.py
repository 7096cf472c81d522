"""Every notebook runs from top to bottom, is kept without output, and shows answers rather than their parts."""

from __future__ import annotations

import atexit
import json
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from IPython.core.interactiveshell import InteractiveShell
from nbclient import NotebookClient
from traitlets.config import Config

import kinchain
from kinchain.body import Body

NOTEBOOKS = sorted((Path(__file__).resolve().parent.parent / "notebooks").glob("*.ipynb"))


def read(path: Path) -> Any:
    return nbformat.read(path, as_version=4)


def test_there_are_notebooks() -> None:
    assert [path.stem[:2] for path in NOTEBOOKS] == ["01", "02", "03", "04", "05"]


@pytest.fixture
def shell(body: Body, monkeypatch: pytest.MonkeyPatch) -> Iterator[InteractiveShell]:
    """IPython in this process, with the body that is loaded already."""
    monkeypatch.setattr(kinchain.Body, "load", lambda ontology=None: body)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        made = InteractiveShell(config=Config(HistoryManager={"enabled": False}))
        atexit.unregister(made.atexit_operations)
        yield made
        made.atexit_operations()


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_the_cells_of_a_notebook_run(path: Path, shell: InteractiveShell, capsys: pytest.CaptureFixture[str]) -> None:
    told = []
    for cell in read(path).cells:
        if cell.cell_type == "code":
            done = shell.run_cell(cell.source)
            done.raise_error()
            told.append(shell.display_formatter.format(done.result)[0] if done.result is not None else {})
    assert any("text/html" in output for output in told)
    assert "Traceback" not in capsys.readouterr().out


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    "path",
    [NOTEBOOKS[0], *(pytest.param(path, marks=pytest.mark.slow) for path in NOTEBOOKS[1:])],
    ids=lambda p: p.stem,
)
def test_a_notebook_runs_in_a_kernel_and_says_something(path: Path) -> None:
    notebook = read(path)
    NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert outputs
    assert not [output for output in outputs if output.output_type == "error"]
    assert "text/html" in {kind for output in outputs for kind in output.get("data", {})}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_notebook_is_kept_without_output(path: Path) -> None:
    assert all(
        not cell.outputs and cell.execution_count is None for cell in read(path).cells if cell.cell_type == "code"
    )


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_notebook_is_valid_and_written_as_the_others(path: Path) -> None:
    notebook = read(path)
    nbformat.validate(notebook)
    assert [cell.id for cell in notebook.cells] == [f"cell-{n}" for n in range(len(notebook.cells))]
    data = json.loads(path.read_text("utf-8"))
    assert path.read_text("utf-8") == json.dumps(data, indent=1, ensure_ascii=False) + "\n"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_notebook_says_that_it_is_no_diagnosis(path: Path) -> None:
    prose = " ".join(cell.source for cell in read(path).cells if cell.cell_type == "markdown")
    assert "diagnosis" in prose or "says nothing about pain" in prose
