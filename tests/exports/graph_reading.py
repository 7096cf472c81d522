"""What the tests of the graph formats share: readers other than ours, and what has to come back."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import networkx as nx

from kinchain.exports import csv_tables, flat
from kinchain.exports.flat import Row, Tables
from kinchain.model import SidedModel
from kinchain.sides.expand import expand

Rows = dict[str, dict[str, Any]]

HOSTILE = (
    "<script>alert(1)</script>",
    "=cmd|'/C calc'!A1",
    "+1+1",
    "@SUM(A1)",
    "'quoted'",
    'a "b", c; d',
    "\\",
    "two\nlines",
    "tab\there",
    "]]> & &amp; ä 漢 𝄞",
    "{{c1::cloze}} [sound:x.mp3] [latex]",
)


def few(model: SidedModel) -> SidedModel:
    """The calf of both sides and what it is joined to: small, with parallel, crossing and median connections."""
    wanted = {"soleus", "calcaneal_tendon", "tibial_nerve", "s1_spinal_nerve", "external_oblique", "linea_alba"}
    wanted |= {"thoracolumbar_fascia", "latissimus_dorsi", "gluteus_maximus", "back_of_leg", "sacrum", "hip_abduction"}
    wanted |= {"red_flag_achilles_tendon_rupture", "low_back"}
    return flat.part(model, {s.id for s in model.structures.values() if s.unsided in wanted})


def spoiled(model: SidedModel, text: str) -> SidedModel:
    """A body of few structures in which a label, a definition, a synonym and a comment are this text."""
    whole = model.unsided
    names = {"soleus", "tibial_nerve"}
    kept = {name: whole.structures[name] for name in sorted(names)}
    kept["soleus"] = replace(kept["soleus"], label=text, definition=text, synonyms=(text, "calf"), comment=text)
    connections = tuple(
        replace(c, comment=text) for c in whole.connections if {c.subject, c.object} == names and not c.via
    )
    return expand(replace(whole, structures=kept, connections=connections, red_flags={}, chains={}))


def told(rows: tuple[Row, ...], *without: str) -> Rows:
    """What has to come back: every cell that says something, by id."""
    return {
        str(row["id"]): {n: v for n, v in row.items() if v is not None and n not in ("id", *without)} for row in rows
    }


def from_network(graph: nx.MultiDiGraph, ids: str) -> tuple[Rows, Rows]:
    """Nodes and edges of a graph that NetworkX read; *ids* says where an edge's id is: its key, or an attribute."""
    nodes = {str(name): {n: v for n, v in data.items() if n not in _ADDED} for name, data in graph.nodes(data=True)}
    edges: Rows = {}
    for source, target, key, data in graph.edges(keys=True, data=True):
        name = key if ids == "key" else data[ids]
        assert name not in edges, "an id is used twice"
        edges[name] = {"source": source, "target": target, **{n: v for n, v in data.items() if n not in _ADDED}}
    return nodes, edges


_ADDED = {"placed", "viz", "id", "value", "name", "key", "networkx_key", "source", "target"}


def from_cytoscape(path: Path) -> nx.MultiDiGraph:
    return nx.cytoscape_graph(json.loads(path.read_text("utf-8")))


def from_csv(folder: Path, tables: Tables) -> tuple[Rows, Rows]:
    """Nodes and edges of a folder of CSV files, each cell as its column says."""
    return tuple(  # type: ignore[return-value]
        {
            row["id"]: {c.name: _cell(row[c.name], c.type) for c in columns if row[c.name] != "" and c.name != "id"}
            for row in _rows(folder / name)
        }
        for name, columns in (("nodes.csv", tables.node_columns), ("edges.csv", tables.edge_columns))
    )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _cell(cell: str, kind: str) -> Any:
    if kind == "number":
        return float(cell)
    return cell == "true" if kind == "boolean" else csv_tables.plain(cell)


def placed(rows: Rows) -> Rows:
    """Rows without the coordinates, which what has no place gets in a drawing."""
    return {name: {n: v for n, v in row.items() if n not in "xyz"} for name, row in rows.items()}
