"""The sided body, a part of it, or a walk as two flat tables: what every graph format and data frame is written from.

A cell is a text, a number or a boolean; None is a thing that is not said. Several things in one cell are joined by
``;`` (no name or key has one; were there one, it would become a comma). Positions are in thousandths of stature: ``x``
from the median plane to the body's left, ``y`` above the floor, ``z`` in front of the coronal plane; so a plot of x and
y is the body as seen from the front.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kinchain.graph import weights
from kinchain.graph.simplify import structure_of
from kinchain.model import Connection, Edge, Named, Side, SidedModel, Source, Structure, UnsidedModel

if TYPE_CHECKING:
    import networkx as nx

Value = str | float | bool | None
Row = dict[str, Value]
SEPARATOR = ";"
THOUSANDTHS = 1000  # of stature: the unit of positions
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")  # XML cannot hold them


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, the type of its cells (``string``, ``boolean``, ``number``), what it means."""

    name: str
    type: str
    meaning: str


# fmt: off
NODE_COLUMNS = (
    Column("id", "string", "The structure with its side, as right_soleus; unique."),
    Column("label", "string", "Its name, with its side."),
    Column("kind", "string", "What it is: Muscle, Nerve, Landmark, Region, Finding …"),
    Column("side", "string", "right, left or median."),
    Column("unsided", "string", "The structure without its side: the same for a right and a left one."),
    Column("definition", "string", "What and where it is, in a sentence."),
    Column("synonyms", "string", "Other English names, joined by ';'."),
    Column("latin", "string", "Latin names, joined by ';'."),
    Column("abbreviations", "string", "Short forms, joined by ';'."),
    Column("mappings", "string", "The same thing in other ontologies, as UBERON:0001389, joined by ';'."),
    Column("x", "number", "Thousandths of stature from the median plane to the body's left; nothing without a place."),
    Column("y", "number", "Thousandths of stature above the floor."),
    Column("z", "number", "Thousandths of stature in front of the coronal plane through the hip joints."),
)
EDGE_COLUMNS = (
    Column("id", "string", "Source, relation and target; unique."),
    Column("source", "string", "The id of the node that the connection comes from."),
    Column("target", "string", "The id of the node that it goes to."),
    Column("relation", "string", "How they are connected, as origin or innervatedBy."),
    Column("family", "string", "The family of the relation: tissue, neural, motor, clinical …"),
    Column("evidence", "string", "Textbook, Strong, Moderate, Limited, Conflicting, Claimed; or Refuted."),
    Column("sources", "string", "Keys of the works that say so, joined by ';'."),
    Column("against", "string", "Keys of the works that speak against it, joined by ';'."),
    Column("crosses", "boolean", "Whether it crosses the midline."),
    Column("derived_by", "string", "The rule that derived it; nothing when somebody wrote it."),
    Column("via", "string", "What it runs by: the landmark that both share, or the movement."),
    Column("cost", "number", "What a route pays for it; nothing when it is never walked."),
    Column("mechanism", "string", "Of a referral or contribution, as PeripheralNerve."),
    Column("through", "string", "The nerve that is caught, or the finding by which it contributes."),
    Column("frequency", "string", "How often a referral is met: Common, Occasional, Rare."),
    Column("among", "string", "Findings of those in whom it is met, joined by ';'."),
    Column("force_setting", "string", "Where a force was measured."),
    Column("force_size", "string", "How large it was."),
    Column("comment", "string", "What else is to be said."),
)
_WALK_NODE_COLUMNS = (
    Column("structure", "string", "The sided structure that the node stands for."),
    Column("entered", "string", "For a median structure: the side from which it is reached, and on which it is left."),
    Column("role", "string", "through, or depart (only a beginning), or whole (reached from a part of it)."),
)
_WALK_EDGE_COLUMNS = (
    Column("forward", "boolean", "Whether the step goes the way in which the connection is written."),
    Column("parallel", "string", "Relations of further connections between the two, joined by ';'."),
)
SOURCE_COLUMNS = (
    Column("id", "string", "The key by which edges cite the work."),
    Column("label", "string", "How it is cited in words."),
    Column("authors", "string", "Who wrote it."),
    Column("year", "string", "When it came out."),
    Column("title", "string", "Its title."),
    Column("venue", "string", "Where it came out."),
    Column("url", "string", "Where it is found."),
    Column("design", "string", "The design of the study."),
    Column("status", "string", "Verified, RecordOnly (seen, not read) or Unverified."),
)
# fmt: on


@dataclass(frozen=True, slots=True)
class Tables:
    """Nodes and edges, each row with a cell for each of its columns, and the unsided model that they come from."""

    title: str
    model: UnsidedModel
    node_columns: tuple[Column, ...]
    edge_columns: tuple[Column, ...]
    nodes: tuple[Row, ...]
    edges: tuple[Row, ...]


def whole(model: SidedModel) -> Tables:
    """A body as tables, in its own order. Linear in its size.

    >>> from kinchain import Body
    >>> tables = whole(Body.load().model)
    >>> [row["evidence"] for row in tables.edges if row["id"] == "right_soleus.insertion.right_calcaneal_tendon"]
    ['Textbook']
    """
    nodes = [_node(model, structure) for structure in model.structures.values()]
    ids = _Ids()
    edges = [_edge(model, edge, ids) for edge in model.edges]
    return Tables(
        "The connections of the human body", model.unsided, NODE_COLUMNS, EDGE_COLUMNS, tuple(nodes), tuple(edges)
    )


def walk(model: SidedModel, graph: nx.DiGraph, among: Collection[str] | None = None) -> Tables:
    """What a profile may walk as tables; *among* limits it to the nodes of these sided structures.

    Nodes are named as in ``Body.walk``: a median structure has one for each side from which it is reached.
    """
    nodes, kept = [], set()
    for name in graph:
        structure = structure_of(name)
        if among is None or structure in among:
            kept.add(name)
            nodes.append(_station(model, name, structure))
    ids = _Ids()
    edges = [
        _step(model, source, target, step, ids)
        for source, target, step in graph.edges(data=True)
        if source in kept and target in kept
    ]
    return Tables(
        f"The {graph.name} walk of the human body",
        model.unsided,
        (*NODE_COLUMNS, *_WALK_NODE_COLUMNS),
        (*EDGE_COLUMNS, *_WALK_EDGE_COLUMNS),
        tuple(nodes),
        tuple(edges),
    )


def part(model: SidedModel, among: Collection[str]) -> SidedModel:
    """A body of these sided structures only, with every connection between them."""
    structures = {name: model.structures[name] for name in model.structures if name in among}
    edges = tuple(edge for edge in model.edges if edge.subject in structures and edge.object in structures)
    return SidedModel(model.unsided, structures, edges)


def works(tables: Tables) -> tuple[Row, ...]:
    """The works that some edges cite, for or against, each once, in the order of their keys."""
    cells = (row[column] for row in tables.edges for column in ("sources", "against"))
    cited = sorted({key for cell in cells if isinstance(cell, str) for key in cell.split(SEPARATOR)})
    found = (tables.model.sources.get(key) or Source(key, key) for key in cited)
    return tuple({c.name: _some(getattr(work, c.name)) for c in SOURCE_COLUMNS} for work in found)


def joined(items: Iterable[str]) -> str | None:
    """Several things in one cell.

    >>> joined(["sit bone", "tuber; ischial"])
    'sit bone;tuber, ischial'
    """
    return SEPARATOR.join(_text(item).replace(SEPARATOR, ",") for item in items) or None


def _text(text: str) -> str:
    """A text without what a file cannot hold; a line ends with a newline."""
    return _UNWRITABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def _some(text: str) -> str | None:
    return _text(text) or None


class _Ids:
    """Ids of edges that tell what they join; those that say the same are counted."""

    def __init__(self) -> None:
        self._used: dict[str, int] = {}

    def take(self, source: str, relation: str, target: str) -> str:
        name = f"{source}.{relation}.{target}"
        count = self._used[name] = self._used.get(name, 0) + 1
        return name if count == 1 else f"{name}.{count}"


def _node(model: SidedModel, structure: Named) -> Row:
    stored: Structure = model.unsided.structures[structure.unsided]
    point = model.unsided.positions.get(structure.unsided)
    to_left = {Side.LEFT: 1, Side.RIGHT: -1}.get(structure.side, 0)
    return {
        "id": structure.id,
        "label": _text(structure.label),
        "kind": structure.kind,
        "side": str(structure.side),
        "unsided": structure.unsided,
        "definition": _some(stored.definition),
        "synonyms": joined(stored.synonyms),
        "latin": joined(stored.latin),
        "abbreviations": joined(stored.abbreviations),
        "mappings": joined(m.id for m in stored.mappings if m.predicate == "skos:exactMatch"),
        "x": _thousandths(point.lateral * to_left) if point else None,
        "y": _thousandths(point.height) if point else None,
        "z": _thousandths(point.forward) if point else None,
    }


def _thousandths(share: float) -> float:
    return round(share * THOUSANDTHS, 1) + 0.0


def _edge(model: SidedModel, edge: Edge, ids: _Ids) -> Row:
    connection = model.connection(edge)
    return {
        "id": ids.take(edge.subject, edge.relation, edge.object),
        "source": edge.subject,
        "target": edge.object,
        **_said(model, connection, edge.crosses, weights.cost(connection, model.unsided)),
    }


def _said(model: SidedModel, connection: Connection, crosses: bool, cost: float | None) -> Row:
    return {
        "relation": connection.relation,
        "family": weights.family(connection, model.unsided),
        "evidence": connection.grade,
        "sources": joined(connection.sources),
        "against": joined(connection.against),
        "crosses": crosses,
        "derived_by": connection.derived_by or None,
        "via": connection.via or None,
        "cost": cost,
        "mechanism": connection.mechanism or None,
        "through": connection.through or None,
        "frequency": connection.frequency or None,
        "among": joined(connection.among),
        "force_setting": _some(connection.setting),
        "force_size": _some(connection.size),
        "comment": _some(connection.comment),
    }


def _station(model: SidedModel, name: str, structure: str) -> Row:
    node = _node(model, model.structures[structure])
    role = "depart" if name.endswith(">") else "whole" if name.endswith("^") else "through"
    entered = name.rstrip(">^").rpartition("@")[2] if "@" in name else None
    return {**node, "id": name, "structure": structure, "entered": entered, "role": role}


def _step(model: SidedModel, source: str, target: str, step: dict[str, object], ids: _Ids) -> Row:
    edge = model.edges[_integer(step["edge"])]
    parallel = step["parallel"]
    assert isinstance(parallel, list)
    return {
        "id": ids.take(source, edge.relation, target),
        "source": source,
        "target": target,
        **_said(model, model.connection(edge), bool(step["crosses"]), _number(step["cost"])),
        "forward": bool(step["forward"]),
        "parallel": joined(model.edges[other].relation for other in parallel),
    }


def _integer(value: object) -> int:
    assert isinstance(value, int)
    return value


def _number(value: object) -> float:
    assert isinstance(value, int | float)
    return float(value)
