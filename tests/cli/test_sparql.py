"""``kinchain sparql`` and ``kinchain build --store`` as people and programs call them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from kinchain.body import Body
from kinchain.exports import store
from tests.conftest import ONTOLOGY, Run
from tests.exports import servers

MUSCLES = "SELECT ?m { ?m a kc:Muscle ; kc:side 'left' } ORDER BY ?m"


@pytest.fixture(scope="module", autouse=True)
def loaded(body: Body) -> None:
    """The store of triples is there already: the first question ever is told that it takes longer."""
    store.ensure(ONTOLOGY, lambda: body.model)


def test_a_piped_answer_is_tab_separated_with_short_names(run: Run) -> None:
    done = run("sparql", "SELECT ?m ?label { VALUES ?m { body:right_soleus } ?m rdfs:label ?label }")
    assert done.returncode == 0
    assert done.stdout == "m\tlabel\nbody:right_soleus\tright soleus\n"
    assert done.stderr == ""


def test_a_library_query_by_its_name_with_a_parameter(run: Run) -> None:
    done = run("sparql", "muscles-of-root", "--set", "root=C6")
    assert done.returncode == 0
    assert "brachioradialis\tmain\tradial nerve" in done.stdout.splitlines()
    assert "not a diagnosis" in done.stderr


def test_a_query_from_a_file_and_from_standard_input(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.rq").write_text(MUSCLES, encoding="utf-8")
    from_file, piped = run("sparql", "mine.rq", "--limit", "3"), run("sparql", "-", "--limit", "3", stdin=MUSCLES)
    assert from_file.returncode == piped.returncode == 0
    assert from_file.stdout == piped.stdout
    assert len(from_file.stdout.splitlines()) == 4
    assert "cut after 3" in from_file.stderr


def test_a_query_of_one_s_own_takes_a_parameter_in_people_s_words(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.rq").write_text("SELECT ?label {\n  VALUES ?x { body:sacrum }\n  ?x rdfs:label ?label }")
    assert run("sparql", "mine.rq", "--set", "x=glute max").stdout == "label\ngluteus maximus\n"


def test_the_library_is_listed_for_people_and_programs(run: Run) -> None:
    lines = run("sparql", "--list").stdout.splitlines()
    listed = json.loads(run("sparql", "--list", "--json").stdout)
    assert len(lines) - 1 == len(listed) == len(list((ONTOLOGY / "queries").glob("*.rq")))
    root = next(entry for entry in listed if entry["name"] == "muscles-of-root")
    assert root["parameters"][0]["kind"] == "SpinalNerve"
    assert root["example"] == "kinchain sparql muscles-of-root --set root=C6"


def test_show_prints_a_query_that_runs_elsewhere(run: Run) -> None:
    text = run("sparql", "muscles-of-root", "--show", "--set", "root=C6").stdout
    assert "VALUES ?root { <https://w3id.org/kinchain/body/c6_spinal_nerve> }" in text
    assert list(ox.Store().query(text)) == []


def test_formats_of_rows(run: Run) -> None:
    asked = ("sparql", "SELECT ?l { body:sacrum rdfs:label ?l }")
    assert list(csv.reader(io.StringIO(run(*asked, "--format", "csv").stdout))) == [["l"], ["sacrum"]]
    assert run(*asked, "--format", "tsv").stdout == '?l\n"sacrum"@en\n'
    bindings = json.loads(run(*asked, "--json").stdout)["results"]["bindings"]
    assert bindings == [{"l": {"type": "literal", "value": "sacrum", "xml:lang": "en"}}]
    xml = run(*asked, "--format", "xml").stdout
    assert [row["l"] for row in ox.parse_query_results(xml, ox.QueryResultsFormat.XML)] == [
        ox.Literal("sacrum", language="en")
    ]


def test_truths(run: Run) -> None:
    assert run("sparql", "ASK { body:sacrum kc:side 'median' }").stdout == "true\n"
    done = run("sparql", "ASK { body:sacrum kc:side 'left' }")
    assert (done.returncode, done.stdout) == (0, "false\n")


def test_triples_as_turtle_and_by_the_name_of_the_file(run: Run, tmp_path: Path) -> None:
    asked = ("sparql", "CONSTRUCT { ?s kc:origin ?o } WHERE { VALUES ?s { body:right_soleus } ?s kc:origin ?o }")
    turtle = run(*asked)
    assert "body:right_soleus kc:origin" in turtle.stdout
    done = run(*asked, "-o", str(tmp_path / "some.nt"))
    assert done.stdout == ""
    assert "wrote" in done.stderr
    read = {str(q.triple) for q in ox.parse(path=tmp_path / "some.nt")}
    assert read == {str(q.triple) for q in ox.parse(turtle.stdout, ox.RdfFormat.TURTLE)}


def test_a_table_in_a_file_is_tab_separated(run: Run, tmp_path: Path) -> None:
    run("sparql", MUSCLES, "--limit", "2", "-o", str(tmp_path / "muscles.txt"))
    assert (tmp_path / "muscles.txt").read_text("utf-8").splitlines()[0] == "m"


def test_an_empty_answer_is_told_and_ends_with_1(run: Run) -> None:
    done = run("sparql", "SELECT ?x { ?x kc:origin body:nowhere }", "--format", "csv")
    assert (done.returncode, done.stdout) == (1, "x\r\n")  # as the standard for CSV has it
    assert "nothing matches" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "no query"),
        (("muscle-of-root",), "did you mean muscles-of-root"),
        (("zzzz",), "--list"),
        (("missing.rq",), "cannot be read"),
        (("DELETE WHERE { ?s ?p ?o }",), "only reads"),
        (("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",), "asks another server"),
        (("SELECT * { ?s kc: }",), "no valid SPARQL at line 1"),
        ((MUSCLES, "--format", "turtle"), "choose table"),
        ((MUSCLES, "--set", "m"), "has no value"),
        ((MUSCLES, "--set", "m=soleus"), "has no parameter 'm'"),
        (("muscles-of-root", "--set", "root=nonsuch"), "nothing in the body is called"),
        ((MUSCLES, "--graph", "https://example.org/g"), "give --endpoint too"),
        ((MUSCLES, "--endpoint", "nowhere"), "no http or https URL"),
        ((MUSCLES, "-o", "/no/such/folder/x.csv"), "there is no folder"),
        (("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c", "--timeout", "1"), "stopped after 1 s"),
    ],
)
def test_what_is_wrong_ends_with_2_and_one_sentence(arguments: tuple[str, ...], words: str, run: Run) -> None:
    done = run("sparql", *arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert words in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert "Traceback" not in done.stderr


def test_an_error_is_json_for_programs(run: Run) -> None:
    done = run("sparql", "DROP ALL", "--json")
    assert done.returncode == 2
    assert json.loads(done.stdout)["error"]["kind"] == "bad_question"


def test_a_file_that_is_no_utf_8_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "latin.rq").write_bytes("SELECT * { ?s ?p 'é' }".encode("latin-1"))
    assert "no UTF-8" in run("sparql", "latin.rq").stderr


def test_a_server_that_fails_leaves_the_file_as_it_was(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "kept.csv"
    out.write_text("as it was")
    for answer in (
        servers.saying(500, "text/html", b"<h1>no</h1>"),
        servers.saying(200, "text/html", b"<h1>hello</h1>"),
        servers.saying(200, "application/sparql-results+json", b'{"head":{"vars":["m"]},"results":{"bind'),
    ):
        with servers.answering(answer) as address:
            done = run("sparql", MUSCLES, "--endpoint", address, "-o", str(out))
        assert done.returncode == 2
        assert len(done.stderr.splitlines()) == 1
        assert out.read_text() == "as it was"
    assert [path.name for path in tmp_path.iterdir()] == ["kept.csv"]


def test_a_body_goes_to_a_server_and_is_asked_there(run_apart: Run, mini: Path) -> None:
    graph = "https://example.org/mini"
    here = {"KINCHAIN_ONTOLOGY": str(mini)}
    with servers.oxigraph("serve") as address:
        built = run_apart("build", "--store", f"{address}/store", "--graph", graph, **here)
        assert built.returncode == 0, built.stderr
        count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
        there = run_apart("sparql", count, "--endpoint", f"{address}/query", "--graph", graph, **here)
    embedded = run_apart("sparql", count, **here)
    assert there.stdout == embedded.stdout
    number = embedded.stdout.splitlines()[1]
    assert f"wrote {number} triples to the graph {graph} of {address}/store" in built.stderr


def test_a_store_that_is_down_is_told(run_apart: Run, mini: Path) -> None:
    address = f"http://127.0.0.1:{servers.free_port()}/store"
    done = run_apart("build", "--store", address, KINCHAIN_ONTOLOGY=str(mini))
    assert done.returncode == 2
    assert "nobody listens there" in done.stderr


def test_a_graph_without_a_store_is_refused(run: Run) -> None:
    assert "give --store too" in run("build", "--graph", "https://example.org/g").stderr


def test_help_says_which_address_to_give(run: Run) -> None:
    assert "http://localhost:7878/store" in " ".join(run("build", "--help").stdout.split())
    assert "http://localhost:7878/query" in " ".join(run("sparql", "--help").stdout.split())
