"""Schemathesis asks what the OpenAPI description allows, and what it does not: nothing fails inside."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.server.conftest import Serve


@pytest.mark.slow
def test_a_fuzz_run_against_the_description_finds_nothing(serve: Serve, tmp_path: Path) -> None:
    server = serve("--workers", "2", "--sparql")
    program = Path(sys.executable).with_name("schemathesis")
    done = subprocess.run(
        [str(program), "run", f"{server.url}/openapi.json", "--max-examples", "25", "--seed", "7", "--no-color",
         "--exclude-checks", "positive_data_acceptance", "--request-timeout", "60"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "SCHEMATHESIS_HOOKS": "tests.server.fuzz_hooks", "PYTHONPATH": str(ROOT)},
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert server.end() == 0
    assert [line for line in server.said if "answer failed" in line] == []
