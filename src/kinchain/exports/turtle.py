"""Turtle: the ontology and the sided body as one graph, for any RDF tool and for reading."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kinchain.exports.serialise import ordered, write_turtle
from kinchain.files import asked_for

if TYPE_CHECKING:
    from kinchain.model import SidedModel


def write(model: SidedModel, root: Path, path: Path) -> None:
    """Write the whole graph as Turtle: subjects in the order of their IRIs, annotations of connections after them.

    Raises
    ------
    CannotWrite      the place cannot be written
    InvalidOntology  a file of the ontology cannot be read

    >>> import tempfile
    >>> from kinchain.model import Laterality, Structure, UnsidedModel
    >>> from kinchain.sides.expand import expand
    >>> deltoid = Structure("deltoid", "deltoid", "Muscle", Laterality.PAIRED)
    >>> model = expand(UnsidedModel({"deltoid": deltoid}, (), {}, {}, {}, {}))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write(model, Path(folder), Path(folder, "kinchain.ttl"))
    ...     "body:right_deltoid a kc:Muscle ;" in Path(folder, "kinchain.ttl").read_text("utf-8")
    True
    """
    with asked_for(path) as part:
        write_turtle(ordered(model, root), part)
