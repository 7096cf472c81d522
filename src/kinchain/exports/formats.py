"""The formats in which a body is taken away: one module each, one registry."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from kinchain.errors import BadQuestion, MissingLibrary
from kinchain.exports.flat import Tables
from kinchain.model import SidedModel


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, the suffix of its files (none for a folder), what it is, what opens it.

    ``needs`` are libraries beyond kinchain's own, which the optional dependencies ``extra`` bring. ``parts`` says
    whether a part of the body can be written, ``walks`` whether what a profile may walk.
    """

    name: str
    suffix: str
    description: str
    opened_by: str
    module: str
    extra: str = ""
    needs: tuple[str, ...] = ()
    parts: bool = False
    walks: bool = False

    @property
    def command(self) -> str:
        """What installs the libraries that it needs, or nothing.

        >>> FORMATS["anki"].command
        'pip install "kinchain[export]"'
        """
        return f'pip install "kinchain[{self.extra}]"' if self.extra else ""

    def check(self) -> None:
        """Refuse early what cannot be written here; raises ``MissingLibrary``."""
        missing = [library for library in self.needs if find_spec(library) is None]
        if missing:
            raise MissingLibrary(f"{self.name} needs {' and '.join(missing)}; get it with: {self.command}")

    def write(self, model: SidedModel, root: Path, path: Path) -> None:
        """Write a body from the ontology at *root*; raises ``CannotWrite`` and ``MissingLibrary``."""
        self.check()
        writer: Callable[[SidedModel, Path, Path], None] = import_module(self.module).write
        writer(model, root, path)

    def write_tables(self, tables: Tables, path: Path) -> None:
        """Write tables, where ``walks`` says that this can be done; raises as ``write``."""
        self.check()
        writer: Callable[[Tables, Path], None] = import_module(self.module).write_tables
        writer(tables, path)


def _module(name: str) -> str:
    return f"kinchain.exports.{name}"


_ALL = (
    Format(
        "graphml",
        ".graphml",
        "graph with all attributes",
        "Gephi, Cytoscape, yEd, igraph, NetworkX",
        _module("graphml"),
        parts=True,
        walks=True,
    ),
    Format(
        "gexf", ".gexf", "graph, each node in its place", "Gephi, NetworkX", _module("gexf"), parts=True, walks=True
    ),
    Format(
        "cytoscape",
        ".cyjs",
        "graph, each node in its place",
        "Cytoscape, Cytoscape.js, NetworkX",
        _module("cytoscape"),
        parts=True,
        walks=True,
    ),
    Format(
        "csv",
        "",
        "folder: tables of nodes, edges and sources, and a script that loads them into Neo4j",
        "spreadsheets, R, pandas, Neo4j",
        _module("csv_tables"),
        parts=True,
        walks=True,
    ),
    Format(
        "parquet",
        "",
        "folder: the same tables as typed columns",
        "pandas, R, Polars, DuckDB",
        _module("frames"),
        "parquet",
        ("pandas", "pyarrow"),
        parts=True,
        walks=True,
    ),
    Format("anki", ".apkg", "deck of cards for learners", "Anki", _module("anki"), "export", ("genanki",), parts=True),
    Format("turtle", ".ttl", "RDF: ontology and sided body", "any RDF tool", _module("turtle")),
    Format("ntriples", ".nt", "RDF, one statement a line", "any RDF tool", _module("ntriples")),
    Format("jsonld", ".jsonld", "RDF as JSON with its context", "programs, any RDF tool", _module("jsonld")),
    Format("rdf12", ".ttl", "RDF 1.2: evidence on the triples themselves", "Oxigraph, Jena", _module("rdf12")),
    Format("owl", ".ofn", "OWL 2 DL in functional syntax", "Protégé, ROBOT, OWL API", _module("owl")),
    Format("obograph", ".json", "OBO Graph JSON", "OAK, ROBOT", _module("obograph")),
    Format("skos", ".ttl", "SKOS vocabulary", "Skosmos, VocBench, any RDF tool", _module("skos")),
)
FORMATS: Mapping[str, Format] = {each.name: each for each in _ALL}


def named(text: str) -> Format:
    """The format of this name.

    Raises
    ------
    BadQuestion  there is no such format; names the closest

    >>> named("GraphML").suffix
    '.graphml'
    """
    name = text.strip().casefold()
    if name in FORMATS:
        return FORMATS[name]
    close = get_close_matches(name, FORMATS, 1)
    hint = f"did you mean {close[0]}?" if close else f"choose from {', '.join(FORMATS)}"
    raise BadQuestion(f"there is no format '{text[:40]}'; {hint}")
