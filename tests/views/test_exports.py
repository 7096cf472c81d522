"""The Save menu: files that say the same as the view, written by the page itself without a request or a word."""

from __future__ import annotations

import base64
import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import bibtexparser
import pytest
import rispy

from kinchain.body import Body
from tests.views.conftest import PIXELS, Opened, until


@pytest.fixture
def routes(page_file: Callable[[str], Path], show: Callable[..., Opened]) -> Opened:
    return show(page_file("route"), color_scheme="dark", accept_downloads=True)


def _saved(page: Opened, words: str, folder: Path) -> Path:
    page.tab.click(".save summary")
    with page.tab.expect_download() as waiting:
        page.tab.click(f".save button:has-text('{words}')")
    file = folder / waiting.value.suggested_filename
    waiting.value.save_as(file)
    return file


def test_the_table_that_is_shown_is_saved_as_csv(routes: Opened, body: Body, tmp_path: Path) -> None:
    file = _saved(routes, "CSV", tmp_path)
    assert file.name == "what-links-the-right-hamstrings-to-the-left-humerus-1-myofascial-route-seen-from.csv"
    rows = list(csv.reader(io.StringIO(file.read_bytes().decode("utf-8-sig"))))
    hops = body.path("right hamstring", "left humerus").routes[0].hops
    assert rows[0] == ["Step", "Connection", "Evidence", "Sources"]
    assert [row[0] for row in rows[1:]] == [str(n + 1) for n in range(len(hops))]
    assert all(row[1].startswith(hop.words) for row, hop in zip(rows[1:], hops, strict=True))
    assert routes.said == []


def test_the_works_are_saved_for_reference_managers(routes: Opened, tmp_path: Path) -> None:
    keys = {li.removeprefix("ref-") for li in routes.tab.evaluate(_REFERENCES)}
    library = bibtexparser.parse_string(_saved(routes, "BibTeX", tmp_path).read_text("utf-8"))
    assert {entry.key for entry in library.entries} == keys
    records = rispy.loads(_saved(routes, "RIS", tmp_path).read_text("utf-8"))
    assert {record["id"] for record in records} == keys
    assert routes.said == []


_REFERENCES = "[...document.querySelectorAll('.references li')].map((each) => each.id)"


def test_the_picture_is_saved_as_it_is_seen_in_light_colours(routes: Opened, browser: Any, tmp_path: Path) -> None:
    svg = _saved(routes, "SVG", tmp_path)
    png = _saved(routes, "PNG", tmp_path)
    assert (routes.said, [url for url in routes.asked if not url.startswith(("file:", "blob:"))]) == ([], [])
    text = svg.read_text("utf-8")
    for words in ("What links the right hamstrings", "latissimus dorsi", "not a diagnosis", "Vleeming et al. 1995"):
        assert words in text
    assert "#1e2128" not in text  # the dark card
    width, height, *ends = routes.tab.evaluate(_MEASURE, base64.b64encode(png.read_bytes()).decode())
    assert (width, height) == tuple(
        2 * routes.tab.evaluate(f"kinchain.page.saved.svg().{side}") for side in ("width", "height")
    )
    assert ends == [255, 255, 255]
    drawn = browser.new_page()
    drawn.goto(svg.as_uri())
    assert drawn.locator("text").count() > 20
    drawn.close()


_MEASURE = PIXELS % "return [image.width, image.height, ...ctx.getImageData(2, 2, 1, 1).data.slice(0, 3)];"


def test_the_saved_picture_is_of_what_is_chosen(page_file: Callable[[str], Path], show: Callable[..., Opened]) -> None:
    tab = show(page_file("route"), "#show=2&view=front").tab
    text = tab.evaluate("kinchain.page.saved.svg().text")
    assert "2. skeletal route, seen from the front" in text


def test_the_link_to_the_view_is_copied(routes: Opened) -> None:
    routes.tab.click("tr[data-route='1'][data-hop='1'] button")
    routes.tab.click(".save summary")
    routes.tab.click(".save button:has-text('Copy link')")
    until(routes.tab, "document.getElementById('status').textContent === 'Link copied'")
    routes.tab.evaluate("document.body.append(document.createElement('textarea'))")
    routes.tab.focus("body > textarea")
    routes.tab.keyboard.press("Control+V")
    assert routes.tab.input_value("body > textarea").endswith("route.html#show=1&view=back&hop=1")


def test_the_menu_is_worked_by_keyboard(routes: Opened) -> None:
    tab = routes.tab
    chosen = "document.activeElement.textContent"
    tab.focus(".save summary")
    tab.keyboard.press("Enter")
    tab.keyboard.press("ArrowDown")
    assert tab.evaluate(chosen) == "Picture (PNG)"
    tab.keyboard.press("ArrowUp")
    assert tab.evaluate(chosen) == "Copy link to this view"
    tab.keyboard.press("Escape")
    assert tab.evaluate(chosen) == "Save"
    assert tab.get_attribute(".save", "open") is None


def test_cells_are_not_taken_for_formulas(routes: Opened) -> None:
    routes.tab.evaluate("document.querySelector('#route-1 tbody td').textContent = '=1+1, \"so\"'")
    assert '1,"\'=1+1, ""so""",' in routes.tab.evaluate("kinchain.page.saved.csv()")
