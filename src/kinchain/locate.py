"""Where the ontology and the compiled body are: in a checkout, in an installed wheel, or in the user's cache."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from kinchain.errors import InvalidOntology
from kinchain.unchanged import recalled, remember, state

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parent.parent
BODY_FILE = "body.kinchain"
STAMP_FILE = "body.seen"
_DEEP = ("anatomy", "chains", "clinical")


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
    found = [*_in(root, ".ttl"), *_in(root / "layout", ".ttl")]
    for name in _DEEP:
        found += _in(root / name, ".ttl", deep=True)
    return sorted(found)


def mapping_files(root: Path) -> list[Path]:
    """The tables of mappings, in a fixed order."""
    return sorted(_in(root / "mappings", ".sssom.tsv"))


def _in(folder: Path, suffix: str, *, deep: bool = False) -> list[Path]:
    """The files of a folder that end so, of its folders too; none where there is no folder."""
    found = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.endswith(suffix) and entry.is_file():
                    found.append(folder / entry.name)
                elif deep and entry.is_dir():
                    found += _in(folder / entry.name, suffix, deep=True)
    except FileNotFoundError:
        return []
    return found


def ontology_hash(root: Path) -> str:
    """SHA-256 over names and bytes of all knowledge files and mappings: the key of a compiled body."""
    import hashlib

    digest = hashlib.sha256()
    for path in (*knowledge_files(root), *mapping_files(root)):
        data = path.read_bytes()
        digest.update(f"{path.relative_to(root).as_posix()}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()


def ontology_key(root: Path) -> str:
    """As ``ontology_hash``; files that are as they were when they were last read are not read again (``unchanged``)."""
    before = state((*knowledge_files(root), *mapping_files(root)))
    for place in compiled_files(root):
        known = recalled(place.with_name(STAMP_FILE), before)
        if known is not None:
            return known
    key = ontology_hash(root)
    if state((*knowledge_files(root), *mapping_files(root))) == before:
        any(remember(place.with_name(STAMP_FILE), before, key) for place in compiled_files(root))
    return key


def _near(root: Path) -> list[Path]:
    """The place beside an ontology of our own."""
    if root == _PACKAGE / "_data" / "ontology":
        return [_PACKAGE / "_data" / BODY_FILE]
    return [_CHECKOUT / "graphs" / BODY_FILE] if root == _CHECKOUT / "ontology" else []


def _cached(root: Path) -> Path:
    """The place in the user's cache."""
    import hashlib

    import platformdirs

    key = hashlib.sha256(str(root.resolve()).encode()).hexdigest()[:12]
    return Path(platformdirs.user_cache_dir("kinchain", False)) / key / BODY_FILE


def compiled_files(root: Path) -> Iterator[Path]:
    """Where a compiled body of this ontology may be, best place first; the last one is always writable or absent.

    The cache is asked for lazily, since a body beside its ontology is the usual case.
    """
    yield from _near(root)
    yield _cached(root)
