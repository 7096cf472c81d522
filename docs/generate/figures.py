"""How much the body holds."""

from __future__ import annotations

import re
import tomllib
from collections import Counter

from . import ROOT, Known
from .markdown import number, table

_FEW = 5


def figures(known: Known) -> str:
    """The counts of ``kinchain build --report``."""
    from kinchain.queries.report import report

    rows = [(what.strip(), number(one), number(two)) for what, one, two in report(known.body.model).counts]
    return table(("what", "written", "with their sides"), rows, "lrr")


def sources(known: Known) -> str:
    """The works cited, by the design of the study; designs of which there are few stand together."""
    works = known.body.model.unsided.sources.values()
    count = Counter(s.design for s in works)
    named = [design for design, n in sorted(count.items(), key=lambda x: (-x[1], x[0])) if n >= _FEW]
    rows = []
    for design in [*named, ""]:
        mine = [s for s in works if (s.design == design if design else s.design not in named)]
        read = sum(s.status == "Verified" for s in mine)
        rows.append((design or f"{len(count) - len(named)} other designs", number(len(mine)), number(read)))
    rows.append(("**all**", number(len(works)), number(sum(s.status == "Verified" for s in works))))
    return table(("design", "works", "record and finding read"), rows, "lrr")


def mappings(known: Known) -> str:
    """Names in other ontologies, by ontology and relation."""
    count: Counter[tuple[str, str]] = Counter()
    for structure in known.body.model.unsided.structures.values():
        for mapping in structure.mappings:
            count[mapping.id.split(":")[0], mapping.predicate] += 1
    rows = [(prefix, f"`{predicate}`", number(n)) for (prefix, predicate), n in sorted(count.items())]
    return table(("ontology", "relation", "mappings"), rows, "llr")


# What each extra of pyproject.toml is for.
EXTRAS = {
    "export": "pandas frames and Anki decks",
    "parquet": "frames as Parquet files",
    "server": "pages and a SPARQL store that other programs ask",
    "import": "reading anatomy files of other ontologies (OBO, OWL)",
    "spark": "batches on a Spark cluster",
    "notebook": "the notebooks",
    "docs": "these pages",
    "dev": "all that the quick tests need",
    "slow": "all that the slow tests need too",
    "benchmark": "what the measurements of speed compare with",
}


def extras(known: Known) -> str:
    """The extras of the package."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    rows = []
    for name, needed in project["optional-dependencies"].items():
        packages = [re.split(r"[<>=~! ]", each)[0] for each in needed]
        rows.append((f"`{name}`", EXTRAS.get(name, ""), ", ".join(packages)))
    return table(("extra", "for", "brings"), rows)


PARTS = {"figures": figures, "sources": sources, "mappings": mappings, "extras": extras}
