"""Runs a batch: reads, has the rows answered in order, keeps what is done, and writes the output when all is."""

from __future__ import annotations

import hashlib
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Protocol

import msgspec

from kinchain import __version__, locate
from kinchain.batch import rows, tables
from kinchain.batch.journal import Journal, State
from kinchain.batch.question import Row, Spec

CHUNK = 32  # rows that are answered and written together
OUTPUTS = ("csv", "jsonl", "parquet")


class Engine(Protocol):
    """What answers chunks of rows in their order."""

    def answered(self, chunks: Iterable[Sequence[Row]]) -> Iterator[list[bytes]]:
        """The lines that answer each chunk."""


Begin = Callable[[], AbstractContextManager[Engine]]


@dataclass(frozen=True, slots=True)
class Counts:
    """How a run went: *kinds* of errors and how many rows have them; *before* rows were answered by an earlier run."""

    rows: int
    kinds: Mapping[str, int]
    before: int = 0

    @property
    def errors(self) -> int:
        """How many rows have no answer."""
        return sum(self.kinds.values())


def batch(
    table: Path,
    spec: Spec,
    out: Path | None,
    begin: Begin,
    *,
    resume: bool = False,
    most: int = rows.MOST_ROWS,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Counts:
    """Answer all rows of a table into *out*, or onto standard output as JSON Lines when there is no *out*.

    Raises
    ------
    BadQuestion  the table, its columns, or what is left of an earlier run
    CannotWrite  the output cannot be written, or the engine was ended
    """
    total = sum(1 for _ in rows.read(table, spec.needed, most=most))
    if out is None:
        return _stream(table, spec, begin, total, most, progress)
    with Journal(out, _state(table, spec, out), resume=resume) as journal:
        before, done = journal.done, journal.done
        progress(done, total)
        if done < total:
            with begin() as engine:
                for lines in engine.answered(chunked(islice(rows.read(table, spec.needed, most=most), done, None))):
                    journal.add(lines)
                    done += len(lines)
                    progress(done, total)
        kinds = _kinds(journal.lines())
        kind = rows.format_of(out)
        if kind == "jsonl":
            journal.finish_as_it_is(out)
        else:
            write = tables.write_csv if kind == "csv" else tables.write_parquet
            write(journal.lines, spec.question, out)
            journal.forget()
    return Counts(total, kinds, before)


def _stream(
    table: Path, spec: Spec, begin: Begin, total: int, most: int, progress: Callable[[int, int], None]
) -> Counts:
    done, kinds = 0, Counter[str]()
    with begin() as engine:
        for lines in engine.answered(chunked(rows.read(table, spec.needed, most=most))):
            sys.stdout.write(b"".join(lines).decode())
            sys.stdout.flush()
            done += len(lines)
            kinds += _kinds(lines)
            progress(done, total)
    return Counts(total, kinds)


def chunked(found: Iterable[Row], size: int = CHUNK) -> Iterator[list[Row]]:
    """Rows in chunks.

    >>> [len(chunk) for chunk in chunked([Row(n, {}) for n in range(5)], 2)]
    [2, 2, 1]
    """
    left = iter(found)
    while chunk := list(islice(left, size)):
        yield chunk


class _Error(msgspec.Struct):
    kind: str


class _Told(msgspec.Struct):
    error: _Error | None = None


def _kinds(lines: Iterable[bytes]) -> Counter[str]:
    """The kinds of the errors among some lines: a pair without a route is one, and no fault of its row."""
    errors = (msgspec.json.decode(line, type=_Told).error for line in lines)
    return Counter(error.kind for error in errors if error)


def _state(table: Path, spec: Spec, out: Path) -> State:
    """What has to be the same for a run to go on: version, question, table, ontology, form of the output."""
    with table.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    plain = {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(spec).items()}
    return {
        "version": __version__,
        "question": plain,
        "table": digest,
        "ontology": locate.ontology_hash(locate.ontology_dir()),
        "output": rows.format_of(out),
    }
