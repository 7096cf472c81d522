"""Graph formats read back to the same structures and connections, with all that is said of them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinchain.body import Body
from kinchain.errors import CannotWrite
from kinchain.exports import csv_tables, cytoscape, flat, gexf, graphml
from kinchain.exports.formats import FORMATS
from kinchain.exports.networks import network
from kinchain.model import SidedModel
from kinchain.queries import selection
from tests.exports.graph_reading import (
    HOSTILE,
    Rows,
    few,
    from_csv,
    from_cytoscape,
    from_network,
    placed,
    spoiled,
    told,
)

Back = Callable[[Path, flat.Tables], tuple[Rows, Rows]]

# Each format with its writer and a reader that is not ours.
FORMS: dict[str, tuple[Any, Back]] = {
    "graphml": (graphml, lambda p, _: from_network(nx.read_graphml(p, force_multigraph=True), "key")),
    "gexf": (gexf, lambda p, _: from_network(_multi(nx.read_gexf(p)), "id")),
    "cytoscape": (cytoscape, lambda p, _: from_network(from_cytoscape(p), "id")),
    "csv": (csv_tables, from_csv),
}


@pytest.fixture(scope="module")
def tables(body: Body) -> flat.Tables:
    """The whole body as tables."""
    return flat.whole(body.model)


def _multi(graph: Any) -> nx.MultiDiGraph:
    """The graph that was read; one without parallel edges comes back as a plain one."""
    return graph if graph.is_multigraph() else nx.MultiDiGraph(graph)


def back_and_forth(form: str, model: SidedModel) -> tuple[flat.Tables, tuple[Rows, Rows]]:
    writer, read = FORMS[form]
    tables = flat.whole(model)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "body")
        writer.write(model, Path(folder), path)
        return tables, read(path, tables)


def check_all_back(form: str, model: SidedModel) -> None:
    tables, (nodes, edges) = back_and_forth(form, model)
    drawn = form != "csv"
    assert (placed(nodes) if drawn else nodes) == (placed(told(tables.nodes)) if drawn else told(tables.nodes))
    assert edges == told(tables.edges)
    assert {end for row in edges.values() for end in (row["source"], row["target"])} <= nodes.keys()


@pytest.mark.parametrize("form", FORMS)
def test_a_part_of_the_body_comes_back_whole(body: Body, form: str) -> None:
    among = selection.lying_in(body.incidence, body.names, "low back")
    check_all_back(form, flat.part(body.model, among))


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
def test_the_whole_body_comes_back(body: Body, form: str) -> None:
    check_all_back(form, body.model)


@pytest.mark.parametrize("form", FORMS)
def test_a_walk_comes_back(body: Body, form: str, tmp_path: Path) -> None:
    among = selection.lying_in(body.incidence, body.names, "low back")
    tables = flat.walk(body.model, body.walk("myofascial"), among)
    writer, read = FORMS[form]
    writer.write_tables(tables, tmp_path / "walk")
    nodes, edges = read(tmp_path / "walk", tables)
    assert len(edges) > 100
    assert (placed(nodes), edges) == (placed(told(tables.nodes)), told(tables.edges))


def test_the_tables_say_what_the_graph_says(body: Body, tables: flat.Tables) -> None:
    shared = ("relation", "family", "evidence", "sources", "against", "crosses", "derived_by", "via", "cost")

    def cell(value: Any) -> Any:
        return (";".join(value) if isinstance(value, list) else value) or None

    said = Counter(
        (u, v, *(d[n] if n in ("crosses", "cost") else cell(d[n]) for n in shared))
        for u, v, d in body.graph.edges(data=True)
    )
    assert said == Counter((row["source"], row["target"], *(row[n] for n in shared)) for row in tables.edges)
    assert [row["id"] for row in tables.nodes] == list(body.graph)
    assert {"Refuted"} <= {row["evidence"] for row in tables.edges}


def test_ids_of_edges_are_unique_and_mirror(body: Body, tables: flat.Tables) -> None:
    ids = {str(row["id"]) for row in tables.edges}
    assert len(ids) == len(body.model.edges)
    assert {i for i in ids if i.startswith("right_soleus.")} == {
        i.replace("left_", "right_") for i in ids if i.startswith("left_soleus.")
    }


def test_a_walk_has_the_steps_of_the_walk(body: Body) -> None:
    walk = body.walk("neural")
    tables = flat.walk(body.model, walk)
    assert {(row["source"], row["target"]) for row in tables.edges} == set(walk.edges)
    sides = {row["id"]: row["entered"] for row in tables.nodes}
    assert {sides[n] for n in walk if "@right" in n} == {"right"}
    assert all(row["cost"] == walk.edges[row["source"], row["target"]]["cost"] for row in tables.edges)


def test_mirrored_structures_stand_opposite_each_other(tables: flat.Tables) -> None:
    rows = {row["id"]: row for row in tables.nodes}
    for row in rows.values():
        if row["side"] == "right" and row["x"] is not None:
            left = rows.get(f"left_{row['unsided']}")
            assert left is None or (left["x"], left["y"], left["z"]) == (0 - row["x"], row["y"], row["z"])
        if row["side"] == "median" and row["x"] is not None:
            assert row["x"] == 0


def test_what_has_no_place_stands_beside_the_body(tables: flat.Tables) -> None:
    graph = network(tables)
    beside = {(d["x"], d["y"]) for _, d in graph.nodes(data=True) if not d["placed"]}
    homeless = [n for n, d in graph.nodes(data=True) if not d["placed"]]
    assert len(beside) == len(homeless) > 100
    assert min(x for x, _ in beside) > max(d["x"] for _, d in graph.nodes(data=True) if d["placed"])


def test_gephi_and_cytoscape_find_the_places(body: Body, tmp_path: Path) -> None:
    model = few(body.model)
    gexf.write(model, tmp_path, tmp_path / "few.gexf")
    cytoscape.write(model, tmp_path, tmp_path / "few.cyjs")
    point = model.unsided.positions["soleus"]
    spot = nx.read_gexf(tmp_path / "few.gexf").nodes["left_soleus"]["viz"]["position"]
    assert spot == pytest.approx(dict(zip("xyz", (1000 * v for v in point), strict=True)), abs=0.06)
    elements = json.loads((tmp_path / "few.cyjs").read_text("utf-8"))["elements"]
    [node] = [n for n in elements["nodes"] if n["data"]["id"] == "left_soleus"]
    assert node["position"] == pytest.approx({"x": 4000 * point.lateral, "y": 4000 * (1 - point.height)}, abs=0.25)
    assert len({e["data"]["id"] for e in elements["edges"]}) == len(elements["edges"])


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_names_survive(body: Body, form: str, text: str) -> None:
    check_all_back(form, spoiled(body.model, text))


@settings(max_examples=25, deadline=None)
@given(text=st.text(min_size=1, max_size=40))
@pytest.mark.parametrize("form", FORMS)
def test_any_name_survives(body: Body, form: str, text: str) -> None:
    check_all_back(form, spoiled(body.model, text))


def test_what_a_file_cannot_hold_becomes_a_mark(body: Body) -> None:
    tables = flat.whole(spoiled(body.model, "a\x00b\x1bc\r\nd"))
    assert tables.nodes[0]["label"] == "right a\ufffdb\ufffdc\nd"


@pytest.mark.parametrize("text", [t for t in HOSTILE if t[0] in "=+@'"])
def test_no_cell_is_a_formula(body: Body, text: str, tmp_path: Path) -> None:
    csv_tables.write(spoiled(body.model, text), tmp_path, tmp_path / "out")
    written = (tmp_path / "out" / "nodes.csv").read_text("utf-8")
    assert f"'{text}" in written
    assert f",{text}" not in written


def test_no_name_of_the_body_is_changed_by_that(tables: flat.Tables) -> None:
    texts = {v for row in (*tables.nodes, *tables.edges) for v in row.values() if isinstance(v, str)}
    assert [text for text in texts if csv_tables.guarded(text) != text] == []


def test_the_columns_are_described_where_the_tables_are(body: Body, tmp_path: Path) -> None:
    csv_tables.write(few(body.model), tmp_path, tmp_path / "out")
    package = json.loads((tmp_path / "out" / "datapackage.json").read_text("utf-8"))
    for resource in package["resources"]:
        header = (tmp_path / "out" / resource["path"]).read_text("utf-8").splitlines()[0]
        assert header.split(",") == [field["name"] for field in resource["schema"]["fields"]]
    assert package["licenses"][0]["name"] == "CC-BY-4.0"


def test_every_work_that_is_cited_is_there(body: Body, tables: flat.Tables) -> None:
    keys = {row["id"] for row in flat.works(tables)}
    assert keys == {
        key for e in body.model.edges for c in [body.model.connection(e)] for key in (*c.sources, *c.against)
    }
    assert all(row["title"] for row in flat.works(tables))


_WRITE = """
import hashlib, sys
from pathlib import Path
from kinchain import Body
from kinchain.exports.flat import part
from kinchain.exports.formats import FORMATS
model = Body.load().model
names = {"soleus", "tibial_nerve", "calcaneal_tendon", "back_of_leg", "latissimus_dorsi", "linea_alba"}
few = part(model, {s.id for s in model.structures.values() if s.unsided in names})
for form in (f for f in FORMATS.values() if f.parts):
    place = Path(sys.argv[1], form.name)
    form.write(few, place, place)
    files = sorted(place.iterdir()) if place.is_dir() else [place]
    print(form.name, *(hashlib.sha256(f.read_bytes()).hexdigest() for f in files))
"""


def test_two_builds_give_the_same_bytes(body: Body, tmp_path: Path) -> None:
    said = []
    for seed in ("1", "2"):
        (tmp_path / seed).mkdir()
        done = subprocess.run(
            [sys.executable, "-c", _WRITE, str(tmp_path / seed)],
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=False,
        )
        assert done.returncode == 0, done.stderr
        said.append(done.stdout)
    assert said[0] == said[1]
    assert len(said[0].splitlines()) == sum(f.parts for f in FORMATS.values())


@pytest.mark.parametrize("form", [f for f in FORMATS.values() if f.walks], ids=lambda f: f.name)
def test_a_failure_leaves_nothing_behind(
    body: Body, form: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pandas as pd

    def full(*args: object, **kwargs: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(nx, "write_graphml_xml", full)
    monkeypatch.setattr("networkx.readwrite.gexf.GEXFWriter.write", full)
    monkeypatch.setattr(json, "dump", full)
    monkeypatch.setattr(csv_tables, "_text", full)
    monkeypatch.setattr(pd.DataFrame, "to_parquet", full)
    with pytest.raises(CannotWrite, match="No space left on device"):
        form.write(few(body.model), tmp_path, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []
