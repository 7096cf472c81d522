"""What the RDF exports share: the triples in an order that people can read, and Turtle with sorted prefixes.

Serialising itself is pyoxigraph's. Its order of prefixes differs from run to run, and it puts no line between
subjects; both are put right on the way to the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, groupby
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

from kinchain.exports import triples as graph
from kinchain.vocab import RDF_TYPE

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kinchain.model import SidedModel


def ordered(model: SidedModel, root: Path) -> Iterator[ox.Triple]:
    """The ontology and the sided graph: named subjects by their IRI, each once, then the nodes that annotate triples.

    Only what named subjects say is held in memory, about a quarter of the whole; the annotations of sided edges are
    made a second time instead.

    Raises
    ------
    InvalidOntology  a file of the ontology cannot be read

    >>> from kinchain.model import Laterality, Structure, UnsidedModel
    >>> from kinchain.sides.expand import expand
    >>> deltoid = Structure("deltoid", "deltoid", "Muscle", Laterality.PAIRED)
    >>> model = expand(UnsidedModel({"deltoid": deltoid}, (), {}, {}, {}, {}))
    >>> next(ordered(model, Path("no ontology"))).subject.value
    'https://w3id.org/kinchain/body/left_deltoid'
    """
    import pyoxigraph as ox

    nodes: dict[str, list[ox.Triple]] = {}  # what one node says stands together, wherever the parser found it
    named: list[ox.Triple] = []
    for triple in graph.ontology(root):
        if isinstance(triple.subject, ox.BlankNode):
            nodes.setdefault(triple.subject.value, []).append(triple)
        else:
            named.append(triple)
    named.extend(t for t in graph.sided(model) if not isinstance(t.subject, ox.BlankNode))
    yield from sorted_once(named)
    yield from chain.from_iterable(nodes.values())
    yield from (t for t in graph.sided(model) if isinstance(t.subject, ox.BlankNode))


def sorted_once(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """Triples by subject, type first, then by predicate and object; what is said twice is written once.

    >>> import pyoxigraph as ox
    >>> triple = ox.Triple(*(ox.NamedNode("https://example.org/" + name) for name in "spo"))
    >>> len(list(sorted_once([triple, triple])))
    1
    """
    for _, alike in groupby(sorted(((_order(t), t) for t in triples), key=lambda pair: pair[0]), lambda pair: pair[0]):
        yield next(alike)[1]


def _order(triple: ox.Triple) -> tuple[str, str, str]:
    predicate = triple.predicate.value
    return str(triple.subject), "" if predicate == RDF_TYPE else predicate, str(triple.object)


def by_subject(triples: Iterable[ox.Triple]) -> Iterator[tuple[ox.NamedNode | ox.BlankNode, list[ox.Triple]]]:
    """Runs of triples with one subject, in the order in which they come.

    >>> import pyoxigraph as ox
    >>> nodes = [ox.NamedNode("https://example.org/" + name) for name in "abc"]
    >>> triples = [ox.Triple(nodes[0], nodes[1], each) for each in nodes]
    >>> [(subject.value, len(run)) for subject, run in by_subject(triples)]
    [('https://example.org/a', 3)]
    """
    for _, alike in groupby(triples, key=lambda t: str(t.subject)):
        run = list(alike)
        yield run[0].subject, run  # type: ignore[misc]


def write_turtle(triples: Iterable[ox.Triple], path: Path, prefixes: Mapping[str, str] | None = None) -> None:
    """Write triples as Turtle, in the order in which they come, with a line between subjects.

    Raises
    ------
    OSError  the file cannot be written
    """
    import pyoxigraph as ox

    with path.open("wb") as handle:
        tidy = _Tidy(handle)
        ox.serialize(triples, cast("IO[bytes]", tidy), ox.RdfFormat.TURTLE, prefixes=dict(prefixes or graph.PREFIXES))
        tidy.finish()


class _Tidy:
    """Passes Turtle on, line by line: prefixes sorted, a line between subjects.

    Oxigraph writes line breaks inside literals as escapes, so a line that is not indented opens a subject.
    """

    def __init__(self, handle: IO[bytes]) -> None:
        self.handle = handle
        self.rest = b""
        self.prefixes: list[bytes] = []

    def write(self, data: bytes) -> int:
        *lines, self.rest = (self.rest + data).split(b"\n")
        self.handle.write(b"".join(chain.from_iterable(map(self._laid_out, lines))))
        return len(data)

    def flush(self) -> None:
        self.handle.flush()

    def _laid_out(self, line: bytes) -> Iterator[bytes]:
        if line.startswith(b"@prefix"):
            self.prefixes.append(line)
            return
        yield from self._header()
        if line[:1] != b"\t":
            yield b"\n"
        yield line + b"\n"

    def _header(self) -> Iterator[bytes]:
        yield from (line + b"\n" for line in sorted(self.prefixes))
        self.prefixes.clear()

    def finish(self) -> None:
        """Write what is left."""
        self.handle.write(b"".join(self._header()) + self.rest)
