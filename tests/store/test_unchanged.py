"""A stamp is believed where the files are surely as they were, and nowhere else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kinchain import locate
from kinchain.unchanged import TICK, recalled, remember, state


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "knowledge.ttl"
    path.write_text("one")
    return path


def later(stamp: Path) -> None:
    """The stamp as if it had been written long after the files."""
    told = stamp.stat().st_mtime_ns + 10 * TICK
    os.utime(stamp, ns=(told, told))


def test_what_was_remembered_is_recalled_once_the_files_are_older_than_a_tick(file: Path, tmp_path: Path) -> None:
    stamp = tmp_path / "stamp"
    remember(stamp, state([file]), "worked out")
    assert recalled(stamp, state([file])) is None  # racily clean, as git says
    later(stamp)
    assert recalled(stamp, state([file])) == "worked out"


def test_an_edit_of_the_same_size_and_time_is_noticed(file: Path, tmp_path: Path) -> None:
    stamp, before = tmp_path / "stamp", file.stat()
    remember(stamp, state([file]), "worked out")
    later(stamp)
    file.write_text("two")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert file.stat().st_size == before.st_size
    assert recalled(stamp, state([file])) is None


@pytest.mark.parametrize("where", [0, 16, 20, 24, 40, -1])
def test_a_damaged_stamp_is_not_believed(file: Path, tmp_path: Path, where: int) -> None:
    stamp = tmp_path / "stamp"
    remember(stamp, state([file]), "worked out by hashing everything")
    data = bytearray(stamp.read_bytes())
    data[where] ^= 1
    stamp.write_bytes(data)
    later(stamp)
    assert recalled(stamp, state([file])) is None


def test_a_file_more_or_less_is_noticed(mini: Path) -> None:
    before = locate.ontology_key(mini)
    (mini / "anatomy" / "more.ttl").write_text("# nothing\n")
    assert locate.ontology_key(mini) != before
    (mini / "anatomy" / "more.ttl").unlink()
    assert locate.ontology_key(mini) == before == locate.ontology_hash(mini)


def test_files_that_are_as_they_were_are_not_read(mini: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = locate.ontology_key(mini)
    (stamp,) = [p.with_name(locate.STAMP_FILE) for p in locate.compiled_files(mini)]
    later(stamp)
    monkeypatch.setattr(locate, "ontology_hash", lambda _: pytest.fail("the files were read"))
    assert locate.ontology_key(mini) == key
