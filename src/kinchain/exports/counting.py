"""What a sided graph holds, counted from its triples: what an export must give back when it is read again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kinchain.vocab import DCTERMS, KC, OWL, local_name

if TYPE_CHECKING:
    import pyoxigraph as ox


@dataclass(frozen=True, slots=True)
class Counts:
    """What a sided graph holds: what an export must give back when it is read again."""

    structures: int  # sided: each side counts
    by_side: dict[str, int]
    edges: int  # annotations of the sided layer
    by_relation: dict[str, int]
    by_evidence: dict[str, int]
    crossing: int  # edges that cross the midline
    sourced: int  # edges with at least one source
    citations: int  # sources over all edges


def counted(triples: Iterable[ox.Triple]) -> Counts:
    """Count the sided layer of some triples; those of the ontology's own files are passed over.

    >>> from kinchain.body import Body
    >>> from kinchain.exports.triples import sided
    >>> counted(sided(Body.load().model)).by_evidence["Refuted"] > 0
    True
    """
    side: dict[str, str] = {}
    relation: dict[str, str] = {}
    evidence: dict[str, str] = {}
    crosses: dict[str, bool] = {}
    cited: Counter[str] = Counter()
    for triple in triples:
        predicate = triple.predicate.value
        if predicate not in _COUNTED or isinstance(triple.subject, _triple_class()):
            continue
        subject, value = triple.subject.value, getattr(triple.object, "value", "")
        if predicate == KC + "side":
            side[subject] = value
        elif predicate == OWL + "annotatedProperty":
            relation[subject] = local_name(value)
        elif predicate == KC + "evidence":
            evidence[subject] = local_name(value)
        elif predicate == KC + "crossesMidline":
            crosses[subject] = value in ("true", "1")
        else:
            cited[subject] += 1
    return Counts(
        structures=len(side),
        by_side=_sorted(Counter(side.values())),
        edges=len(crosses),
        by_relation=_sorted(Counter(relation[edge] for edge in crosses)),
        by_evidence=_sorted(Counter(evidence[edge] for edge in crosses)),
        crossing=sum(crosses.values()),
        sourced=sum(edge in cited for edge in crosses),
        citations=sum(cited[edge] for edge in crosses),
    )


_COUNTED = frozenset(
    (KC + "side", OWL + "annotatedProperty", KC + "evidence", KC + "crossesMidline", DCTERMS + "source")
)


def _triple_class() -> type[ox.Triple]:
    import pyoxigraph as ox

    return ox.Triple


def _sorted(counter: Counter[str]) -> dict[str, int]:
    return dict(sorted(counter.items()))
