"""Run a SPARQL query on a store, within a time and a number of rows.

The query runs in a process of its own (``kinchain.exports.worker``), which is killed when its time is over: Oxigraph
offers no way to stop a query, and a cartesian product of this body would run for years.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from kinchain.errors import BadQuestion, DamagedBody, TooSlow
from kinchain.exports import query_text, results, store
from kinchain.exports.triples import PREFIXES
from kinchain.exports.worker import Head, Request

if TYPE_CHECKING:
    from kinchain.model import SidedModel

SECONDS = 60.0
ROWS = 10_000
MEMORY = 4 * 2**30  # bytes that one query may use


def answer(
    text: str,
    root: Path,
    model: Callable[[], SidedModel],
    *,
    seconds: float = SECONDS,
    limit: int = ROWS,
    notice: Callable[[str], None] = lambda _: None,
) -> results.Answer:
    """Answer a query over the ontology in *root* and its sided graph.

    The store is built when there is none, and built again when it turns out to be damaged; *model* is called only then.

    Raises
    ------
    BadQuestion  no SPARQL, an update, or a question to another server
    TooSlow      not answered in time
    DamagedBody  the store is damaged and so is the new one

    >>> from kinchain import locate
    >>> from kinchain.body import Body
    >>> answer("ASK { body:right_deltoid kc:side 'right' }", locate.ontology_dir(), lambda: Body.load().model).truth
    True
    """
    query = query_text.read(text)
    try:
        return run(query, store.ensure(root, model, notice), seconds=seconds, limit=limit)
    except DamagedBody as problem:
        notice(problem.message)
        store.discard(root)
        return run(query, store.ensure(root, model, notice), seconds=seconds, limit=limit)


def run(
    query: query_text.Query, database: Path, *, seconds: float = SECONDS, limit: int = ROWS, memory: int = MEMORY
) -> results.Answer:
    """Answer a query over the store in a folder; *limit* 0 means all rows.

    Raises
    ------
    BadQuestion  no SPARQL, or it needs more memory than it may use
    TooSlow      not answered in time
    DamagedBody  the store cannot be read
    """
    request = Request(str(database), query.text, PREFIXES, limit, memory)
    worker = subprocess.Popen(
        [sys.executable, "-m", "kinchain.exports.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        out, err = worker.communicate(msgspec.json.encode(request), timeout=seconds)
    except subprocess.TimeoutExpired:
        raise TooSlow(
            f"the query was stopped after {seconds:g} s; join its patterns through a variable that they share, "
            "or allow more with --timeout"
        ) from None
    finally:
        if worker.poll() is None:
            worker.kill()
            worker.communicate()
    line, _, data = out.partition(b"\n")
    if worker.returncode != 0 or not line:
        if worker.returncode < 0 or b"memory allocation" in err:
            raise BadQuestion(
                f"the query was stopped, since it needs more than {memory // 2**20} MB of memory; "
                "sort or group fewer rows"
            )
        reason = err.decode("utf-8", "replace").strip().splitlines()[-1:] or ["no reason given"]
        raise BadQuestion(f"the query failed ({reason[0][:200]}); simplify it")
    return _read(msgspec.json.decode(line, type=Head), data)


def _read(head: Head, data: bytes) -> results.Answer:
    if head.kind == "syntax":
        raise query_text.syntax_problem(head.message)
    if head.kind == "damaged":
        raise DamagedBody(f"the triple store cannot be read ({head.message[:200]}); it will be built again")
    if head.kind == "failed":
        raise BadQuestion(f"the query failed ({head.message[:200]}); simplify it")
    is_graph = head.kind == "triples"
    media_type = "application/n-triples" if is_graph else "application/sparql-results+json"
    found = results.parse(data, media_type, is_graph=is_graph)
    return replace(found, cut=head.cut)
