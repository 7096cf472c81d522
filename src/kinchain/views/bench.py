"""The benchmark of remote causes, as a table and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kinchain.queries.benchmark import Outcome, Score, groups, scores
from kinchain.views.table import table


def as_table(outcomes: Sequence[Outcome], *, each: bool = False) -> None:
    """Print hits and mean reciprocal ranks by group and method; with *each* the rank of every pair too."""
    rows = [_row(name, score) for name, members in groups(outcomes).items() for score in scores(members)]
    table(("pairs", "method", "n", "hits@1", "hits@5", "hits@10", "MRR", "95 % interval"), rows)
    flags = [o for o in outcomes if o.flagged is not None]
    table(
        ("red flags", "raised", "of"), [("red-flag pairs", str(sum(bool(o.flagged) for o in flags)), str(len(flags)))]
    )
    if each:
        table(
            ("pair", "label", "mechanism", "site", "kinchain", "distance", "pagerank", "problem"),
            [
                (
                    o.pair.id, o.pair.label, o.pair.mechanism, o.pair.site,
                    *(f"{o.ranks[m]:g}" for m in ("kinchain", "distance", "pagerank")),
                    o.problem or {None: "", True: "flag raised", False: "flag missed"}[o.flagged],
                )
                for o in outcomes
            ],
        )  # fmt: skip


def _row(name: str, s: Score) -> tuple[str, ...]:
    hits = (f"{share:.2f}" for share in s.hits)
    return name, s.method, str(s.pairs), *hits, f"{s.mrr:.2f}", f"{s.low:.2f}–{s.high:.2f}"


def as_json(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """The same as JSON; a rank of null was not found."""
    return {
        "groups": {
            name: [
                {"method": s.method, "pairs": s.pairs, "hits_at_1_5_10": list(s.hits), "mrr": round(s.mrr, 4),
                 "interval": [round(s.low, 4), round(s.high, 4)]}
                for s in scores(members)
            ]
            for name, members in groups(outcomes).items()
        },
        "pairs": [
            {
                "id": o.pair.id,
                "label": o.pair.label,
                "mechanism": o.pair.mechanism,
                "ranks": {m: None if rank == float("inf") else rank for m, rank in o.ranks.items()},
                "flag_raised": o.flagged,
                "problem": o.problem,
            }
            for o in outcomes
        ],
    }  # fmt: skip
