"""The commands as people and programs call them."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.conftest import Run

SCHEMA = json.loads((resources.files("kinchain.views") / "schemas" / "answers.schema.json").read_text("utf-8"))


def valid(answer: Any, contract: str) -> bool:
    schema = {**SCHEMA, "$ref": f"#/$defs/{contract}"}
    jsonschema.Draft202012Validator(schema).validate(answer)
    return True


def test_the_published_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_the_schema_refuses_what_is_not_the_contract() -> None:
    with pytest.raises(jsonschema.ValidationError):
        valid({"routes": []}, "path")


@pytest.mark.parametrize(
    ("contract", "arguments"),
    [
        ("path", ["path", "right hamstring", "left humerus"]),
        ("path", ["path", "latissimus dorsi", "humerus", "-k", "3", "--profile", "any"]),
        ("path", ["ask", "what links right hamstring to left humerus?"]),
        ("find", ["find", "glute"]),
        ("show", ["show", "pectoralis minor"]),
        ("around", ["around", "right sacroiliac joint", "--depth", "2"]),
    ],
)
def test_json_keeps_its_contract(run: Run, contract: str, arguments: list[str]) -> None:
    done = run(*arguments, "--json")
    assert done.returncode == 0, done.stderr
    assert valid(json.loads(done.stdout), contract)


def test_piped_output_is_tab_separated_and_whole(run: Run) -> None:
    lines = run("path", "right hamstring", "left humerus").stdout.splitlines()
    widths = {len(line.split("\t")) for line in lines}
    assert widths == {10}
    assert "right_long_head_of_biceps_femoris" in lines[1]


def test_what_was_understood_is_said_on_standard_error(run: Run) -> None:
    done = run("ask", "what links right hamstring to left humerus?")
    assert "understood as" in done.stderr
    assert "understood" not in done.stdout


def test_ask_reads_a_question_from_standard_input(run: Run) -> None:
    done = run("ask", "-", stdin="what links right hamstring to left humerus?\n")
    assert done.returncode == 0
    assert "left_humerus" in done.stdout


def test_a_page_is_written_where_it_was_asked_for(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "answer.html"
    done = run("path", "right hamstring", "left humerus", "--html", str(page))
    assert done.returncode == 0
    assert page.read_text("utf-8").startswith("<!doctype html>")
    assert str(page) in done.stderr
    assert list(tmp_path.glob("*.part")) == []


def test_validate_is_quiet_when_all_is_well(run: Run, mini: Path) -> None:
    done = run("validate", str(mini))
    assert (done.returncode, done.stdout) == (0, "")


def test_validate_prints_file_subject_and_rule_and_ends_with_3(run: Run, mini: Path) -> None:
    (mini / "anatomy" / "zz.ttl").write_text(
        "@prefix kc: <https://w3id.org/kinchain/schema/> .\n@prefix body: <https://w3id.org/kinchain/body/> .\n"
        "body:semitendinosus kc:origin body:hip_bone .\n"
    )
    done = run("validate", str(mini))
    assert done.returncode == 3
    assert "body:semitendinosus" in done.stdout
    assert "[whole-bone-attachment]" in done.stdout
    answer = json.loads(run("validate", str(mini), "--json").stdout)
    assert valid(answer, "validate")
    assert not answer["valid"]


def test_build_report_counts_by_kind(run: Run) -> None:
    counts = json.loads(run("build", "--json").stdout)["counts"]
    assert counts["bones"]["sided"] > counts["bones"]["unsided"] > 0
    assert counts["muscles"]["unsided"] > counts["of them whole, no series"]["unsided"] > 0
    printed = run("build", "--report").stdout
    assert f"bones\t{counts['bones']['unsided']}\t{counts['bones']['sided']}" in printed


def test_help_names_every_command(run: Run) -> None:
    text = run("--help").stdout
    for command in ("path", "ask", "find", "show", "around", "validate", "build"):
        assert f" {command} " in text


def test_the_version_is_the_package_s(run: Run) -> None:
    import kinchain

    assert run("--version").stdout.strip() == f"kinchain {kinchain.__version__}"
