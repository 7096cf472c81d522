"""``kinchain import FILE`` as its user runs it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from tests.conftest import ROOT, Run

EXCERPT = str(ROOT / "tests" / "data" / "foreign" / "uberon_excerpt.obo")


def test_piped_it_is_one_line_a_term_and_a_sentence_on_standard_error(run: Run) -> None:
    done = run("import", EXCERPT)
    header, *rows = done.stdout.splitlines()
    assert done.returncode == 0
    assert header.split("\t") == ["kind", "id", "label", "synonyms", "under"]
    assert all(len(row.split("\t")) == 5 for row in rows)
    assert "uberon_excerpt.obo (OBO) has 8 terms: " in done.stderr
    assert "uberon_excerpt.obo:125: is no OBO and was left out: xref: :bony projection" in done.stderr


def test_json_says_the_same(run: Run) -> None:
    answer = json.loads(run("import", EXCERPT, "--json").stdout)
    lines = run("import", EXCERPT).stdout.splitlines()[1:]
    assert [term["id"] for term in answer["lacking"]] == [line.split("\t")[1] for line in lines]
    assert answer["terms"] == sum(answer["known"].values()) + answer["left_out"] + len(answer["lacking"])
    assert answer["notes"][0]["line"] == 125


def test_a_file_is_written_whole_or_not_at_all(run: Run, tmp_path: Path) -> None:
    done = run("import", EXCERPT, "-o", "lacking.tsv")
    rows = list(csv.DictReader((tmp_path / "lacking.tsv").read_text().splitlines(), delimiter="\t"))
    assert done.returncode == 0 and done.stdout == ""
    assert "tibiotarsus" in {row["label"] for row in rows}
    refused = run("import", EXCERPT, "-o", "nowhere/lacking.tsv")
    assert refused.returncode == 2 and "there is no folder" in refused.stderr


def test_a_kind_narrows_the_list(run: Run) -> None:
    done = run("import", EXCERPT, "--kind", "bone")
    assert {row.split("\t")[0] for row in done.stdout.splitlines()[1:]} == {"Bone"}
    assert run("import", EXCERPT, "--kind", "wing").returncode == 2


def test_what_cannot_be_read_is_one_sentence_and_status_2(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.obo").write_bytes(b"\0\1\2")
    for name in ("x.obo", "missing.obo", "."):
        done = run("import", name)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith("kinchain: ") and done.stderr.count("\n") == 1
    error = json.loads(run("import", "x.obo", "--json").stdout)["error"]
    assert error["kind"] == "cannot_read"


def test_a_larger_file_can_be_allowed(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.obo").write_text("[Term]\nid: X:1\nname: foo bar\n" + "! remark\n" * 150_000)
    assert "--max-size 2" in run("import", "x.obo", "--max-size", "1").stderr
    assert run("import", "x.obo", "--max-size", "2").returncode == 0


def test_a_hostile_name_reaches_the_terminal_as_text(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.obo").write_text("[Term]\nid: X:1\nname: <script>alert(1)</script>\tmuscle\n")
    row = run("import", "x.obo").stdout.splitlines()[1].split("\t")
    assert row[:3] == ["Muscle", "X:1", "<script>alert(1)</script> muscle"]
