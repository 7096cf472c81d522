"""What other ontologies call our structures: the tables are read, and their names lead back."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from kinchain.body import Body
from kinchain.errors import AmbiguousName, InvalidOntology
from kinchain.rdf import mappings
from kinchain.rdf.extract import extract
from kinchain.rdf.load import load

HEADER = "#license: none\nsubject_id\tsubject_label\tpredicate_id\tobject_id\tobject_label\tmapping_justification\n"


def table(mini: Path, rows: str, header: str = HEADER) -> Path:
    (mini / "mappings").mkdir()
    (mini / "mappings" / "test.sssom.tsv").write_text(header + rows)
    return mini


ROW = "body:sacrum\tsacrum\tskos:exactMatch\tUBERON:0003690\tfused sacrum\tsemapv:ManualMappingCuration\n"


def test_a_mapping_is_a_name(mini: Path) -> None:
    body = Body.load(table(mini, ROW))
    assert body.names.asked("fused sacrum")[0].id == "sacrum"
    assert body.names.asked("UBERON:0003690")[0].id == "sacrum"
    assert [m.id for m in body.show("sacrum")[0].mappings] == ["UBERON:0003690"]


def test_a_table_without_a_column_is_refused(mini: Path) -> None:
    with pytest.raises(InvalidOntology, match="object_label"):
        mappings.read(table(mini, "", "subject_id\tpredicate_id\tobject_id\n"))


def test_an_empty_cell_is_refused_with_its_line(mini: Path) -> None:
    with pytest.raises(InvalidOntology, match="empty cell") as caught:
        mappings.read(table(mini, ROW + ROW.replace("UBERON:0003690", "")))
    assert (caught.value.file, caught.value.line) == ("mappings/test.sssom.tsv", 4)


def test_a_mapping_of_nothing_is_refused(mini: Path) -> None:
    with pytest.raises(InvalidOntology, match="body:nothing"):
        extract(load(table(mini, ROW.replace("body:sacrum", "body:nothing"))))


def test_a_changed_table_is_compiled_anew(mini: Path) -> None:
    Body.load(table(mini, ROW))
    file = mini / "mappings" / "test.sssom.tsv"
    file.write_text(file.read_text().replace("fused sacrum", "holy bone"))
    assert Body.load(mini).names.asked("holy bone")[0].id == "sacrum"


def test_what_others_say_leads_to_the_structure_that_carries_it(body: Body) -> None:
    """A few words mean several things here; for the rest, the name of a mapping finds its structure."""
    said = Counter[bool]()
    for structure in body.model.unsided.structures.values():
        for mapping in structure.mappings:
            try:
                found = body.names.meaning(mapping.label).structure.id
            except AmbiguousName:
                found = ""
            said[found == structure.id] += 1
            assert body.names.meaning(mapping.id).structure.id == structure.id
    assert said[True] > 1500
    assert said[False] / said.total() < 0.03
