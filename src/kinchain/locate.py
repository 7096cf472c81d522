"""Where the ontology and the compiled body are: in a checkout, in an installed wheel, or in the user's cache."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from kinchain.errors import InvalidOntology

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parent.parent
BODY_FILE = "body.kinchain"
KNOWLEDGE = ("*.ttl", "anatomy/**/*.ttl", "chains/**/*.ttl", "clinical/**/*.ttl", "layout/*.ttl")
MAPPINGS = ("mappings/*.sssom.tsv",)


def ontology_dir() -> Path:
    """The folder of the ontology: ``$KINCHAIN_ONTOLOGY``, else the checkout's, else the wheel's.

    Raises
    ------
    InvalidOntology  there is none, or it has no ``schema.ttl``
    """
    chosen = os.environ.get("KINCHAIN_ONTOLOGY")
    candidates = [Path(chosen)] if chosen else [_CHECKOUT / "ontology", _PACKAGE / "_data" / "ontology"]
    for folder in candidates:
        if (folder / "schema.ttl").is_file():
            return folder
    raise InvalidOntology(
        f"no ontology here ({candidates[0]} has no schema.ttl); reinstall kinchain, "
        "or let KINCHAIN_ONTOLOGY name a folder that has one"
    )


def knowledge_files(root: Path) -> list[Path]:
    """The Turtle files that the body is built from, in a fixed order."""
    return sorted({path for pattern in KNOWLEDGE for path in root.glob(pattern)})


def ontology_hash(root: Path) -> str:
    """SHA-256 over names and bytes of all knowledge files and mappings: the key of a compiled body."""
    digest = hashlib.sha256()
    for path in (*knowledge_files(root), *sorted(path for pattern in MAPPINGS for path in root.glob(pattern))):
        data = path.read_bytes()
        digest.update(f"{path.relative_to(root).as_posix()}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()


def compiled_files(root: Path) -> Iterator[Path]:
    """Where a compiled body of this ontology may be, best place first; the last one is always writable or absent.

    The cache is asked for lazily, since a body beside its ontology is the usual case.
    """
    if root == _PACKAGE / "_data" / "ontology":
        yield _PACKAGE / "_data" / BODY_FILE
    elif root == _CHECKOUT / "ontology":
        yield _CHECKOUT / "graphs" / BODY_FILE
    import platformdirs

    key = hashlib.sha256(str(root.resolve()).encode()).hexdigest()[:12]
    yield Path(platformdirs.user_cache_dir("kinchain", False)) / key / BODY_FILE
