"""Cytoscape JSON, for Cytoscape and Cytoscape.js: every element with an id, every node with its place."""

from __future__ import annotations

import json
from pathlib import Path

from kinchain.exports.flat import THOUSANDTHS, Tables, whole
from kinchain.exports.networks import network
from kinchain.files import asked_for
from kinchain.model import SidedModel

_UNIT = 4  # of the picture, for a thousandth of stature: labels can be read


def write(model: SidedModel, root: Path, path: Path) -> None:
    """Write a body as Cytoscape JSON, whole or not at all; raises ``CannotWrite``.

    >>> import networkx, tempfile
    >>> from kinchain import Body
    >>> from kinchain.exports.flat import part
    >>> calf = part(Body.load().model, {"right_soleus", "right_tibial_nerve"})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write(calf, Path("ontology"), Path(folder, "calf.cyjs"))
    ...     networkx.cytoscape_graph(json.loads(Path(folder, "calf.cyjs").read_text("utf-8"))).number_of_edges()
    3
    """
    write_tables(whole(model), path)


def write_tables(tables: Tables, path: Path) -> None:
    """Write a body, a part of it or a walk. In a picture y counts downwards from the vertex."""
    import networkx as nx

    graph = network(tables, ids=True)
    nx.set_node_attributes(graph, {node: {"name": label} for node, label in graph.nodes(data="label")})
    data = nx.cytoscape_data(graph)
    data["data"] = {"name": tables.title, "licence": "CC BY 4.0", "notice": "Education, never a diagnosis."}
    for node in data["elements"]["nodes"]:
        place = node["data"]
        node["position"] = {"x": _UNIT * place["x"], "y": _UNIT * (THOUSANDTHS - place["y"])}
    with asked_for(path) as part, part.open("w", encoding="utf-8", newline="\n") as file:
        json.dump(data, file, ensure_ascii=False, separators=(",", ":"))
