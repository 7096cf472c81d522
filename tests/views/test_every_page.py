"""What every kind of page owes its readers, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kinchain.body import Body
from kinchain.views.pages import route
from tests.views.conftest import DESKTOP, PHONE, Opened
from tests.views.pages import HOSTILE, KINDS, LIMITS, hostile

Show = Callable[..., Opened]

_COLOURS = """() => { const c = document.querySelector('#picture canvas'), d = c.getContext('2d')
    .getImageData(0, 0, c.width, c.height).data, seen = new Set();
    for (let i = 0; i < d.length; i += 40) seen.add(d[i] + ',' + d[i+1] + ',' + d[i+2]); return seen.size; }"""


def test_it_opens_silently_asks_for_nothing_and_is_drawn(page: Opened) -> None:
    page.tab.wait_for_timeout(200)
    assert page.said == []
    assert page.asked == [page.file.as_uri()]
    assert page.tab.evaluate(_COLOURS) > 8
    assert page.file.stat().st_size < LIMITS.get(page.kind, 1_000_000)


# What axe finds in a page as it stands; what it cannot decide, such as colours over a picture, is looked at by people.
_AXE = """async (rules) => (await axe.run({resultTypes: ['violations'], ...(rules ? {runOnly: rules} : {})}))
    .violations.map((each) => [each.id, each.nodes.map((node) => node.html.slice(0, 200))])"""


def test_axe_finds_nothing(page: Opened, axe: str) -> None:
    page.tab.evaluate(axe)
    assert page.tab.evaluate(_AXE) == []
    page.tab.emulate_media(color_scheme="dark")
    assert page.tab.evaluate(_AXE, ["color-contrast"]) == []
    summary = page.tab.locator(".save summary")
    if summary.count():
        summary.click()
        assert page.tab.evaluate(_AXE, ["color-contrast", "aria-hidden-focus", "list"]) == []
        page.tab.keyboard.press("Escape")
    page.tab.emulate_media(color_scheme="light")
    page.tab.set_viewport_size(PHONE)
    assert page.tab.evaluate(_AXE) == []
    page.tab.set_viewport_size(DESKTOP)


def test_it_is_as_wide_as_the_window(page: Opened) -> None:
    for width, height in ((390, 844), (720, 450), (320, 640)):  # a phone, a desktop at 200 %, and at 400 %
        page.tab.set_viewport_size({"width": width, "height": height})
        assert page.tab.evaluate("document.documentElement.scrollWidth") <= width
    page.tab.set_viewport_size(DESKTOP)


_UNSEEN = """() => [...document.querySelectorAll('*')].filter((each) => each.tabIndex >= 0 && each.checkVisibility())
    .filter((each) => { each.focus({preventScroll: true}); return document.activeElement === each
        && getComputedStyle(each).outlineStyle === 'none'; }).map((each) => each.outerHTML.slice(0, 200))"""


def test_the_picture_is_one_tab_stop_and_focus_is_seen(page: Opened) -> None:
    stops = page.tab.evaluate(
        "[...document.querySelectorAll('#picture, #picture *')].filter((e) => e.tabIndex >= 0).map((e) => e.id)"
    )
    assert stops in (["picture"], [])  # none where there is nothing to do with it
    page.tab.keyboard.press("Tab")  # from here on the browser shows focus as to somebody at the keyboard
    assert page.tab.evaluate(_UNSEEN) == []


def test_on_paper_the_picture_is_drawn_with_lines(page: Opened) -> None:
    page.tab.emulate_media(color_scheme="dark", media="print")
    page.tab.evaluate("dispatchEvent(new Event('beforeprint'))")
    drawn = page.tab.locator("svg.paper")
    if page.tab.locator(".save").count():
        assert drawn.locator("path").count() > 5
        assert drawn.bounding_box()["width"] > 300
        assert not page.tab.locator("#picture").is_visible()
    page.tab.evaluate("dispatchEvent(new Event('afterprint'))")
    page.tab.emulate_media(color_scheme="light", media="screen")
    assert drawn.count() == 0


@pytest.fixture(scope="module")
def passed(body: Body) -> Callable[[object], object]:
    """Hostile text put into answers, and once for all into the model."""
    model, spoiled = body.model.unsided, hostile(body.model.unsided)
    return lambda answer: spoiled if answer is model else hostile(answer)


@pytest.mark.parametrize("kind", [pytest.param(k, marks=pytest.mark.slow if k == "map" else ()) for k in KINDS])
def test_hostile_text_is_shown_as_text(
    kind: str, body: Body, passed: Callable[[object], object], show: Show, tmp_path: Path
) -> None:
    file = tmp_path / "page.html"
    file.write_text(KINDS[kind](body, passed), encoding="utf-8")
    page = show(file)
    page.tab.wait_for_timeout(100)
    assert (page.said, page.asked, page.dialogs) == ([], [file.as_uri()], [])
    assert page.tab.locator("img").count() == 0
    if kind == "map":  # which shows what is looked for
        page.tab.fill("#find", "supraspinatus")
        page.tab.keyboard.press("Enter")
        page.tab.wait_for_function("text => document.querySelector('main').textContent.includes(text)", arg=HOSTILE)
    assert HOSTILE in page.tab.locator("main").text_content()
    assert (page.said, page.dialogs) == ([], [])


_IS_XML = """(text) => !new DOMParser().parseFromString(text, 'image/svg+xml')
    .querySelector('parsererror, script, img')"""


def test_hostile_labels_of_an_ontology_are_shown_as_text(mini: Path, show: Show, tmp_path: Path) -> None:
    leg = mini / "anatomy" / "leg.ttl"
    for name in ("ischial tuberosity", "sacrotuberous ligament"):
        written = HOSTILE.replace("\\", "\\\\").replace('"', '\\"')
        leg.write_text(leg.read_text("utf-8").replace(f'label "{name}"', f'label "{name} {written}"'), "utf-8")
    _lay_out(mini)
    body = Body.load(mini)
    file = tmp_path / "page.html"
    answer = body.path("right semitendinosus", "left thoracolumbar fascia")
    file.write_text(route.page(answer, body.model.unsided), encoding="utf-8")
    page = show(file)
    assert (page.said, page.asked, page.dialogs) == ([], [file.as_uri()], [])
    assert f"ischial tuberosity {HOSTILE}" in page.tab.locator("#answer").text_content()
    svg = page.tab.evaluate("kinchain.page.saved.svg().text")
    assert "alert(1)" in svg
    assert page.tab.evaluate(_IS_XML, svg)


_PLACES = {
    "hip_bone": (0.05, 0.55),
    "ischial_tuberosity": (0.04, 0.5),
    "sacrum": (0, 0.57),
    "median_sacral_crest": (0, 0.57),
    "lateral_sacral_crest": (0.02, 0.56),
    "fibula": (0.06, 0.15),
    "head_of_fibula": (0.06, 0.26),
    "s1_spinal_nerve": (0.02, 0.57),
    "spleen": (0.07, 0.7),
}


def _lay_out(ontology: Path) -> None:
    """Give the small ontology positions."""
    prefixes = "".join(
        f"@prefix {n}: <https://w3id.org/kinchain/{w}/> .\n" for n, w in (("kc", "schema"), ("body", "body"))
    )
    lines = (f"body:{n} kc:lateral {x} ; kc:height {y} ; kc:forward -0.02 .\n" for n, (x, y) in _PLACES.items())
    (ontology / "layout").mkdir()
    (ontology / "layout" / "leg.ttl").write_text(prefixes + "".join(lines), encoding="utf-8")
