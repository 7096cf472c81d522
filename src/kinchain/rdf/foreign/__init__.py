"""Anatomy files of others: what terms they have. OBO, OBO Graph JSON, OWL as RDF/XML, Turtle or functional syntax.

A file is told by what it holds, not by its name. It is read without the network, and no entity of an XML file is
fetched. Files that strict parsers refuse are read as far as they go; each line that was left out is noted.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from kinchain.errors import CannotRead
from kinchain.rdf.foreign.terms import Draft, ForeignFile, Notes

MAX_MEGABYTES = 300
_MEGABYTE = 1024 * 1024
_HEAD = 64 * 1024
_FORMATS = "OBO, OBO Graph JSON, OWL as RDF/XML, Turtle or functional syntax"
Reader = Callable[[Path, dict[str, Draft], Notes], None]


def read(path: Path, *, max_megabytes: int = MAX_MEGABYTES) -> ForeignFile:
    """The terms of an anatomy file, obsolete ones left away.

    Raises
    ------
    CannotRead      missing, empty, a folder, too large, binary, of no known format, or broken beyond reading; names
                    file and line
    MissingLibrary  the format needs a library of the extra ``import``

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "one.obo")
    ...     written = file.write_text("[Term]\\nid: X:1\\nname: psoas muscle\\n")
    ...     read(file).terms["X:1"].label
    'psoas muscle'
    """
    head = _opened(path, max_megabytes)
    form, reader = _told(head, path)
    drafts: dict[str, Draft] = {}
    notes = Notes(path.name)
    try:
        reader(path, drafts, notes)
    except OSError as error:
        raise CannotRead(f"{path} cannot be read ({error.strerror or error}); choose another file") from None
    except (MemoryError, RecursionError):
        raise CannotRead(f"{path} is too deep or too large to be read; take a subset of it") from None
    terms = {term.id: term for draft in drafts.values() if (term := draft.term())}
    if not terms:
        first = f"; the first line that could not be read: {notes.first}" if notes.first else ""
        raise CannotRead(f"{path}, read as {form}, has no named terms{first}; choose an anatomy file ({_FORMATS})")
    return ForeignFile(path.name, form, dict(sorted(terms.items())), tuple(notes.kept), notes.number)


def _opened(path: Path, max_megabytes: int) -> bytes:
    """The first bytes of a file that may be read."""
    try:
        if path.is_dir():
            raise CannotRead(f"{path} is a folder; name one file in it")
        if not path.exists():
            raise CannotRead(f"there is no file {path}; check the name")
        if not path.is_file():
            raise CannotRead(f"{path} is no ordinary file; save what it holds to one first")
        size = path.stat().st_size
        if size > max_megabytes * _MEGABYTE:
            needed = -(-size // _MEGABYTE)
            raise CannotRead(
                f"{path} has {needed:,} MB and at most {max_megabytes:,} MB are read; take a subset of it, "
                f"or allow more by --max-size {needed}"
            )
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        raise CannotRead(f"{path} cannot be read ({error.strerror}); choose another file") from None
    except ValueError:
        raise CannotRead("the file name holds characters that no file name has; check it") from None
    if not head.strip():
        raise CannotRead(f"{path} is empty; choose an anatomy file ({_FORMATS})")
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise CannotRead(f"{path} is UTF-16; save it as UTF-8")
    if head[:2] in (b"\x1f\x8b", b"PK", b"BZ") or head[:6] == b"\xfd7zXZ\0":
        raise CannotRead(f"{path} is compressed; unpack it first")
    if b"\0" in head:
        raise CannotRead(f"{path} is a binary file; choose an anatomy file ({_FORMATS})")
    return head


def _told(head: bytes, path: Path) -> tuple[str, Reader]:
    """The format of a file by its first bytes, and what reads it."""
    from kinchain.rdf.foreign import functional, graphs, obo, triples

    text = head.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace").lstrip()
    suffix = path.suffix.lower()
    if text.startswith("{"):
        return "OBO Graph JSON", graphs.read
    if text.startswith("<") and not text.startswith("<http"):
        if re.search(r"<!doctype html|<html", text[:2000], re.I):
            raise CannotRead(f"{path} is a web page, no ontology; download the file itself")
        if re.search(r"<(\w+:)?RDF\b|rdf-syntax-ns#", text):
            return "RDF/XML", triples.read_xml
        if re.search(r"<Ontology\b", text):
            raise CannotRead(f"{path} is OWL/XML, which is not read; convert it with ROBOT to OBO or to OWL as RDF/XML")
        raise CannotRead(f"{path} is XML of another kind; choose an anatomy file ({_FORMATS})")
    if re.search(r"^\s*(Prefix|Ontology)\(", text, re.M):
        return "OWL functional syntax", functional.read
    if suffix in (".ttl", ".nt") or re.search(r"^\s*(@prefix|@base|prefix\s+\S*:\s*<|<http\S+>\s)", text, re.I | re.M):
        return "Turtle", triples.read_turtle
    if suffix == ".obo" or re.search(r"^(format-version:|\[(Term|Typedef|Instance)\])", text, re.M):
        return "OBO", obo.read
    raise CannotRead(f"{path} is of no known format; choose an anatomy file ({_FORMATS})")
