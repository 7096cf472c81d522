"""A process that answers one SPARQL query and ends: Oxigraph cannot be interrupted, a process can be killed.

Reads a request (JSON) from standard input, writes one line of JSON and then the answer to standard output: SPARQL
results JSON for rows and truths, N-Triples for triples. Before the query runs, the process gives up what it does not
need: it can open no further file or connection, and cannot fill the machine's memory.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import Any

import msgspec


class Request(msgspec.Struct, frozen=True):
    """One query: *memory* in bytes; *limit* rows at most, 0 for all."""

    store: str
    text: str
    prefixes: dict[str, str]
    limit: int
    memory: int


class Head(msgspec.Struct, frozen=True):
    """What comes before the answer; *kind* is rows, triples, or what went wrong: syntax, damaged, failed."""

    kind: str
    message: str = ""
    cut: bool = False


def main() -> None:
    """Answer the query on standard input."""
    import pyoxigraph as ox

    from kinchain.exports import results

    request = msgspec.json.decode(sys.stdin.buffer.read(), type=Request)
    data, store = b"", None
    try:
        store = ox.Store.read_only(request.store)
        _give_up(request.memory)
        answer = results.of_result(store.query(request.text, prefixes=request.prefixes), request.limit)
    except SyntaxError as error:
        head = Head("syntax", str(error))
    except (OSError, ValueError, RuntimeError, MemoryError) as error:
        damaged = store is None or "Corruption" in str(error)  # as RocksDB puts it
        head = Head("damaged" if damaged else "failed", str(error) or type(error).__name__)
    else:
        head = Head("rows" if answer.triples is None else "triples", cut=answer.cut)
        if answer.triples is None:
            data = results.to_json(answer)
        else:
            data = ox.serialize(answer.triples, format=ox.RdfFormat.N_TRIPLES) or b""
    out: Any = sys.stdout.buffer
    out.write(msgspec.json.encode(head) + b"\n" + data)
    out.flush()
    os._exit(0)  # nothing is left to tidy up, and freeing a million terms takes time


def _give_up(memory: int) -> None:
    """No more files, no sockets, no more memory than this; systems without such limits do without."""
    try:
        import resource
    except ImportError:  # Windows
        return
    with suppress(ValueError, OSError):  # macOS has no such limit, and a stricter one may hold already
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


if __name__ == "__main__":
    main()
