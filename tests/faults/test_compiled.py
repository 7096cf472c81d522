"""What can happen to the compiled body while it is made, kept and read: the old or the new one answers, no mixture."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kinchain import locate
from kinchain.body import Body

ASK = ("path", "right biceps femoris", "right ischial tuberosity", "--profile", "myofascial", "--json")
Kinchain = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def place(mini: Path) -> Path:
    """Where the small body is compiled, which it is already."""
    Body.load(mini)
    (found,) = [p for p in locate.compiled_files(mini) if p.exists()]
    return found


@pytest.fixture
def kinchain(mini: Path, tmp_path: Path) -> Kinchain:
    """The command on the small ontology, in a process of its own."""

    def call(*arguments: str, **settings: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "kinchain", *arguments],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env=environment(mini),
            timeout=120,
            check=False,
            **settings,  # type: ignore[call-overload]
        )

    return call


def environment(mini: Path, **more: str) -> dict[str, str]:
    return {**os.environ, "NO_COLOR": "1", "KINCHAIN_ONTOLOGY": str(mini), **more}


def litter(place: Path) -> list[str]:
    return sorted(p.name for p in place.parent.iterdir() if p.name not in (place.name, locate.STAMP_FILE))


def rename(mini: Path, old: str, new: str) -> None:
    file = mini / "anatomy" / "leg.ttl"
    file.write_text(file.read_text("utf-8").replace(old, new), encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("tenth", range(10))
def test_a_truncated_file_is_rebuilt_and_answers(place: Path, kinchain: Kinchain, tenth: int) -> None:
    whole, answer = place.read_bytes(), kinchain(*ASK).stdout
    place.write_bytes(whole[: len(whole) * tenth // 10])
    told = kinchain(*ASK)
    assert (told.returncode, told.stdout, told.stderr) == (0, answer, "")
    assert place.read_bytes() == whole
    assert litter(place) == []


@pytest.mark.slow
@pytest.mark.parametrize("after", [0.3, 0.9, 1.5, 2.1])
def test_a_build_that_is_killed_leaves_the_old_body_or_the_new_one(
    mini: Path, place: Path, kinchain: Kinchain, after: float
) -> None:
    before = place.read_bytes()
    rename(mini, '"sit bone"', '"seat bone"')
    build = subprocess.Popen(
        [sys.executable, "-m", "kinchain", "build"], env=environment(mini), stderr=subprocess.DEVNULL
    )
    time.sleep(after)
    build.send_signal(signal.SIGKILL)
    build.wait(30)
    left = place.read_bytes()
    told = kinchain("find", "seat bone", "--json")
    assert told.returncode == 0, told.stderr
    assert '"ischial_tuberosity"' in told.stdout
    assert left in (before, place.read_bytes())
    assert litter(place) == []


def test_what_a_killed_writer_left_is_cleared_and_what_another_writes_is_not(mini: Path, place: Path) -> None:
    import fcntl

    dead, alive = place.with_name(place.name + "dead.part"), place.with_name(place.name + "alive.part")
    dead.write_bytes(b"half")
    alive.write_bytes(b"half")
    place.unlink()
    with alive.open("rb+") as writer:
        fcntl.flock(writer, fcntl.LOCK_EX)
        Body.load(mini)
        assert litter(place) == [alive.name]


@pytest.mark.slow
def test_two_builds_at_once_both_end_well(mini: Path, place: Path, kinchain: Kinchain) -> None:
    rename(mini, '"sit bone"', '"seat bone"')
    builds = [
        subprocess.Popen([sys.executable, "-m", "kinchain", "build"], env=environment(mini), stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    for build in builds:
        _, said = build.communicate(timeout=120)
        assert build.returncode == 0, said
    assert '"ischial_tuberosity"' in kinchain("find", "seat bone", "--json").stdout
    assert litter(place) == []


def test_a_file_that_cannot_grow_leaves_the_old_one_and_answers(mini: Path, place: Path, kinchain: Kinchain) -> None:
    """A limit on the size of files is a full disk that every user can make."""
    before = place.read_bytes()
    rename(mini, '"sit bone"', '"seat bone"')

    def limited() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) // 3, len(before) // 3))

    told = kinchain("find", "seat bone", "--json", preexec_fn=limited)
    assert told.returncode == 0
    assert '"ischial_tuberosity"' in told.stdout
    assert "cannot be kept" in told.stderr
    assert place.read_bytes() == before
    assert litter(place) == []


@pytest.mark.slow
def test_a_full_disk_leaves_the_old_one_and_answers(mini: Path, place: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    size = place.stat().st_size * 3 // 2
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(disk)], capture_output=True, text=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"no tmpfs can be mounted here ({mounted.stderr.strip()}); the test beside it limits a file's size")
    try:
        command = [sys.executable, "-m", "kinchain", "find", "--json"]
        here = environment(mini, XDG_CACHE_HOME=str(disk))
        subprocess.run([*command, "TLF"], env=here, capture_output=True, check=True)
        (kept,) = disk.rglob(locate.BODY_FILE)
        before = kept.read_bytes()
        rename(mini, '"sit bone"', '"seat bone"')
        told = subprocess.run([*command, "seat bone"], env=here, capture_output=True, text=True, check=False)
        assert told.returncode == 0
        assert '"ischial_tuberosity"' in told.stdout
        assert "cannot be kept" in told.stderr
        assert kept.read_bytes() == before
        assert litter(kept) == []
    finally:
        subprocess.run(["umount", str(disk)], check=True)
