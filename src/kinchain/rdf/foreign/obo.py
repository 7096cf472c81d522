"""OBO files, stanza by stanza with fastobo.

Uberon's own subsets break the grammar of OBO 1.4 in a line here and there (an unquoted cross-reference, a misspelt
tag, a stanza without id, bytes that are not UTF-8). A whole-file parser refuses them at the first; here the line is
left out and noted, and a stanza is left out when it has no id without it. The file is read as a stream: what is held in
memory are its terms.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kinchain.errors import MissingLibrary
from kinchain.rdf.foreign.terms import Draft, Notes, shortened

if TYPE_CHECKING:
    import fastobo

_MAX_STANZA = 1024 * 1024  # characters; the longest of Uberon has 20,000
_MAX_BAD_LINES = 40  # of one stanza; with more it is no stanza


class Stanza(NamedTuple):
    """A ``[Term]`` and the lines below it, with their numbers."""

    start: int
    lines: list[tuple[int, str]]


def read(path: Path, drafts: dict[str, Draft], notes: Notes) -> None:
    """Add the terms of an OBO file.

    Raises
    ------
    MissingLibrary  fastobo is not installed
    """
    try:
        import fastobo  # noqa: F401
    except ImportError:
        raise MissingLibrary("reading OBO needs fastobo; run: pip install 'kinchain[import]'") from None
    for stanza in _stanzas(path, notes):
        frame = _parsed(stanza, notes)
        if frame is not None:
            _take(frame, drafts)


def _stanzas(path: Path, notes: Notes) -> Iterator[Stanza]:
    """The ``[Term]`` stanzas of a file; other stanzas and the header are passed over."""
    current: Stanza | None = None
    length = 0
    with path.open("rb") as file:
        for number, raw in enumerate(file, 1):
            try:
                line = raw.decode("utf-8")
            except UnicodeDecodeError:
                line = raw.decode("utf-8", "replace")
                notes.add(number, f"is not UTF-8, what is not reads as �: {shortened(line)}")
            if number == 1:
                line = line.removeprefix("\ufeff")
            line = line.rstrip("\r\n")
            if line.startswith("["):
                if current:
                    yield current
                current, length = (Stanza(number, []) if line.startswith("[Term]") else None), 0
            elif current and not line.startswith("!"):
                length += len(line)
                if length > _MAX_STANZA:
                    notes.add(number, "the stanza is longer than a million characters and was left out")
                    current = None
                elif line.strip():
                    current.lines.append((number, line))
    if current:
        yield current


def _parsed(stanza: Stanza, notes: Notes) -> fastobo.term.TermFrame | None:
    """The stanza without the lines that fastobo refuses; None when nothing is left of it."""
    import fastobo

    lines = list(stanza.lines)
    if sum(line.startswith("id:") for _, line in lines) != 1:
        notes.add(stanza.start, "the stanza has not exactly one id and was left out")
        return None
    lines.sort(key=lambda each: not each[1].startswith("id:"))  # the grammar wants the id first
    for _ in range(_MAX_BAD_LINES):
        try:
            document = fastobo.loads("[Term]\n" + "\n".join(line for _, line in lines) + "\n")
        except (SyntaxError, ValueError, OSError) as error:
            place = (getattr(error, "lineno", None) or 0) - 2
            if not 0 < place < len(lines):
                break
            number, line = lines.pop(place)
            notes.add(number, f"is no OBO and was left out: {shortened(line)}")
            continue
        frames = [frame for frame in document if isinstance(frame, fastobo.term.TermFrame)]
        return frames[0] if frames else None
    notes.add(stanza.start, f"the stanza is no OBO and was left out: {shortened(lines[0][1] if lines else '')}")
    return None


def _take(frame: fastobo.term.TermFrame, drafts: dict[str, Draft]) -> None:
    from fastobo import term

    name = _plain(str(frame.id))
    draft = drafts.setdefault(name, Draft(name))
    draft.declared = True
    for clause in frame:
        if isinstance(clause, term.NameClause):
            draft.label = draft.label or clause.name
        elif isinstance(clause, term.SynonymClause):
            if clause.synonym.scope == "EXACT":
                draft.synonyms[clause.synonym.desc] = None
        elif isinstance(clause, term.XrefClause):
            draft.xrefs[_plain(str(clause.xref.id))] = None
        elif isinstance(clause, term.IsAClause):
            draft.parents[_plain(str(clause.term))] = None
        elif isinstance(clause, term.IsObsoleteClause):
            draft.obsolete = draft.obsolete or clause.obsolete


def _plain(identifier: str) -> str:
    """An identifier without the escapes of OBO."""
    return identifier.replace("\\", "")
