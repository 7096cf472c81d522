"""A query reads the compiled body only: what it does not need, it does not import."""

from __future__ import annotations

import subprocess
import sys

import pytest

_PROGRAM = """
import sys
sys.argv = ["kinchain", {arguments}]
from kinchain.cli.app import main
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
loaded = {{name.split(".")[0] for name in sys.modules}}
heavy = {{{heavy}}}
print("LOADED", *sorted(loaded & heavy))
"""


HEAVY = ("rdflib", "pyshacl", "pyvis", "IPython", "pyoxigraph", "pydantic", "scipy", "numpy")
# What a cold answer has no time for.
SLOW = (*HEAVY, "networkx", "rich", "rapidfuzz", "dataclasses", "hashlib", "tempfile", "platformdirs")


def loaded_by(*arguments: str, heavy: tuple[str, ...] = HEAVY) -> str:
    program = _PROGRAM.format(
        arguments=", ".join(repr(a) for a in arguments), heavy=", ".join(repr(name) for name in heavy)
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[-1]


@pytest.mark.parametrize(
    "arguments",
    [
        ("path", "right hamstring", "left humerus"),
        ("path", "right hamstring", "left humerus", "--json"),
        ("ask", "what links right hamstring to left humerus?"),
        ("show", "soleus"),
        ("around", "soleus"),
        ("find", "TLF"),
    ],
)
def test_a_query_imports_no_rdf_no_page_and_no_notebook(body: object, arguments: tuple[str, ...]) -> None:
    assert loaded_by(*arguments) == "LOADED"


@pytest.mark.parametrize(
    "arguments",
    [
        ("path", "right hamstring", "left humerus"),
        ("path", "right hamstring", "left humerus", "--json"),
        ("path", "right hamstring", "left humerus", "-k", "3", "--min-evidence", "moderate"),
        ("causes", "right shoulder"),
        ("causes", "right shoulder", "--json"),
    ],
)
def test_a_cold_answer_imports_no_networkx(body: object, arguments: tuple[str, ...]) -> None:
    own = {"dataclasses"} if "--json" in arguments else set()  # what writes JSON imports them itself
    assert set(loaded_by(*arguments, heavy=SLOW).split()) - own == {"LOADED"}


def test_only_the_command_that_is_called_is_imported(body: object) -> None:
    program = (
        "import sys; sys.argv = ['kinchain', 'find', 'TLF']\n"
        "from kinchain.cli.app import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "print(sorted(name for name in sys.modules if name.startswith('kinchain.cli.')))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert (
        done.stdout.splitlines()[-1]
        == "['kinchain.cli.app', 'kinchain.cli.common', 'kinchain.cli.find', 'kinchain.cli.lazy']"
    )


def test_the_page_alone_brings_pyvis(body: object, tmp_path: object) -> None:
    arguments = ("path", "right hamstring", "left humerus", "--html", f"{tmp_path}/page.html")
    assert "pyvis" in loaded_by(*arguments)


def test_importing_the_package_imports_nothing_heavy() -> None:
    program = "import sys, kinchain; print(sorted({'networkx', 'rdflib', 'typer', 'rich'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
