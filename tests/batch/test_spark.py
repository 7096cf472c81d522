"""The Spark engine on a standalone master and two workers: the same bytes, also when a worker is lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.batch.cluster import Cluster, cluster
from tests.conftest import Run, leave_out

pytestmark = pytest.mark.slow

NAMES = ("soleus", "gastrocnemius", "plantaris", "popliteus", "sartorius", "gracilis", "psoas major", "iliacus",
         "deltoid", "trapezius", "brachialis")  # fmt: skip


@pytest.fixture
def spark(tmp_path: Path) -> Iterator[Cluster]:
    import shutil

    if not shutil.which("java"):
        leave_out("Java is missing; run tests/tools/install-system-packages.sh")
    pytest.importorskip("pyspark", reason="pip install 'kinchain[spark]' brings it")
    with cluster(tmp_path) as running:
        yield running


def batch(table: Path, out: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kinchain", "batch", str(table), "-p", "neural", "-o", str(out), *arguments]
    environment = {**os.environ, "SPARK_LOCAL_IP": "127.0.0.1"}
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=600, check=False)


def test_spark_gives_the_same_bytes_also_when_a_worker_is_killed_in_the_middle(spark: Cluster, tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    # Nerves join what is on one side; to the other side there is no route, which is an error row as much as a bad name.
    pairs = [f"right {a},{side} {b},{a}\n" for side in ("right", "left") for a in NAMES for b in NAMES] * 8
    table.write_text("source,target,carried\n" + "".join(pairs) + "soleus,no such thing,\nbroken\n")
    local = batch(table, tmp_path / "local.jsonl", "-j", "2")
    assert local.returncode == 0, local.stderr
    lines = (tmp_path / "local.jsonl").read_bytes().splitlines()
    told = Counter(json.loads(line).get("error", {}).get("kind") for line in lines)
    assert told == {None: 880, "no_route": 968, "unknown_name": 1, "bad_question": 89}
    out = tmp_path / "spark.jsonl"
    killed: list[int] = []

    def kill_one() -> None:
        journal = out.with_name("spark.jsonl.part")
        until = time.monotonic() + 300
        while time.monotonic() < until:
            if journal.exists() and journal.stat().st_size > 0:
                killed.append(journal.read_bytes().count(b"\n"))
                spark.workers[0].kill()
                return
            time.sleep(0.01)

    watching = threading.Thread(target=kill_one)
    watching.start()
    done = batch(table, out, "--engine", "spark", "--master", spark.url)
    watching.join()
    assert done.returncode == 0, done.stderr
    assert killed and 0 < killed[0] < len(pairs)  # in the middle
    assert out.read_bytes() == (tmp_path / "local.jsonl").read_bytes()


def test_a_master_that_is_not_there_is_told_in_a_sentence(tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text("source,target\nsoleus,sacrum\n")
    done = batch(table, tmp_path / "o.jsonl", "--engine", "spark", "--master", "nonsense://127.0.0.1:1")
    assert done.returncode == 2
    assert "kinchain: Spark" in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr


def test_without_pyspark_it_is_said_how_to_get_it(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    (tmp_path / "t.csv").write_text("source,target\nsoleus,sacrum\n")
    done = run("batch", "t.csv", "--engine", "spark")
    assert done.returncode == 2
    assert "pip install 'kinchain[spark]'" in done.stderr
