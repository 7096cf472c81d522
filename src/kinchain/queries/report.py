"""What a body holds, by kind, what it lacks, and how large its graph is: ``kinchain build --report``."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from kinchain.graph import weights
from kinchain.model import SidedModel, Structure

# What is counted together, in the order of the report.
KINDS: dict[str, tuple[str, ...]] = {
    "bones": ("Bone",),
    "landmarks": ("Landmark",),
    "muscles": ("Muscle",),
    "groups": ("Group",),
    "joints": ("Joint",),
    "ligaments": ("Ligament",),
    "fasciae, aponeuroses, tendons": ("Fascia", "Tendon"),
    "cartilages, bursae, tunnels": ("Cartilage", "Bursa", "Tunnel"),
    "nerves and plexuses": ("Nerve", "Plexus", "SpinalNerve", "NeuralTissue"),
    "regions": ("Region",),
    "viscera and vessels": ("Viscus", "Vessel"),
    "movements": ("Movement",),
    "findings": ("Finding",),
    "tests": ("Test",),
    "interventions": ("Intervention",),
    "red flags": ("RedFlag",),
}
_SERIES = re.compile(
    r"^(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth) |^[CTLS]\d+[- ]"
)


@dataclass(frozen=True, slots=True)
class Report:
    """Rows of counts (what, unsided, sided), and rows of what is missing (what, how many, the first few)."""

    counts: tuple[tuple[str, int, int], ...]
    missing: tuple[tuple[str, int, str], ...]


def report(model: SidedModel) -> Report:
    """Count a body. Linear in its structures and connections."""
    unsided = Counter(s.kind for s in model.unsided.structures.values())
    sided = Counter(s.kind for s in model.structures.values())
    counts = []
    for name, kinds in KINDS.items():
        counts.append((name, sum(unsided[k] for k in kinds), sum(sided[k] for k in kinds)))
        if name == "muscles":
            whole = {s.id for s in whole_muscles(model)}
            counts.append(
                ("  of them whole, no series", len(whole), sum(s.unsided in whole for s in model.structures.values()))
            )
    counts.append(("structures", len(model.unsided.structures), len(model.structures)))
    families = Counter(
        weights.family(c, model.unsided) if not c.derived_by else f"derived: {c.relation}"
        for c in model.unsided.connections
    )
    sided_families = Counter(
        weights.family(c, model.unsided) if not c.derived_by else f"derived: {c.relation}"
        for c in (model.connection(e) for e in model.edges)
    )
    counts += [
        (f"connections, {family}", number, sided_families[family]) for family, number in sorted(families.items())
    ]
    counts += [
        ("connections", len(model.unsided.connections), len(model.edges)),
        ("sources", len(model.unsided.sources), len(model.unsided.sources)),
        ("chains", len(model.unsided.chains), len(model.unsided.chains)),
        ("links of chains", *(sum(len(c.links) for c in model.unsided.chains.values()),) * 2),
        ("claims", *(len(model.unsided.claims),) * 2),
    ]
    return Report(tuple(counts), tuple(_missing(model)))


def whole_muscles(model: SidedModel) -> list[Structure]:
    """Muscles that are no head or fibre region of another and no member of a segmental series."""
    muscles = {name for name, s in model.unsided.structures.items() if s.kind == "Muscle"}
    parts = {c.subject for c in model.unsided.connections if c.relation == "partOf" and c.object in muscles}
    return [s for name, s in model.unsided.structures.items() if name in muscles - parts and not _SERIES.match(s.label)]


def _missing(model: SidedModel) -> list[tuple[str, int, str]]:
    has: dict[str, set[str]] = defaultdict(set)
    for c in model.unsided.connections:
        if not c.derived_by:
            has[c.relation].add(c.subject)
    structures = model.unsided.structures.values()
    parts_of = {c.object for c in model.unsided.connections if c.relation == "partOf"}
    roots = has["hasRoot"] | has["hasMainRoot"]
    muscles = [s for s in structures if s.kind == "Muscle" and s.id not in parts_of]
    cranial = {c.subject for c in model.unsided.connections if c.relation == "innervatedBy"} - roots

    def row(what: str, lacking: Sequence[Structure]) -> tuple[str, int, str]:
        return what, len(lacking), ", ".join(s.label for s in lacking[:5]) + (" …" if len(lacking) > 5 else "")

    return [
        row(
            "muscles without origin or insertion", [s for s in muscles if s.id not in has["origin"] & has["insertion"]]
        ),
        row("muscles without nerve", [s for s in muscles if s.id not in has["innervatedBy"]]),
        row("muscles without spinal segments (cranial nerves have none)", [s for s in muscles if s.id in cranial]),
        row("muscles without movement", [s for s in muscles if s.id not in has["produces"] | has["stabilizes"]]),
        row("muscles without Latin name", [s for s in whole_muscles(model) if not s.latin]),
        row("joints without nerve", [s for s in structures if s.kind == "Joint" and s.id not in has["innervatedBy"]]),
        row("structures without synonym", [s for s in structures if not s.synonyms and not s.abbreviations]),
    ]
