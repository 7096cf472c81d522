"""``kinchain export``: the body in the formats of other tools."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from importlib import import_module
from pathlib import Path

import networkx as nx
import pandas as pd
import pytest

from kinchain.body import Body
from kinchain.errors import MissingLibrary
from kinchain.exports import formats
from kinchain.exports.formats import FORMATS, Format
from tests.conftest import Run


def test_the_list_says_what_opens_each(run: Run) -> None:
    done = run("export", "--list")
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    assert [row[0] for row in rows] == ["format", *FORMATS]
    told = json.loads(run("export", "--list", "--json").stdout)
    assert [each["format"] for each in told] == list(FORMATS)
    assert next(each for each in told if each["format"] == "anki")["needs"] == 'pip install "kinchain[export]"'


@pytest.mark.parametrize("form", FORMATS.values(), ids=lambda f: f.name)
def test_every_format_that_is_listed_can_be_written(form: Format) -> None:
    module = import_module(form.module)
    assert callable(module.write)
    assert callable(module.write_tables) == form.walks if form.walks else not hasattr(module, "write_tables")
    form.check()


def test_an_extra_that_is_named_has_the_library() -> None:
    import tomllib

    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))["project"]
    for form in FORMATS.values():
        extra = project["optional-dependencies"][form.extra] if form.extra else []
        assert all(any(line.startswith(library) for line in extra) for library in form.needs)


def test_a_part_of_the_body_in_one_command(run: Run, tmp_path: Path) -> None:
    done = run("export", "graphml", "-o", "shoulder.graphml", "--region", "left shoulder")
    assert done.returncode == 0, done.stderr
    graph = nx.read_graphml(tmp_path / "shoulder.graphml")
    assert f"wrote shoulder.graphml ({len(graph):,} structures, {graph.number_of_edges():,} connections" in done.stderr
    assert done.stdout == ""
    assert "left_supraspinatus" in graph
    assert not any(data["side"] == "right" for _, data in graph.nodes(data=True))


def test_what_is_around_a_structure(run: Run, body: Body, tmp_path: Path) -> None:
    done = run("export", "gexf", "-o", "a.gexf", "--around", "right soleus", "--depth", "2", "--json")
    told = json.loads(done.stdout)
    graph = nx.read_gexf(tmp_path / "a.gexf")
    reached = {f.other.id for _, f in body.around("right soleus", depth=2)} | {"right_soleus"}
    assert (set(graph), told["structures"]) == (reached, len(reached))
    assert graph.number_of_edges() == told["connections"]
    assert told["bytes"] == (tmp_path / "a.gexf").stat().st_size


def test_both_sides_are_written_when_none_is_said(run: Run, tmp_path: Path) -> None:
    assert run("export", "cytoscape", "-o", "a.cyjs", "--around", "soleus").returncode == 0
    ids = {n["data"]["id"] for n in json.loads((tmp_path / "a.cyjs").read_text("utf-8"))["elements"]["nodes"]}
    assert {"right_soleus", "left_soleus"} <= ids


def test_a_walk_in_a_part_of_the_body(run: Run, body: Body, tmp_path: Path) -> None:
    done = run("export", "parquet", "-o", "walk", "--profile", "myofascial", "--region", "low back")
    assert done.returncode == 0, done.stderr
    edges = pd.read_parquet(tmp_path / "walk" / "edges.parquet")
    walk = body.walk("myofascial")
    assert all(walk.has_edge(*pair) for pair in zip(edges.source, edges.target, strict=True))
    assert "Refuted" not in set(edges.evidence)
    assert not {"clinical", "location", "motor"} & set(edges.family)


def test_the_tables_are_a_folder_that_may_be_replaced(run: Run, tmp_path: Path) -> None:
    for _ in range(2):
        assert run("export", "csv", "-o", "tables", "--around", "right soleus").returncode == 0
    assert sorted(p.name for p in (tmp_path / "tables").iterdir()) == [
        "datapackage.json", "edges.csv", "import.cypher", "nodes.csv", "sources.csv",
    ]  # fmt: skip


def test_a_folder_with_something_else_stays(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("mine")
    done = run("export", "csv", "-o", "mine", "--around", "right soleus")
    assert done.returncode == 2
    assert "not empty and no earlier export" in done.stderr
    assert [p.name for p in (tmp_path / "mine").iterdir()] == ["thesis.txt"]


def test_a_deck_for_one_region(run: Run, tmp_path: Path) -> None:
    done = run("export", "anki", "-o", "shoulder.apkg", "--region", "shoulder")
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(tmp_path / "shoulder.apkg") as packed:
        packed.extract("collection.anki2", tmp_path)
    connection = sqlite3.connect(tmp_path / "collection.anki2")
    [(count,)] = connection.execute("select count(*) from notes").fetchall()
    connection.close()
    assert 50 < count < 1000


def test_a_name_in_this_folder_is_taken_when_none_is_given(run: Run, tmp_path: Path) -> None:
    assert "wrote body.apkg" in run("export", "anki", "--around", "right soleus").stderr
    first = (tmp_path / "body.apkg").read_bytes()
    done = run("export", "anki", "--around", "left soleus")
    assert done.returncode == 2
    assert "body.apkg is there already; say -o body.apkg to replace it" in done.stderr
    assert (tmp_path / "body.apkg").read_bytes() == first


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "name a format, as 'kinchain export graphml'"),
        (("graphm",), "there is no format 'graphm'; did you mean graphml?"),
        (("xlsb",), "choose from graphml, gexf"),
        (("graphml", "--around", "soleus", "--region", "calf"), "give one of them"),
        (("graphml", "--depth", "2"), "--depth goes with --around"),
        (("graphml", "--around", "soleus", "--depth", "9"), "a depth of 9 cannot be drawn"),
        (("graphml", "--around", "nosuchthing"), "nosuchthing"),
        (("graphml", "--region", "soleus"), "is no region"),
        (("graphml", "--profile", "muscular"), "there is no profile 'muscular'; choose from myofascial"),
        (("anki", "--profile", "myofascial"), "anki is written without --profile; with it: graphml"),
        (("turtle", "--region", "shoulder"), "turtle is written without --region"),
        (("graphml", "-o", "body.graphml.gz"), "writes no packed files; leave .gz away"),
        (("csv", "-o", "body.csv"), "csv is a folder of files; name a folder, as -o body"),
        (("gexf", "-o", "nowhere/a.gexf", "--around", "soleus"), "there is no folder nowhere"),
        (("gexf", "-o", ".", "--around", "soleus"), "cannot be written"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    run: Run, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    done = run("export", *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []
    assert json.loads(run("export", *arguments, "--json").stdout)["error"]["message"]


def test_a_missing_library_is_named_with_the_command(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "find_spec", lambda name: None)
    done = run("export", "anki")
    assert done.returncode == 2
    assert done.stderr == 'kinchain: anki needs genanki; get it with: pip install "kinchain[export]"\n'
    with pytest.raises(MissingLibrary, match="pandas and pyarrow"):
        FORMATS["parquet"].check()
