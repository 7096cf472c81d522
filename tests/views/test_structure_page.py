"""The page of a structure: what it is joined to group by group, and what concerns it in practice."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest

from kinchain.body import Body
from kinchain.model import Named
from kinchain.queries.membership import Memberships
from kinchain.queries.partners import partners
from kinchain.views import json_clinical, jsonout
from kinchain.views.frame import Assets
from kinchain.views.pages import structure
from tests.conftest import Run
from tests.views.conftest import Opened

Show = Callable[..., Opened]


def page(body: Body, text: str, **options: Any) -> str:
    told, *_ = body.show(text)
    return structure.page(
        told,
        body.care(told.structure),
        body.model.unsided,
        chains=Memberships(body.incidence).of(told.structure),
        partners=partners(body.incidence, told.structure),
        **options,
    )


@pytest.fixture(scope="module")
def html(body: Body) -> str:
    return page(body, "gluteus maximus")


def test_page_and_json_tell_the_same_of_practice(body: Body, html: str) -> None:
    told, *_ = body.show("gluteus maximus")
    model = body.model.unsided
    answer = jsonout.show(told, model.sources) | json_clinical.care(
        body.care(told.structure), model.sources, model.structures
    )
    for part in ("red_flags", "tests", "care", "findings"):
        assert answer[part]
        for item in answer[part]:
            assert item["label"] in html, part
    assert html.count('<strong class="verdict') == len(answer["claims"])


def test_every_connection_is_told(body: Body) -> None:
    told, *_ = body.show("supraspinatus")
    html = page(body, "supraspinatus")
    for fact in told.facts:
        if fact.relation not in ("tests", "targets", "screens", "suspects"):
            assert fact.other.label in html, fact.words


def test_red_flags_stand_first_and_the_side_is_said(html: str) -> None:
    assert html.index("Red flags first") < html.index("What it is") < html.index("Attachments</h2>")
    assert "Told for the right side" in html


def test_a_whole_has_the_partners_of_its_parts(body: Body) -> None:
    gluteus = body.names.resolve("right gluteus maximus")[0]
    found = partners(body.incidence, gluteus)
    assert {p.opposes for p in found} == {True, False}
    assert not any("gluteus maximus" in p.structure.label for p in found)
    assert all(p.movements for p in found)


def test_a_structure_belongs_to_the_chains_of_its_group(body: Body) -> None:
    found = Memberships(body.incidence).of(body.names.resolve("right latissimus dorsi")[0])
    assert "right posterior oblique sling" in {m.chain.label for m in found}
    assert all(link.source.unsided or link.target for m in found for link in m.links)


def test_other_ontologies_are_linked(html: str) -> None:
    assert 'href="http://purl.obolibrary.org/obo/UBERON_0001370"' in html


def test_names_become_links_where_a_site_has_pages(body: Body) -> None:
    def link(named: Named) -> str:
        return f'<a href="../{named.unsided}.html">{named.label}</a>'

    html = page(body, "soleus", link=link, assets=Assets("../assets"))
    assert '<a href="../calcaneal_tendon.html">' in html
    assert not re.search(r"<summary>[^/]*<a ", html)
    assert len(html) < 300_000


@pytest.mark.parametrize("text", ["slump test", "right hip extension", "low back", "Romanian deadlift", "sternum"])
def test_every_kind_of_structure_has_a_page(body: Body, text: str) -> None:
    assert "What it is" in page(body, text)


def test_a_page_is_written_quickly(body: Body) -> None:
    memberships, site = Memberships(body.incidence), Assets("../assets")
    names = sorted(body.model.structures)[::90]
    told = [body.show(body.named(name).label)[0] for name in names]
    cares = [body.care(each.structure) for each in told]
    chains = [memberships.of(each.structure) for each in told]
    structure.page(told[0], cares[0], body.model.unsided, assets=site)  # what is read once
    start = perf_counter()
    for each, care, along in zip(told, cares, chains, strict=True):
        structure.page(each, care, body.model.unsided, chains=along, assets=site)
    assert (perf_counter() - start) / len(told) < 0.03


def test_the_largest_page_is_under_a_megabyte(body: Body) -> None:
    for text in ("external oblique", "gluteus maximus", "mid back"):
        assert len(page(body, text).encode()) < 1_000_000, text


def test_the_command_writes_the_page(run: Run, tmp_path: Path) -> None:
    done = run("show", "soleus", "--html", str(tmp_path / "page.html"))
    assert (done.returncode, done.stdout) == (0, "")
    assert "shown for the right soleus" in done.stderr
    assert "soleus" in (tmp_path / "page.html").read_text("utf-8")


def test_a_row_draws_what_it_says(page_file: Callable[[str], Path], show: Show) -> None:
    tab = show(page_file("structure")).tab
    tab.click("#route-1 tr[data-hop='0'] button")
    assert "supraspinous" in tab.text_content("#status")
    assert tab.evaluate("kinchain.page.picture.active().title") == "Attachments"
    assert "show=1" in tab.evaluate("location.hash")
    numbers = tab.evaluate("kinchain.page.drawing.nodes.filter((n) => n.lane === 1).map((n) => n.number)")
    assert numbers[0] is None
    assert numbers[1:] == sorted(numbers[1:])


def test_every_group_is_drawn_without_a_word_on_the_console(page_file: Callable[[str], Path], show: Show) -> None:
    opened = show(page_file("structure"))
    for button in opened.tab.query_selector_all("button[data-show]"):
        button.click()
    opened.tab.wait_for_timeout(200)
    assert opened.said == []
