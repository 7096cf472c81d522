"""What a hop costs, and which family it belongs to. The numbers stand in ``ontology/schema.ttl``."""

from __future__ import annotations

from collections.abc import Mapping

from kinchain.model import Connection, UnsidedModel

# That one lies within another is a matter of place: no hop leads from a lobe to its lung or a canal to its ring.
_PLACES = {"Viscus", "Vessel", "Tunnel", "Region"}
_NEURAL_KINDS = {"Nerve", "Plexus", "SpinalNerve", "NeuralTissue"}


def family(connection: Connection, model: UnsidedModel) -> str:
    """The family of a connection; ``partOf`` belongs to the family of its part.

    A landmark is part of a bone (skeletal), a division of a nerve (neural), a head of a muscle (tissue), a lobe of an
    organ (location).
    """
    if connection.relation == "partOf":
        kind = model.structures[connection.subject].kind
        if kind == "Landmark":
            return "skeletal"
        if kind in _NEURAL_KINDS:
            return "neural"
        if kind in _PLACES:
            return "location"
    return model.relations[connection.relation].family


def cost(connection: Connection, model: UnsidedModel) -> float | None:
    """Unitless cost of a hop: the relation's base cost times its evidence penalty; None is never walked."""
    base = model.relations[connection.relation].base_cost
    penalty = model.grades[connection.grade].penalty
    return None if base is None or penalty is None else base * penalty


def weakest(grades: Mapping[str, int], names: list[str]) -> str:
    """The weakest of some evidence grades; *grades* maps a name to its order, 0 the surest.

    >>> weakest({"Textbook": 0, "Strong": 1}, ["Strong", "Textbook"])
    'Strong'
    """
    return max(names, key=lambda name: grades[name])
