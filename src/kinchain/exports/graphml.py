"""GraphML, for Gephi, Cytoscape, yEd, igraph and NetworkX.

Gephi reads x, y and z as the place of a node. An edge's id is unique, so that no reader takes two connections of the
same two structures for one.
"""

from __future__ import annotations

from pathlib import Path

from kinchain.exports.flat import Tables, whole
from kinchain.exports.networks import network
from kinchain.files import asked_for
from kinchain.model import SidedModel


def write(model: SidedModel, root: Path, path: Path) -> None:
    """Write a body as GraphML, whole or not at all; raises ``CannotWrite``.

    >>> import networkx, tempfile
    >>> from kinchain import Body
    >>> from kinchain.exports.flat import part
    >>> calf = part(Body.load().model, {"right_soleus", "right_tibial_nerve"})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write(calf, Path("ontology"), Path(folder, "calf.graphml"))
    ...     networkx.read_graphml(Path(folder, "calf.graphml")).nodes["right_soleus"]["label"]
    'right soleus'
    """
    write_tables(whole(model), path)


def write_tables(tables: Tables, path: Path) -> None:
    """Write a body, a part of it or a walk; NetworkX's writer on the standard library's XML, the same everywhere."""
    import networkx as nx

    graph = network(tables)
    with asked_for(path) as part:
        nx.write_graphml_xml(graph, part, named_key_ids=True)
