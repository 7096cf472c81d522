"""The named queries of ``ontology/queries``: one query a file, told by the comments at its head.

    # Muscles of a spinal nerve
    # Which muscles have fibres of a segment …                   what it answers, in one sentence or two
    # @for educator, therapist
    # @param root: SpinalNerve = L5 spinal nerve -- the nerve    name, kind, default, what it is
    # @example kinchain sparql muscles-of-root --set root=C6

A parameter stands in the query as ``VALUES ?root { body:l5_spinal_nerve }`` with its default, so that each file runs
as it is on any server. Another value is set by writing that clause anew with terms that pyoxigraph serializes: nothing
that a user types becomes part of a query as text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kinchain.errors import AmbiguousName, BadQuestion, InvalidOntology
from kinchain.exports.triples import PREFIXES
from kinchain.vocab import CLINICAL_KINDS

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kinchain.model import Chain, Named, SidedModel

_PARAMETER = re.compile(r"(?P<name>\w+): (?P<kind>[^=]+?) = (?P<default>.+?) -- (?P<words>.+)")
_MOST = 200  # characters of a value


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a query can be asked about; *kind* says which values it takes.

    ``Muscle|Group`` a structure of such a kind, ``sided Region`` one with its side, ``Chain``, ``number``, ``text``,
    ``one of kc:Strong kc:Limited …``, or ``below kc:Strong kc:Limited …``, all that come after the one that is named.
    """

    name: str
    kind: str
    default: str
    words: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A query of the library, or one that a user wrote."""

    name: str
    title: str
    answers: str
    users: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    example: str
    text: str


class Names(Protocol):
    """What finds structures by what people call them; ``kinchain.queries.lookup.Names`` is one."""

    def resolve(self, text: str) -> Sequence[Named]:
        """The structures that a text names; refuses what names none or several."""


def entries(root: Path) -> dict[str, Entry]:
    """The library of an ontology folder, by name.

    >>> from kinchain import locate
    >>> entries(locate.ontology_dir())["refuted-connections"].title
    'Refuted connections'
    """
    return {path.stem: entry(path.stem, path.read_text("utf-8")) for path in sorted((root / "queries").glob("*.rq"))}


def entry(name: str, text: str) -> Entry:
    """Read a query with its head.

    Raises
    ------
    InvalidOntology  a parameter is not written as it should be, or stands nowhere in the query
    """
    head = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        head.append(line.removeprefix("#").strip())
    plain = [line for line in head if line and not line.startswith("@")]
    tagged = [line.removeprefix("@").partition(" ") for line in head if line.startswith("@")]
    parameters = tuple(_parameter(name, value) for tag, _, value in tagged if tag == "param")
    for parameter in parameters:
        if not _clause(parameter.name).search(text):
            raise InvalidOntology(
                f"the parameter {parameter.name} has no clause 'VALUES ?{parameter.name} {{ … }}'; write one",
                file=f"queries/{name}.rq",
            )
    return Entry(
        name=name,
        title=plain[0] if plain else name,
        answers=" ".join(plain[1:]),
        users=tuple(user.strip() for tag, _, value in tagged if tag == "for" for user in value.split(",")),
        parameters=parameters,
        example=" ".join(value for tag, _, value in tagged if tag == "example"),
        text=text,
    )


def _parameter(query: str, text: str) -> Parameter:
    found = _PARAMETER.fullmatch(text.strip())
    if not found:
        raise InvalidOntology(
            f"a parameter is written 'name: kind = default -- what it is', not '{text[:80]}'",
            file=f"queries/{query}.rq",
        )
    return Parameter(found["name"], found["kind"].strip(), found["default"].strip(), found["words"].strip())


def _clause(name: str) -> re.Pattern[str]:
    return re.compile(rf"^(?P<before>[^#\n]*\bVALUES \?{re.escape(name)} )\{{[^{{}}\n]*\}}", re.MULTILINE)


def filled(query: Entry, values: Mapping[str, str], names: Callable[[], Names], model: Callable[[], SidedModel]) -> str:
    """The text of a query with its parameters set; *values* are in people's words.

    *names* and *model* are called only if a value needs them.

    Raises
    ------
    BadQuestion    the query has no such parameter, or the value is of another kind
    UnknownName    a value names nothing
    AmbiguousName  a value names several structures
    """
    text = query.text
    known = {parameter.name: parameter for parameter in query.parameters}
    for name, value in values.items():
        clause = _clause(name)
        if not re.fullmatch(r"\w+", name) or not clause.search(text):
            has = ", ".join(known) or "none"
            raise BadQuestion(f"the query {query.name} has no parameter '{name[:40]}'; it has {has}")
        kind = known[name].kind if name in known else "Structure"
        terms = " ".join(str(term) for term in _terms(name, kind, value, names, model))
        text = clause.sub(lambda found, terms=terms: f"{found['before']}{{ {terms} }}", text)  # type: ignore[misc]
    return text


def _terms(
    name: str, kind: str, value: str, names: Callable[[], Names], model: Callable[[], SidedModel]
) -> list[ox.NamedNode | ox.Literal]:
    import pyoxigraph as ox

    value = value.strip()
    if not value or len(value) > _MOST:
        raise BadQuestion(f"the value of '{name}' is {'too long' if value else 'empty'}; write {_asked(kind)}")
    if kind == "number":
        if not re.fullmatch(r"[0-9]{1,9}", value):
            raise BadQuestion(f"'{value}' is no number for '{name}'; write a whole number such as 5")
        return [ox.Literal(int(value))]
    if kind == "text":
        return [ox.Literal(value)]
    if kind.startswith("one of "):
        return [_choice(name, kind.removeprefix("one of ").split(), value)]
    if kind.startswith("below "):
        ordered = kind.removeprefix("below ").split()
        chosen = _choice(name, ordered[:-1], value)
        everything = [_choice(name, ordered, each) for each in ordered]
        return everything[everything.index(chosen) + 1 :]
    if kind == "Chain":
        return [ox.NamedNode(PREFIXES["chain"] + _chain(model().unsided.chains.values(), value))]
    return [ox.NamedNode(iri) for iri in _structures(name, kind, value, names(), model())]


def _choice(name: str, allowed: Sequence[str], value: str) -> ox.NamedNode | ox.Literal:
    import pyoxigraph as ox

    said = _plain(value.rpartition(":")[2])
    for each in allowed:
        prefix, _, local = each.rpartition(":")
        if _plain(local) == said:
            return ox.NamedNode(PREFIXES[prefix] + local) if prefix else ox.Literal(local)
    words = ", ".join(each.rpartition(":")[2] for each in allowed)
    raise BadQuestion(f"'{value}' is no value of '{name}'; choose {words}")


def _plain(word: str) -> str:
    return re.sub(r"[\W_]+", "", word).casefold()


def _chain(chains: Iterable[Chain], value: str) -> str:
    said = _plain(value.removeprefix("chain:"))
    for chain in chains:
        if said in {_plain(word) for word in (chain.id, chain.label, *chain.synonyms)}:
            return chain.id
    raise BadQuestion(f"'{value}' is no chain that kinchain knows; 'kinchain chain' lists them")


def _structures(name: str, kind: str, value: str, names: Names, model: SidedModel) -> list[str]:
    """The IRIs of the structures that a value names: with their sides where the kind asks for that, else without."""
    prefix, _, local = value.partition(":")
    if prefix in ("body", "clinical"):
        value = local
    is_sided, kinds = kind.startswith("sided "), kind.removeprefix("sided ").split("|")
    found = _resolved(value, kinds, names)
    if "Structure" not in kinds and found[0].kind not in kinds:
        raise BadQuestion(f"{found[0].label} is a {found[0].kind}; '{name}' takes {_asked(kind)}")
    space = PREFIXES["clinical" if found[0].kind in CLINICAL_KINDS else "body"]
    if is_sided:
        return [space + each.id for each in found]
    structure = model.unsided.structures[found[0].unsided]
    if len(found) < len(structure.laterality.sides):
        raise BadQuestion(f"'{name}' is asked for both sides at once; write '{structure.label}', without the side")
    return [space + structure.id]


def _resolved(value: str, kinds: Sequence[str], names: Names) -> Sequence[Named]:
    """What a value names; of several things with one name, the one of the kind that is asked for."""
    try:
        return names.resolve(value)
    except AmbiguousName as problem:
        fitting = [each for each in problem.candidates if each.kind in kinds]
        if len(fitting) != 1:
            raise
        return names.resolve(fitting[0].label)


def _asked(kind: str) -> str:
    if kind == "number":
        return "a whole number"
    if kind == "text":
        return "a word or a part of one"
    if kind.startswith(("one of ", "below ")):
        return "one of " + ", ".join(each.rpartition(":")[2] for each in kind.split() if ":" in each)
    kinds = kind.removeprefix("sided ").replace("|", " or ")
    return f"the name of a {kinds}"
