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
    return [Path(name) for name in _ontology_names(root)]


def mapping_files(root: Path) -> list[Path]:
    """The tables of mappings, in a fixed order."""
    return [Path(name) for name in _mapping_names(root)]


# The names of the files, since a command asks for them each time and a Path costs more than the question.
def _ontology_names(root: Path) -> list[str]:
    found = [*_in(f"{root}", ".ttl"), *_in(f"{root}/layout", ".ttl")]
    for name in _DEEP:
        found += _in(f"{root}/{name}", ".ttl", deep=True)
    return sorted(found)


def _mapping_names(root: Path) -> list[str]:
    return sorted(_in(f"{root}/mappings", ".sssom.tsv"))


def _in(folder: str, suffix: str, *, deep: bool = False) -> list[str]:
    """The files of a folder that end so, of its folders too; none where there is no folder."""
    found = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.endswith(suffix) and entry.is_file():
                    found.append(entry.path)
                elif deep and entry.is_dir():
                    found += _in(entry.path, suffix, deep=True)
    except FileNotFoundError:
        return []
    return found


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
    import hashlib

    digest = hashlib.sha256()
    for path in (*knowledge_files(root), *mapping_files(root)):
        data = path.read_bytes()
        digest.update(f"{file_name(path, root)}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()


def ontology_key(root: Path) -> str:
    """As ``ontology_hash``; files that are as they were when they were last read are not read again (``unchanged``)."""
    names: tuple[str | Path, ...] = (*_ontology_names(root), *overlays(root), *_mapping_names(root))
    before = state(names)
    for place in compiled_files(root):
        known = recalled(place.with_name(STAMP_FILE), before)
        if known is not None:
            return known
    key = ontology_hash(root)
    if state((*_ontology_names(root), *overlays(root), *_mapping_names(root))) == before:
        any(remember(place.with_name(STAMP_FILE), before, key) for place in compiled_files(root))
    return key


def _near(root: Path) -> list[Path]:
    """The place beside an ontology of our own."""
    if root == _PACKAGE / "_data" / "ontology":
        return [_PACKAGE / "_data" / BODY_FILE]
    return [_CHECKOUT / "graphs" / BODY_FILE] if root == _CHECKOUT / "ontology" else []


def _cached(*files: Path) -> Path:
    """The place in the user's cache."""
    import hashlib

    import platformdirs

    key = hashlib.sha256("\0".join(str(file.resolve()) for file in files).encode()).hexdigest()[:12]
    return Path(platformdirs.user_cache_dir("kinchain", False)) / key / BODY_FILE


def compiled_files(root: Path) -> Iterator[Path]:
    """Where a compiled body of this ontology may be, best place first; the last one is always writable or absent.

    The cache is asked for lazily, since a body beside its ontology is the usual case. A body with overlays is kept in
    the cache alone, beside that of the plain ontology and never in its place.
    """
    laid = overlays(root)
    if not laid:
        yield from _near(root)
    yield _cached(root, *laid)
