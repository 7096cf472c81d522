"""A small ontology cut out of the real one: chosen structures with all that joins them, the schema and the rules.

What a person adds to an ontology can be tried on it in a second or two; the how-to pages do so. Run in a checkout:

    python docs/sample.py FOLDER

makes the back of a thigh without its semimembranosus, which the page on muscles then adds.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kinchain.rdf.load import Triple

ONTOLOGY = Path(__file__).resolve().parent.parent / "ontology"
CITED_ANYWAY = ("standring_2020", "moore_2018", "fipat_2019", "waldron_hamstring_strains")

# The neighbours of semimembranosus and of the long head of biceps femoris, so far as the rules need them.
_THIGH = """
    hip_bone ischium ilium ischial_tuberosity acetabulum femur head_of_femur medial_condyle_of_femur sacrum
    lateral_condyle_of_femur tibia medial_condyle_of_tibia lateral_condyle_of_tibia semimembranosus_groove_of_tibia
    fibula head_of_fibula calcaneus calcaneal_tuberosity talus
    hip_joint knee_joint sacroiliac_joint proximal_tibiofibular_joint talocrural_joint subtalar_joint
    oblique_popliteal_ligament popliteal_fascia calcaneal_tendon
    gastrocnemius medial_head_of_gastrocnemius long_head_of_biceps_femoris biceps_femoris hamstrings hip_extensors
    sciatic_nerve tibial_division_of_sciatic_nerve tibial_nerve femoral_nerve
    l3_spinal_nerve l5_spinal_nerve s1_spinal_nerve s2_spinal_nerve
    hip_extension hip_flexion hip_medial_rotation hip_lateral_rotation knee_flexion knee_extension
    knee_medial_rotation knee_lateral_rotation posterior_pelvic_tilt anterior_pelvic_tilt ankle_plantarflexion
"""
THIGH = frozenset(_THIGH.split())


def cut(folder: Path, chosen: Collection[str] = THIGH, *, ontology: Path = ONTOLOGY) -> Path:
    """Write the part of an ontology that speaks of *chosen* structures alone; *folder* must not exist yet.

    Statements and annotations that lead to other structures are left out. Deterministic.
    """
    from kinchain.rdf.load import load
    from kinchain.vocab import BODY, CITE, CLINICAL

    def kept(iri: str) -> bool:
        return not iri.startswith((BODY, CLINICAL)) or iri.removeprefix(BODY) in chosen

    files = load(ontology).files
    triples = [t for name, part in files.items() if name.startswith("anatomy/") for t in part]
    notes = {t.subject for t in triples if not t.subject.startswith("http")}
    dropped = {t.subject for t in triples if t.subject in notes and not kept(t.object)}
    about = [
        t
        for t in triples
        if (t.subject in notes - dropped or t.subject.startswith(BODY)) and kept(t.subject) and kept(t.object)
    ]
    for name in ("shapes", "checks"):
        shutil.copytree(ontology / name, folder / name)
    shutil.copy(ontology / "schema.ttl", folder)
    (folder / "anatomy").mkdir()
    (folder / "anatomy" / "thigh.ttl").write_text(_turtle(about), encoding="utf-8")
    cited = {t.object.removeprefix(CITE) for t in about if t.object.startswith(CITE)} | set(CITED_ANYWAY)
    (folder / "sources.ttl").write_text(_records(ontology, cited), encoding="utf-8")
    return folder


def _turtle(about: Sequence[Triple]) -> str:
    """Some triples as a file that cites the works of reference."""
    import pyoxigraph as ox

    from kinchain.vocab import BASE, PREFIXES, RDF_TYPE

    this = ox.NamedNode(BASE + "anatomy/thigh")
    header = [ox.Triple(this, ox.NamedNode(RDF_TYPE), ox.NamedNode(PREFIXES["owl"] + "Ontology"))]
    for work in CITED_ANYWAY:
        source = ox.NamedNode(PREFIXES["dcterms"] + "source")
        header.append(ox.Triple(this, source, ox.NamedNode(PREFIXES["cite"] + work)))
    prefixes = {name: iri for name, iri in PREFIXES.items() if name != "ECO"}
    said = ox.serialize([*header, *(t.quad.triple for t in about)], format=ox.RdfFormat.TURTLE, prefixes=prefixes)
    assert said is not None
    return said.decode("utf-8")


def _records(ontology: Path, cited: Collection[str]) -> str:
    """The records of some works, as they stand in ``sources.ttl``."""
    header, *records = re.split(r"\n\n(?=cite:)", (ontology / "sources.ttl").read_text("utf-8"))
    mine = [r.strip() for r in records if r.split(" ", 1)[0].removeprefix("cite:") in cited]
    return "\n\n".join([header.strip(), *mine]) + "\n"


if __name__ == "__main__":
    print(f"a small ontology: {cut(Path(sys.argv[1]))}")
