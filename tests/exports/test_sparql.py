"""The query library, and what the engine does with queries that are wrong, endless, greedy or hostile."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinchain.body import Body
from kinchain.errors import AmbiguousName, BadQuestion, InvalidOntology, TooSlow, UnknownName
from kinchain.exports import library, query_text, results, sparql, store
from kinchain.exports.triples import PREFIXES
from tests.conftest import ONTOLOGY
from tests.exports import servers
from tests.exports.library_facts import FACTS

LIBRARY = library.entries(ONTOLOGY)
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def ask(database: Path, text: str, **options: float) -> results.Answer:
    return sparql.run(query_text.read(text), database, **options)  # type: ignore[arg-type]


@pytest.fixture
def few(tmp_path: Path) -> Path:
    """A store with the numbers from 0 to 1999."""
    numbers = ox.Store(str(tmp_path / "few"))
    numbers.extend(ox.Quad(ox.NamedNode(f"ex:{n}"), ox.NamedNode("ex:is"), ox.Literal(n)) for n in range(2000))
    numbers.flush()
    del numbers
    return tmp_path / "few"


# ---------------------------------------------------------------- the library


def test_every_query_has_a_known_fact_and_there_are_many() -> None:
    assert set(LIBRARY) == set(FACTS)
    assert len(LIBRARY) >= 25


@pytest.mark.parametrize("name", sorted(LIBRARY))
def test_a_query_of_the_library_answers_with_a_known_fact(name: str, embedded: Callable[[str], results.Answer]) -> None:
    answer = embedded(name)
    rows = [dict(zip(answer.variables, cells, strict=True)) for cells in answer.cells()]
    assert any(FACTS[name].items() <= row.items() for row in rows), rows[:5]
    assert not answer.cut
    assert len(answer.rows) == len(set(answer.rows))


@pytest.mark.parametrize("name", sorted(LIBRARY))
def test_a_query_of_the_library_says_what_it_answers_and_for_whom(name: str) -> None:
    entry = LIBRARY[name]
    assert entry.title != name
    assert entry.answers.endswith(".")
    assert set(entry.users) <= {"educator", "therapist", "ontologist"}
    assert entry.users
    assert entry.example.startswith(f"kinchain sparql {name}")
    assert "ORDER BY" in entry.text


@pytest.mark.parametrize("name", sorted(name for name, entry in LIBRARY.items() if entry.parameters))
def test_the_default_that_is_told_is_the_one_in_the_query(name: str, body: Body) -> None:
    entry = LIBRARY[name]
    values = {parameter.name: parameter.default for parameter in entry.parameters}
    filled = library.filled(entry, values, lambda: body.names, lambda: body.model)
    algebra = ox.Store()
    given, told = (list(algebra.query(_values_of(text, values), prefixes=PREFIXES)) for text in (entry.text, filled))
    assert given
    assert [str(row) for row in given] == [str(row) for row in told]


def _values_of(text: str, values: dict[str, str]) -> str:
    clauses = [line.strip() for line in text.splitlines() for name in values if f"VALUES ?{name} " in line]
    return f"SELECT * {{ {' '.join(clauses)} }}"


def test_a_parameter_in_people_s_words_changes_the_answer(triple_store: Path, body: Body) -> None:
    text = library.filled(LIBRARY["muscles-of-root"], {"root": "C6"}, lambda: body.names, lambda: body.model)
    muscles = {row[0] for row in ask(triple_store, text).cells()}
    assert "biceps brachii" in muscles or "short head of biceps brachii" in muscles
    assert "tibialis anterior" not in muscles


def filled(name: str, body: Body, **values: str) -> str:
    return library.filled(LIBRARY[name], values, lambda: body.names, lambda: body.model)


def test_a_side_is_kept_where_it_is_asked_for_and_both_are_taken_where_none_is_said(body: Body) -> None:
    right = filled("felt-in-region", body, region="right low back")
    both = filled("felt-in-region", body, region="low back")
    assert "body/right_low_back>" in right
    assert "body/left_low_back>" not in right
    assert "body/right_low_back>" in both
    assert "body/left_low_back>" in both


def test_below_a_grade_are_all_weaker_ones(body: Body) -> None:
    assert "{ <https://w3id.org/kinchain/schema/Refuted> }" in filled("weaker-than", body, grade="Claimed")
    assert filled("weaker-than", body, grade="textbook").count("schema/Moderate>") == 1


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("muscles-of-root", {"root": "soleus"}, "takes the name of a SpinalNerve"),
        ("muscles-of-root", {"nerve": "L5"}, "it has root"),
        ("muscles-of-root", {"root": ""}, "is empty"),
        ("muscles-of-root", {"root": "left L5 spinal nerve"}, "without the side"),
        ("muscles-over-several-joints", {"fewest": "-1"}, "is no number"),
        ("claims-by-verdict", {"verdict": "maybe"}, "choose Correct, Imprecise, Contested, Wrong"),
        ("chain-links", {"chain": "golden chain"}, "is no chain"),
        ("muscles-of-root", {"root": "x" * 300}, "is too long"),
    ],
)
def test_a_wrong_parameter_is_refused_with_what_it_takes(
    name: str, value: dict[str, str], words: str, body: Body
) -> None:
    with pytest.raises(BadQuestion, match=words):
        filled(name, body, **value)


@given(st.text(max_size=60))
def test_no_value_becomes_part_of_the_query_s_grammar(body: Body, value: str) -> None:
    entry = library.entry("own", "# Own\n# @param word: text = a -- a word\nSELECT * {\n  VALUES ?word { 'a' }\n}\n")
    try:
        text = library.filled(entry, {"word": value}, lambda: body.names, lambda: body.model)
    except BadQuestion:
        assert not value.strip()
        return
    rows = list(ox.Store().query(text))
    assert [row["word"] for row in rows] == [ox.Literal(value.strip())]


@pytest.mark.parametrize("value", ["x> } DROP ALL #", "'; DELETE WHERE { ?s ?p ?o }", "L5 } UNION { ?s ?p ?o"])
def test_an_injection_names_no_structure(value: str, body: Body) -> None:
    with pytest.raises((UnknownName, AmbiguousName, BadQuestion)):
        filled("attached-to", body, place=value)


def test_a_library_file_whose_parameter_has_no_clause_is_refused() -> None:
    with pytest.raises(InvalidOntology, match="has no clause"):
        library.entry("broken", "# Broken\n# @param root: Nerve = x -- y\nSELECT * {}\n")


# ---------------------------------------------------------------- what may be asked


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <ex:a> <ex:b> <ex:c> }",
        "PREFIX kc: <https://w3id.org/kinchain/schema/> DELETE WHERE { ?s kc:origin ?o }",
        "# read only?\nDROP ALL",
        "LOAD <http://127.0.0.1/x.ttl>",
        "WITH <ex:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "clear default",
    ],
)
def test_an_update_is_refused(update: str) -> None:
    with pytest.raises(BadQuestion, match="changes data and kinchain only reads"):
        query_text.read(update)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }",
        "SELECT * { service silent <http://127.0.0.1/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o . { SERVICE ?s { ?a ?b ?c } } }",
        "SELECT * { ?y kc:height ?a . FILTER(?a<?b)SERVICE:x#>\n{ ?s ?p ?o } }",
    ],
)
def test_asking_another_server_is_refused(text: str) -> None:
    with pytest.raises(BadQuestion, match="asks another server"):
        query_text.read(text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?service { ?service kc:origin ?o } # SERVICE",
        "SELECT * { ?s rdfs:label 'DROP the SERVICE' }",
        "PREFIX service: <http://example.org/service/> ASK { ?s service:insert ?o }",
        "BASE <http://example.org/> CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o FILTER(?o < 3 && ?o > 1) }",
    ],
)
def test_such_words_as_names_strings_and_comments_are_no_keywords(text: str) -> None:
    assert query_text.read(text).form in query_text.FORMS


def test_the_worker_itself_can_reach_nobody(few: Path) -> None:
    """Were a SERVICE to slip through, the process that runs the query could open no connection."""
    asked: list[str] = []
    with servers.answering(lambda request: asked.append(request.path)) as address:
        text = f"SELECT * {{ SERVICE <{address}/> {{ ?s ?p ?o }} }}"
        with pytest.raises(BadQuestion, match="the query failed"):
            sparql.run(query_text.Query(text, "SELECT"), few)
    assert not asked


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is empty"),
        ("muscles", "begins with 'muscles'"),
        ("PREFIX a: <ex:a>", "has no SELECT"),
        ("SELECT * { ?s ?p ?o }" + " " * query_text.LONGEST, "characters"),
        ("SELECT * { ?s 'a\0' ?o }", "NUL"),
    ],
)
def test_what_is_no_query_is_refused_before_it_runs(text: str, words: str) -> None:
    with pytest.raises(BadQuestion, match=words):
        query_text.read(text)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_in_one_sentence(text: str) -> None:
    try:
        query_text.read(text)
    except BadQuestion as problem:
        assert "\n" not in problem.message.strip()


def test_a_syntax_error_names_line_and_column(few: Path) -> None:
    with pytest.raises(BadQuestion, match="at line 2, column"):
        ask(few, "SELECT * {\n ?s kc: }")
    with pytest.raises(BadQuestion, match="a prefix there is not declared"):
        ask(few, "SELECT * { ?s nowhere:x ?o }")


def test_common_prefixes_are_declared_unless_the_query_declares_its_own(few: Path) -> None:
    assert ask(few, "SELECT (kc:x AS ?x) {}").cells() == [("kc:x",)]
    own = query_text.read("PREFIX kc: <http://own/> SELECT (kc:x AS ?x) {}")
    assert sparql.run(own, few).cells() == [("http://own/x",)]
    assert "kc: <https" not in own.with_prefixes


# ---------------------------------------------------------------- time, rows, memory


def test_an_endless_query_is_stopped_and_its_process_is_gone(few: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []
    original = subprocess.Popen

    def popen(*arguments: object, **options: object) -> subprocess.Popen[bytes]:
        started.append(original(*arguments, **options))  # type: ignore[call-overload]
        return started[-1]

    monkeypatch.setattr(subprocess, "Popen", popen)
    with pytest.raises(TooSlow, match="stopped after 1 s"):
        ask(few, ENDLESS, seconds=1)
    assert started[0].returncode is not None
    with pytest.raises(ProcessLookupError):
        os.kill(started[0].pid, 0)


def test_a_greedy_query_is_stopped_before_it_fills_the_memory(few: Path) -> None:
    with pytest.raises(BadQuestion, match="needs more than 300 MB"):
        ask(few, "SELECT ?a ?d { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c", memory=300 * 2**20)


def test_rows_are_cut_at_the_limit_and_the_answer_says_so(few: Path) -> None:
    all_of_them = "SELECT ?n { ?s <ex:is> ?n } ORDER BY ?n"
    assert [len(ask(few, all_of_them, limit=n).rows) for n in (5, 2000, 0)] == [5, 2000, 2000]
    assert [ask(few, all_of_them, limit=n).cut for n in (5, 1999, 2000, 0)] == [True, True, False, False]
    assert ask(few, "CONSTRUCT WHERE { ?s ?p ?o }", limit=7).size == 7


# ---------------------------------------------------------------- formats


@pytest.mark.parametrize("name", sorted(results.ROW_FORMATS))
def test_rows_are_written_as_pyoxigraph_itself_writes_them(name: str, few: Path) -> None:
    text = """SELECT ?a ?b ?c ?d ?e { VALUES (?a ?b ?c) { (<ex:a> "x\\ty"@en 1.5) (UNDEF 'plain, "quoted"' true) }
              BIND(BNODE() AS ?d) BIND(<<( <ex:s> <ex:p> "o" )>> AS ?e) }"""
    if name != "json":
        text = text.replace('BIND(<<( <ex:s> <ex:p> "o" )>> AS ?e)', "").replace("BIND(BNODE() AS ?d)", "")
    format_ = getattr(ox.QueryResultsFormat, results.ROW_FORMATS[name])
    ours = results.serialize(results.of_result(ox.Store().query(text)), name)
    theirs = ox.Store().query(text).serialize(format=format_)
    if name == "json":  # blank nodes have new names each time
        assert [_shape(r) for r in ox.parse_query_results(ours, format_)] == [
            _shape(r) for r in ox.parse_query_results(theirs, format_)
        ]
    else:
        assert ours == theirs


def _shape(row: ox.QuerySolution) -> list[str]:
    return ["_" if isinstance(term, ox.BlankNode) else str(term) for term in row]


@pytest.mark.parametrize("name", sorted(results.GRAPH_FORMATS))
def test_triples_read_back_from_every_format(name: str) -> None:
    triples = (
        ox.Triple(ox.NamedNode(PREFIXES["body"] + "a"), ox.NamedNode(PREFIXES["kc"] + "side"), ox.Literal("é<&")),
    )
    data = results.serialize(results.Answer(triples=triples), name)
    read = ox.parse(data, getattr(ox.RdfFormat, results.GRAPH_FORMATS[name]))
    assert [ox.Triple(q.subject, q.predicate, q.object) for q in read] == list(triples)


def test_a_format_of_the_other_kind_is_refused_with_those_that_fit() -> None:
    with pytest.raises(BadQuestion, match="choose turtle, ntriples"):
        results.check_format("csv", is_graph=True)
    with pytest.raises(BadQuestion, match="choose table, csv"):
        results.check_format("turtle", is_graph=False)


def test_control_characters_of_a_hostile_answer_never_reach_the_terminal() -> None:
    answer = results.Answer(("x",), ((ox.Literal("\x1b[2J<script>"),),))
    assert answer.cells() == [(" [2J<script>",)]


# ---------------------------------------------------------------- the store on disk


def test_a_store_is_built_once_and_opened_by_several_at_once(mini: Path, small: Body) -> None:
    told: list[str] = []
    first = store.ensure(mini, lambda: small.model, told.append)
    again = store.ensure(mini, lambda: pytest.fail("built twice"), told.append)
    assert first == again
    assert len(told) == 1
    both = [store.open_store(small.model, mini) for _ in range(2)]
    assert len(both[0]) == len(both[1]) > 1000


def test_a_changed_ontology_gets_a_new_store_and_the_oldest_goes(mini: Path, small: Body) -> None:
    made = []
    for number in range(3):
        with (mini / "anatomy" / "more.ttl").open("a") as file:
            file.write(f"# {number}\n")
        made.append(store.ensure(mini, lambda: small.model).parent)
    assert len(set(made)) == 3
    assert [path.exists() for path in made] == [False, True, True]


@pytest.mark.parametrize("damage", ["cut", "missing", "empty"])
def test_a_damaged_store_is_built_again(damage: str, mini: Path, small: Body) -> None:
    place = store.ensure(mini, lambda: small.model)
    table = max(place.glob("*.sst"), key=lambda path: path.stat().st_size)
    if damage == "cut":
        table.write_bytes(table.read_bytes()[:-100])
    elif damage == "missing":
        table.unlink()
    else:
        shutil.rmtree(place)
    told: list[str] = []
    assert len(ox.Store.read_only(str(store.ensure(mini, lambda: small.model, told.append)))) > 1000
    assert told


def test_damage_within_a_file_is_found_while_reading_and_the_store_built_again(mini: Path, small: Body) -> None:
    place = store.ensure(mini, lambda: small.model)
    for table in place.glob("*.sst"):
        data = bytearray(table.read_bytes())
        data[: len(data) // 2] = bytes(len(data) // 2)
        table.write_bytes(data)
    told: list[str] = []
    answer = sparql.answer("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", mini, lambda: small.model, notice=told.append)
    assert int(answer.cells()[0][0]) > 1000
    assert any("will be built again" in words for words in told)


def test_two_builds_at_once_both_get_a_whole_store(mini: Path, small: Body) -> None:
    gate = threading.Barrier(2)

    def model() -> object:
        gate.wait(30)  # both have seen that there is no store
        return small.model

    found: list[Path] = []
    threads = [
        threading.Thread(target=lambda: found.append(store.ensure(mini, model)))  # type: ignore[arg-type]
        for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 2
    assert len(set(found)) == 1
    assert not list(found[0].parent.parent.glob("*.part"))
    assert len(ox.Store.read_only(str(found[0]))) > 1000


def test_a_build_that_fails_leaves_nothing(mini: Path, small: Body) -> None:
    place = store.folder(mini)
    (mini / "anatomy" / "broken.ttl").write_text("this is no Turtle")
    with pytest.raises(InvalidOntology, match=r"broken\.ttl"):
        store.ensure(mini, lambda: small.model)
    assert not list(place.parent.glob("store-*"))


def test_without_a_cache_the_store_lives_as_long_as_the_process(
    mini: Path, small: Body, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a_file").write_text("no folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "a_file"))
    told: list[str] = []
    place = store.ensure(mini, lambda: small.model, told.append)
    assert "cannot be kept" in told[-1]
    assert store.ensure(mini, lambda: pytest.fail("built twice")) == place


def test_the_worker_is_started_by_its_name(few: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "kinchain.exports.worker"], input=b"no request", capture_output=True, check=False
    )
    assert done.returncode != 0
