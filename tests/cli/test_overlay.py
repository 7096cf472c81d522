"""``kinchain overlay`` as its user runs it: add, ask, list, take away."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kinchain import locate
from kinchain.body import Body
from kinchain.errors import UnknownName
from kinchain.rdf.load import load
from tests.conftest import ONTOLOGY, ROOT, Run
from tests.rdf.test_overlay import HEADER, PREFIXES, REFERS, SPOT

EXAMPLE = ROOT / "tests" / "data" / "overlay_clinic.ttl"


@pytest.fixture
def home(mini: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a user who has the small ontology in use and no overlay yet; returns where overlays will be."""
    monkeypatch.setenv("KINCHAIN_ONTOLOGY", str(mini))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv(locate.OVERLAYS, raising=False)
    return tmp_path / "data" / "kinchain" / "overlays"


@pytest.fixture
def clinic(tmp_path: Path) -> Path:
    file = tmp_path / "overlay_clinic.ttl"
    file.write_text(PREFIXES + HEADER + SPOT + REFERS)
    return file


def test_added_listed_asked_and_taken_away(run: Run, home: Path, clinic: Path, mini: Path) -> None:
    before = Body.load(mini).model
    files = sorted(path.name for path in clinic.parent.rglob("*") if path.is_file())

    added = run("overlay", str(clinic))
    assert (added.returncode, added.stdout) == (0, "")
    assert "the overlay clinic is in force and adds 1 structure and 1 connection" in added.stderr
    assert [path.name for path in home.iterdir()] == ["clinic.ttl"]

    (listed,) = json.loads(run("overlay", "--json").stdout)["overlays"]
    assert (listed["name"], listed["title"], listed["problem"]) == ("clinic", "Knowledge of a clinic", "")
    assert run("overlay", "--list").stdout.splitlines()[1].startswith("clinic\tKnowledge of a clinic\t")

    assert Body.load(mini).show("sore spot")[0].facts[0].sources == ("overlay_clinic",)

    removed = run("overlay", "--remove", "clinic")
    assert removed.returncode == 0 and not home.exists()
    assert Body.load(mini).model == before
    with pytest.raises(UnknownName):
        Body.load(mini).show("sore spot")
    assert sorted(path.name for path in clinic.parent.rglob("*") if path.is_file()) == files, "nothing is left behind"


def test_added_again_it_replaces(run: Run, home: Path, clinic: Path, mini: Path) -> None:
    run("overlay", str(clinic))
    clinic.write_text(clinic.read_text().replace("Where it hurts in our clinic.", "Where it hurt in our clinic."))
    again = run("overlay", str(clinic))
    assert "was replaced" in again.stderr
    assert [path.name for path in home.iterdir()] == ["clinic.ttl"]
    assert Body.load(mini).show("sore spot")[0].definition == "Where it hurt in our clinic."


def test_check_says_what_it_would_add_and_adds_nothing(run: Run, home: Path, clinic: Path) -> None:
    done = run("overlay", "--check", str(clinic), "--json")
    assert json.loads(done.stdout) == {"name": "clinic", "structures": 1, "connections": 1, "registered": False}
    assert not home.exists()


def test_a_broken_rule_ends_with_3_and_names_the_file_as_it_was_given(run: Run, home: Path, clinic: Path) -> None:
    clinic.write_text(clinic.read_text().replace('"sore spot"', '"sorest spot"'))
    done = run("overlay", str(clinic))
    assert done.returncode == 3 and not home.exists()
    line = clinic.read_text().splitlines().index("body:sore_spot a kc:Region, owl:NamedIndividual ;") + 1
    assert f"{clinic}:{line}: body:sore_spot: the id of body:sore_spot is not its label" in done.stdout
    assert "nothing was added" in done.stderr


def test_an_alteration_ends_with_3_and_one_sentence(run: Run, home: Path, clinic: Path) -> None:
    clinic.write_text(PREFIXES + HEADER + "body:sacrum a kc:Viscus .\n")
    done = run("overlay", str(clinic), "--json")
    assert done.returncode == 3 and not home.exists()
    message = json.loads(done.stdout)["error"]["message"]
    assert message.startswith(f"{clinic}:11: body:sacrum is defined in kinchain (anatomy/leg.ttl)")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "content", [b"", b"\0\1\2\3", "caf\xe9 a b .".encode("latin-1"), b"{}", b"<html></html>", b"a b"]
)
def test_what_is_no_overlay_ends_with_3_and_one_sentence(run: Run, home: Path, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.ttl").write_bytes(content)
    done = run("overlay", "x.ttl")
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith("kinchain: x.ttl") and done.stderr.count("\n") == 1
    assert not home.exists()


def test_a_missing_folder_like_or_huge_file_ends_with_2(run: Run, home: Path, tmp_path: Path) -> None:
    with (tmp_path / "large.ttl").open("wb") as file:
        file.truncate(1024**3)
    for name, reason in (("missing.ttl", "no file"), (".", "no file"), ("large.ttl", "larger than 16 MB")):
        done = run("overlay", name)
        assert done.returncode == 2 and reason in done.stderr


def test_questions_that_make_no_sense_end_with_2(run: Run, home: Path, clinic: Path) -> None:
    for arguments in ((str(clinic), "--list"), ("--remove", "x", "--list"), ("--check",)):
        assert run("overlay", *arguments).returncode == 2
    unknown = run("overlay", "--remove", "../../etc/passwd")
    assert unknown.returncode == 2 and "none is registered" in unknown.stderr


def test_what_the_environment_names_is_in_force_and_not_registered(
    run: Run, home: Path, clinic: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(locate.OVERLAYS, str(clinic))
    (listed,) = json.loads(run("overlay", "--json").stdout)["overlays"]
    assert listed["file"] == str(clinic)
    done = run("overlay", str(clinic))
    assert done.returncode == 2 and "KINCHAIN_OVERLAYS is set" in done.stderr
    assert run("overlay", "--remove", "clinic").returncode == 2


def test_none_is_said_so(run: Run, home: Path) -> None:
    done = run("overlay")
    assert (done.returncode, done.stdout) == (0, "") and "no overlay is in force" in done.stderr
    assert json.loads(run("overlay", "--json").stdout) == {"overlays": []}


def test_a_registered_overlay_that_was_damaged_is_named_by_every_command(
    run: Run, home: Path, clinic: Path, mini: Path
) -> None:
    run("overlay", str(clinic))
    (home / "clinic.ttl").write_text("broken")
    from kinchain.errors import InvalidOntology

    with pytest.raises(InvalidOntology, match=r"^overlays/clinic\.ttl:1: .*kinchain overlay --remove clinic"):
        Body.load(mini)
    assert json.loads(run("overlay", "--json").stdout)["overlays"][0]["problem"]
    assert run("overlay", "--remove", "clinic").returncode == 0
    Body.load(mini)


def test_without_overlays_nothing_is_imported_to_look_for_them(tmp_path: Path) -> None:
    code = (
        "import sys; from kinchain import locate\n"
        "root = locate.ontology_dir(); locate.knowledge_files(root); next(locate.compiled_files(root))\n"
        "print('platformdirs' in sys.modules)"
    )
    clean = {k: v for k, v in os.environ.items() if k != locate.OVERLAYS}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**clean, "HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "False\n"


def test_the_example_adds_to_the_ontology_as_it_is() -> None:
    """Read over the real files, it alters nothing; ``--check`` of it is among the slow tests."""
    ontology = load(ONTOLOGY, [EXAMPLE])
    assert ontology.overlays == {"overlays/overlay_clinic.ttl": EXAMPLE}


@pytest.mark.slow
def test_the_example_keeps_every_rule(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    done = run("overlay", "--check", str(EXAMPLE), "--json")
    assert (done.returncode, json.loads(done.stdout)["structures"]) == (0, 3), done.stderr
