"""Data frames say what the body says, and come back from Parquet with the same types."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from kinchain.body import Body
from kinchain.exports import flat, frames
from kinchain.queries import selection
from tests.exports.graph_reading import HOSTILE, few, spoiled


@pytest.fixture(scope="module")
def nodes(body: Body) -> pd.DataFrame:
    return frames.nodes(body.model)


@pytest.fixture(scope="module")
def edges(body: Body) -> pd.DataFrame:
    return frames.edges(body.model)


def test_every_structure_and_connection_is_a_row(body: Body, nodes: pd.DataFrame, edges: pd.DataFrame) -> None:
    assert list(nodes.id) == list(body.model.structures)
    assert len(edges) == len(body.model.edges)
    assert set(edges.source) | set(edges.target) <= set(nodes.id)
    assert (
        nodes.side.value_counts().to_dict()
        == pd.Series([str(s.side) for s in body.model.structures.values()]).value_counts().to_dict()
    )
    grades = pd.Series([body.model.connection(e).grade for e in body.model.edges])
    assert edges.evidence.astype(object).tolist() == grades.tolist()
    sources = [";".join(body.model.connection(e).sources) for e in body.model.edges]
    assert edges.sources.fillna("").tolist() == sources
    assert list(edges.crosses) == [e.crosses for e in body.model.edges]


def test_columns_are_those_that_are_documented(nodes: pd.DataFrame, edges: pd.DataFrame) -> None:
    assert list(nodes.columns) == [column.name for column in flat.NODE_COLUMNS]
    assert list(edges.columns) == [column.name for column in flat.EDGE_COLUMNS]
    assert all(column.meaning[-1] in ".…" for column in (*flat.NODE_COLUMNS, *flat.EDGE_COLUMNS))


def test_evidence_is_ordered_the_surest_highest(edges: pd.DataFrame) -> None:
    assert list(edges.evidence.cat.categories) == [
        "Refuted", "Claimed", "Conflicting", "Limited", "Moderate", "Strong", "Textbook",
    ]  # fmt: skip
    sure = edges[edges.evidence >= "Strong"]
    assert set(sure.evidence.unique()) == {"Strong", "Textbook"}
    assert edges[edges.evidence == "Refuted"].cost.isna().all()


def test_a_part_has_the_types_of_the_whole(body: Body, nodes: pd.DataFrame, edges: pd.DataFrame) -> None:
    part = few(body.model)
    assert (frames.nodes(part).dtypes == nodes.dtypes).all()
    assert (frames.edges(part).dtypes == edges.dtypes).all()


def test_parquet_reads_back_the_same(body: Body, nodes: pd.DataFrame, edges: pd.DataFrame, tmp_path: Path) -> None:
    frames.write(body.model, tmp_path, tmp_path / "body")
    found = frames.read(tmp_path / "body")
    pd.testing.assert_frame_equal(found[0], nodes)
    pd.testing.assert_frame_equal(found[1], edges)
    works = pd.read_parquet(tmp_path / "body" / "sources.parquet")
    pd.testing.assert_frame_equal(works, frames.sources(body.model))
    assert set(edges.sources.dropna().str.split(";").explode()) <= set(works.id)


def test_a_walk_reads_back_with_its_own_columns(body: Body, tmp_path: Path) -> None:
    among = selection.near(body.incidence, body.names, "linea alba", 1)
    tables = flat.walk(body.model, body.walk("myofascial"), among)
    frames.write_tables(tables, tmp_path / "walk")
    nodes, edges = frames.read(tmp_path / "walk")
    assert set(nodes[nodes.structure == "linea_alba"].entered) == {"right", "left"}
    assert edges.forward.dtype == bool
    assert len(edges) == len(tables.edges) > 10


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_names_survive(body: Body, text: str, tmp_path: Path) -> None:
    frames.write(spoiled(body.model, text), tmp_path, tmp_path / "out")
    nodes, edges = frames.read(tmp_path / "out")
    assert set(nodes[nodes.unsided == "soleus"].definition) == {text}
    assert set(edges.comment) == {text}
