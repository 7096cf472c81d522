"""Bring axe-core, which looks for what keeps people out of a page, from the npm registry. Run by ``make browser``.

The version is pinned, and so is the hash of its package; it is kept under ``build`` and is no part of kinchain.
"""

from __future__ import annotations

import base64
import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

VERSION = "4.14.1"
INTEGRITY = "sha512-FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ=="
KEPT = Path(__file__).resolve().parents[2] / "build" / f"axe-core-{VERSION}.min.js"


class Unreachable(Exception):
    """The package cannot be had here."""


def script() -> str:
    """The text of axe-core.

    Raises
    ------
    Unreachable  it is not kept here, and npm is missing or does not bring the pinned package
    """
    if not KEPT.exists():
        text = _bring()
        KEPT.parent.mkdir(exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=KEPT.parent, encoding="utf-8", delete=False) as part:
            part.write(text)
        Path(part.name).replace(KEPT)
    return KEPT.read_text("utf-8")


def _bring() -> str:
    npm = shutil.which("npm")
    if not npm:
        raise Unreachable("axe-core cannot be brought: npm is not installed")
    with tempfile.TemporaryDirectory() as folder:
        asked = [npm, "pack", "--silent", "--pack-destination", folder, f"axe-core@{VERSION}"]
        try:
            subprocess.run(asked, check=True, capture_output=True, timeout=60, cwd=folder)
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
            raise Unreachable("axe-core cannot be brought: npm does not reach its registry") from error
        (package,) = Path(folder).glob("*.tgz")
        found = "sha512-" + base64.b64encode(hashlib.sha512(package.read_bytes()).digest()).decode()
        if found != INTEGRITY:
            raise Unreachable(f"axe-core {VERSION} was brought, but its hash is {found}")
        with tarfile.open(package) as archive:
            member = archive.extractfile("package/axe.min.js")
            assert member is not None
            return member.read().decode("utf-8")


if __name__ == "__main__":
    try:
        script()
    except Unreachable as error:
        print(f"{error}; the tests of accessibility are left out", file=sys.stderr)
