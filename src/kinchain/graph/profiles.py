"""What the profiles may walk, and by what nodes a structure stands in a walk; see ``simplify``."""

from __future__ import annotations

from kinchain.model import Named, Side, SidedModel
from kinchain.records import dataclass

SOFT = frozenset({"Muscle", "Tendon", "Fascia", "Ligament", "Viscus"})
_SKELETAL = frozenset({"Bone", "Landmark", "Cartilage", "Joint"})
_NERVES = frozenset({"Nerve", "Plexus", "SpinalNerve", "NeuralTissue"})
_ATTACHMENTS = frozenset({"origin", "insertion", "attachesTo"})


@dataclass(frozen=True, slots=True)
class WalkRule:
    """What a profile may walk: families, the kinds that may be passed through, relations that lead in and out."""

    families: frozenset[str]
    passable: frozenset[str]
    entries: frozenset[str] = frozenset()


PROFILES: dict[str, WalkRule] = {
    "myofascial": WalkRule(frozenset({"tissue", "force"}), SOFT),
    "skeletal": WalkRule(frozenset({"skeletal"}), _SKELETAL, _ATTACHMENTS),
    "neural": WalkRule(frozenset({"neural"}), _NERVES),
    "any": WalkRule(frozenset({"tissue", "force", "skeletal", "neural"}), SOFT | _SKELETAL | _NERVES),
    "referral": WalkRule(frozenset({"neural", "referral"}), _NERVES),
}
DEFAULT_PROFILES = ("myofascial", "skeletal", "neural")


def starts(model: SidedModel, profile: str, structure: Named) -> list[str]:
    """The nodes of a walk at which a route from *structure* may begin."""
    if structure.kind not in PROFILES[profile].passable:
        return [structure.id + ">"]
    return nodes_of(structure)


def ends(model: SidedModel, profile: str, structure: Named) -> list[str]:
    """The nodes of a walk at which a route to *structure* may end."""
    if structure.kind not in PROFILES[profile].passable:
        return [structure.id]
    nodes = nodes_of(structure)
    return [*nodes, *climbed(nodes)]


def nodes_of(structure: Named) -> list[str]:
    """The nodes at which a structure that may be passed is come to from one that is no part of it."""
    if structure.side is Side.MEDIAN:
        return [f"{structure.id}@right", f"{structure.id}@left"]
    return [structure.id]


def climbed(nodes: list[str]) -> list[str]:
    """The nodes of a whole as reached from one of its parts."""
    return [node + "^" for node in nodes]


def structure_of(node: str) -> str:
    """The sided id of the structure that a node of a walk stands for.

    >>> structure_of("linea_alba@right")
    'linea_alba'
    """
    return node.removesuffix(">").removesuffix("^").removesuffix("@right").removesuffix("@left")


COST_UNIT = 10**13  # of a weight; a cost has three digits behind the point
TIE_BITS = 32  # the lowest bits of a weight, which tell equals apart


def weight_limit(cost: float) -> int:
    """The greatest weight of what costs no more than *cost*."""
    return (((round(cost * 1000) + 1) * COST_UNIT) << TIE_BITS) - 1


def cost_of(weight: int) -> float:
    """The cost of a way by its weight.

    >>> cost_of(weight_limit(2.5))
    2.5
    """
    return (weight >> TIE_BITS) // COST_UNIT / 1000
