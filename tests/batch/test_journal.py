"""The unfinished output: whole lines, one run at a time, of one run only."""

from __future__ import annotations

from pathlib import Path

import pytest

from kinchain.batch.journal import Journal
from kinchain.errors import BadQuestion, CannotWrite

STATE = {"version": "1", "table": "abc"}


def test_a_run_goes_on_behind_the_last_whole_line(tmp_path: Path) -> None:
    out = tmp_path / "o.jsonl"
    with Journal(out, STATE, resume=False) as first:
        assert first.done == 0
        first.add([b"one\n", b"two\n", b"thr"])
    with Journal(out, STATE, resume=True) as second:
        assert second.done == 2
        second.add([b"three\n"])
        second.finish_as_it_is(out)
    assert out.read_bytes() == b"one\ntwo\nthree\n"
    assert [f.name for f in tmp_path.iterdir()] == ["o.jsonl"]


def test_what_is_left_of_a_run_is_not_written_over(tmp_path: Path) -> None:
    out = tmp_path / "o.jsonl"
    with Journal(out, STATE, resume=False) as first:
        first.add([b"one\n"])
    with pytest.raises(BadQuestion, match="--resume"):
        Journal(out, STATE, resume=False)
    with pytest.raises(BadQuestion, match="not the same: table"):
        Journal(out, {**STATE, "table": "other"}, resume=True)
    assert out.with_name("o.jsonl.part").read_bytes() == b"one\n"


def test_two_runs_do_not_write_at_once(tmp_path: Path) -> None:
    out = tmp_path / "o.jsonl"
    with Journal(out, STATE, resume=False), pytest.raises(CannotWrite, match="another run"):
        Journal(out, STATE, resume=True)


def test_resuming_where_nothing_is_left_begins(tmp_path: Path) -> None:
    with Journal(tmp_path / "o.jsonl", STATE, resume=True) as journal:
        assert journal.done == 0


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="there is no folder"):
        Journal(tmp_path / "no" / "o.jsonl", STATE, resume=False)
