"""From the pairs of ``simplify`` to the arrays of a walk, and from those to the arrays of a walk that leans on less."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from typing import Any

from kinchain.graph.mirrors import mirrors
from kinchain.graph.profiles import COST_UNIT
from kinchain.graph.search.compressed import reversed_arrays
from kinchain.graph.search.rows import Row, SharedRows, TiedRows, packed
from kinchain.graph.simplify import Place, base_weight, muscles, pairs, places, start_weight, tie
from kinchain.model import Side, SidedModel

Arrays = dict[str, Any]


class Nodes:
    """The nodes of a walk in memory, with their numbers."""

    def __init__(self, keys: Sequence[str]) -> None:
        self.keys = keys
        self.get = {key: number for number, key in enumerate(keys)}.get


def arrays(model: SidedModel, profile: str) -> tuple[list[str], Arrays]:
    """The nodes and the arrays of a profile's walk; linear in the edges of the body.

    For *n* nodes, *m* pairs and *s* steps: ``offsets`` (n + 1), ``targets``, ``weights``, ``ties_right``,
    ``ties_left`` (m); ``starts_right``, ``starts_left``, ``muscles`` (n); ``in_offsets`` (n + 1), ``in_sources``,
    ``in_entries`` (m); ``step_offsets`` (m + 1), ``step_edge``, ``step_cost``, ``step_forward``, ``step_crosses``,
    ``step_grade`` (s). The same rows packed for each side, since searches read them most: ``packed_right``,
    ``packed_left``, each row in two parts, the neighbours that a best way may pass and the others; and
    ``packed_in_right``, ``packed_in_left``, the first part only; each with its ``…_offsets``. And ``mirrors`` (n): see
    ``graph.mirrors``.
    """
    best = pairs(model, profile)
    nodes = {node for pair in best for node in pair}
    right, left = (places(model, nodes, side) for side in (Side.RIGHT, Side.LEFT))
    number = {node: at for at, node in enumerate(right)}
    grades = model.unsided.grades
    made = _empty()
    begun = array("I")
    for source, target in sorted(best, key=lambda pair: (number[pair[0]], number[pair[1]])):
        begun.append(number[source])
        made["targets"].append(number[target])
        made["weights"].append(base_weight(best[source, target][0], right[target]))
        for name, place in (("ties_right", right), ("ties_left", left)):
            made[name].append(_tie(place, source, target))
        for step in best[source, target]:
            made["step_edge"].append(step.edge)
            made["step_cost"].append(step.cost)
            made["step_forward"].append(step.forward)
            made["step_crosses"].append(step.crosses)
            made["step_grade"].append(grades[model.connection(model.edges[step.edge]).grade].order)
        made["step_offsets"].append(len(made["step_edge"]))
    for name, place in (("starts_right", right), ("starts_left", left)):
        made[name].extend(start_weight(place[node]) for node in right)
    made["muscles"].extend(muscles(model, right).values())
    whole = _whole(len(right), made, begun)
    return list(right), {**whole, "mirrors": mirrors(right, left, whole)}


def _tie(place: Mapping[str, Place], source: str, target: str) -> int:
    return tie(place[source], place[target])


_CODES = {
    "targets": "I", "weights": "q", "ties_right": "I", "ties_left": "I", "starts_right": "q", "starts_left": "q",
    "muscles": "I", "step_offsets": "I",
    "step_edge": "I", "step_cost": "d", "step_forward": "B", "step_crosses": "B", "step_grade": "B",
}  # fmt: skip
WALK_ARRAYS = (*_CODES, "offsets", "in_offsets", "in_sources", "in_entries")


def _empty() -> Arrays:
    made: Arrays = {name: array(code) for name, code in _CODES.items()}
    made["step_offsets"].append(0)
    return made


def _whole(size: int, made: Arrays, begun: Sequence[int]) -> Arrays:
    whole = {**made, **_rows(size, begun, made["targets"])}
    core = [_passed(whole, node) for node in range(size)]
    for side in ("right", "left"):
        weights, ties = whole["weights"], whole[f"ties_{side}"]
        out = TiedRows(whole["offsets"], whole["targets"], weights, ties)
        into = SharedRows(whole["in_offsets"], whole["in_sources"], weights, ties, whole["in_entries"])
        both = (part for node in range(size) for part in _parted(out[node], core))
        whole[f"packed_{side}_offsets"], whole[f"packed_{side}"] = packed(both)
        first = ([step for step in into[node] if core[step[0]]] for node in range(size))
        whole[f"packed_in_{side}_offsets"], whole[f"packed_in_{side}"] = packed(first)
    return whole


def _parted(row: Row, core: Sequence[bool]) -> tuple[Row, Row]:
    """The steps of a row to nodes that a best way may pass, and the others."""
    return tuple(step for step in row if core[step[0]]), tuple(step for step in row if not core[step[0]])


def _passed(a: Mapping[str, Any], node: int) -> bool:
    """Whether a best way may pass a node: steps lead in and out, and not all from and to one and the same."""
    after = a["targets"][a["offsets"][node] : a["offsets"][node + 1]]
    before = a["in_sources"][a["in_offsets"][node] : a["in_offsets"][node + 1]]
    return bool(after and before) and len({*after, *before}) > 1


def _rows(size: int, begun: Sequence[int], targets: Sequence[int]) -> Arrays:
    made = reversed_arrays(size, begun, targets)
    offsets = array("I", bytes(4 * (size + 1)))
    for source in begun:
        offsets[source + 1] += 1
    for node in range(size):
        offsets[node + 1] += offsets[node]
    return {"offsets": offsets, **made}


def limited(nodes: Sequence[str], whole: Mapping[str, Any], order: int) -> Arrays:
    """The arrays of a walk that leans on nothing of a grade after *order*; the nodes keep their numbers."""
    a = {name: list(numbers[:]) for name, numbers in whole.items()}
    made = _empty()
    kept: list[tuple[int, int, list[int]]] = []
    for source in range(len(nodes)):
        for entry in range(a["offsets"][source], a["offsets"][source + 1]):
            steps = range(a["step_offsets"][entry], a["step_offsets"][entry + 1])
            allowed = [step for step in steps if a["step_grade"][step] <= order]
            if allowed:
                best = min(allowed, key=a["step_cost"].__getitem__)
                kept.append((source, entry, [best, *(step for step in allowed if step != best)]))
    entered = {a["targets"][entry] for _, entry, _ in kept}
    begun = array("I")
    for source, entry, steps_ in kept:
        if nodes[source].endswith("^") and source not in entered:
            continue
        begun.append(source)
        made["targets"].append(a["targets"][entry])
        made["weights"].append(a["weights"][entry] + _dearer(a, a["step_offsets"][entry], steps_[0]))
        for name in ("ties_right", "ties_left"):
            made[name].append(a[name][entry])
        for name in ("step_edge", "step_cost", "step_forward", "step_crosses", "step_grade"):
            made[name].extend(a[name][step] for step in steps_)
        made["step_offsets"].append(len(made["step_edge"]))
    for name in ("starts_right", "starts_left", "muscles"):
        made[name].extend(a[name])
    return {**_whole(len(nodes), made, begun), "mirrors": bytes(len(nodes))}


def _dearer(a: Mapping[str, Sequence[Any]], before: int, now: int) -> int:
    """What a weight changes by when another step between the same nodes is the best."""
    costs = (round(a["step_cost"][step] * 1000) * COST_UNIT + a["step_crosses"][step] for step in (now, before))
    dearer: int = next(costs) - next(costs)
    return dearer
