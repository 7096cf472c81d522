"""The wheel carries the ontology and the compiled body, and answers from another folder."""

from __future__ import annotations

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow  # builds the wheel, and the body in it

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", str(folder)]
    subprocess.run([*command, str(ROOT)], check=True, capture_output=True)
    (found,) = folder.glob("kinchain-*.whl")
    return found


def test_the_wheel_carries_ontology_and_body(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert "kinchain/_data/body.kinchain" in names
    assert "kinchain/_data/ontology/schema.ttl" in names
    assert "kinchain/views/assets/page.html" in names
    assert "kinchain/py.typed" in names


def test_an_installed_wheel_answers_without_building(wheel: Path, tmp_path: Path) -> None:
    """A fresh environment that sees this one's libraries but not its kinchain; its folder cannot be written."""
    home = tmp_path / "env"
    venv.create(home, with_pip=False)
    site = next((home / "lib").glob("python*/site-packages"))
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(site), str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    libraries = next(p for p in sys.path if p.endswith("site-packages"))
    (site / "libraries.pth").write_text(libraries)
    program = (
        "import sys, kinchain.cli.app, kinchain; assert 'env' in kinchain.__file__, kinchain.__file__;"
        "sys.argv = ['kinchain', 'path', 'right hamstring', 'left humerus']; kinchain.cli.app.main()"
    )
    done = subprocess.run(
        [str(home / "bin" / "python"), "-c", program], capture_output=True, text=True, cwd=tmp_path, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "right_sacrotuberous_ligament" in done.stdout
    assert "cannot be kept" not in done.stderr
