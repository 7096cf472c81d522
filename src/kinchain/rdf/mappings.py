"""What other ontologies call the same things: the SSSOM tables of ``ontology/mappings``.

A table is tab-separated, with its metadata in comment lines above the header (Matentzoglu et al. 2022, the Simple
Standard for Sharing Ontology Mappings).
"""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

from kinchain.errors import InvalidOntology
from kinchain.model import TermMapping

_COLUMNS = ("subject_id", "predicate_id", "object_id", "object_label")


def read(root: Path) -> dict[str, tuple[TermMapping, ...]]:
    """The mappings of each structure, by its id.

    Raises
    ------
    InvalidOntology  a table lacks a column, or a row has too few cells; names file and line
    """
    found: dict[str, list[TermMapping]] = defaultdict(list)
    for path in sorted((root / "mappings").glob("*.sssom.tsv")):
        name = path.relative_to(root).as_posix()
        lines = [(n, line) for n, line in enumerate(path.read_text("utf-8").splitlines(), 1) if line[:1] != "#"]
        rows = csv.DictReader((line for _, line in lines), delimiter="\t", quoting=csv.QUOTE_NONE)
        missing = [column for column in _COLUMNS if column not in (rows.fieldnames or ())]
        if missing:
            raise InvalidOntology(f"the table lacks the column {missing[0]}; add it", file=name, line=1)
        for (number, _), row in zip(lines[1:], rows, strict=False):
            if any(not row[column] for column in _COLUMNS):
                message = "a mapping has an empty cell; fill it or take the row away"
                raise InvalidOntology(message, file=name, line=number)
            mapping = TermMapping(row["object_id"], row["predicate_id"], row["object_label"])
            found[row["subject_id"].removeprefix("body:")].append(mapping)
    return {subject: tuple(sorted(set(mappings), key=lambda m: (m.id, m.label))) for subject, mappings in found.items()}
