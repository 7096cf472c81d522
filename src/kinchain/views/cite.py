"""Citations for reference managers: the works that a page cites, as BibTeX and as RIS.

What is not known is left out; how far each record was checked goes along as a note. The key of a work is its id in the
ontology, so it stays the same from page to page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kinchain.model import Source

_BIBTEX_ESCAPES = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "{}$&#%_"},
}
_RIS_TYPES = {"article": "JOUR", "book": "BOOK", "misc": "GEN"}
_NOTES = {
    "Verified": "Record and finding checked",
    "RecordOnly": "Record seen, finding not read",
    "Unverified": "Not verified",
}


def bibtex(sources: Iterable[Source]) -> str:
    """Works as BibTeX, in UTF-8."""
    return "\n".join(map(_bibtex, sources))


def ris(sources: Iterable[Source]) -> str:
    """Works as RIS, in UTF-8."""
    return "\n".join(map(_ris, sources))


def records(ids: Iterable[str], sources: Mapping[str, Source]) -> dict[str, str]:
    """What a page carries for its Save menu: the works cited by their ids, each once, in both formats."""
    cited = [sources.get(i) or Source(i, i) for i in sorted(set(ids))]
    return {"bibtex": bibtex(cited), "ris": ris(cited)}


@dataclass(frozen=True, slots=True)
class _Venue:
    name: str
    volume: str = ""
    issue: str = ""
    first: str = ""
    last: str = ""


def _venue(source: Source) -> _Venue:
    """Where a work came out, taken apart as far as it is written like ``Spine 20(7):753-758``."""
    text = _plain(source.venue)
    found = re.fullmatch(
        r"(?P<name>.*?\D) (?P<volume>\d+)(?:\((?P<issue>[^()]+)\))?(?::(?P<first>\w+)(?:-(?P<last>\w+))?)?", text
    )
    if found is None:
        return _Venue(text)
    parts = found.groupdict(default="")
    if parts["volume"] == source.year and not parts["issue"]:  # the year, where no volume is known
        return _Venue(parts["name"], first=parts["first"], last=parts["last"])
    return _Venue(**parts)


def _kind(source: Source) -> str:
    venue = source.venue.casefold()
    if source.isbn or "(book)" in venue or source.design in ("textbook", "practitioner book"):
        return "book"
    if not venue or source.design == "web page" or re.search(r"\(blog\)|guideline|^in: |^(book|model|web)", venue):
        return "misc"
    return "article"


def _authors(source: Source) -> tuple[list[tuple[str, str]], bool]:
    """Family names with initials, or the name of a body with none; and whether there are others unnamed."""
    text = _plain(source.authors)
    named, others = re.subn(r",? et al\.?$", "", text)
    people = [re.fullmatch(r"(.+?) ([A-ZÀ-Þ-]{1,5})", part) for part in named.split(", ")]
    if all(people):
        return [(person[1], person[2]) for person in people if person], bool(others)
    return ([(named, "")] if named else []), bool(others)


def _bibtex(source: Source) -> str:
    kind, venue = _kind(source), _venue(source)
    people, others = _authors(source)
    names = [f"{_tex(family)}, {_tex(_dotted(given))}" if given else f"{{{_tex(family)}}}" for family, given in people]
    where = {"article": "journal", "book": "publisher", "misc": "howpublished"}[kind]
    fields = {
        "author": " and ".join([*names, *(["others"] if others and names else [])]),
        "year": _tex(source.year),
        "title": _keep_capitals(_tex(_plain(source.title or source.label))),
        where: _tex(venue.name if kind == "article" else re.sub(r" ?\(book\)", "", _plain(source.venue))),
        **({"volume": venue.volume, "number": venue.issue} if kind == "article" else {}),
        "pages": (f"{venue.first}--{venue.last}" if venue.last else venue.first) if kind == "article" else "",
        "doi": _verbatim(source.doi),
        "pmid": _verbatim(source.pmid),
        "pmcid": _verbatim(source.pmcid),
        "isbn": _verbatim(source.isbn),
        "url": _verbatim(source.url),
        "note": _NOTES.get(source.status, ""),
    }
    lines = [f"@{kind}{{{_key(source)},", *(f"  {name} = {{{value}}}," for name, value in fields.items() if value)]
    return "\n".join([*lines, "}", ""])


def _ris(source: Source) -> str:
    kind, venue = _kind(source), _venue(source)
    people, _ = _authors(source)
    article = kind == "article"
    fields = [
        ("TY", "ELEC" if source.design == "web page" else _RIS_TYPES[kind]),
        ("ID", _key(source)),
        *(("AU", f"{family}, {_dotted(given)}" if given else family) for family, given in people),
        ("PY", source.year),
        ("TI", source.title or source.label),
        ("JO" if article else "PB", venue.name if article else re.sub(r" ?\(book\)", "", source.venue)),
        *((("VL", venue.volume), ("IS", venue.issue), ("SP", venue.first), ("EP", venue.last)) if article else ()),
        ("SN", source.isbn),
        ("DO", source.doi),
        *((("AN", source.pmid), ("DB", "PubMed")) if source.pmid else ()),
        ("C2", source.pmcid),
        ("UR", source.url),
        ("N1", _NOTES.get(source.status, "")),
    ]
    return "\n".join([*(f"{tag}  - {_plain(text)}" for tag, text in fields if text), "ER  - ", ""])


def _key(source: Source) -> str:
    return re.sub(r"[^\w.:-]", "_", source.id, flags=re.ASCII)


def _plain(text: str) -> str:
    """On one line, without control characters, which neither format can hold."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f]", " ", text).split())


def _dotted(initials: str) -> str:
    return re.sub(r"(\w)", r"\1.", initials)


def _tex(text: str) -> str:
    return "".join(_BIBTEX_ESCAPES.get(sign, sign) for sign in _plain(text))


def _keep_capitals(tex: str) -> str:
    """Words such as EMG in braces, so that no style writes them small."""
    return re.sub(r"(?<![\\\w])\w*[A-Z]\w*[A-Z]\w*", r"{\g<0>}", tex)


def _verbatim(text: str) -> str:
    """Identifiers are not escaped; what would end their field is written as in an address."""
    return re.sub(r"[{}\\\s]", lambda found: f"%{ord(found[0]):02X}", text)
