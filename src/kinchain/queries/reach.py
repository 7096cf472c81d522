"""What the soft tissue of a site hangs together with: structures that the myofascial walk reaches within a few hops."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from kinchain.answers import Hop
from kinchain.graph import weights
from kinchain.graph.profiles import starts, structure_of
from kinchain.model import Named, Side
from kinchain.queries.incidence import Incidence
from kinchain.queries.neighbourhood import hop_of
from kinchain.queries.reasons import Reason

if TYPE_CHECKING:
    from kinchain.graph.walks import Walk

Walks = Callable[[str, Side, str], "Walk"]
_FARTHEST = 5.0  # in cost; farther than that a walk through tissue explains nothing
_NEAREST = 1.0  # one hop is the site's own tissue
_HEADS = ("Muscle", "Tendon", "Fascia", "Ligament")


def reached(incidence: Incidence, walks: Walks, here: dict[str, Named]) -> Iterator[Reason]:
    """Muscles that the tissues at a site are continuous with, weaker with each unit of cost along the way.

    A structure that is reached from everywhere says little: its weight falls with a power of the number of its own
    neighbours, as path counts are damped by degree in hetnet searches (Himmelstein & Baranzini 2015).
    """
    model = incidence.model.unsided
    side = next((s.side for s in here.values() if s.side is not Side.MEDIAN), Side.RIGHT)
    walk = walks("myofascial", side, "")
    begin = {
        n for s in here.values() if s.kind in _HEADS for n in starts(incidence.model, "myofascial", s) if n in walk
    }
    if not begin:
        return
    best: dict[str, tuple[float, str]] = {}
    reach = walk.reached(sorted(begin), _FARTHEST)
    for node, cost in reach.costs.items():
        name = structure_of(node)
        wanted = cost > _NEAREST and incidence.model.structures[name].kind == "Muscle" and name not in here
        if wanted and (name not in best or cost < best[name][0]):
            best[name] = (cost, node)
    damping = model.circumstances["ManyConnections"]
    order = {name: grade.order for name, grade in model.grades.items()}
    for name, (cost, node) in sorted(best.items()):
        nodes = reach.way_to(node)
        hops = tuple(_hop(incidence, walk, one, two) for one, two in pairwise(reversed(nodes)))
        grade = weights.weakest(order, [h.grade for h in hops])
        fading = model.circumstances["AnotherHop"] ** cost
        factors = (
            ("mechanism myofascial", model.mechanisms["Myofascial"].weight),
            (f"weakest evidence {grade.lower()}", model.grades[grade].weight),
            (f"distance along tissue, cost {cost:g}", round(fading, 4)),
            (f"{walk.degree(nodes[-1])} connections of its own", round(walk.degree(nodes[-1]) ** -damping, 4)),
        )
        weight = 1.0
        for _, share in factors:
            weight *= share
        sources = tuple(sorted({s for h in hops for s in h.sources}))
        yield Reason(incidence.model.structures[name], "Myofascial", grade, hops, weight, factors, sources)


def _hop(incidence: Incidence, walk: Walk, one: str, two: str) -> Hop:
    """The hop of a walk told backwards: from what is reached towards the site."""
    edge = incidence.model.edges[walk.stride(two, one).edge]
    return hop_of(incidence, edge, structure_of(one))
