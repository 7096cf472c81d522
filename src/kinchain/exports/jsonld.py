"""JSON-LD: the whole graph as JSON with the names of the schema as keys, which programs read with or without RDF.

The context is ``context.jsonld`` beside this module. It is written into the file, so that reading needs no network.
One node a line: a subject is an object with an ``id``, an annotation of a connection is one of type ``owl:Axiom``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kinchain.exports.serialise import by_subject, ordered
from kinchain.files import asked_for
from kinchain.vocab import RDF_TYPE

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kinchain.model import SidedModel

CONTEXT = Path(__file__).with_name("context.jsonld")
_XSD = "http://www.w3.org/2001/XMLSchema#"
_WHOLE = re.compile(r"0|-?[1-9][0-9]{0,14}")  # what JSON's numbers hold exactly, as XSD writes it canonically
_LOCAL = re.compile(r"[^/]\S*")  # "//" after a prefix would make a compact IRI an absolute one


def write(model: SidedModel, root: Path, path: Path) -> None:
    """Write the whole graph as JSON-LD 1.1, in the order of the Turtle export.

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
    ...     write(model, Path(folder), Path(folder, "kinchain.jsonld"))
    ...     '"label":"right deltoid"' in Path(folder, "kinchain.jsonld").read_text("utf-8")
    True
    """
    context = Context(json.loads(CONTEXT.read_text("utf-8"))["@context"])
    with asked_for(path) as part, part.open("w", encoding="utf-8", newline="\n") as file:
        file.write('{"@context": ' + json.dumps(context.terms, ensure_ascii=False, indent=1) + ',\n"@graph": [')
        comma = "\n"
        for subject, run in by_subject(ordered(model, root)):
            node = context.node(subject, run)
            file.write(comma + json.dumps(node, ensure_ascii=False, separators=(",", ":")))
            comma = ",\n"
        file.write("\n]}\n")


class Context:
    """A JSON-LD context, read in the direction from RDF to JSON (JSON-LD 1.1, section 4.1).

    >>> import pyoxigraph as ox
    >>> kc = "https://example.org/"
    >>> context = Context({"@vocab": kc, "evidence": {"@id": kc + "evidence", "@type": "@vocab"}})
    >>> grade = ox.Triple(ox.BlankNode("e1"), ox.NamedNode(kc + "evidence"), ox.NamedNode(kc + "Strong"))
    >>> context.node(ox.BlankNode("e1"), [grade])
    {'id': '_:e1', 'evidence': 'Strong'}
    """

    def __init__(self, terms: dict[str, Any]) -> None:
        self.terms = terms
        self.vocabulary: str = terms["@vocab"]
        self._keys: dict[str, str] = {}

    @cached_property
    def prefixes(self) -> dict[str, str]:
        """Namespaces by prefix: terms that end as a namespace does, or say that they are one."""
        found = {}
        for name, meaning in self.terms.items():
            if isinstance(meaning, str) and name[0] != "@" and re.fullmatch(r"https?://.*[/#]", meaning):
                found[name] = meaning
            elif isinstance(meaning, dict) and meaning.get("@prefix"):
                found[name] = meaning["@id"]
        return found

    @cached_property
    def _by_iri(self) -> dict[str, str]:
        """Terms by the IRI that they stand for."""
        found = {}
        for name, meaning in self.terms.items():
            iri = meaning.get("@id", "") if isinstance(meaning, dict) else meaning
            if isinstance(iri, str) and name[0] != "@" and iri[:1] != "@":
                prefix, _, local = iri.partition(":")
                found[self.prefixes[prefix] + local if prefix in self.prefixes else iri] = name
        return found

    def compact(self, iri: str) -> str:
        """An IRI with its prefix, or as it is."""
        for prefix, namespace in self.prefixes.items():
            if iri.startswith(namespace) and _LOCAL.fullmatch(iri, len(namespace)):
                return f"{prefix}:{iri[len(namespace) :]}"
        return iri

    def name(self, iri: str) -> str:
        """An IRI as a key, a type or a value of the vocabulary: a term, a bare name, a compact IRI."""
        if iri not in self._keys:
            bare = iri.removeprefix(self.vocabulary)
            is_bare = bare != iri and re.fullmatch(r"\w+", bare) and bare not in self.terms
            self._keys[iri] = self._by_iri.get(iri) or (bare if is_bare else self.compact(iri))
        return self._keys[iri]

    def node(self, subject: ox.NamedNode | ox.BlankNode, triples: Iterable[ox.Triple]) -> dict[str, Any]:
        """What is said of a subject, as one JSON object."""
        found: dict[str, list[Any]] = {}
        for triple in triples:
            predicate = triple.predicate.value
            key = "type" if predicate == RDF_TYPE else self.name(predicate)
            found.setdefault(key, []).append(self._value(key, triple.object))
        values = {key: each[0] if len(each) == 1 else each for key, each in found.items()}
        return {"id": self._reference(subject), **values}

    def _reference(self, term: ox.NamedNode | ox.BlankNode) -> str:
        import pyoxigraph as ox

        return f"_:{term.value}" if isinstance(term, ox.BlankNode) else self.compact(term.value)

    def _value(self, key: str, value: object) -> Any:
        import pyoxigraph as ox

        meaning = self.terms.get(key)
        coerced = meaning if isinstance(meaning, dict) else {}
        if isinstance(value, ox.Literal):
            return _literal(value, coerced, self.compact)
        assert isinstance(value, ox.NamedNode | ox.BlankNode)
        vocabulary = key == "type" or coerced.get("@type") == "@vocab"
        if vocabulary and isinstance(value, ox.NamedNode):
            return self.name(value.value)
        reference = self._reference(value)
        return reference if coerced.get("@type") in ("@id", "@vocab") else {"id": reference}


def _literal(value: ox.Literal, coerced: dict[str, Any], compact: Any) -> Any:
    """A literal as plainly as its key allows; a value object where the key would say something else of it."""
    text, datatype = value.value, value.datatype.value
    if value.language:
        return text if coerced.get("@language") == value.language else {"@value": text, "@language": value.language}
    if datatype == _XSD + "string":
        return {"@value": text} if "@language" in coerced or "@type" in coerced else text
    if coerced.get("@type") == compact(datatype):
        return text
    if "@type" not in coerced:
        if datatype == _XSD + "boolean" and text in ("true", "false"):
            return text == "true"
        if datatype == _XSD + "integer" and _WHOLE.fullmatch(text):
            return int(text)
    return {"@value": text, "@type": compact(datatype)}
