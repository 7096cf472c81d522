"""The body as one NetworkX MultiDiGraph: every structure with its side, every typed edge, nothing left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinchain.graph import weights
from kinchain.model import SidedModel

if TYPE_CHECKING:
    import networkx as nx


def build(model: SidedModel) -> nx.MultiDiGraph:
    """The graph of everything; parallel edges differ by their key, the relation's name (and a number when it repeats).

    Nodes carry ``label, kind, side, unsided``; edges ``relation, family, evidence, sources, against, crosses,
    derived_by, cost`` (cost is None where an edge is never walked).
    """
    import networkx as nx

    graph = nx.MultiDiGraph(name="kinchain")
    for node in model.structures.values():
        graph.add_node(node.id, label=node.label, kind=node.kind, side=str(node.side), unsided=node.unsided)
    for edge in model.edges:
        connection = model.connection(edge)
        key = edge.relation
        while graph.has_edge(edge.subject, edge.object, key):
            key += "'"
        graph.add_edge(
            edge.subject,
            edge.object,
            key,
            relation=edge.relation,
            family=weights.family(connection, model.unsided),
            evidence=connection.grade,
            sources=list(connection.sources),
            against=list(connection.against),
            crosses=edge.crosses,
            derived_by=connection.derived_by,
            via=connection.via,
            cost=weights.cost(connection, model.unsided),
        )
    return graph
