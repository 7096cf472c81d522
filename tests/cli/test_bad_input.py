"""Bad input: one sentence, the right exit status, no traceback, nothing half-written."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import Run


def one_sentence(done: subprocess.CompletedProcess[str], status: int) -> str:
    assert done.returncode == status, (done.returncode, done.stderr[-500:])
    assert "Traceback" not in done.stderr
    lines = [line for line in done.stderr.splitlines() if line.startswith("kinchain: ") and "understood" not in line]
    assert len(lines) == 1, done.stderr
    assert len(lines[0]) < 700
    return lines[0]


@pytest.mark.parametrize(
    ("name", "status", "says"),
    [
        ("flux capacitor", 2, "nothing in the body is called"),
        ("pec", 2, "pectoralis major or pectoralis minor"),
        ("", 2, "empty"),
        ("   ", 2, "empty"),
        ("glute\x07max", 2, "control characters"),
        ("💪", 2, "nothing in the body is called"),
        ("x" * 5000, 2, "5,000 characters"),
        ("left sacrum", 2, "midline"),
        ("left humerus", 2, "both ends"),
    ],
)
def test_a_name_that_is_no_end(run: Run, name: str, status: int, says: str) -> None:
    assert says in one_sentence(run("path", name, "left humerus"), status)


def test_candidates_come_as_json(run: Run) -> None:
    done = run("path", "pec", "left humerus", "--json")
    assert done.returncode == 2
    error = json.loads(done.stdout)["error"]
    assert error["kind"] == "ambiguous_name"
    assert [c["id"] for c in error["candidates"]] == ["pectoralis_major", "pectoralis_minor"]


def test_ten_megabytes_of_question(run: Run) -> None:
    assert "characters" in one_sentence(run("ask", "-", stdin="what links " + "x" * 10_000_000), 2)


def test_two_structures_that_nothing_joins(run: Run) -> None:
    done = run("path", "right sciatic nerve", "left humerus", "--profile", "neural")
    assert "no nerve" in one_sentence(done, 1)
    assert done.stdout == ""


def test_a_search_that_finds_nothing(run: Run) -> None:
    assert "no name resembles" in one_sentence(run("find", "qqqqqqzzzz"), 1)


def test_an_option_that_does_not_exist(run: Run) -> None:
    done = run("path", "right hamstring", "left humerus", "--shortcut")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_an_unknown_profile(run: Run) -> None:
    assert "myofascial" in one_sentence(run("path", "right hamstring", "left humerus", "-p", "magical"), 2)


def test_a_page_that_cannot_be_written(run: Run, tmp_path: Path) -> None:
    place = tmp_path / "no" / "such" / "folder" / "page.html"
    assert "cannot be written" in one_sentence(run("path", "right hamstring", "left humerus", "--html", str(place)), 2)


def test_a_page_whose_place_is_a_folder(run: Run, tmp_path: Path) -> None:
    done = run("path", "right hamstring", "left humerus", "--html", str(tmp_path))
    assert "cannot be written" in one_sentence(done, 2)


def test_no_ontology_where_one_was_named(run_apart: Run, tmp_path: Path) -> None:
    done = run_apart("find", "sacrum", KINCHAIN_ONTOLOGY=str(tmp_path / "nowhere"))
    assert "no schema.ttl" in one_sentence(done, 3)


def test_a_syntax_error_is_named_with_file_and_line(run_apart: Run, mini: Path) -> None:
    (mini / "anatomy" / "zz.ttl").write_text("@prefix kc: <https://w3id.org/kinchain/schema/> .\n\nkc:broken here\n")
    for command in (["find", "sacrum"], ["build"], ["validate", str(mini)]):
        message = one_sentence(run_apart(*command, KINCHAIN_ONTOLOGY=str(mini)), 3)
        assert "anatomy/zz.ttl:3" in message


def test_an_edge_to_an_undefined_structure(run_apart: Run, mini: Path) -> None:
    with (mini / "anatomy" / "leg.ttl").open("a") as file:
        file.write("\nbody:semitendinosus kc:origin body:nowhere .\n")
    message = one_sentence(run_apart("find", "sacrum", KINCHAIN_ONTOLOGY=str(mini)), 3)
    assert "anatomy/leg.ttl" in message
    assert "body:semitendinosus" in message
    assert "body:nowhere" in message


def test_a_circle_of_parts(run_apart: Run, mini: Path) -> None:
    with (mini / "anatomy" / "leg.ttl").open("a") as file:
        file.write("\nbody:hip_bone kc:partOf body:ischial_tuberosity .\n")
    message = one_sentence(run_apart("find", "sacrum", KINCHAIN_ONTOLOGY=str(mini)), 3)
    assert "circle" in message


def test_a_hostile_label_is_text_on_the_page(run_apart: Run, mini: Path, tmp_path: Path) -> None:
    file = mini / "anatomy" / "leg.ttl"
    label = '<script>alert(1)</script> & \\"quoted\\" \u202e'
    file.write_text(file.read_text().replace('rdfs:label "semitendinosus"', f'rdfs:label "{label}"'))
    page = tmp_path / "page.html"
    done = run_apart(
        "path", "right sacrotuberous ligament", "right semitendinosus", "--html", str(page), KINCHAIN_ONTOLOGY=str(mini)
    )
    assert done.returncode == 0, done.stderr
    assert "<script>alert" not in page.read_text("utf-8")
    assert "&lt;script&gt;alert(1)" in page.read_text("utf-8")


@pytest.fixture
def sealed(mini: Path, tmp_path: Path) -> dict[str, str]:
    """An install where neither the ontology's folder nor a cache can be written."""
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the cache folder would be")
    return {"KINCHAIN_ONTOLOGY": str(mini), "XDG_CACHE_HOME": str(blocked)}


def test_a_read_only_install_answers_all_the_same(run_apart: Run, sealed: dict[str, str]) -> None:
    done = run_apart("find", "sit bone", **sealed)
    assert done.returncode == 0
    assert "ischial_tuberosity" in done.stdout
    assert "cannot be kept" in done.stderr


@pytest.mark.parametrize("damage", ["missing", "truncated", "foreign"])
def test_a_damaged_compiled_body_is_rebuilt(run_apart: Run, mini: Path, tmp_path: Path, damage: str) -> None:
    environment = {"KINCHAIN_ONTOLOGY": str(mini), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    run_apart("build", **environment)
    (place,) = (tmp_path / "cache").rglob("body.kinchain")
    whole = place.read_bytes()
    if damage == "missing":
        place.unlink()
    else:
        place.write_bytes(whole[: len(whole) // 2] if damage == "truncated" else b"\x7fELF" + bytes(1000))
    done = run_apart("find", "sit bone", **environment)
    assert (done.returncode, done.stderr) == (0, "")
    assert place.read_bytes() == whole


def test_a_reader_that_goes_away_is_no_accident(tmp_path: Path) -> None:
    import sys

    command = f"{sys.executable} -m kinchain show 'gluteus maximus' | head -n 1"
    done = subprocess.run(
        ["sh", "-c", command], capture_output=True, text=True, cwd=tmp_path, env={**os.environ}, check=False
    )
    assert "Traceback" not in done.stderr


def test_validating_a_folder_that_is_no_ontology(run: Run, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    assert "no schema.ttl" in one_sentence(run("validate", str(empty)), 3)


def test_a_copy_of_the_rules_is_not_needed_to_validate(run: Run, mini: Path) -> None:
    for name in ("shapes", "checks"):
        shutil.rmtree(mini / name)
    assert run("validate", str(mini)).returncode == 0
