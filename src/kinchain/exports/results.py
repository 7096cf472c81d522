"""The answer to a SPARQL query, and the formats in which it comes and goes: the serializers are pyoxigraph's.

SPARQL 1.1 Query Results JSON, XML, CSV and TSV for rows and truths; any RDF format for triples.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from kinchain.errors import BadQuestion
from kinchain.exports.triples import PREFIXES

if TYPE_CHECKING:
    import pyoxigraph as ox

    Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

ROW_FORMATS = {"csv": "CSV", "tsv": "TSV", "json": "JSON", "xml": "XML"}
GRAPH_FORMATS = {"turtle": "TURTLE", "ntriples": "N_TRIPLES", "jsonld": "JSON_LD", "rdfxml": "RDF_XML", "n3": "N3"}
SUFFIXES = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".json": "json",
    ".srj": "json",
    ".xml": "xml",
    ".srx": "xml",
    ".ttl": "turtle",
    ".nt": "ntriples",
    ".jsonld": "jsonld",
    ".rdf": "rdfxml",
    ".owl": "rdfxml",
    ".n3": "n3",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows of a SELECT, the truth of an ASK, or the triples of a CONSTRUCT or DESCRIBE.

    ``cut`` is true when there was more than the limit let through.
    """

    variables: tuple[str, ...] = ()
    rows: tuple[tuple[Term | None, ...], ...] = ()
    truth: bool | None = None
    triples: tuple[ox.Triple, ...] | None = None
    cut: bool = False

    @property
    def size(self) -> int:
        """The number of rows or triples; the truth of an ASK counts as one."""
        if self.truth is not None:
            return 1
        return len(self.rows if self.triples is None else self.triples)

    def cells(self) -> list[tuple[str, ...]]:
        """The rows as people read them: short names for IRIs, plain text for literals, empty where unbound."""
        return [tuple(_plain(words(term)) for term in row) for row in self.rows]


def _plain(text: str) -> str:
    """Without control characters, which could make a terminal do things."""
    return text if text.isprintable() else "".join(c if c.isprintable() else " " for c in text)


def words(term: Term | None) -> str:
    """A term as people read it.

    >>> import pyoxigraph as ox
    >>> words(ox.NamedNode("https://w3id.org/kinchain/body/sacrum"))
    'body:sacrum'
    """
    import pyoxigraph as ox

    if term is None:
        return ""
    if isinstance(term, ox.NamedNode):
        for prefix, namespace in PREFIXES.items():
            if term.value.startswith(namespace) and len(term.value) > len(namespace):
                return f"{prefix}:{term.value[len(namespace) :]}"
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)


def of_result(result: Any, limit: int = 0) -> Answer:
    """What pyoxigraph answered, at most *limit* rows or triples of it; 0 means all.

    >>> import pyoxigraph as ox
    >>> of_result(ox.Store().query("SELECT ?n { VALUES ?n { 1 2 3 } }"), 2).cut
    True
    """
    import pyoxigraph as ox

    if isinstance(result, ox.QueryBoolean):
        return Answer(truth=bool(result))
    taken = list(islice(result, limit + 1 if limit else None))
    cut = bool(limit) and len(taken) > limit
    taken = taken[:limit] if cut else taken
    if isinstance(result, ox.QuerySolutions):
        variables = tuple(v.value for v in result.variables)
        return Answer(variables, tuple(tuple(row[name] for name in variables) for row in taken), cut=cut)
    return Answer(triples=tuple(_triple(each) for each in taken), cut=cut)


def _triple(each: Any) -> ox.Triple:
    import pyoxigraph as ox

    return ox.Triple(each.subject, each.predicate, each.object)


def parse(data: bytes, media_type: str, *, is_graph: bool, limit: int = 0) -> Answer:
    """Read an answer in any format that pyoxigraph knows.

    Raises
    ------
    ValueError   the media type is of no such format
    SyntaxError  the data is damaged
    """
    import pyoxigraph as ox

    rdf = ox.RdfFormat.from_media_type(media_type) if is_graph else None
    form = None if is_graph else ox.QueryResultsFormat.from_media_type(media_type)
    if rdf is None and (form is None or form == ox.QueryResultsFormat.CSV):  # CSV has lost what kind of term a cell is
        raise ValueError(media_type)
    try:
        return of_result(ox.parse(data, rdf) if form is None else ox.parse_query_results(data, form), limit)
    except (SyntaxError, OSError, UnicodeDecodeError) as error:
        problem = str(error)
    # Raised out here: the error above holds the half-read results, which must be freed by the thread that made them.
    raise SyntaxError(problem)


def to_json(answer: Answer) -> bytes:
    """SPARQL 1.1 Query Results JSON.

    >>> to_json(Answer(truth=True))
    b'{"head":{},"boolean":true}'
    """
    import msgspec

    if answer.truth is not None:
        return msgspec.json.encode({"head": {}, "boolean": answer.truth})
    bindings = [
        {name: _json_term(term) for name, term in zip(answer.variables, row, strict=True) if term is not None}
        for row in answer.rows
    ]
    return msgspec.json.encode({"head": {"vars": answer.variables}, "results": {"bindings": bindings}})


def _json_term(term: Term) -> dict[str, Any]:
    import pyoxigraph as ox

    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Triple):
        parts = {name: _json_term(getattr(term, name)) for name in ("subject", "predicate", "object")}
        return {"type": "triple", "value": parts}
    found = {"type": "literal", "value": term.value}
    if term.language:
        found["xml:lang"] = term.language
        if term.direction:
            found["its:dir"] = str(term.direction)
    elif term.datatype.value != PREFIXES["xsd"] + "string":
        found["datatype"] = term.datatype.value
    return found


def formats(is_graph: bool) -> tuple[str, ...]:
    """The names of the formats in which such an answer can be written."""
    return tuple(GRAPH_FORMATS if is_graph else ("table", *ROW_FORMATS))


def check_format(name: str, is_graph: bool) -> None:
    """Refuse a format that an answer cannot be written in.

    Raises
    ------
    BadQuestion  names those that there are
    """
    if name not in formats(is_graph):
        kind = "triples (CONSTRUCT, DESCRIBE)" if is_graph else "rows (SELECT, ASK)"
        raise BadQuestion(f"{kind} cannot be written as '{name}'; choose {', '.join(formats(is_graph))}")


def serialize(answer: Answer, name: str) -> bytes:
    """The answer in a format, by its name in ``ROW_FORMATS`` or ``GRAPH_FORMATS``.

    >>> serialize(Answer(truth=False), "json")
    b'{"head":{},"boolean":false}'
    """
    import pyoxigraph as ox

    if answer.triples is not None:
        rdf: ox.RdfFormat = getattr(ox.RdfFormat, GRAPH_FORMATS[name])
        return ox.serialize(answer.triples, format=rdf, prefixes=_used_prefixes(answer)) or b""
    results: ox.QueryResultsFormat = getattr(ox.QueryResultsFormat, ROW_FORMATS[name])
    read = ox.parse_query_results(to_json(answer), ox.QueryResultsFormat.JSON)
    return read.serialize(format=results) or b""


def _used_prefixes(answer: Answer) -> dict[str, str]:
    """The common prefixes of the namespaces that occur, so that a file does not open with a dozen idle lines."""
    import pyoxigraph as ox

    assert answer.triples is not None
    iris = {
        term.value
        for triple in answer.triples
        for term in (triple.subject, triple.predicate, triple.object)
        if isinstance(term, ox.NamedNode)
    }
    return {name: space for name, space in PREFIXES.items() if any(iri.startswith(space) for iri in iris)}
