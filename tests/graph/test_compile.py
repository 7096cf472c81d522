"""The compiled body is trusted only when it is whole and of this ontology."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kinchain import files, locate
from kinchain.body import Body
from kinchain.building import whole_model
from kinchain.errors import DamagedBody
from kinchain.graph import compile as compiled
from kinchain.sides.expand import expand
from kinchain.store.container import MAGIC

KEY = "0" * 64


@pytest.fixture
def written(mini: Path, tmp_path: Path) -> Path:
    path = tmp_path / "body.kinchain"
    compiled.write(expand(whole_model(mini)), KEY, path)
    return path


def test_what_is_written_reads_back_equal(mini: Path, written: Path) -> None:
    assert compiled.read(written, KEY) == expand(whole_model(mini))


def test_two_builds_are_the_same_bytes(mini: Path, tmp_path: Path, written: Path) -> None:
    again = tmp_path / "again"
    compiled.write(expand(whole_model(mini)), KEY, again)
    assert again.read_bytes() == written.read_bytes()


@pytest.mark.parametrize("tenth", range(10))
def test_a_truncated_file_is_damaged(written: Path, tenth: int) -> None:
    data = written.read_bytes()
    written.write_bytes(data[: len(data) * tenth // 10])
    with pytest.raises(DamagedBody, match="will be rebuilt"):
        compiled.read(written, KEY)


def test_a_changed_byte_in_the_header_is_damaged(written: Path) -> None:
    data = bytearray(written.read_bytes())
    data[len(MAGIC) + 70] ^= 1
    written.write_bytes(data)
    with pytest.raises(DamagedBody, match="checksum"):
        compiled.read(written, KEY)


def test_a_changed_byte_in_a_record_is_damaged_when_it_is_read(written: Path) -> None:
    data = bytearray(written.read_bytes())
    data[data.index(b"long head of biceps femoris")] ^= 1
    written.write_bytes(data)
    model = compiled.read(written, KEY)
    with pytest.raises(DamagedBody, match="while it was read"):
        list(model.unsided.structures.values())


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(where=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_whatever_bit_flips_the_answer_is_right_or_refused(small: Body, written: Path, where: float, bit: int) -> None:
    """A wrong answer is the one thing that may not come."""
    data = bytearray(written.read_bytes())
    data[int(where * len(data))] ^= 1 << bit
    flipped = written.with_name("flipped")
    flipped.write_bytes(data)
    try:
        body = Body(compiled.read(flipped, KEY))
        found = body.path("right biceps femoris", "right ischial tuberosity", profiles=["myofascial", "skeletal"], k=2)
    except DamagedBody:
        return
    assert found == small.path(
        "right biceps femoris", "right ischial tuberosity", profiles=["myofascial", "skeletal"], k=2
    )


def test_a_part_that_is_damaged_is_made_anew_while_it_is_read(mini: Path) -> None:
    place = compiled_place(mini)
    whole = place.read_bytes()
    data = bytearray(whole)
    data[data.index(b"long head of biceps femoris")] ^= 1
    place.write_bytes(data)
    body = Body.load(mini)
    assert body.names.resolve("right long head of biceps femoris")[0].label == "right long head of biceps femoris"
    assert place.read_bytes() == whole


def compiled_place(root: Path) -> Path:
    Body.load(root)
    (place,) = [p for p in locate.compiled_files(root) if p.exists()]
    return place


def test_a_foreign_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(b"\x89PNG\r\n" + bytes(500))
    with pytest.raises(DamagedBody, match="no compiled body"):
        compiled.read(path, KEY)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DamagedBody, match="cannot be read"):
        compiled.read(tmp_path / "nothing", KEY)


def test_a_body_of_another_ontology_is_refused(written: Path) -> None:
    with pytest.raises(DamagedBody, match="another ontology"):
        compiled.read(written, "1" * 64)


def test_nothing_is_left_behind_when_writing_fails(mini: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "out"
    model = expand(whole_model(mini))
    monkeypatch.setattr(files.os, "fsync", lambda _: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        compiled.write(model, KEY, folder / "body.kinchain")
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("damage", [b"", b"garbage", None])
def test_a_damaged_body_is_rebuilt_and_answers(mini: Path, damage: bytes | None) -> None:
    Body.load(mini)
    (place,) = [p for p in locate.compiled_files(mini) if p.exists()]
    whole = place.read_bytes()
    if damage is None:
        place.unlink()
    else:
        place.write_bytes(damage)
    assert Body.load(mini).find("TLF")[0].structure.id == "thoracolumbar_fascia"
    assert place.read_bytes() == whole


def test_a_changed_ontology_is_compiled_anew(mini: Path) -> None:
    Body.load(mini)
    file = mini / "anatomy" / "leg.ttl"
    file.write_text(file.read_text().replace('"sit bone"', '"seat bone"'))
    assert Body.load(mini).find("seat bone")[0].structure.id == "ischial_tuberosity"
