"""From the ontology to the compiled body: read, derived, checked, kept."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from kinchain import locate
from kinchain.answers import Finding
from kinchain.errors import InvalidOntology
from kinchain.graph.compiled import Compiled
from kinchain.model import UnsidedModel
from kinchain.store.container import Store


def whole_model(root: Path, overlays: Sequence[Path] | None = None) -> UnsidedModel:
    """The unsided model of an ontology folder, with the overlays in force or given, and all that is derived from it.

    Raises
    ------
    InvalidOntology  a file is no Turtle, an edge leads to nothing, ``partOf`` goes round in a circle
    """
    from dataclasses import replace

    from kinchain.graph.chance import chance
    from kinchain.graph.crossings import crossings
    from kinchain.graph.derive import derive
    from kinchain.graph.layout import place
    from kinchain.graph.made_of import made_of
    from kinchain.rdf.extract import extract
    from kinchain.rdf.load import load
    from kinchain.rdf.overlay import with_way_out
    from kinchain.sides.expand import expand

    try:
        model = extract(load(root, overlays))
        expand(model)  # refuses what cannot have sides
    except InvalidOntology as problem:
        raise (with_way_out(problem) if overlays is None else problem) from None
    connections = (*model.connections, *derive(model), *crossings(model))
    groups = made_of(model.structures, connections)
    return replace(model, connections=connections, chance=chance(model), positions=place(model), made_of=groups)


def validate(root: Path, *, rules_root: Path | None = None) -> list[Finding]:
    """All broken rules of an ontology folder; the joints that muscles cross are derived for the rule that needs them.

    An ontology that cannot be extracted is checked all the same, as far as it goes.

    Raises
    ------
    InvalidOntology  a file is no Turtle
    """
    from kinchain.rdf.validate import validate as check

    try:
        model = whole_model(root)
    except InvalidOntology:
        return check(root, rules_root=rules_root)
    derived = ((c.subject, c.relation, c.object) for c in model.connections if c.relation == "crosses")
    return check(root, rules_root=rules_root, derived=derived)


def build(root: Path, *, quiet: bool = True) -> UnsidedModel:
    """Build the body of an ontology folder and keep it compiled where that is possible; raises as ``whole_model``."""
    return Compiled(built(root, quiet=quiet)).model.unsided


def built(root: Path, *, quiet: bool = False) -> Store:
    """The compiled body of an ontology folder, built now and kept where that is possible; raises as ``whole_model``.

    Unless *quiet*, standard error says when it could not be kept.
    """
    from kinchain.graph.compile import packed, write_packed
    from kinchain.sides.expand import expand

    key = ""
    while key != (now := locate.ontology_hash(root)):  # once more, should somebody have saved a file meanwhile
        key = now
        model = whole_model(root)
    data = packed(expand(model), key)
    failure: OSError | None = None
    for place in locate.compiled_files(root):
        try:
            write_packed(data, place)
            return Store(data, key)
        except OSError as error:
            failure = error
    if not quiet and failure:
        print(
            f"kinchain: the compiled body cannot be kept ({failure}); this answer took longer",
            file=sys.stderr,
        )
    return Store(data, key)
