"""A server that speaks SPARQL 1.1: ask it a query (Protocol), give it all the triples (Graph Store HTTP Protocol).

Sources: SPARQL 1.1 Protocol, section 2.1 (query by POST); SPARQL 1.1 Graph Store HTTP Protocol, sections 4.1 and 5.3.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from kinchain.errors import BadQuestion, ServerFailed
from kinchain.exports import http, query_text, results

if TYPE_CHECKING:
    import pyoxigraph as ox

SECONDS_TO_WRITE = 1_800.0
_BATCH = 20_000  # triples that go at a time
_ACCEPTED = {
    False: "application/sparql-results+json, application/sparql-results+xml;q=0.8, text/tab-separated-values;q=0.5",
    True: "application/n-triples, text/turtle;q=0.8, application/rdf+xml;q=0.5",
}


def ask(text: str, endpoint: str, *, graph: str = "", seconds: float, limit: int) -> results.Answer:
    """Answer a query at an endpoint; *graph* is the graph to ask, the endpoint's own default when empty.

    Raises
    ------
    BadQuestion   no query that kinchain runs, or the server finds it no valid SPARQL, or the address is no URL
    ServerFailed  the server is down, slow, refuses, or answers something else than SPARQL results
    """
    query = query_text.read(text)
    form = {"query": query.with_prefixes}
    if graph:
        form["default-graph-uri"] = checked_graph(graph)
    reply = http.exchange(
        "POST",
        endpoint,
        seconds=seconds,
        body=urlencode(form).encode(),
        headers={"Accept": _ACCEPTED[query.is_graph], "Content-Type": "application/x-www-form-urlencoded"},
    )
    where = http.shown(endpoint)
    if reply.status != 200:
        raise _refused(where, reply)
    try:
        return results.parse(reply.body, reply.media_type, is_graph=query.is_graph, limit=limit)
    except ValueError:
        raise ServerFailed(
            f"{where} answers '{reply.media_type[:60]}', which is no SPARQL result; "
            "give the address of its SPARQL endpoint, which often ends in /query or /sparql"
        ) from None
    except SyntaxError:
        raise ServerFailed(f"the answer of {where} is damaged or broke off; try again") from None


def _refused(where: str, reply: http.Reply) -> BadQuestion | ServerFailed:
    detail = http.said(reply)
    told = f"{reply.status} {reply.reason}".strip() + (f": {detail}" if detail else "")
    if reply.status == 400:
        return BadQuestion(f"{where} does not accept the query ({told}); mend the query")
    if reply.status in (401, 403):
        return ServerFailed(
            f"{where} refuses ({told}); if it wants to know who asks, write its address as http://NAME:PASSWORD@HOST/…"
        )
    if reply.status in (404, 405):
        return ServerFailed(
            f"{where} is not the address that is meant ({told}); "
            "see 'kinchain sparql --help' and 'kinchain build --help' for what it looks like"
        )
    return ServerFailed(f"{where} failed ({told}); see to the server and try again")


def put(triples: Iterable[ox.Triple], store: str, *, graph: str = "", seconds: float = SECONDS_TO_WRITE) -> int:
    """Replace a graph of a store by some triples and say how many were sent; its default graph when *graph* is empty.

    The triples are streamed, so that a million need no memory. The server replaces the graph when it has them all: one
    that is cut off keeps the old one.

    Raises
    ------
    BadQuestion   the address is no URL, or the graph no IRI
    ServerFailed  the server is down, slow, or refuses
    """
    counted = _Counted(triples)
    where = urlencode({"graph": checked_graph(graph)}) if graph else "default"
    reply = http.exchange(
        "PUT",
        store,
        seconds=seconds,
        parameters=where,
        body=counted.chunks(),
        headers={"Content-Type": "application/n-triples"},
    )
    if reply.status not in (200, 201, 204):
        raise _refused(http.shown(store), reply)
    return counted.number


class _Counted:
    """Triples on their way out, as chunks of N-Triples, counted as they go."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        self._triples = iter(triples)
        self.number = 0

    def chunks(self) -> Iterator[bytes]:
        import pyoxigraph as ox

        while batch := list(islice(self._triples, _BATCH)):
            self.number += len(batch)
            yield ox.serialize(batch, format=ox.RdfFormat.N_TRIPLES) or b""


def checked_graph(iri: str) -> str:
    """The IRI of a graph.

    Raises
    ------
    BadQuestion  it is no absolute IRI

    >>> checked_graph("https://w3id.org/kinchain/graph")
    'https://w3id.org/kinchain/graph'
    """
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`]+", iri):
        raise BadQuestion(f"'{iri[:200]}' is no IRI of a graph; write one such as https://w3id.org/kinchain/graph")
    return iri
