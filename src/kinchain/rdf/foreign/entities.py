"""Is an XML file harmless? Entities that fetch files, or that grow into gigabytes, are refused before it is parsed.

The RDF/XML parser resolves entities that the file declares. Ontology editors declare namespaces in that way, so a few
short ones are let through; one that names another ("billion laughs"), is long, or stands outside the file is not.
"""

from __future__ import annotations

from pathlib import Path
from xml.parsers import expat

from kinchain.errors import CannotRead

_MAX_VALUE = 300  # characters of one entity; the longest namespace that is in use has 80
_MAX_GROWTH = 512 * 1024 * 1024  # characters that all references together may become
_CHUNK = 256 * 1024


class _RootReached(Exception):
    """The prolog has been read."""


def check_entities(path: Path) -> None:
    """Refuse an XML file whose entities would fetch something, or grow beyond measure.

    Raises
    ------
    CannotRead  names the entity and its line, or the line at which the file is no XML

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "x.owl")
    ...     written = file.write_text('<!DOCTYPE r [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><r/>')
    ...     try:
    ...         check_entities(file)
    ...     except CannotRead as problem:
    ...         "'c' is made of other entities" in problem.message
    True
    """
    longest = _longest_entity(path)
    if not longest:
        return
    references = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            references += chunk.count(b"&")
    if references * longest > _MAX_GROWTH:
        raise CannotRead(f"{path} has {references:,} references to entities, too many; write them out with an XML tool")


def line_of_error(path: Path) -> int | None:
    """The line at which a file is no XML, or None when it is."""
    parser = expat.ParserCreate()
    try:
        with path.open("rb") as file:
            parser.ParseFile(file)
    except expat.ExpatError as error:
        return error.lineno
    return None


def _longest_entity(path: Path) -> int:
    """The length of the longest entity that the prolog declares, 0 when there is none."""
    parser = expat.ParserCreate()
    longest = 0

    def declared(
        name: str, parameter: bool, value: str | None, base: str | None, system: str | None, public: str | None,
        notation: str | None,
    ) -> None:  # fmt: skip
        nonlocal longest
        where = f"{path}:{parser.CurrentLineNumber}: the entity '{name[:40]}'"
        if value is None or parameter:
            raise CannotRead(f"{where} stands outside the file or builds the file's rules; write its text in its place")
        if "&" in value or "%" in value:
            raise CannotRead(f"{where} is made of other entities, which can grow beyond measure; write its text out")
        if len(value) > _MAX_VALUE:
            raise CannotRead(f"{where} has {len(value):,} characters and at most {_MAX_VALUE} are read; write it out")
        longest = max(longest, len(value))

    def root(name: str, attributes: dict[str, str]) -> None:
        raise _RootReached

    parser.EntityDeclHandler = declared
    parser.StartElementHandler = root
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
    except _RootReached:
        pass
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        raise CannotRead(f"{path}:{error.lineno}: this is no XML ({reason}); mend it or take another file") from None
    return longest
