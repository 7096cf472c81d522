"""Whole runs with the local engine: the command's answers, errors with their numbers, going on after a kill."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

import pytest

from kinchain.batch import run as runs
from kinchain.batch.question import Row, Spec, line
from kinchain.batch.run import batch
from kinchain.body import Body
from kinchain.errors import BadQuestion
from tests.cli.test_commands import valid
from tests.conftest import Run

PATHS = (
    "patient,source,target\n1,right hamstring,left humerus\n2,soleus,no such thing\n3,left patella,liver\n"
    "4,sciatic nerve,right hamstrings\n5,too,many,cells\n6,lumbricals,soleus\n"
)
CAUSES = "site,with,rank\nleft knee,on exertion;at night,a\n,,b\nleft shoulder tip,,c\n"


class Here:
    """An engine in this process, which can be ended after some chunks."""

    def __init__(self, body: Body, spec: Spec, chunks: int = 1_000) -> None:
        self._body, self._spec, self._left = body, spec, chunks

    def answered(self, chunks: Any) -> Iterator[list[bytes]]:
        for chunk in chunks:
            if not self._left:
                raise KeyboardInterrupt
            self._left -= 1
            yield [line(row, self._spec, self._body) for row in chunk]


def begin(body: Body, spec: Spec, chunks: int = 1_000) -> Any:
    def made() -> AbstractContextManager[Here]:
        return nullcontext(Here(body, spec, chunks))

    return made


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "paths.csv"
    file.write_text(PATHS)
    return file


def told(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def test_every_row_has_a_line_with_its_answer_or_its_error(table: Path, tmp_path: Path, body: Body, run: Run) -> None:
    out, spec = tmp_path / "o.jsonl", Spec("path")
    counts = batch(table, spec, out, begin(body, spec))
    found = told(out)
    assert (counts.rows, counts.errors) == (6, 4)
    assert counts.kinds == {"unknown_name": 1, "no_route": 1, "bad_question": 1, "ambiguous_name": 1}
    assert [each["row"] for each in found] == [1, 2, 3, 4, 5, 6]
    assert [each.get("error", {}).get("kind") for each in found] == [
        None, "unknown_name", "no_route", None, "bad_question", "ambiguous_name",
    ]  # fmt: skip
    assert found[0]["input"] == {"patient": "1", "source": "right hamstring", "target": "left humerus"}
    assert found[0]["answer"] == json.loads(run("path", "right hamstring", "left humerus", "--json").stdout)
    assert valid(found[3]["answer"], "path")
    assert "row 5" in found[4]["error"]["message"]


def test_causes_are_those_of_the_command_with_their_qualifiers(tmp_path: Path, body: Body, run: Run) -> None:
    table, out, spec = tmp_path / "c.csv", tmp_path / "o.jsonl", Spec("causes", top=3)
    table.write_text(CAUSES)
    batch(table, spec, out, begin(body, spec))
    first, second, third = told(out)
    command = run("causes", "left knee", "-w", "on exertion", "-w", "at night", "--top", "3", "--json")
    assert first["answer"] == json.loads(command.stdout)
    assert second["error"]["kind"] == "bad_question"
    assert third["answer"]["red_flags"]


def test_a_table_has_a_line_for_each_candidate_and_keeps_the_flags(tmp_path: Path, body: Body) -> None:
    table, out, spec = tmp_path / "c.csv", tmp_path / "o.csv", Spec("causes", brief=True, top=3)
    table.write_text(CAUSES)
    batch(table, spec, out, begin(body, spec))
    with out.open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    assert [(each["row"], each["input_rank"], each["rank"]) for each in found] == [
        ("1", "a", "1"), ("1", "a", "2"), ("1", "a", "3"), ("2", "b", ""),
        ("3", "c", "1"), ("3", "c", "2"), ("3", "c", "3"),
    ]  # fmt: skip
    assert "urgent" in found[0]["red_flags_raised"] or "emergency" in found[0]["red_flags_raised"]
    assert int(found[4]["red_flags_to_ask"]) > 0
    assert found[3]["error_kind"] == "bad_question"


def test_a_complaint_without_candidates_keeps_its_flags(body: Body) -> None:
    spec = Spec("causes", brief=True, mechanisms=("visceral_referral",), min_evidence="textbook", top=1)
    answered = json.loads(line(Row(1, {"site": "left little toe", "with": "at night"}), spec, body))
    assert answered["answer"][0]["red_flags_to_ask"] > 0


def test_csv_and_parquet_say_the_same(table: Path, tmp_path: Path, body: Body) -> None:
    import pyarrow.parquet as pq

    spec = Spec("path", brief=True)
    for name in ("o.csv", "o.parquet"):
        batch(table, spec, tmp_path / name, begin(body, spec))
    with (tmp_path / "o.csv").open(encoding="utf-8", newline="") as file:
        as_text = list(csv.DictReader(file))
    typed = pq.read_table(tmp_path / "o.parquet").to_pylist()
    assert [{k: "" if v is None else str(v).lower() if isinstance(v, bool) else str(v) for k, v in row.items()}
            for row in typed] == as_text  # fmt: skip


@pytest.mark.parametrize("name", ["o.jsonl", "o.csv", "o.parquet"])
def test_a_run_that_was_ended_goes_on_and_gives_the_same(
    table: Path, tmp_path: Path, body: Body, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(runs.chunked, "__defaults__", (2,))
    spec = Spec("path", brief=True, profiles=("neural",))
    whole, parts = tmp_path / f"whole.{name}", tmp_path / f"parts.{name}"
    batch(table, spec, whole, begin(body, spec))
    with pytest.raises(KeyboardInterrupt):
        batch(table, spec, parts, begin(body, spec, chunks=2))
    assert not parts.exists()
    with parts.with_name(parts.name + ".part").open("ab") as file:
        file.write(b'{"row":5,"inp')  # as a kill would leave it
    counts = batch(table, spec, parts, begin(body, spec), resume=True)
    assert counts.before == 4
    assert parts.read_bytes() == whole.read_bytes()
    assert sorted(f.name for f in tmp_path.iterdir()) == sorted([table.name, whole.name, parts.name])


def test_another_question_does_not_go_on_with_it(table: Path, tmp_path: Path, body: Body) -> None:
    out, spec = tmp_path / "o.jsonl", Spec("path", profiles=("neural",))
    with pytest.raises(KeyboardInterrupt):
        batch(table, spec, out, begin(body, spec, chunks=0))
    other = Spec("path", profiles=("skeletal",))
    with pytest.raises(BadQuestion, match="not the same: question"):
        batch(table, other, out, begin(body, other), resume=True)


def test_a_finished_run_whose_table_was_not_written_yet_is_only_written(
    table: Path, tmp_path: Path, body: Body
) -> None:
    spec, out = Spec("path", brief=True, profiles=("neural",)), tmp_path / "no_parquet.csv"
    with pytest.raises(ZeroDivisionError), pytest.MonkeyPatch.context() as patch:
        patch.setattr(runs.tables, "write_csv", lambda *_: 1 / 0)
        batch(table, spec, out, begin(body, spec))

    def never() -> Any:
        raise AssertionError("nothing is left to be asked")

    assert batch(table, spec, out, never, resume=True).before == 6
    assert out.is_file()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("none.csv",), "there is no file"),
        (("paths.csv", "-q", "causes"), "no columns site"),
        (("paths.csv", "-o", "o.xlsx"), "ends with .csv"),
        (("paths.csv", "-o", "no/o.csv"), "there is no folder"),
        (("paths.csv", "--max-rows", "3"), "more than 3 rows"),
    ],
)
def test_what_cannot_be_done_is_told_before_anything_is_asked(
    table: Path, run: Run, tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    done = run("batch", *arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout == ""
    assert [f.name for f in tmp_path.iterdir()] == ["paths.csv"]


@pytest.mark.slow
@pytest.mark.parametrize(("option", "words"), [("--profile=lunar", "no profile"), ("-k=99", "99 routes")])
def test_options_that_no_row_could_be_asked_with_are_refused(table: Path, run: Run, option: str, words: str) -> None:
    done = run("batch", "paths.csv", *option.split("="), "-j", "1")
    assert done.returncode == 2
    assert words in done.stderr


@pytest.mark.slow
def test_processes_answer_in_order_and_a_killed_run_goes_on(tmp_path: Path) -> None:
    table = tmp_path / "many.csv"
    names = ["soleus", "gastrocnemius", "plantaris", "popliteus", "sartorius", "gracilis", "psoas major", "iliacus"]
    pairs = [f"right {a},right {b}\n" for a in names for b in names] * 8
    table.write_text("source,target\n" + "".join(pairs))
    command = [sys.executable, "-m", "kinchain", "batch", str(table), "-p", "neural", "-o"]
    subprocess.run([*command, str(tmp_path / "whole.jsonl"), "-j", "2"], check=True, capture_output=True)
    parts = tmp_path / "parts.jsonl"
    begun = subprocess.Popen([*command, str(parts), "-j", "2"], stderr=subprocess.DEVNULL)
    journal = parts.with_name("parts.jsonl.part")
    until = time.monotonic() + 120
    while not (journal.exists() and journal.stat().st_size > 100_000) and time.monotonic() < until:
        time.sleep(0.02)
    begun.kill()
    begun.wait()
    assert journal.exists() and not parts.exists()
    done = subprocess.run([*command, str(parts), "-j", "1", "--resume"], check=True, capture_output=True, text=True)
    assert "by an earlier run" in done.stderr
    assert parts.read_bytes() == (tmp_path / "whole.jsonl").read_bytes()
    assert [each["row"] for each in told(parts)] == list(range(1, len(pairs) + 1))
