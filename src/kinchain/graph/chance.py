"""How likely is a referral by chance? The null model against which remote causes are weighed.

A root that is felt in thirty regions, and a region to which sixty structures refer, meet often and tell little by it.
For each mechanism the pairs (source, region) form a bipartite graph. It is rewired many times so that every source and
every region keeps its number of pairs (XSwap: Hanhijärvi, Garriga & Puolamäki 2009), and the share of rewired graphs in
which a source with *a* pairs meets a region with *b* pairs is the chance of that meeting.

This is the degree-preserving null of hetnet connectivity search (Himmelstein et al. 2023) and its edge prior (Zietz et
al. 2024). It differs in three ways: the pairs are single published connections and not path counts along metapaths, so
the estimate is a probability and needs no fitted gamma distribution; it is made for each mechanism, not each metapath;
and it is a factor, a power of ``1 - chance``, on a graded weight, and no p-value, since knowledge is no sample.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from kinchain.model import Connection, Structure, UnsidedModel

if TYPE_CHECKING:
    import random

REWIRINGS = 64
_SWAPS_PER_PAIR = 5
_SEED = 20260101
FELT = ("refersPainTo", "contributesTo")

BY_KIND = {
    **dict.fromkeys(("SpinalNerve", "NeuralTissue"), "NeuralRoot"),
    **dict.fromkeys(("Nerve", "Plexus", "Tunnel"), "PeripheralNerve"),
    **dict.fromkeys(("Viscus", "Vessel"), "VisceralReferral"),
}


def mechanism(connection: Connection, structures: Mapping[str, Structure]) -> str:
    """The mechanism of a referral or contribution: as annotated, or by the kind of its source."""
    if connection.mechanism:
        return connection.mechanism
    kind = structures[connection.subject].kind
    if connection.relation == "refersPainTo":
        return BY_KIND.get(kind, "SomaticReferred")
    return "Compensation" if kind in ("Muscle", "Group", "Finding") else "JointMechanical"


def chance(model: UnsidedModel) -> dict[str, dict[str, float]]:
    """For each mechanism, by the key ``"a:b"`` of two degrees, how often such a pair is met in rewired graphs.

    Deterministic; time is linear in pairs times rewirings.
    """
    pairs: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for c in model.connections:
        if c.relation in FELT and c.grade != "Refuted":
            pairs[mechanism(c, model.structures)].add((c.subject, c.object))
    return {name: _prior(sorted(found)) for name, found in sorted(pairs.items())}


def degrees(pairs: Iterable[tuple[str, str]]) -> tuple[dict[str, int], dict[str, int]]:
    """The number of pairs of each source and of each target."""
    first: dict[str, int] = defaultdict(int)
    second: dict[str, int] = defaultdict(int)
    for one, two in pairs:
        first[one] += 1
        second[two] += 1
    return first, second


def _prior(pairs: list[tuple[str, str]]) -> dict[str, float]:
    first, second = degrees(pairs)
    possible: dict[str, int] = defaultdict(int)
    sizes = _sizes(first), _sizes(second)
    for a, how_many in sizes[0].items():
        for b, of_those in sizes[1].items():
            possible[f"{a}:{b}"] = how_many * of_those
    import random

    met: dict[str, int] = defaultdict(int)
    rng = random.Random(_SEED)
    rewired = list(pairs)
    present = set(pairs)
    for _ in range(REWIRINGS):
        _swap(rewired, present, rng)
        for one, two in rewired:
            met[f"{first[one]}:{second[two]}"] += 1
    return {key: round(met[key] / (number * REWIRINGS), 4) for key, number in sorted(possible.items())}


def _sizes(degree: Mapping[str, int]) -> dict[int, int]:
    sizes: dict[int, int] = defaultdict(int)
    for number in degree.values():
        sizes[number] += 1
    return sizes


def _swap(pairs: list[tuple[str, str]], present: set[tuple[str, str]], rng: random.Random) -> None:
    """Exchange the targets of random pairs of pairs, wherever no pair would stand twice."""
    count = len(pairs)
    for _ in range(_SWAPS_PER_PAIR * count):
        i, j = rng.randrange(count), rng.randrange(count)
        (a, b), (c, d) = pairs[i], pairs[j]
        if a == c or b == d or (a, d) in present or (c, b) in present:
            continue
        present -= {(a, b), (c, d)}
        present |= {(a, d), (c, b)}
        pairs[i], pairs[j] = (a, d), (c, b)
