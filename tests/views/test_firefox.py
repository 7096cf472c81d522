"""Every kind of page opens from disk in Firefox too, and draws."""

from __future__ import annotations

import base64
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import leave_out
from tests.views.conftest import PIXELS
from tests.views.pages import KINDS

FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox")

# How many colours the part of the picture in which the body stands has, and how much of it is not the most frequent.
_LOOK = (
    PIXELS
    % """const d = ctx.getImageData(0, 160, 640, 480).data, seen = new Map();
    for (let i = 0; i < d.length; i += 4) {
        const key = d[i] + ',' + d[i+1] + ',' + d[i+2]; seen.set(key, (seen.get(key) || 0) + 1); }
    return [seen.size, 1 - Math.max(...seen.values()) / (d.length / 4)];"""
)


@pytest.mark.parametrize("kind", [pytest.param(k, marks=() if k == "route" else pytest.mark.slow) for k in KINDS])
def test_firefox_draws(kind: str, page_file: Callable[[str], Path], browser: Any, tmp_path: Path) -> None:
    if not FIREFOX:
        leave_out("Firefox is missing; run tests/tools/install-system-packages.sh")
    picture = tmp_path / "page.png"
    (tmp_path / "profile").mkdir()
    shown = ["--headless", "--no-remote", "--window-size=1440,900", "--screenshot", str(picture)]
    colours, covered = 0, 0.0
    for _ in range(8):  # Firefox takes the picture on load, on a busy machine a frame before anything is drawn
        subprocess.run(
            [str(FIREFOX), *shown, "--profile", str(tmp_path / "profile"), page_file(kind).as_uri()],
            check=True,
            capture_output=True,
            timeout=120,
        )
        tab = browser.new_page()
        colours, covered = tab.evaluate(_LOOK, base64.b64encode(picture.read_bytes()).decode())
        tab.close()
        if colours > 100:
            break
    assert colours > 100
    assert covered > 0.2
