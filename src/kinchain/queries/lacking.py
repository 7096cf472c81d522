"""What does an anatomy file of others have that kinchain lacks? By kind, and with the nearest thing that is known.

A term is known when one of our mappings names its identifier, when it cross-references an identifier that one of our
mappings names (Uberon gives FMA numbers), or when its name or an exact synonym is a name in the body. What kinchain
leaves out on purpose (``ontology/mappings/left_out.tsv``) is counted by itself. The kind is read from the last word of
the name that tells one ("deltoid tuberosity" none, "scapula muscle" a muscle), else from the names of its superclasses.
"""

from __future__ import annotations

import csv
import re
from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kinchain.errors import BadQuestion
from kinchain.queries.lookup import MAX_TEXT, Names
from kinchain.rdf.foreign.terms import ForeignFile, Note, Term
from kinchain.spelling import words

OTHER = "Other"
WAYS = ("identifier", "cross_reference", "name")
_WORDS = {
    "Muscle": "muscle muscles musculature constrictor sphincter",
    "Nerve": "nerve nerves ramus rami",
    "Plexus": "plexus plexuses",
    "Ligament": "ligament ligaments capsule membrane",
    "Joint": "joint joints suture synchondrosis symphysis syndesmosis articulation diarthrosis",
    "Tendon": "tendon tendons aponeurosis raphe",
    "Fascia": "fascia fasciae septum septa retinaculum retinacula",
    "Bursa": "bursa bursae",
    "Cartilage": "cartilage cartilages disc disk meniscus menisci labrum",
    "Landmark": (
        "process tubercle tuberosity crest fossa condyle epicondyle foramen spine notch groove facet trochanter "
        "line surface border margin sulcus protuberance eminence malleolus"
    ),
    "Bone": "bone bones vertebra vertebrae rib ribs phalanx phalanges skeleton sesamoid",
    "Vessel": "artery arteries vein veins vessel aorta",
    "Region": "region",
}
_KIND = {word: kind for kind, text in _WORDS.items() for word in text.split()}
_MAX_STEPS = 500  # superclasses looked at for one term


@dataclass(frozen=True, slots=True)
class Lacking:
    """A term that kinchain does not know; *under* is the nearest of its superclasses that it does, if any."""

    id: str
    label: str
    kind: str
    synonyms: tuple[str, ...]
    under: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """How an anatomy file compares with the body.

    *known* counts terms by the way in which they were recognised, *left_out* those that kinchain leaves out on
    purpose, *by_kind* all terms of a kind and those of them that are lacking.
    """

    file: str
    format: str
    terms: int
    known: Mapping[str, int]
    left_out: int
    by_kind: Mapping[str, tuple[int, int]]
    lacking: tuple[Lacking, ...]
    notes: tuple[Note, ...]
    noted: int


def compare(names: Names, foreign: ForeignFile, ontology: Path, *, kinds: Sequence[str] = ()) -> Comparison:
    """Compare a file of others with the body; *kinds* narrows what is listed as lacking, not what is counted.

    The time is linear in the terms and their superclasses.

    Raises
    ------
    BadQuestion  a kind that does not exist
    """
    wanted = {_kind_named(kind) for kind in kinds}
    mapped = {m.id: s.label for s in names.model.unsided.structures.values() for m in s.mappings}
    skipped_ids, skipped_names = left_out(ontology)
    known: Counter[str] = Counter()
    skipped = 0
    lacking = []
    kind_of: dict[str, str] = {}
    found: dict[str, str] = {}
    for term in foreign.terms.values():
        way, structure = _recognised(term, mapped, names)
        if way:
            known[way] += 1
            found[term.id] = structure
    for term in foreign.terms.values():
        kind_of[term.id] = kind = _kind(term, foreign.terms)
        if term.id in found:
            continue
        if term.id in skipped_ids or words(term.label) in skipped_names:
            skipped += 1
            continue
        under = next((found[a] for a in _ancestors(term, foreign.terms) if a in found), "")
        lacking.append(Lacking(term.id, term.label, kind, term.synonyms, under))
    totals, missing = Counter(kind_of.values()), Counter(each.kind for each in lacking)
    listed = sorted((e for e in lacking if not wanted or e.kind in wanted), key=lambda e: (e.kind, e.label, e.id))
    return Comparison(
        foreign.name,
        foreign.format,
        len(foreign.terms),
        {way: known[way] for way in WAYS},
        skipped,
        {kind: (totals[kind], missing[kind]) for kind in (*sorted(_WORDS), OTHER) if totals[kind]},
        tuple(listed),
        foreign.notes,
        foreign.noted,
    )


def left_out(ontology: Path) -> tuple[frozenset[str], frozenset[tuple[str, ...]]]:
    """The identifiers of the terms that kinchain leaves out on purpose, and the names of those that have none.

    >>> from kinchain import locate
    >>> "FMA:10001" in left_out(locate.ontology_dir())[0]
    True
    """
    table = ontology / "mappings" / "left_out.tsv"
    if not table.is_file():
        return frozenset(), frozenset()
    rows = list(csv.DictReader(table.read_text("utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
    return (
        frozenset(row["id"] for row in rows if row["id"]),
        frozenset(words(row["label"]) for row in rows if not row["id"]),
    )


def _recognised(term: Term, mapped: Mapping[str, str], names: Names) -> tuple[str, str]:
    if term.id in mapped:
        return "identifier", mapped[term.id]
    for xref in term.xrefs:
        if xref in mapped:
            return "cross_reference", mapped[xref]
    for name in (term.label, *term.synonyms):
        if len(name) <= MAX_TEXT and (label := _named(name, names)):
            return "name", label
    return "", ""


def _named(name: str, names: Names) -> str:
    """The label of what has this name; that of one of several where several have it."""
    if not names.known(name):
        return ""
    ids = names.exact(words(name))
    return min(names.model.unsided.structures[i].label for i in ids) if ids else name


def _kind(term: Term, terms: Mapping[str, Term]) -> str:
    for name in (term.label, *(terms[a].label for a in _ancestors(term, terms) if a in terms)):
        if kind := _kind_by_name(name):
            return kind
    return OTHER


def _kind_by_name(name: str) -> str:
    """The kind that a name tells: by its words before "of", the last that tells one.

    >>> _kind_by_name("spine of scapula"), _kind_by_name("scapula muscle"), _kind_by_name("deltoid")
    ('Landmark', 'Muscle', '')
    """
    head = re.split(r"\b(?:of|to|for|in|with)\b", name.lower(), maxsplit=1)[0]
    told = [_KIND[word] for word in re.findall(r"[a-z]+", head) if word in _KIND]
    return told[-1] if told else ""


def _ancestors(term: Term, terms: Mapping[str, Term]) -> Iterator[str]:
    """The superclasses of a term, nearest first; a circle is walked once."""
    queue, seen = deque(term.parents), {term.id}
    while queue and len(seen) < _MAX_STEPS:
        parent = queue.popleft()
        if parent in seen:
            continue
        seen.add(parent)
        yield parent
        if parent in terms:
            queue.extend(terms[parent].parents)


def _kind_named(text: str) -> str:
    kinds = {kind.lower(): kind for kind in (*_WORDS, OTHER)}
    if text.lower() not in kinds:
        raise BadQuestion(f"there is no kind '{text[:40]}' here; choose from {', '.join(sorted(kinds.values()))}")
    return kinds[text.lower()]
