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
OVERLAYS = "KINCHAIN_OVERLAYS"
_OVERLAY_FOLDER = "overlays"


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
    """The Turtle files that the body is built from, in a fixed order; overlays last."""
    return [*ontology_files(root), *overlays(root)]


def ontology_files(root: Path) -> list[Path]:
    """The Turtle files of an ontology itself, in a fixed order."""
    return sorted({path for pattern in KNOWLEDGE for path in root.glob(pattern)})


def overlays(root: Path) -> tuple[Path, ...]:
    """The files that a user lays over the ontology that kinchain answers from; none over any other folder.

    They are those that ``$KINCHAIN_OVERLAYS`` names (separated like ``$PATH``; empty for none), else those that
    ``kinchain overlay`` has registered.

    Raises
    ------
    InvalidOntology  ``$KINCHAIN_OVERLAYS`` names something that is no file
    """
    chosen = os.environ.get(OVERLAYS)
    if chosen == "" or (chosen is None and not _may_be_registered()) or root != ontology_dir():
        return ()
    if chosen is None:
        return tuple(sorted(overlay_folder().glob("*.ttl")))
    named = tuple(Path(name) for name in chosen.split(os.pathsep) if name)
    missing = [path for path in named if not path.is_file()]
    if missing:
        raise InvalidOntology(f"{OVERLAYS} names {missing[0]}, which is no file; mend the name or unset {OVERLAYS}")
    return named


def overlay_folder() -> Path:
    """Where registered overlays are kept: a folder of the user's data, which need not exist."""
    import platformdirs

    return Path(platformdirs.user_data_dir("kinchain", False)) / _OVERLAY_FOLDER


def _may_be_registered() -> bool:
    """Whether any of the folders exists in which platformdirs may keep a user's data: it is slow to import."""
    home = os.path.expanduser("~")  # noqa: PTH111 (a Path costs more than the question)
    places = (
        os.environ.get("XDG_DATA_HOME", ""),
        f"{home}/.local/share",
        f"{home}/Library/Application Support",
        os.environ.get("LOCALAPPDATA", ""),
        os.environ.get("APPDATA", ""),
    )
    return any(place and os.path.isdir(f"{place}/kinchain/{_OVERLAY_FOLDER}") for place in places)  # noqa: PTH112


def file_name(path: Path, root: Path) -> str:
    """What a knowledge file is called in messages and in the body: its place in the ontology, or ``overlays/NAME.ttl``.

    >>> file_name(Path("/ontology/anatomy/leg.ttl"), Path("/ontology")), file_name(Path("/home/a/b.ttl"), Path("/o"))
    ('anatomy/leg.ttl', 'overlays/b.ttl')
    """
    if path.is_relative_to(root):
        return path.relative_to(root).as_posix()
    return f"{_OVERLAY_FOLDER}/{path.name}"


def ontology_hash(root: Path) -> str:
    """SHA-256 over names and bytes of all knowledge files and mappings: the key of a compiled body."""
    digest = hashlib.sha256()
    for path in (*knowledge_files(root), *sorted(path for pattern in MAPPINGS for path in root.glob(pattern))):
        data = path.read_bytes()
        digest.update(f"{file_name(path, root)}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()


def compiled_files(root: Path) -> Iterator[Path]:
    """Where a compiled body of this ontology may be, best place first; the last one is always writable or absent.

    The cache is asked for lazily, since a body beside its ontology is the usual case. A body with overlays is kept in
    the cache alone, beside that of the plain ontology and never in its place.
    """
    laid = overlays(root)
    if laid:
        pass
    elif root == _PACKAGE / "_data" / "ontology":
        yield _PACKAGE / "_data" / BODY_FILE
    elif root == _CHECKOUT / "ontology":
        yield _CHECKOUT / "graphs" / BODY_FILE
    import platformdirs

    place = "\0".join(str(path.resolve()) for path in (root, *laid))
    key = hashlib.sha256(place.encode()).hexdigest()[:12]
    yield Path(platformdirs.user_cache_dir("kinchain", False)) / key / BODY_FILE
