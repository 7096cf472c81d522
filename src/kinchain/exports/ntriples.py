"""N-Triples: one statement a line, which any RDF tool reads and which can be split, sorted and loaded in bulk."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kinchain.exports.serialise import ordered
from kinchain.files import asked_for

if TYPE_CHECKING:
    from kinchain.model import SidedModel


def write(model: SidedModel, root: Path, path: Path) -> None:
    """Write the whole graph as N-Triples, in the order of the Turtle export.

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
    ...     write(model, Path(folder), Path(folder, "kinchain.nt"))
    ...     '"right deltoid"@en .' in Path(folder, "kinchain.nt").read_text("utf-8")
    True
    """
    import pyoxigraph as ox

    with asked_for(path) as part, part.open("wb") as handle:
        ox.serialize(ordered(model, root), handle, ox.RdfFormat.N_TRIPLES)
