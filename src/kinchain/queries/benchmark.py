"""How well are published pairs of a painful site and a remote structure found again? ``kinchain bench causes``.

For each pair the rank of the first accepted structure (or a part or whole of it) among the candidates is compared with
three baselines on the same body and with the same candidates: shortest distance in the graph, personalized PageRank
(Page et al. 1999, restart at the site) and chance. Ties take their expected rank. Intervals are percentiles of a
bootstrap over pairs (Efron 1979). A pair that is a red flag counts apart: it is found when what it suspects, or the
flag itself, is among the red flags of the answer.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kinchain.errors import BadQuestion
from kinchain.model import Named
from kinchain.queries.causes import MAX_CANDIDATES, Causes
from kinchain.queries.incidence import Incidence
from kinchain.queries.targets import local

if TYPE_CHECKING:
    import networkx as nx

_NO_CANDIDATE = {"Region", "Finding", "Test", "Intervention", "RedFlag", "Movement", "Bone", "Landmark"}
_NEVER = float("inf")
RESAMPLES = 2000
_SEED = 20260101
Ask = Callable[[str], Causes]


@dataclass(frozen=True, slots=True)
class Pair:
    """A published pair: where it hurts, how, and the unsided ids of any structure that counts as found."""

    id: str
    region: str
    site: str
    qualifiers: tuple[str, ...]
    accepted: frozenset[str]
    flags: frozenset[str]
    mechanism: str
    label: str


@dataclass(slots=True)
class Outcome:
    """What became of one pair: the rank by each method, or whether its red flag was raised."""

    pair: Pair
    ranks: dict[str, float] = field(default_factory=dict)
    flagged: bool | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """Hits and mean reciprocal rank of some pairs by one method, with the interval of the latter."""

    method: str
    pairs: int
    hits: tuple[float, float, float]
    mrr: float
    low: float
    high: float


def read(path: Path) -> list[Pair]:
    """The pairs of a tab-separated file; lines that begin with # are comments.

    Raises
    ------
    BadQuestion  the file cannot be read or lacks a column
    """
    try:
        lines = [line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    except OSError as error:
        raise BadQuestion(f"{path} cannot be read ({error.strerror}); name a file of pairs") from None
    rows = list(csv.DictReader(lines, delimiter="\t"))
    needed = {"id", "region", "site", "qualifiers", "accepted", "mechanism", "label"}
    if not rows or not needed <= set(rows[0]):
        raise BadQuestion(f"{path} lacks a column of {', '.join(sorted(needed))}; mend its header")
    return [_pair(row) for row in rows]


def _pair(row: Mapping[str, str]) -> Pair:
    named = [each.strip() for each in row["accepted"].split(",") if each.strip()]
    return Pair(
        id=row["id"],
        region=row["region"],
        site=row["site"],
        qualifiers=tuple(q.strip() for q in (row["qualifiers"] or "").split(",") if q.strip()),
        accepted=frozenset(n.removeprefix("body:") for n in named if not n.startswith("flag:")),
        flags=frozenset(n.removeprefix("flag:") for n in named if n.startswith("flag:")),
        mechanism=row["mechanism"],
        label=row["label"],
    )


def run(incidence: Incidence, graph: nx.MultiDiGraph, ask: Ask, pairs: Iterable[Pair]) -> list[Outcome]:
    """Ask for every pair, by kinchain and by the baselines."""
    plain = _plain(incidence, graph)
    return [_outcome(incidence, plain, ask, pair) for pair in pairs]


def _outcome(incidence: Incidence, plain: nx.Graph, ask: Ask, pair: Pair) -> Outcome:
    from kinchain.errors import KinchainError

    outcome = Outcome(pair)
    try:
        answer = ask(", ".join((pair.site, *pair.qualifiers)))
    except KinchainError as error:
        outcome.problem = error.message
        outcome.ranks = dict.fromkeys(("kinchain", "distance", "pagerank", "chance"), _NEVER)
        outcome.flagged = False if pair.mechanism == "red_flag" else None
        return outcome
    accepted = _accepted(incidence, pair)
    if pair.mechanism == "red_flag":
        suspected = {s.unsided for f in answer.red_flags for s in f.suspects}
        outcome.flagged = bool(suspected & accepted) or any(f.structure.unsided in pair.flags for f in answer.red_flags)
    outcome.ranks["kinchain"] = next((c.rank for c in answer.candidates if _name(c.structure) in accepted), _NEVER)
    here = local(incidence, answer.site.places)
    candidates = [s for s in incidence.model.structures.values() if s.kind not in _NO_CANDIDATE and s.id not in here]
    start = [p.id for p in answer.site.places]
    outcome.ranks["distance"] = _expected_rank(candidates, _distances(plain, start), accepted)
    outcome.ranks["pagerank"] = _expected_rank(candidates, _pagerank(plain, start), accepted)
    outcome.ranks["chance"] = _expected_rank(candidates, {}, accepted)
    return outcome


def _name(structure: Named) -> str:
    return structure.unsided or structure.id


def _accepted(incidence: Incidence, pair: Pair) -> set[str]:
    """The accepted structures with their parts and wholes, and the members and groups of these."""
    found = set(pair.accepted)
    for name in pair.accepted & incidence.wholes.keys():
        found |= incidence.wholes[name]
    for name, wholes in incidence.wholes.items():
        if wholes & pair.accepted:
            found.add(name)
    for name in pair.accepted:
        found.update(incidence.groups.get(name, ()))
    found |= {member for member, groups in incidence.groups.items() if set(groups) & pair.accepted}
    return found


def _plain(incidence: Incidence, graph: nx.MultiDiGraph) -> nx.Graph:
    """The body's graph without directions, parallel edges, what was refuted, and the care that hangs on it."""
    import networkx as nx

    plain = nx.Graph()
    plain.add_nodes_from(graph)
    plain.add_edges_from(
        (one, two)
        for one, two, data in graph.edges(data=True)
        if data["evidence"] != "Refuted" and data["family"] != "care"
    )
    return plain


def _distances(plain: nx.Graph, start: Sequence[str]) -> dict[str, float]:
    import networkx as nx

    lengths = nx.multi_source_dijkstra_path_length(plain, set(start), weight=None)
    return {node: -float(length) for node, length in lengths.items()}


def _pagerank(plain: nx.Graph, start: Sequence[str]) -> dict[str, float]:
    import networkx as nx

    ranks: dict[str, float] = nx.pagerank(plain, personalization=dict.fromkeys(start, 1.0), tol=1e-8)
    return ranks


def _expected_rank(candidates: Sequence[Named], score: Mapping[str, float], accepted: set[str]) -> float:
    """The expected rank of the first accepted structure when ties are broken at random.

    One structure counts once, as in kinchain's own answer: its better side. With *n* tied structures of which *k* are
    accepted the first of these is expected at (n + 1) / (k + 1).
    """
    best: dict[str, float] = {}
    for structure in candidates:
        name = _name(structure)
        best[name] = max(best.get(name, -_NEVER), score.get(structure.id, -_NEVER if score else 0.0))
    hits = {name: best[name] for name in best if name in accepted}
    if not hits:
        return _NEVER
    top = max(hits.values())
    before = sum(value > top for value in best.values())
    tied = sum(value == top for value in best.values())
    telling = sum(value == top for value in hits.values())
    return before + (tied + 1) / (telling + 1)


def scores(outcomes: Sequence[Outcome]) -> list[Score]:
    """The scores of each method over some outcomes."""
    methods = list(outcomes[0].ranks) if outcomes else []
    return [_score(method, [o.ranks[method] for o in outcomes]) for method in methods]


def _score(method: str, ranks: Sequence[float]) -> Score:
    rng = random.Random(_SEED)
    inverse = [0.0 if rank > MAX_CANDIDATES else 1 / rank for rank in ranks]
    means = sorted(sum(rng.choices(inverse, k=len(inverse))) / len(inverse) for _ in range(RESAMPLES))
    hits = tuple(sum(rank <= limit for rank in ranks) / len(ranks) for limit in (1, 5, 10))
    return Score(
        method=method,
        pairs=len(ranks),
        hits=(hits[0], hits[1], hits[2]),
        mrr=sum(inverse) / len(inverse),
        low=means[int(0.025 * RESAMPLES)],
        high=means[int(0.975 * RESAMPLES) - 1],
    )


def groups(outcomes: Sequence[Outcome]) -> dict[str, list[Outcome]]:
    """The outcomes as they are told: two main groups of documented pairs, then by mechanism and region, the rest.

    Red-flag pairs are in none of them: they are hit when the flag is raised, and count apart.
    """
    outcomes = [o for o in outcomes if o.pair.mechanism != "red_flag"]
    documented = [o for o in outcomes if o.pair.label == "documented"]
    told: dict[str, list[Outcome]] = {
        "documented: visceral referral": [o for o in documented if o.pair.mechanism == "visceral_referral"],
        "documented: other mechanisms": [o for o in documented if o.pair.mechanism != "visceral_referral"],
    }
    for mechanism in sorted({o.pair.mechanism for o in documented}):
        told[f"mechanism {mechanism}"] = [o for o in documented if o.pair.mechanism == mechanism]
    for region in sorted({o.pair.region for o in documented}):
        told[f"region {region}"] = [o for o in documented if o.pair.region == region]
    for label in sorted({o.pair.label for o in outcomes} - {"documented"}):
        told[label] = [o for o in outcomes if o.pair.label == label]
    return {name: members for name, members in told.items() if members}
