"""The page of a comparison, and what the command answers."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib import resources
from pathlib import Path

import jsonschema
import pytest

from kinchain.body import Body
from kinchain.queries.compare import compare as compared
from kinchain.views.pages import compare
from tests.conftest import Run
from tests.views.conftest import PHONE, Opened

Show = Callable[..., Opened]


@pytest.mark.parametrize(
    "asked",
    [("superficial back line", "spiral line"), ("spiral line",), ("supraspinatus", "infraspinatus"), ("soleus",)],
)
def test_the_page_says_what_the_answer_says(body: Body, asked: tuple[str, ...]) -> None:
    found = compared(body.incidence, body.names, *asked)
    html = compare.page(found, body.model.unsided)
    assert html == compare.page(found, body.model.unsided)
    assert len(html.encode()) < 1_000_000
    for aspect in found.aspects:
        for name in (*aspect.both, *aspect.first, *aspect.second):
            assert name in html
    for figure in found.figures:
        assert figure.title in html


@pytest.mark.parametrize("asked", [("superficial back line", "spiral line"), ("soleus",)])
def test_json_keeps_its_contract(run: Run, asked: tuple[str, ...]) -> None:
    schema = json.loads((resources.files("kinchain.views") / "schemas" / "answers.schema.json").read_text("utf-8"))
    done = run("compare", *asked, "--json")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    jsonschema.Draft202012Validator({**schema, "$ref": "#/$defs/compare"}).validate(answer)


def test_piped_output_is_tab_separated_and_whole(run: Run) -> None:
    lines = run("compare", "supraspinatus", "infraspinatus").stdout.splitlines()
    assert {len(line.split("\t")) for line in lines} == {4}


def test_a_refusal_is_one_sentence(run: Run) -> None:
    done = run("compare", "sternum")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert "no two sides" in done.stderr


def test_both_stand_side_by_side_at_first(page_file: Callable[[str], Path], show: Show) -> None:
    opened = show(page_file("compare"))
    tab = opened.tab
    assert tab.evaluate("location.hash") == "#show=both"
    assert tab.locator(".choices [aria-pressed='true']").all_text_contents() == ["Both"]
    centres = tab.evaluate(
        "kinchain.page.drawing.lanes.map((l) => kinchain.page.picture.network.canvasToDOM({x: l.x, y: 0}).x)"
    )
    width = tab.evaluate("document.getElementById('picture').clientWidth")
    assert len(centres) == 2
    assert 0 < centres[0] < width / 2 < centres[1] < width
    assert opened.said == []


def test_a_row_leads_to_its_body_and_both_leads_back(page_file: Callable[[str], Path], show: Show) -> None:
    tab = show(page_file("compare")).tab
    tab.click("tr[data-route='2'][data-hop='0'] button")
    assert tab.evaluate("kinchain.page.picture.active().number") == 2
    assert tab.locator(".choices [aria-pressed='true']").count() == 1
    assert "show=2" in tab.evaluate("location.hash")
    tab.click("text=Both")
    assert tab.evaluate("location.hash") == "#show=both"
    assert tab.text_content("#status") == "Both, side by side"


def test_the_address_opens_one_of_the_two(page_file: Callable[[str], Path], show: Show) -> None:
    tab = show(page_file("compare"), "#show=2").tab
    assert tab.evaluate("kinchain.page.picture.active().number") == 2


def test_columns_stay_named_on_a_phone(page_file: Callable[[str], Path], show: Show) -> None:
    tab = show(page_file("compare"), viewport=PHONE).tab
    assert tab.locator(".compared thead").first.is_visible()
    assert tab.evaluate("document.documentElement.scrollWidth") <= 391


def test_a_mistyped_chain_is_answered_with_chains_and_a_mistyped_muscle_with_muscles(run: Run) -> None:
    assert "superficial back line" in run("compare", "superficial bak line", "spiral line").stderr
    assert "gluteus maximus" in run("compare", "glutius maximus", "soleus").stderr
