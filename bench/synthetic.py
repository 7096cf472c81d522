"""Bodies of any size, made by chance: graphs whose structure is like that of the body's walk, and the same each time.

What was measured on the walk 'any' (6,744 nodes, 58,338 edges) is kept at every size:

* neighbours: half of the nodes have 6 or fewer, a tenth 20 or more, one in a thousand is a hub of some 150;
* families: most neighbours of a node are neighbours of each other (clustering 0.31);
* sides: whatever is on the right is on the left too, with the same edges, and next to nothing leads across but by
  median stations, one node in twenty;
* directions and costs: 88 % of the edges have one that leads back, 93 % of these at the same cost, and costs come as
  often as they do in the body.

Families stand in a row. Each node has its number of edges to give away; most go to its own family, the others to
families that are rarely far away. Both ends of an edge are neighbours in a sorted list of such wishes, so that a
million nodes with nine million edges take a minute or so. A wish that meets itself, or one that was granted, is lost.

Nodes are numbers: ``2 p`` is the right one of a pair, ``2 p + 1`` the left one, the last are median. See ``side``.
"""

from __future__ import annotations

import random
from array import array
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate

MEDIAN = 0.05  # of the nodes
INSIDE = 0.9  # of the edges of a node, as far as its family has members
WISHES = 1.25  # for each edge, since some are lost
BOTH_WAYS = 0.781  # of the connections: then 0.877 of the edges have one that leads back
ALIKE = 0.934  # of these, at the same cost
ACROSS = 0.001  # of the connections of two paired structures
# How many neighbours the nodes have, in the order of their number: (share of the nodes, neighbours).
NEIGHBOURS = ((0.0, 1), (0.05, 1), (0.2, 2), (0.4, 4), (0.5, 6), (0.6, 8), (0.7, 10), (0.8, 14), (0.9, 20), (0.95, 28),
              (0.98, 47), (0.99, 68), (0.995, 91), (0.999, 143), (1.0, 195))  # fmt: skip
COSTS = ((1.0, 25822), (5.0, 16792), (4.0, 6864), (0.5, 4984), (2.0, 2056), (9.0, 712), (1.5, 278), (7.0, 264),
         (3.0, 166), (8.0, 152), (1.1, 94), (2.5, 88))  # fmt: skip


@dataclass(frozen=True)
class Synthetic:
    """A graph of *size* nodes, of which the last *median* are median, as three arrays of shape (edges,)."""

    size: int
    median: int
    sources: array[int]
    targets: array[int]
    costs: array[float]

    def side(self, node: int) -> str:
        """``right``, ``left`` or ``median``."""
        return "median" if node >= self.size - self.median else ("right", "left")[node % 2]

    def mirrored(self, node: int) -> int:
        """The same structure on the other side."""
        return node if node >= self.size - self.median else node ^ 1


def synthetic(size: int, seed: int = 0) -> Synthetic:
    """A graph of some size, the same for the same seed. O(n log n).

    >>> graph = synthetic(1000)
    >>> graph.size, graph.side(0), graph.side(1), graph.side(999), graph.mirrored(0)
    (1000, 'right', 'left', 'median', 1)
    """
    chance = random.Random(seed)
    pairs = round(size * (1 - MEDIAN) / 2)
    median = size - 2 * pairs
    order = list(range(pairs + median))  # unsided structures: those in pairs, then the median ones
    chance.shuffle(order)
    sources, targets, costs = array("I"), array("I"), array("d")

    def give(one: int, two: int, cost: float) -> None:
        sources.append(one)
        targets.append(two)
        costs.append(cost)

    amounts = [cost for cost, _ in COSTS]
    often = list(accumulate(count for _, count in COSTS))
    for one, two in _connections(order, chance):
        cost, again = chance.choices(amounts, cum_weights=often, k=2)
        both, alike = chance.random() < BOTH_WAYS, chance.random() < ALIKE
        for here, there in _sided(one, two, pairs, across=chance.random() < ACROSS):
            give(here, there, cost)
            if both:
                give(there, here, cost if alike else again)
    return Synthetic(size, median, sources, targets, costs)


def _sided(one: int, two: int, pairs: int, *, across: bool) -> tuple[tuple[int, int], ...]:
    """The connections that an unsided one stands for."""
    right, left = (tuple(2 * n + side if n < pairs else pairs + n for n in (one, two)) for side in (0, 1))
    if right == left:
        return (right,)
    if across and one < pairs and two < pairs:
        return (right[0], left[1]), (left[0], right[1])
    return right, left


def _connections(order: list[int], chance: random.Random) -> list[tuple[int, int]]:
    """Pairs of unsided structures, each once: wishes next to each other meet, in or near a family."""
    inside: list[int] = []
    around: list[int] = []
    at = family = 0
    while at < len(order):
        members = order[at : at + min(120, int(4 * chance.paretovariate(1.1)) + 1)]
        for node in members:
            wishes = round(WISHES * _neighbours(chance.random()) + 0.3)
            for_family = min(len(members) - 1, round(INSIDE * wishes))
            for number in range(wishes):
                if number < for_family:
                    place = family + chance.random()
                else:
                    place = family + chance.choice((-1, 1)) * (chance.paretovariate(0.8) - 0.5)
                (inside if number < for_family else around).append(_wish(place, node))
        at += len(members)
        family += 1
    met: dict[tuple[int, int], None] = {}
    for wishes in (inside, around):
        wishes.sort()
        ends = iter([wish & 0xFFFFFFFF for wish in wishes])
        for one, two in zip(ends, ends, strict=False):
            if one != two and (two, one) not in met:
                met[(one, two)] = None
    return list(met)


def _wish(place: float, node: int) -> int:
    """A place in the row and a node in one number, which sorts quicker than a pair."""
    return int((min(max(place, -1e8), 1e8) + 1e8) * 65536) << 32 | node


def _neighbours(share: float) -> int:
    at = bisect_right(NEIGHBOURS, share, key=lambda pair: pair[0])
    (low, few), (high, many) = NEIGHBOURS[at - 1 : at + 1]
    return round(few + (many - few) * (share - low) / (high - low))
