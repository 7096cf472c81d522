"""The body packed for the map: structures and connections as columns of numbers that a page can unpack.

Sides are left out and derived again in ``assets/finder.js``: a structure has a number, foremost first; its right or
median one has twice that number, its left one the next. The walks are packed in ``map_walks``.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections import Counter
from collections.abc import Mapping
from math import cos, pi, sin, sqrt
from typing import Any

from kinchain.graph import weights
from kinchain.graph.simplify import PROFILES
from kinchain.model import Connection, Laterality, Point, Side, SidedModel, SideRule, Structure, UnsidedModel
from kinchain.views import cite, figure
from kinchain.views.pages import map_walks
from kinchain.views.pages.map_walks import packed
from kinchain.views.picture import GRADE_DASHES, KIND_STYLE, OTHER_STYLE

LEFT_OUT = ("Test", "Intervention", "RedFlag", "Finding", "Movement")  # these have no place of their own in the body
_LATERALITIES = list(Laterality)
_FINE = 4  # steps of a stored position in one unit of the picture
_DEPTH = 0.012  # what lies so close to the middle plane is drawn in both views
_APART = 0.0016  # from one structure to the next where several have the same place, in units of stature

# Which part of the body a place lies in, by its height in units of stature (published segment lengths).
_ARM = ((0.74, "shoulder"), (0.66, "upper arm"), (0.6, "elbow"), (0.515, "forearm"), (0.0, "wrist and hand"))
_AXIS = (
    (0.87, "head"),
    (0.82, "neck"),
    (0.655, "chest and upper back"),
    (0.575, "abdomen and low back"),
    (0.47, "pelvis and hip"),
    (0.33, "thigh"),
    (0.25, "knee"),
    (0.06, "lower leg"),
    (0.0, "ankle and foot"),
)
PARTS = [name for _, name in (*_AXIS[:2], *_ARM, *_AXIS[2:])]

# How many of a kind are named among the first, when there is room for few names only.
_SHARE = {
    **dict.fromkeys(("Muscle",), 10.0),
    **dict.fromkeys(("Bone",), 5.0),
    **dict.fromkeys(("Joint", "Nerve"), 3.0),
    **dict.fromkeys(("Fascia",), 2.0),
    **dict.fromkeys(("Ligament", "Viscus"), 1.0),
    **dict.fromkeys(("Tendon", "Vessel", "Plexus", "SpinalNerve"), 0.5),
    **dict.fromkeys(("NeuralTissue", "Cartilage", "Bursa", "Tunnel"), 0.2),
    **dict.fromkeys(("Group", "Region", "Landmark"), 0.01),
}


def pack(model: SidedModel) -> dict[str, Any]:
    """All that the map's scripts need, ready for JSON."""
    unsided = model.unsided
    structures = foremost(unsided)
    number = {s.id: n for n, s in enumerate(structures)}
    connections = [
        (n, c) for n, c in enumerate(unsided.connections) if c.subject in number and c.object in number
    ]  # with their place in the model
    place_of = {place: n for n, (place, _) in enumerate(connections)}
    kinds = sorted({s.kind for s in structures} | set(unsided.made_of.values()))
    return {
        "unit": figure.UNIT,
        "fine": _FINE,
        "body": figure.background(unsided),
        "kinds": [{"name": kind, "style": KIND_STYLE.get(kind, OTHER_STYLE)} for kind in kinds],
        "parts": PARTS,
        "structures": _structures(structures, unsided, kinds),
        "connections": _connections([c for _, c in connections], unsided, number),
        "walks": {profile: map_walks.pack(model, profile, number, place_of) for profile in PROFILES},
    }


def foremost(model: UnsidedModel) -> list[Structure]:
    """The structures of the map, first those that a picture with room for few should name."""
    shown = {s.id: s for s in model.structures.values() if s.kind not in LEFT_OUT}
    stated = [c for c in model.connections if not c.derived_by and c.subject in shown and c.object in shown]
    degree = Counter(end for c in stated for end in (c.subject, c.object))
    weight = degree.copy()
    for c in stated:  # a whole counts for its parts, and they for little
        if c.relation == "partOf":
            weight[c.object] += degree[c.subject] // 3
            weight[c.subject] -= 1000
    for chain in model.chains.values():
        weight.update(end for link in chain.links for end in (link.source, link.target))
    ranked: dict[str, int] = Counter()
    keys: dict[str, float] = {}
    for s in sorted(shown.values(), key=lambda s: (-weight[s.id], s.id)):
        ranked[s.kind] += 1
        keys[s.id] = ranked[s.kind] / _SHARE.get(s.kind, 0.01)
    return sorted(shown.values(), key=lambda s: (keys[s.id], s.id))


def part_of_body(point: Point) -> str:
    """The part of the body in which a place lies.

    >>> part_of_body(Point(0.05, 0.295, 0.03))
    'knee'
    """
    in_arm = point.lateral >= (0.06 if point.height >= 0.76 else 0.102) and 0.38 < point.height < 0.87
    return next(name for height, name in (_ARM if in_arm else _AXIS) if point.height >= height or height == 0.0)


def _structures(structures: list[Structure], model: UnsidedModel, kinds: list[str]) -> dict[str, Any]:
    places = _apart(structures, model.positions)
    alphabetical = {id_: n for n, id_ in enumerate(sorted(model.structures))}
    points = [places.get(s.id) for s in structures]

    def spots(view: str, axis: int) -> str:
        seen = (figure.seen(p, Side.LEFT, view) if p else (0.0, 0.0) for p in points)
        return packed("h", (round(spot[axis] * _FINE) for spot in seen))

    return {
        "id": ["" if s.id == s.label.replace(" ", "_") else s.id for s in structures],
        "label": [s.label for s in structures],
        "names": ["|".join((*s.synonyms, *s.latin, *s.abbreviations, *s.short_words)) for s in structures],
        "definition": [s.definition for s in structures],
        "kind": packed("B", (kinds.index(s.kind) for s in structures)),
        "look": packed(
            "B", (kinds.index(model.made_of.get(s.id, s.kind)) for s in structures)
        ),  # of a group, its members
        "laterality": packed("B", (_LATERALITIES.index(s.laterality) for s in structures)),
        "part": packed("B", (PARTS.index(part_of_body(p)) if p else 255 for p in points)),
        "views": packed("B", ((p.forward >= -_DEPTH) + 2 * (p.forward <= _DEPTH) if p else 0 for p in points)),
        "x": spots("front", 0),  # to the left of the body; a median structure stands on the midline
        "front": spots("front", 1),
        "back": spots("back", 1),
        "order": packed("H", (alphabetical[s.id] for s in structures)),
    }


def _apart(structures: list[Structure], positions: Mapping[str, Point]) -> dict[str, Point]:
    """The places of the structures, those that share one fanned out around it."""
    shared: dict[tuple[float, float], list[str]] = {}
    for s in structures:
        if s.id in positions:
            point = positions[s.id]
            shared.setdefault((round(point.lateral, 3), round(point.height, 3)), []).append(s.id)
    found = {}
    for ids in shared.values():
        for n, id_ in enumerate(ids):
            point, turn, away = positions[id_], n * pi * (3 - sqrt(5)), _APART * sqrt(n)
            median = point.lateral == 0
            lateral = 0.0 if median else max(0.001, point.lateral + away * cos(turn))
            found[id_] = Point(
                lateral, point.height + (_APART * n * 0.6 if median else away * sin(turn)), point.forward
            )
    return found


def _connections(connections: list[Connection], model: UnsidedModel, number: Mapping[str, int]) -> dict[str, Any]:
    families = [weights.family(c, model) for c in connections]
    ways = [
        (c.relation, family, c.grade, c.side_rule is SideRule.OPPOSITE, bool(c.derived_by))
        for c, family in zip(connections, families, strict=True)
    ]
    way_of = {way: n for n, way in enumerate(sorted(set(ways)))}
    sets = sorted({ids for c in connections for ids in (c.sources, c.against)})
    set_of = {ids: n for n, ids in enumerate(sets)}
    cited = sorted({i for ids in sets for i in ids})
    work_of = {i: n for n, i in enumerate(cited)}
    vias = sorted({c.via for c in connections if c.via})
    via_of = {via: n for n, via in enumerate(vias)}
    return {
        "subject": packed("H", (number[c.subject] for c in connections)),
        "object": packed("H", (number[c.object] for c in connections)),
        "way": packed("H" if len(way_of) > 256 else "B", (way_of[way] for way in ways)),
        "ways": [_way(*way, model) for way in way_of],
        "wide": len(way_of) > 256,
        "sources": packed("H", (set_of[c.sources] for c in connections)),
        "against": {str(n): set_of[c.against] for n, c in enumerate(connections) if c.against},
        "via_at": packed("H", (n for n, c in enumerate(connections) if c.via)),
        "via": packed("H", (via_of[c.via] for c in connections if c.via)),
        "vias": [{"label": model.structures[v].label, "paired": _paired(model.structures[v])} for v in vias],
        "families": sorted(set(families)),
        "grades": [
            {"name": g, "dash": GRADE_DASHES.get(g, (1, 6))}
            for g in sorted(model.grades, key=lambda name: model.grades[name].order)
        ],
        "sets": [[work_of[i] for i in ids] for ids in sets],
        "works": [_work(i, model) for i in cited],
        "records": _records(cited, model),
    }


def _way(
    relation: str, family: str, grade: str, crosses: bool, derived: bool, model: UnsidedModel
) -> dict[str, str | bool]:
    """What many connections have in common: relation, family, evidence, side, and whether it was worked out."""
    known = model.relations[relation]
    return {
        "relation": relation,
        "phrase": known.phrase,
        "inverse": known.inverse_phrase,
        "family": family,
        "grade": grade,
        "crosses": crosses,
        "derived": derived,
    }


def _paired(structure: Structure) -> bool:
    return structure.laterality is Laterality.PAIRED


def _records(ids: list[str], model: UnsidedModel) -> str:
    """The works for reference managers, in their order; compressed, since plain they would be a tenth of the page."""
    each = [cite.records([i], model.sources) for i in ids]
    text = json.dumps({name: [record[name] for record in each] for name in ("bibtex", "ris")}, ensure_ascii=False)
    return base64.b64encode(zlib.compress(text.encode(), 9)).decode()


def _work(id_: str, model: UnsidedModel) -> dict[str, str]:
    source = model.sources.get(id_)
    if source is None:
        return {"label": id_, "text": id_, "url": ""}
    text = " ".join(part for part in (source.authors, f"({source.year}).", f"{source.title}.", source.venue) if part)
    return {"label": source.label, "text": text, "url": source.url}
