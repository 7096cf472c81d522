"""Reads a table row by row, in bounded memory: CSV, JSON Lines, Parquet.

A row that cannot be read becomes a row with a problem, and the reading goes on behind it.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any

import msgspec

from kinchain.batch.question import MOST_TEXT, Row
from kinchain.errors import BadQuestion, MissingLibrary

MOST_ROWS = 1_000_000
_MOST_LINES = 20  # of one row, in quotes; more is a quote that nobody closed
_DELIMITERS = ",;\t"
SUFFIXES = {".csv": "csv", ".tsv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet"}


def format_of(path: Path) -> str:
    """The format of a table by the end of its name: csv, jsonl or parquet.

    Raises
    ------
    BadQuestion  the name ends otherwise

    >>> format_of(Path("sites.CSV"))
    'csv'
    """
    found = SUFFIXES.get(path.suffix.lower())
    if not found:
        raise BadQuestion(f"'{path.name[:60]}' is no table that is known by its name; it ends with {_ends()}")
    return found


def _ends() -> str:
    *most, last = SUFFIXES
    return f"{', '.join(most)} or {last}"


def read(path: Path, needed: Sequence[str], *, most: int = MOST_ROWS) -> Iterator[Row]:
    """The rows of a table, numbered from 1; the *needed* columns are there in each that has no problem.

    Raises
    ------
    BadQuestion     no such file, no such columns, no table at all, or more than *most* rows
    MissingLibrary  Parquet, and pyarrow is not installed
    """
    readers: dict[str, Callable[[Path, Sequence[str]], Iterator[Row]]] = {
        "csv": _csv,
        "jsonl": _jsonl,
        "parquet": _parquet,
    }
    reader = readers[format_of(path)]
    if not path.is_file():
        raise BadQuestion(f"there is no file {path}; name a table of {' and '.join(needed)}")
    try:
        for row in reader(path, needed):
            if row.number > most:
                raise BadQuestion(f"{path} has more than {most:,} rows; split it, or allow more with --max-rows")
            yield row
    except OSError as problem:
        raise BadQuestion(f"{path} cannot be read ({problem.strerror or problem}); name another file") from None


class _Unreadable(Exception):
    """A line that is no text or far too long; its words follow "row 7"."""


class _Lines:
    """The lines of a file as text, none longer than a row may be; one that is not raises and the next one follows.

    ``taken`` are the lines since it was last emptied, so that those that an open quote has swallowed can be given back.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._first = file, True
        self.taken: list[str] = []
        self._again: deque[str] = deque()

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if len(self.taken) >= _MOST_LINES:
            raise _Unreadable("is no CSV (a quote is not closed); mend the quotes")
        line = self._again.popleft() if self._again else self._read()
        self.taken.append(line)
        return line

    def give_back(self) -> None:
        """Let all lines but the first come again."""
        self._again.extendleft(reversed(self.taken[1:]))

    def _read(self) -> str:
        data = self._file.readline(MOST_TEXT + 1)
        if not data:
            raise StopIteration
        if len(data) > MOST_TEXT:
            while data and not data.endswith(b"\n"):
                data = self._file.readline(MOST_TEXT)
            raise _Unreadable(f"is longer than {MOST_TEXT:,} characters; a row holds names, not documents")
        if self._first:
            data, self._first = data.removeprefix(b"\xef\xbb\xbf"), False
        try:
            return data.decode()
        except UnicodeDecodeError:
            raise _Unreadable("is no UTF-8; save the table as UTF-8") from None


def _csv(path: Path, needed: Sequence[str]) -> Iterator[Row]:
    with path.open("rb") as file:
        lines = _Lines(file)
        header, delimiter = _header(path, lines, needed)
        csv.field_size_limit(MOST_TEXT)
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        number = 0
        while True:
            lines.taken.clear()
            try:
                cells = next(reader)
            except StopIteration:
                return
            except (csv.Error, _Unreadable) as problem:
                number += 1
                lines.give_back()
                yield Row(number, {}, _words(problem))
                continue
            if not cells:
                continue
            number += 1
            if len(cells) != len(header):
                yield Row(number, {}, f"has {len(cells)} fields and the header {len(header)}; quote what holds commas")
            else:
                yield Row(number, dict(zip(header, cells, strict=True)))


def _words(problem: Exception) -> str:
    if isinstance(problem, _Unreadable):
        return str(problem)
    said = "a quote is not closed" if "limit" in str(problem) or "end of data" in str(problem) else str(problem)
    return f"is no CSV ({said[:100]}); mend the quotes"


def _header(path: Path, lines: _Lines, needed: Sequence[str]) -> tuple[list[str], str]:
    try:
        first = next(lines, "")
        for delimiter in _DELIMITERS:
            names = [name.strip() for name in next(csv.reader([first], delimiter=delimiter, strict=True), [])]
            if set(needed) <= set(names):
                if len(set(names)) < len(names):
                    raise BadQuestion(f"{path} has two columns of one name; rename one of them")
                return names, delimiter
    except (csv.Error, _Unreadable) as problem:
        raise BadQuestion(f"{path} has no header that can be read: it {_words(problem)}") from None
    raise _no_columns(path, needed, first.split(",") if first.strip() else [])


def _no_columns(path: Path, needed: Sequence[str], there: Sequence[str]) -> BadQuestion:
    found = f"it has {', '.join(name.strip()[:30] for name in there[:8])}" if there else "it is empty"
    return BadQuestion(f"{path} has no columns {' and '.join(needed)} ({found}); name them so in its first line")


def _jsonl(path: Path, needed: Sequence[str]) -> Iterator[Row]:
    number = 0
    with path.open("rb") as file:
        lines = _Lines(file)
        while True:
            lines.taken.clear()
            try:
                text = next(lines, None)
                if text is None:
                    return
                if text.strip():
                    number += 1
                    yield _object(number, text, needed)
            except _Unreadable as problem:
                number += 1
                yield Row(number, {}, str(problem))


def _object(number: int, text: str, needed: Sequence[str]) -> Row:
    try:
        columns = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError):
        return Row(number, {}, "is no JSON; each line is one object")
    if not isinstance(columns, dict):
        return Row(number, {}, "is no JSON object; each line is one object")
    missing = [name for name in needed if name not in columns]
    return Row(number, columns, f"has no {' and no '.join(missing)}; add it" if missing else "")


def _parquet(path: Path, needed: Sequence[str]) -> Iterator[Row]:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ModuleNotFoundError:
        raise MissingLibrary("Parquet needs pyarrow; pip install 'kinchain[parquet]' brings it") from None
    number = 0
    try:
        table = pq.ParquetFile(path)
        if not set(needed) <= set(table.schema_arrow.names):
            raise _no_columns(path, needed, table.schema_arrow.names)
        for batch in table.iter_batches(1024):
            for columns in batch.to_pylist():
                number += 1
                yield _checked(number, {name: _plain(value) for name, value in columns.items()})
    except pa.ArrowException as problem:
        raise BadQuestion(f"{path} is no whole Parquet file ({str(problem)[:80]}); write it again") from None


def _checked(number: int, columns: dict[str, Any]) -> Row:
    if sum(len(value) for value in columns.values() if isinstance(value, str)) > MOST_TEXT:
        return Row(number, {}, f"is longer than {MOST_TEXT:,} characters; a row holds names, not documents")
    return Row(number, columns)


def _plain(value: Any) -> Any:
    """A value as JSON can hold it; dates and the like as text."""
    return value if isinstance(value, (str, int, float, bool, list, type(None))) else str(value)
