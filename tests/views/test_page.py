"""The page: one file, no request, safe against hostile text, and what a person sees in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from kinchain.body import Body
from kinchain.views.pages import causes, chain, route
from tests.views.conftest import Opened


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
    for found in body.path("right hamstring", "left humerus").routes:
        for hop in found.hops:
            assert hop.words in html


def test_the_notice_and_the_sources_are_on_the_page(html: str) -> None:
    assert "not a diagnosis" in html
    assert "https://doi.org/10.1007/BF00301411" in html


# ---------------------------------------------------------------- in a real browser


@pytest.fixture
def opened(page_file: Callable[[str], Path], show: Callable[..., Opened]) -> Any:
    return show(page_file("route")).tab


def test_choosing_a_hop_says_it_and_keeps_it_in_the_address(opened: Any) -> None:
    opened.click("tr[data-route='1'][data-hop='0'] button")
    assert opened.text_content("#status").startswith("Step 1: right long head of biceps femoris is continuous with")
    assert opened.text_content("#status").endswith("Evidence: Strong")
    assert opened.evaluate("location.hash") == "#show=1&view=back&hop=0"


@pytest.mark.parametrize(("forward", "back"), [("ArrowDown", "ArrowUp"), ("ArrowRight", "ArrowLeft")])
def test_the_arrows_walk_the_hops(opened: Any, forward: str, back: str) -> None:
    opened.focus("#picture")
    for key, hop in ((forward, "0"), (forward, "1"), (back, "0")):
        opened.keyboard.press(key)
        assert opened.get_attribute("tr.chosen", "data-hop") == hop
    opened.keyboard.press("Escape")
    assert opened.locator("tr.chosen").count() == 0


def test_an_address_shows_the_same_view_again(page_file: Callable[[str], Path], show: Callable[..., Opened]) -> None:
    tab = show(page_file("route"), "#show=2&view=back&hop=3").tab
    assert tab.get_attribute("tr.chosen", "data-hop") == "3"
    assert tab.get_attribute("button[data-show='2']", "aria-pressed") == "true"
    assert tab.evaluate("location.hash") == "#show=2&view=back&hop=3"


def test_what_is_looked_at_is_announced(opened: Any) -> None:
    opened.click("button[data-show='2']")
    assert opened.text_content("#status") == "2. skeletal, seen from the back"
    opened.click("#turn")
    assert opened.text_content("#status") == "2. skeletal, seen from the front"


def test_nothing_glides_for_those_who_want_less_motion(
    page_file: Callable[[str], Path], show: Callable[..., Opened]
) -> None:
    tab = show(page_file("route"), reduced_motion="reduce").tab
    place = "JSON.stringify(kinchain.page.picture.network.getViewPosition())"
    tab.click("button[data-show='2']")
    first = tab.evaluate(place)
    tab.wait_for_timeout(400)
    assert tab.evaluate(place) == first


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
