"""The page: one file, no request, safe against hostile text, and what a person sees in a real browser."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from kinchain.body import Body
from kinchain.views.pages import causes, chain, route


@pytest.fixture(scope="module")
def html(body: Body) -> str:
    return route.page(body.path("right hamstring", "left humerus"), body.model.unsided)


class Elements(HTMLParser):
    """The elements of a page with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_a_page_loads_nothing(html: str) -> None:
    for tag, attributes in Elements(html).found:
        assert tag not in ("link", "iframe", "img", "object", "embed", "base")
        assert "src" not in attributes
        assert not any(name.startswith("on") for name in attributes), (tag, attributes)
        assert "style" not in attributes


def test_a_page_has_language_title_and_policy(html: str) -> None:
    found = Elements(html).found
    assert ("html", {"lang": "en"}) in found
    policies = [a["content"] for tag, a in found if tag == "meta" and a.get("http-equiv") == "Content-Security-Policy"]
    assert len(policies) == 1
    assert policies[0] is not None
    assert "default-src 'none'" in policies[0]
    assert "unsafe" not in policies[0]
    assert re.search(r"<title>right hamstrings → left humerus", html)


def test_a_page_is_small_and_the_same_each_time(body: Body, html: str) -> None:
    again = route.page(body.path("right hamstring", "left humerus"), body.model.unsided)
    assert again == html
    assert len(html.encode()) < 1_000_000


def test_the_list_says_what_the_picture_shows(body: Body, html: str) -> None:
    for route in body.path("right hamstring", "left humerus").routes:
        for hop in route.hops:
            assert hop.words in html


def test_the_notice_and_the_sources_are_on_the_page(html: str) -> None:
    assert "not a diagnosis" in html
    assert "https://doi.org/10.1007/BF00301411" in html


# ---------------------------------------------------------------- in a real browser

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    if not CHROMIUM:
        assert not os.environ.get("CI"), "Chromium is missing; run tests/tools/install-system-packages.sh"
        pytest.skip("Chromium is not installed here")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=_ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def opened(browser: Any, html: str, tmp_path: Path) -> Iterator[tuple[Any, list[str], list[str]]]:
    """The page opened from disk, with what the console said and what was requested."""
    file = tmp_path / "page.html"
    file.write_text(html, encoding="utf-8")
    tab = browser.new_page(viewport={"width": 1440, "height": 900})
    said: list[str] = []
    asked: list[str] = []
    tab.on("console", lambda message: said.append(message.text))
    tab.on("pageerror", lambda error: said.append(str(error)))
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(file.as_uri())
    tab.wait_for_function("window.kinchainReady === true")
    yield tab, said, asked
    tab.close()


def test_the_browser_is_silent_and_asks_for_nothing_else(opened: tuple[Any, list[str], list[str]]) -> None:
    tab, said, asked = opened
    tab.wait_for_timeout(300)
    assert said == []
    assert len(asked) == 1
    assert asked[0].startswith("file://")


def test_the_picture_is_drawn(opened: tuple[Any, list[str], list[str]]) -> None:
    tab, *_ = opened
    colours = tab.evaluate(
        """() => { const c = document.querySelector('#picture canvas'), d = c.getContext('2d')
        .getImageData(0, 0, c.width, c.height).data, seen = new Set();
        for (let i = 0; i < d.length; i += 40) seen.add(d[i] + ',' + d[i+1] + ',' + d[i+2]); return seen.size; }"""
    )
    assert colours > 8


def test_choosing_a_hop_says_it_and_keeps_it_in_the_address(opened: tuple[Any, list[str], list[str]]) -> None:
    tab, *_ = opened
    tab.click("tr[data-route='1'][data-hop='0'] button")
    assert "sacrotuberous ligament" in tab.text_content("#status")
    assert tab.evaluate("location.hash") == "#hop=1.0"


def test_the_arrows_walk_the_hops(opened: tuple[Any, list[str], list[str]]) -> None:
    tab, *_ = opened
    tab.focus("#picture")
    tab.keyboard.press("ArrowUp")
    tab.keyboard.press("ArrowUp")
    assert tab.get_attribute("tr.chosen", "data-hop") == "1"


def test_the_page_is_no_wider_than_a_phone(opened: tuple[Any, list[str], list[str]]) -> None:
    tab, *_ = opened
    tab.set_viewport_size({"width": 390, "height": 800})
    assert tab.evaluate("document.documentElement.scrollWidth") <= 391


# ---------------------------------------------------------------- chains and causes


@pytest.fixture(scope="module")
def chain_html(body: Body) -> str:
    return chain.page(body.chain("superficial front line"), body.model.unsided)


@pytest.fixture(scope="module")
def causes_html(body: Body) -> str:
    unsided = body.model.unsided
    return causes.page(body.causes("left shoulder pain on exertion"), unsided)


def test_a_chain_page_shows_gaps_as_gaps(body: Body, chain_html: str) -> None:
    gaps = body.chain("superficial front line").gaps
    assert chain_html.count("<td>") > len(gaps) > 0
    assert len(re.findall(r"<td>\d+\. [^<]*\(a gap: nothing was verified\)", chain_html)) == len(gaps)


def test_red_flags_stand_first_on_the_page_of_causes(causes_html: str) -> None:
    assert causes_html.index("Red flags first") < causes_html.index('class="route"')
    assert "raised by the question" in causes_html


@pytest.mark.parametrize("which", ["chain_html", "causes_html"])
def test_every_page_opens_silently_and_is_drawn(
    browser: Any, request: pytest.FixtureRequest, which: str, tmp_path: Path
) -> None:
    file = tmp_path / "page.html"
    file.write_text(request.getfixturevalue(which), encoding="utf-8")
    tab = browser.new_page(viewport={"width": 1440, "height": 900})
    said: list[str] = []
    asked: list[str] = []
    tab.on("console", lambda message: said.append(message.text))
    tab.on("pageerror", lambda error: said.append(str(error)))
    tab.on("request", lambda sent: asked.append(sent.url))
    tab.goto(file.as_uri())
    tab.wait_for_function("window.kinchainReady === true")
    tab.click("tr[data-route='2'][data-hop='0'] button")
    assert tab.text_content("#status")
    tab.set_viewport_size({"width": 390, "height": 800})
    assert tab.evaluate("document.documentElement.scrollWidth") <= 391
    assert (said, len(asked)) == ([], 1)
    tab.close()
