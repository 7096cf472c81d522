"""GEXF, Gephi's own format; nodes carry their place, so that Gephi draws a body at once."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import SubElement

from kinchain.exports.flat import Tables, whole
from kinchain.exports.networks import network
from kinchain.files import asked_for
from kinchain.model import SidedModel


def write(model: SidedModel, root: Path, path: Path) -> None:
    """Write a body as GEXF, whole or not at all; raises ``CannotWrite``.

    >>> import networkx, tempfile
    >>> from kinchain import Body
    >>> from kinchain.exports.flat import part
    >>> calf = part(Body.load().model, {"right_soleus", "right_tibial_nerve"})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write(calf, Path("ontology"), Path(folder, "calf.gexf"))
    ...     networkx.read_gexf(Path(folder, "calf.gexf")).nodes["right_soleus"]["label"]
    'right soleus'
    """
    write_tables(whole(model), path)


def write_tables(tables: Tables, path: Path) -> None:
    """Write a body, a part of it or a walk. NetworkX's writer dates its files; ours say what they hold instead."""
    from networkx.readwrite.gexf import GEXFWriter

    graph = network(tables, ids=True)
    for _, attributes in graph.nodes(data=True):
        attributes["viz"] = {"position": {axis: attributes[axis] for axis in "xyz"}}
    writer = GEXFWriter(graph)
    about = writer.xml.find("meta")
    del about.attrib["lastmodifieddate"]
    about.find("creator").text = "kinchain"
    SubElement(about, "description").text = f"{tables.title}. CC BY 4.0. Education, never a diagnosis."
    with asked_for(path) as part, part.open("wb") as file:
        writer.write(file)
