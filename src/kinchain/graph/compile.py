"""Compile a body: its model, its indices and its walks in one file that opens in no time, and back.

The file is a ``store.container``: sections of plain records and arrays, checked as they are read. It is written beside
its place and moved there, so a reader sees the old file or the new one. A file that is missing, truncated, foreign, or
of another ontology or format raises ``DamagedBody``; the caller rebuilds it.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from kinchain.files import replacing
from kinchain.graph.compiled import PARTS, Compiled
from kinchain.graph.edge_arrays import rows_of
from kinchain.graph.plain import plain
from kinchain.graph.profiles import PROFILES
from kinchain.graph.roster import kinds_of, roster_arrays
from kinchain.graph.search.compressed import write_arrays
from kinchain.graph.worked_out import WorkedOut
from kinchain.model import SidedModel
from kinchain.store.container import Store, opened
from kinchain.store.writing import Written, pack, write_index, write_keyed, write_records

# How many items are decoded together: few where one is asked for, all where all are.
_PER = {
    **dict.fromkeys(("relations", "grades", "mechanisms", "circumstances", "speaks_for", "excludes", "implies"), 1000),
    **dict.fromkeys(("chains", "tests", "interventions", "red_flags", "chance"), 1),
    "sources": 4,
    "structures": 2,
}


def packed(model: SidedModel, ontology_hash: str) -> bytes:
    """The bytes of a compiled body: the same for the same ontology."""
    unsided, kept = model.unsided, WorkedOut(model)
    sections: Written = {}
    for name in PARTS:
        items: Mapping[str, Any] = getattr(unsided, name)
        write_keyed(sections, name, {each: _plain(items[each]) for each in items}, per=_PER.get(name, 8))
    write_records(sections, "connections", [plain(c) for c in unsided.connections], per=1)
    write_keyed(sections, "sided", {name: plain(named) for name, named in model.structures.items()}, per=1)
    write_arrays(sections, "edges", kept.edge_arrays)
    number = {name: at for at, name in enumerate(unsided.structures)}
    ends = rows_of(len(number), ((number[c.subject], number[c.object]) for c in unsided.connections))
    relations = {name: at for at, name in enumerate(unsided.relations)}
    codes = array("H", (relations[c.relation] for c in unsided.connections))
    write_arrays(sections, "ends", {**ends, "relation": codes})
    write_records(sections, "wholes", [tuple(sorted(kept.wholes[name])) for name in unsided.structures])
    write_records(sections, "groups", [kept.groups[name] for name in unsided.structures])
    write_keyed(sections, "chains_of", kept.chains_of)
    write_keyed(sections, "link_ends", kept.link_ends)
    write_arrays(sections, "refuted", {"connections": array("I", sorted(kept.refuted))})
    write_keyed(sections, "among", kept.among)
    sides = {name: at for at, name in enumerate(model.structures)}
    write_records(sections, "acting", [kept.acting(number) for number in range(len(sides))])
    write_arrays(sections, "everywhere", {"flags": array("I", sorted(sides[flag] for flag in kept.everywhere))})
    write_keyed(sections, "names", kept.names)
    write_arrays(sections, "felt", kept.felt_arrays)
    write_records(sections, "kinds", kinds_of(model))
    write_arrays(sections, "roster", roster_arrays(model))
    for profile in PROFILES:
        nodes, arrays = kept.walk_arrays(profile)
        write_index(sections, f"walk/{profile}", nodes)
        write_arrays(sections, f"walk/{profile}", arrays)
    return pack(sections, ontology_hash)


def _plain(item: Any) -> Any:
    return dict(item) if isinstance(item, Mapping) else plain(item)


def write(model: SidedModel, ontology_hash: str, path: Path) -> None:
    """Write a compiled body atomically.

    Raises
    ------
    OSError  the folder cannot be written
    """
    write_packed(packed(model, ontology_hash), path)


def write_packed(data: bytes, path: Path) -> None:
    """Write the bytes of a compiled body atomically; raises as ``write``."""
    with replacing(path) as part:
        part.write_bytes(data)


def read(path: Path, ontology_hash: str, renew: Callable[[], Store] | None = None) -> SidedModel:
    """A compiled body that was built from exactly this ontology; its parts are read when they are asked for.

    *renew* gives the same body anew, should a part turn out to be damaged when it is read.

    Raises
    ------
    DamagedBody  missing, truncated, foreign, of another format or ontology
    """
    return Compiled(opened(path, ontology_hash, renew)).model


def unpacked(data: bytes, ontology_hash: str) -> SidedModel:
    """A compiled body from its bytes; raises as ``read``."""
    return Compiled(Store(data, ontology_hash)).model
