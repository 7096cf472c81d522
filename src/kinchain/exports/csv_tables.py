"""A folder of CSV files for spreadsheets, R, pandas and Neo4j: nodes, edges, the works cited, what the columns mean.

``datapackage.json`` describes the columns (Frictionless Data Package 1), ``import.cypher`` loads all of it into Neo4j.
A spreadsheet takes a text that begins with ``=``, ``+``, ``-`` or ``@`` for a formula and would run it. No name of the
body begins so; were one to (a user's own), it is written with an apostrophe in front, which ``plain`` takes off again.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from kinchain.exports import cypher
from kinchain.exports.flat import SOURCE_COLUMNS, Column, Row, Tables, Value, whole, works
from kinchain.files import replacing_folder
from kinchain.model import SidedModel

MARK = "datapackage.json"  # a folder that has it is an earlier export and may be replaced
_FORMULA = ("=", "+", "-", "@", "\t", "'")


def write(model: SidedModel, root: Path, path: Path) -> None:
    """Write a body as a folder of tables, whole or not at all; raises ``CannotWrite``.

    >>> import tempfile
    >>> from kinchain import Body
    >>> from kinchain.exports.flat import part
    >>> calf = part(Body.load().model, {"right_soleus", "right_tibial_nerve"})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write(calf, Path("ontology"), Path(folder, "calf"))
    ...     with Path(folder, "calf", "edges.csv").open(encoding="utf-8", newline="") as file:
    ...         [row["relation"] for row in csv.DictReader(file)][0]
    'innervatedBy'
    """
    write_tables(whole(model), path)


def write_tables(tables: Tables, path: Path) -> None:
    """Write a body, a part of it or a walk, with the works that it cites."""
    with replacing_folder(path, MARK, "export") as folder:
        _table(folder / "nodes.csv", tables.node_columns, tables.nodes)
        _table(folder / "edges.csv", tables.edge_columns, tables.edges)
        _table(folder / "sources.csv", SOURCE_COLUMNS, works(tables))
        _text(folder / "import.cypher", cypher.script(tables))
        _text(folder / MARK, json.dumps(_package(tables), ensure_ascii=False, indent=2) + "\n")


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula.

    >>> guarded("=cmd()"), guarded("soleus")
    ("'=cmd()", 'soleus')
    """
    return f"'{text}" if text.startswith(_FORMULA) else text


def plain(cell: str) -> str:
    """A cell as it was before it was guarded.

    >>> plain(guarded("'quoted'"))
    "'quoted'"
    """
    return cell.removeprefix("'")


def _table(path: Path, columns: Sequence[Column], rows: Iterable[Row]) -> None:
    names = [column.name for column in columns]
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(names)
        table.writerows([_cell(row[name]) for name in names] for row in rows)


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return guarded(value)
    return str(value).lower() if isinstance(value, bool) else str(value).removesuffix(".0")


def _text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _package(tables: Tables) -> dict[str, Any]:
    """What a data package says of its tables."""
    keys = [{"fields": end, "reference": {"resource": "nodes", "fields": "id"}} for end in ("source", "target")]
    return {
        "profile": "tabular-data-package",
        "name": "kinchain",
        "title": tables.title,
        "description": "Education, never a diagnosis. Connections that are Refuted are kept and said to be so. A text "
        "that a spreadsheet would take for a formula has an apostrophe in front.",
        "licenses": [{"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}],
        "resources": [
            _resource("nodes", tables.node_columns),
            _resource("edges", tables.edge_columns, foreignKeys=keys),
            _resource("sources", SOURCE_COLUMNS),
        ],
    }


def _resource(name: str, columns: Sequence[Column], **more: object) -> dict[str, Any]:
    fields = [{"name": c.name, "type": c.type, "description": c.meaning} for c in columns]
    return {
        "name": name,
        "path": f"{name}.csv",
        "profile": "tabular-data-resource",
        "encoding": "utf-8",
        "schema": {"fields": fields, "primaryKey": "id", "missingValues": [""], **more},
    }
