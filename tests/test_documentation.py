"""The documentation says what happens: its sessions and examples are run, what is made covers all that there is."""

from __future__ import annotations

import html
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from docs import console, sample, sessions
from docs.generate import KNOWN, MARK, PARTS, filled
from docs.generate.figures import EXTRAS

import kinchain
from kinchain.body import Body
from kinchain.building import validate, whole_model

ROOT = Path(__file__).resolve().parent.parent
ONTOLOGY = ROOT / "ontology"
PAGES = sorted(console.PAGES.rglob("*.md"))
TOLD = [page for page in PAGES if re.search(r"```(console|pycon)", page.read_text("utf-8"))]


def named(page: Path) -> str:
    return page.relative_to(console.PAGES).as_posix()


@pytest.fixture(scope="session")
def made(body: Body) -> dict[str, str]:
    """Every page with its parts put in."""
    KNOWN.__dict__["body"] = body
    return {named(page): filled(page.read_text("utf-8"), KNOWN) for page in PAGES}


def marked(page: Path) -> Any:
    """The pages that break every rule in turn take a second for each."""
    return pytest.param(page, marks=[pytest.mark.slow] if named(page).startswith("howto/") else [])


@pytest.mark.parametrize("page", [marked(page) for page in TOLD], ids=[named(page) for page in TOLD])
def test_a_page_shows_what_happens(page: Path, body: Body, tmp_path: Path) -> None:
    assert console.Story(body, tmp_path).tell(page) >= 1


def test_the_pages_for_each_reader_are_sessions() -> None:
    told = {named(page) for page in TOLD}
    tutorials = {f"tutorials/{reader}.md" for reader in ("educators", "therapists", "ontologists")}
    assert tutorials | {"howto/muscle.md", "howto/claim.md", "start/first-answer.md"} <= told


def test_a_page_that_shows_something_else_is_noticed(body: Body, tmp_path: Path) -> None:
    page = console.PAGES / "tutorials" / "educators.md"
    changed = tmp_path / "page.md"
    changed.write_text(page.read_text("utf-8").replace("right axillary nerve", "right radial nerve"), encoding="utf-8")
    with pytest.raises(sessions.Different, match="axillary nerve"):
        console.Story(body, tmp_path).tell(changed)


def test_a_command_that_is_not_ours_is_refused(body: Body, tmp_path: Path) -> None:
    with pytest.raises(sessions.Different, match="not rm"):
        console.Story(body, tmp_path).run("rm -r .")


def test_a_page_is_brought_up_to_date(body: Body, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("```console\n$ kinchain find TLF --limit 1\nold\n…\n```\n", encoding="utf-8")
    page.write_text(console.refreshed(page, console.Story(body, tmp_path)), encoding="utf-8")
    assert "structure" in page.read_text("utf-8")
    assert console.Story(body, tmp_path).tell(page) == 1


def test_the_muscle_and_the_claim_of_the_pages_are_those_of_the_ontology() -> None:
    """The pages invent no anatomy: what they add stands word for word in the real ontology."""
    for page, file in (
        ("howto/muscle.md", "anatomy/hip_and_thigh_muscles.ttl"),
        ("howto/claim.md", "clinical/claims_hamstrings_and_core.ttl"),
    ):
        blocks = sessions.blocks((console.PAGES / page).read_text("utf-8"))
        (shown,) = [b.text for b in blocks if b.file and b.language == "turtle"]
        entry = shown[re.search(r"^(body|clinical):", shown, re.MULTILINE).start() :]  # type: ignore[union-attr]
        assert entry.strip() in (ONTOLOGY / file).read_text("utf-8")


def test_the_small_ontology_keeps_every_rule_and_says_nothing_of_its_own(body: Body, tmp_path: Path) -> None:
    small = sample.cut(tmp_path / "small")
    assert validate(small) == []
    model = whole_model(small)
    assert set(model.structures) == set(sample.THIGH)
    known = {(c.subject, c.relation, c.object, c.grade) for c in body.model.unsided.connections}
    assert {(c.subject, c.relation, c.object, c.grade) for c in model.connections if not c.derived_by} <= known


def test_every_part_that_a_page_asks_for_is_made_and_none_is_idle(made: dict[str, str]) -> None:
    asked = {name for page in PAGES for name in MARK.findall(page.read_text("utf-8"))}
    assert asked == set(PARTS)
    assert not any(MARK.search(text) for text in made.values())


def test_every_class_relation_and_property_is_in_the_reference(made: dict[str, str]) -> None:
    reference = "".join(text for name, text in made.items() if name.startswith("reference/ontology/"))
    terms = [t for t in KNOWN.schema.terms.values() if t.types & {"Class", "ObjectProperty", "AnnotationProperty"}]
    assert len(terms) > 100
    assert [t.name for t in terms if f"`kc:{t.name}`" not in reference] == []


def test_a_relation_is_told_with_all_that_is_known_of_it(made: dict[str, str], body: Body) -> None:
    text = made["reference/ontology/relations.md"]
    section = text[text.index("### invests") : text.index("### part of")]
    count = sum(c.relation == "invests" for c in body.model.unsided.connections)
    sided = sum(e.relation == "invests" for e in body.model.edges)
    assert f"{count} connections, {sided} with their sides" in section
    for said in ("`kc:invests`", "RO:0002221", "[fascia](classes.md#fascia)", "2. Wrapping", "*invests*", "textbook;"):
        assert said in section


def test_every_rule_chain_grade_and_weight_is_in_the_reference(made: dict[str, str], body: Body) -> None:
    rules = made["reference/ontology/rules.md"]
    for file in (ONTOLOGY / "checks").glob("*.rq"):
        assert f"### `{file.name.removesuffix('-violation.rq')}`" in rules
    for file in (ONTOLOGY / "shapes").glob("*.ttl"):
        for shape in re.findall(r"^shape:(\w+) a sh:NodeShape", file.read_text("utf-8"), re.MULTILINE):
            assert f"**`{shape}`**" in rules
    for chain in body.model.unsided.chains.values():
        assert f"## {chain.label}" in made["reference/ontology/chains.md"]
    evidence = made["reference/ontology/evidence.md"]
    for term in (t for kind in ("EvidenceGrade", "Mechanism", "Circumstance") for t in KNOWN.schema.of_type(kind)):
        assert term.label in evidence.replace("_", " ")
        assert term.one("weightReason")[:40] in html.unescape(evidence)


def test_every_command_and_option_is_in_the_reference(made: dict[str, str]) -> None:
    import typer.main

    from kinchain.cli.app import app

    text = made["reference/commands.md"]
    group: Any = typer.main.get_command(app)
    assert len(group.list_commands(None)) > 10
    for name in group.list_commands(None):
        command = group.get_command(None, name)
        section = text[text.index(f"## kinchain {name}\n") :].split("\n## ")[0]
        for option in command.params:
            for flag in option.opts if option.param_type_name == "option" else ():
                assert f"`{flag}" in section, f"kinchain {name} {flag}"


def test_every_public_name_and_every_contract_is_in_the_reference(made: dict[str, str]) -> None:
    for name in kinchain.__all__:
        assert f"::: kinchain.{name}\n" in made["reference/library.md"] + "\n"
    for contract in ("path", "causes", "error", "`N`", "candidate", "chain"):
        assert re.search(rf"^### `?{contract}", made["reference/json.md"], re.MULTILINE)


def test_every_extra_is_told(made: dict[str, str]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert set(project["optional-dependencies"]) == set(EXTRAS), "say in docs/generate/figures.py what the extra is for"


@pytest.mark.parametrize("name", ["sessions", "docstrings", "generate.markdown", "generate.schema"])
def test_the_examples_of_what_makes_the_pages(name: str) -> None:
    import doctest
    import importlib

    failed, tried = doctest.testmod(importlib.import_module(f"docs.{name}"))
    assert (failed, tried > 0) == (0, True)


def test_the_site_is_built_without_a_warning_and_asks_no_network(documentation: Path) -> None:
    pages = sorted(documentation.rglob("*.html"))
    assert len(pages) > len(PAGES) - 1
    loads = r"<(?:script|link|img|iframe|source)\b[^>]*?\b(?:src|href)=[\"']?((?:https?:)?//[^\"'> ]+)"
    for page in pages:
        assert re.findall(loads, page.read_text("utf-8")) == [], page
    for sheet in documentation.rglob("*.css"):
        assert re.findall(r"url\(\s*[\"']?((?:https?:)?//[^)]+)|@import", sheet.read_text("utf-8")) == [], sheet


def test_docstrings_are_read_as_sections(documentation: Path) -> None:
    library = (documentation / "reference" / "library.html").read_text("utf-8")
    assert "the ontology cannot be found or built" in html.unescape(library)
    assert "InvalidOntology</code>" in library or "InvalidOntology</a>" in library
    assert "&gt;&gt;&gt;" in library
    assert "<blockquote>" not in library
