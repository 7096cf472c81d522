"""The script that loads the CSV files into Neo4j: a label for each kind, a relationship type for each relation."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kinchain.exports.flat import Column, Tables

_LISTS = {"synonyms", "latin", "abbreviations", "mappings", "sources", "against", "parallel"}
_REFUTED = "Refuted"
_HEAD = """\
// Loads nodes.csv, edges.csv and sources.csv into Neo4j 5. Put the three files into Neo4j's import folder, then:
//
//   cypher-shell -u neo4j -p PASSWORD -f import.cypher
//
// It may be run again: nothing is written twice. What a spreadsheet would take for a formula begins with an apostrophe.
// Education, never a diagnosis. What studies refuted is a relationship REFUTED, to be seen and not to be walked; its
// relation says what was thought. Every other relationship is of its relation's own type:
//
//   MATCH p = SHORTEST 1 (a:Structure {id: 'right_soleus'})
//     -[:CONTINUOUS_WITH|INSERTION|ORIGIN]-+(b:Structure {id: 'right_plantar_aponeurosis'})
//   RETURN p;

CREATE CONSTRAINT structure_id IF NOT EXISTS FOR (n:Structure) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT source_id IF NOT EXISTS FOR (n:Source) REQUIRE n.id IS UNIQUE;

LOAD CSV WITH HEADERS FROM 'file:///sources.csv' AS row
MERGE (n:Source {id: row.id})
SET n.label = row.label, n.authors = row.authors, n.year = row.year, n.title = row.title, n.venue = row.venue,
    n.url = row.url, n.design = row.design, n.status = row.status;
"""


def script(tables: Tables) -> str:
    """The import script for some tables: one statement for each kind and relation, which a database holds in memory."""
    kinds = sorted({str(row["kind"]) for row in tables.nodes})
    relations = sorted({str(row["relation"]) for row in tables.edges if row["evidence"] != _REFUTED})
    nodes = [_nodes(kind, tables.node_columns) for kind in kinds]
    edges = [
        _edges(f"row.relation = {_text(relation)} AND row.evidence <> '{_REFUTED}'", relationship(relation), tables)
        for relation in relations
    ]
    if any(row["evidence"] == _REFUTED for row in tables.edges):
        edges.append(_edges(f"row.evidence = '{_REFUTED}'", _REFUTED.upper(), tables))
    return "\n".join([_HEAD, *nodes, *edges])


def relationship(relation: str) -> str:
    """The relationship type of a relation, as Neo4j's style has it.

    >>> relationship("innervatedBy")
    'INNERVATED_BY'
    """
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", relation).upper()


def _nodes(kind: str, columns: Sequence[Column]) -> str:
    return f"""\
LOAD CSV WITH HEADERS FROM 'file:///nodes.csv' AS row
WITH row WHERE row.kind = {_text(kind)}
MERGE (n:Structure {{id: row.id}})
SET n:{_name(kind)}, {_set("n", columns, {"id"})};
"""


def _edges(which: str, kind: str, tables: Tables) -> str:
    return f"""\
LOAD CSV WITH HEADERS FROM 'file:///edges.csv' AS row
WITH row WHERE {which}
MATCH (a:Structure {{id: row.source}})
MATCH (b:Structure {{id: row.target}})
MERGE (a)-[r:{_name(kind)} {{id: row.id}}]->(b)
SET {_set("r", tables.edge_columns, {"id", "source", "target"})};
"""


def _set(variable: str, columns: Sequence[Column], without: set[str]) -> str:
    """The assignments of all columns, each with its type."""
    return ",\n    ".join(f"{variable}.{c.name} = {_value(c)}" for c in columns if c.name not in without)


def _value(column: Column) -> str:
    cell = f"row.{column.name}"
    if column.name in _LISTS:
        return f"split({cell}, ';')"
    return {"number": f"toFloat({cell})", "boolean": f"toBoolean({cell})"}.get(column.type, cell)


def _text(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _name(name: str) -> str:
    """A label or type as Cypher reads it: in backticks unless it is a plain word."""
    return name if re.fullmatch(r"[A-Za-z]\w*", name) else "`" + name.replace("`", "``") + "`"
