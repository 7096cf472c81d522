"""Which joints a muscle crosses: those on a shortest way through the skeleton from an origin to an insertion.

The skeleton is the bipartite graph of bones (and cartilages) and joints. A muscle holds on to the bones of its
attachments, also through a tendon, fascia or ligament that is fixed to them. Dijkstra 1959 from each bone, with the
passing costs of the ontology, so that two ribs are joined by the spine and not by the shoulder blade that glides on
both; O(bones x edges + muscles x attachments x joints).
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import product

from kinchain.graph.derive import ATTACHMENTS, parts_closure
from kinchain.model import Connection, UnsidedModel


def crossings(model: UnsidedModel) -> Iterator[Connection]:
    """A ``crosses`` connection for each muscle and each joint between its ends."""
    neighbours: dict[str, set[str]] = defaultdict(set)
    held: dict[str, set[str]] = defaultdict(set)
    ends: dict[str, dict[str, set[str]]] = {"origin": defaultdict(set), "insertion": defaultdict(set)}
    for c in model.connections:
        if c.relation == "articulates":
            neighbours[c.subject].add(c.object)
            neighbours[c.object].add(c.subject)
        elif c.relation in ATTACHMENTS:
            if c.relation != "origin":
                held[c.subject].add(c.object)
            if c.relation in ends:
                ends[c.relation][c.subject].add(c.object)
    wholes = parts_closure(model)
    bands = {name for name, s in model.structures.items() if s.kind in ("Tendon", "Fascia", "Ligament", "Muscle")}
    kinds = {name: s.kind for name, s in model.structures.items()}
    cost = {name: 1.0 + structure.passing_cost for name, structure in model.structures.items()}
    ways = {bone: _distances(neighbours, cost, bone) for bone in neighbours}
    for muscle in sorted(ends["origin"]):
        origins, insertions = (
            {site: _bones(site, held, wholes, ways, bands) for site in ends[end].get(muscle, ())}
            for end in ("origin", "insertion")
        )
        for joint in sorted(_between(_firmest(origins, kinds), set().union(*insertions.values()), ways, model)):
            yield Connection(muscle, "crosses", joint, derived_by="skeleton")


Ways = dict[str, dict[str, float]]


def _firmest(sites: Mapping[str, set[str]], kinds: Mapping[str, str]) -> set[str]:
    """The bones that an origin holds on to: the bones themselves, else those behind tendons, else behind fasciae.

    A sheet is fixed to bones far beyond the muscle (the thoracolumbar fascia to spines up to the neck), so it speaks
    for an origin only where nothing firmer does. An insertion pulls on all that it is fixed to.
    """
    for wanted in (("Bone", "Landmark", "Cartilage"), ("Tendon", "Ligament", "Muscle")):
        found = {bone for site, bones in sites.items() if kinds[site] in wanted for bone in bones}
        if found:
            return found
    return set().union(*sites.values())


def _bones(
    site: str,
    held: dict[str, set[str]],
    wholes: dict[str, frozenset[str]],
    ways: Ways,
    bands: set[str],
    depth: int = 3,
) -> set[str]:
    """The bones behind an attachment: its own, or those to which the tendon, fascia or ligament is fixed.

    From a muscle the way leads on to its insertion only: who holds on to a muscle, as the lumbricals do, holds on to
    its tendon, and does not reach where it came from.
    """
    found = {whole for whole in wholes[site] if whole in ways}
    if found or not depth or site not in bands:
        return found
    return {bone for further in held.get(site, ()) for bone in _bones(further, held, wholes, ways, bands, depth - 1)}


def _between(origins: set[str], insertions: set[str], ways: Ways, model: UnsidedModel) -> set[str]:
    """The joints on a shortest way from one of the origins to one of the insertions."""
    found = set()
    for first, second in product(origins, insertions):
        length = ways[first].get(second, 0.0) if first != second else 0.0
        for joint, there in ways[first].items() if length else ():
            onwards = ways[joint].get(second, float("inf"))
            if abs(there + onwards - length) < 1e-9 and model.structures[joint].kind == "Joint":
                found.add(joint)
    return found


def _distances(neighbours: dict[str, set[str]], cost: dict[str, float], start: str) -> dict[str, float]:
    distance, queue = {start: 0.0}, [(0.0, start)]
    while queue:
        so_far, here = heapq.heappop(queue)
        for there in neighbours[here]:
            length = so_far + cost[there]
            if length < distance.get(there, float("inf")):
                distance[there] = length
                heapq.heappush(queue, (length, there))
    return distance
