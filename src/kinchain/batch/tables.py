"""The answers as a table: a line for each route or candidate, with the columns of the row that it answers."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from kinchain.errors import MissingLibrary
from kinchain.files import asked_for

Cells = dict[str, Any]
Lines = Callable[[], Iterable[bytes]]
_PATH = ("rank", "profile", "cost", "evidence", "crosses_midline", "hops", "route", "sources", "chains")
_CAUSES = ("rank", "structure", "structure_id", "where", "score", "evidence", "mechanisms", "route", "tests",
           "red_flags_raised", "red_flags_to_ask")  # fmt: skip
ANSWERED = {"path": _PATH, "causes": _CAUSES}
_ERROR = ("error_kind", "error")
_NUMBERS = {"row": "int64", "rank": "int64", "hops": "int64", "cost": "float64", "score": "float64",
            "red_flags_to_ask": "int64", "crosses_midline": "bool_"}  # fmt: skip
_AT_ONCE = 5_000  # lines


def columns(lines: Iterable[bytes], question: str) -> dict[str, str]:
    """The columns of the table, and of those that are carried through, their name in the input.

    One that has the name of an answer's column gets ``input_`` before it.

    >>> columns([b'{"row":1,"input":{"site":"knee","rank":"a"}}'], "path")["input_rank"]
    'rank'
    """
    given: dict[str, None] = {}
    for line in lines:
        given |= dict.fromkeys(msgspec.json.decode(line)["input"])
    own = ("row", *ANSWERED[question], *_ERROR)
    carried = {f"input_{name}" if name in own else name: name for name in given}
    return {"row": "", **carried, **dict.fromkeys((*ANSWERED[question], *_ERROR), "")}


def cells(line: bytes, named: dict[str, str]) -> Iterator[Cells]:
    """The lines of the table that come from a line of JSON; a row that is an error has one line, too."""
    told = msgspec.json.decode(line)
    carried = {name: _text(told["input"].get(source)) for name, source in named.items() if source}
    error = told.get("error")
    answers = [{"error_kind": error["kind"], "error": error["message"]}] if error else told["answer"]
    for answer in answers:
        yield dict.fromkeys(named) | {"row": told["row"]} | carried | answer


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return msgspec.json.encode(value).decode()


def write_csv(lines: Lines, question: str, out: Path) -> None:
    """Write the table as CSV, in UTF-8, whole or not at all.

    Raises
    ------
    CannotWrite  the place cannot be written
    """
    named = columns(lines(), question)
    with asked_for(out) as part, part.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(named)
        for line in lines():
            writer.writerows([_cell(value) for value in each.values()] for each in cells(line, named))


def _cell(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else value


def write_parquet(lines: Lines, question: str, out: Path) -> None:
    """Write the table as Parquet, whole or not at all.

    Raises
    ------
    MissingLibrary  pyarrow is not installed
    CannotWrite     the place cannot be written
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ModuleNotFoundError:
        raise MissingLibrary("Parquet needs pyarrow; pip install 'kinchain[parquet]' brings it") from None
    named = columns(lines(), question)
    schema = pa.schema([(name, getattr(pa, _NUMBERS.get(name, "string"))()) for name in named])
    with asked_for(out) as part, pq.ParquetWriter(part, schema) as writer:
        kept: list[Cells] = []
        for line in lines():
            kept += cells(line, named)
            if len(kept) >= _AT_ONCE:
                writer.write_table(pa.Table.from_pylist(kept, schema))
                kept = []
        writer.write_table(pa.Table.from_pylist(kept, schema))
