"""IRIs, literals and nodes as functional syntax writes them (W3C, OWL 2 Structural Specification, section 2)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from kinchain.exports.triples import PREFIXES

if TYPE_CHECKING:
    import pyoxigraph as ox

_LOCAL = re.compile(r"\w+", re.ASCII)
_STRING = "http://www.w3.org/2001/XMLSchema#string"
_BY_LENGTH: Mapping[str, str] = dict(sorted(PREFIXES.items(), key=lambda item: (-len(item[1]), item[0])))


def header() -> str:
    """The prefixes of the document, one a line."""
    return "".join(f"Prefix({name}:=<{PREFIXES[name]}>)\n" for name in sorted(PREFIXES))


@lru_cache(maxsize=100_000)
def iri(value: str) -> str:
    """An IRI with its prefix where what follows is plain, else in angle brackets.

    >>> iri("https://w3id.org/kinchain/body/sacrum"), iri("https://example.org/a-b")
    ('body:sacrum', '<https://example.org/a-b>')
    """
    for prefix, namespace in _BY_LENGTH.items():
        if value.startswith(namespace) and _LOCAL.fullmatch(value, len(namespace)):
            return f"{prefix}:{value[len(namespace) :]}"
    return f"<{value}>"


def term(value: object) -> str:
    r"""An IRI, a blank node or a literal; in a literal only the quote and the backslash are escaped.

    >>> import pyoxigraph as ox
    >>> print(term(ox.Literal('a "b" \\ <c>', language="en")))
    "a \"b\" \\ <c>"@en
    """
    import pyoxigraph as ox

    if isinstance(value, ox.NamedNode):
        return iri(value.value)
    if isinstance(value, ox.BlankNode):
        return f"_:{value.value}"
    assert isinstance(value, ox.Literal)
    text = '"' + value.value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if value.language:
        return f"{text}@{value.language}"
    return text if value.datatype.value == _STRING else f"{text}^^{iri(value.datatype.value)}"


def annotation(triple: ox.Triple) -> str:
    """A triple as an annotation of an ontology or of an axiom."""
    return f"Annotation({iri(triple.predicate.value)} {term(triple.object)})"
