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
        ("show", ["show", "gluteus maximus"]),
        ("show", ["show", "slump test"]),
        ("chains", ["chain"]),
        ("chain", ["chain", "left spiral line"]),
        ("claims", ["claim", "gluteus maximus"]),
        ("causes", ["causes", "left shoulder pain on exertion"]),
        ("causes", ["causes", "tight hamstrings", "--explain", "--top", "5"]),
        ("causes", ["ask", "what could cause pain in my left knee?"]),
        ("ask_claim", ["ask", "do the glutes fire before the hamstrings?"]),
        ("ask_connections", ["ask", "which nerve supplies the deltoid?"]),
        ("ask_connections", ["ask", "is the soleus innervated by the tibial nerve?"]),
        ("ask_tests", ["ask", "how do I test the sacroiliac joint?"]),
        ("ask_care", ["ask", "how do I train the gluteus maximus?"]),
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


@pytest.mark.slow
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


def test_a_wrong_claim_is_answered_with_who_says_so_and_what_the_evidence_says(run: Run) -> None:
    done = run("ask", "do the glutes fire before the hamstrings?", "--json")
    first = json.loads(done.stdout)["claims"][0]
    assert first["verdict"] == "wrong"
    assert [source["label"] for source in first["claimed_by"]] == ["Faires 2014"]
    assert "hamstrings" in first["correction"]
    assert first["contradicted_by"]


def test_show_lists_tests_training_and_cautions(run: Run) -> None:
    lines = run("show", "gluteus maximus").stdout.splitlines()
    sections = {line.split("\t")[0] for line in lines}
    assert {"what tests it", "what trains or treats it", "cautions", "claims"} <= sections


def test_min_evidence_says_what_it_dropped(run: Run) -> None:
    done = run("path", "right sartorius", "right inguinal ligament", "-p", "myofascial", "--min-evidence", "moderate")
    assert "Left out of the myofascial route as weaker than moderate" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["path", "left lats", "left humerus", "--min-evidence", "gossip"], "no grade of evidence to lean on"),
        (["chain", "superficial bak lien"], "superficial back line"),
        (["chain", "--html", "x.html"], "a page shows one chain"),
        (["claim", "--verdict", "maybe"], "there is no verdict"),
        (["causes", "right spleen"], "exists on the left only"),
        (["causes", "at night"], "how and not where"),
        (["causes", "flurb"], "nothing in the body is called"),
        (["causes", "knee pain", "--with", "the moon"], "nothing in the body is called"),
        (["causes", "knee pain", "--with", "left humerus"], "no qualifier"),
        (["causes", "knee pain", "--mechanism", "magic"], "there is no mechanism"),
        (["causes", "knee pain", "--evidence", "gossip"], "no grade of evidence to lean on"),
        (["causes", "knee pain", "--top", "0"], "cannot be asked for"),
        (["causes", "knee pain", "--side", "up"], "no side"),
        (["causes", ""], "the text is empty"),
        (["bench", "speed"], "there is no benchmark"),
        (["bench", "causes", "--pairs", "/nowhere"], "cannot be read"),
    ],
)
def test_what_cannot_be_answered_is_said_in_one_sentence(run: Run, arguments: list[str], message: str) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_pages_of_a_chain_and_of_causes_are_written(run: Run, tmp_path: Path) -> None:
    for name, arguments in (("chain", ["chain", "spiral line"]), ("causes", ["causes", "left shoulder tip"])):
        done = run(*arguments, "--html", str(tmp_path / f"{name}.html"))
        assert done.returncode == 0, done.stderr
        assert "not a diagnosis" in (tmp_path / f"{name}.html").read_text("utf-8")


@pytest.mark.slow
def test_an_answer_does_not_depend_on_the_order_of_sets(run_apart: Run) -> None:
    answers = {run_apart("causes", "outer knee pain", "--json", PYTHONHASHSEED=seed).stdout for seed in ("1", "2")}
    assert len(answers) == 1
