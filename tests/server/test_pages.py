"""The live pages in a real browser: asked by keyboard, answered, silent, open to everybody."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any

import httpx
import pytest

from tests.server.conftest import Server
from tests.views.conftest import DESKTOP, PHONE, until


@dataclass
class Opened:
    """A tab, what its console said, and what it asked for."""

    tab: Any
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


@pytest.fixture
def visit(browser: Any, server: Server) -> Iterator[Callable[..., Opened]]:
    """Open pages of the server, which are closed when the test ends."""
    tabs: list[Any] = []

    def opened(path: str, **options: Any) -> Opened:
        tab = browser.new_page(**{"viewport": DESKTOP, **options})
        tabs.append(tab)
        found = Opened(tab)
        tab.on("console", lambda message: found.said.append(message.text))
        tab.on("pageerror", lambda error: found.said.append(str(error)))
        tab.on("request", lambda request: found.asked.append(request.url))
        tab.goto(server.url + path)
        return found

    yield opened
    for tab in tabs:
        tab.close()


def test_the_first_page_suggests_and_asks_by_keyboard(visit: Callable[..., Opened], server: Server) -> None:
    page = visit("/")
    tab = page.tab
    before = len(page.asked)
    tab.focus("#path-source")
    tab.keyboard.type("right hamstrings")
    until(tab, "document.querySelectorAll('#path-source-list [role=option]').length > 0")
    assert tab.get_attribute("#path-source", "aria-expanded") == "true"
    tab.keyboard.press("ArrowDown")
    assert tab.get_attribute("#path-source", "aria-activedescendant") == "path-source-list-0"
    tab.keyboard.press("Enter")
    assert tab.input_value("#path-source") == "right hamstrings"
    tab.keyboard.press("Tab")
    tab.keyboard.type("left humerus")
    tab.keyboard.press("Enter")
    assert tab.input_value("#path-target") == "left humerus"
    assert page.asked[before:] == []  # suggestions are made in the browser
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/path?*")
    until(tab, "window.kinchainReady === true")
    assert "right hamstrings" in tab.inner_text("h1")
    assert "sacrotuberous ligament" in tab.inner_text("#answer")
    assert page.said == []
    assert [url for url in page.asked if not url.startswith(server.url)] == []


def test_a_complaint_in_ones_own_words_is_sent_as_it_was_typed(visit: Callable[..., Opened]) -> None:
    page = visit("/")
    page.tab.focus("#causes-site")
    page.tab.keyboard.type("outside of my left knee")
    page.tab.keyboard.press("Tab")
    page.tab.keyboard.type("at night, on exertion")
    page.tab.keyboard.press("Enter")
    page.tab.wait_for_url("**/causes?*")
    until(page.tab, "window.kinchainReady === true")
    assert page.tab.inner_text("#flags") == "Red flags first"
    assert "night" in page.tab.inner_text("h1")
    assert page.said == []


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/path?source=right+hamstring&target=left+humerus",
        "/show?structure=left+soleus",
        "/path?source=sol&target=x",
        "/nowhere",
    ],
)
def test_a_page_is_silent_and_open_to_everybody(visit: Callable[..., Opened], axe: str, path: str) -> None:
    page = visit(path, bypass_csp=True)
    if page.tab.query_selector("#picture"):
        until(page.tab, "window.kinchainReady === true")
    page.tab.add_script_tag(content=axe)
    found = page.tab.evaluate("axe.run().then((all) => all.violations.map((v) => v.id + ': ' + v.nodes[0].html))")
    assert found == []
    assert [line for line in page.said if "404" not in line] == []
    page.tab.set_viewport_size(PHONE)
    assert page.tab.evaluate("document.documentElement.scrollWidth") <= PHONE["width"] + 1


def test_the_forms_work_without_scripts(visit: Callable[..., Opened]) -> None:
    page = visit("/", java_script_enabled=False)
    page.tab.fill("#ask-question", "which nerve supplies the left soleus?")
    page.tab.press("#ask-question", "Enter")
    page.tab.wait_for_url("**/show?structure=left+soleus")
    assert page.tab.inner_text("h1") == "Left soleus"


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("what links right hamstring to left humerus?", r"path\?source=right\+hamstring&target=left\+humerus"),
        ("what could cause pain in my left knee?", r"causes\?site=.*left\+knee"),
        ("how do I test the sacroiliac joint?", r"show\?structure=.*sacroiliac.*"),
        ("do the glutes fire before the hamstrings?", "claim/.*html"),
    ],
)
def test_a_question_in_plain_words_leads_to_its_page(client: httpx.Client, question: str, place: str) -> None:
    got = client.get("/ask", params={"question": question})
    assert got.status_code == 303
    assert re.fullmatch(place, got.headers["location"])
    assert client.get("/" + got.headers["location"]).status_code == 200


@pytest.mark.parametrize("path", ["/index.html", "/muscles.html", "/structure/soleus.html", "/chain/spiral_line.html",
                                  "/region/outer_knee.html", "/claims.html", "/about.html", "/sources.html",
                                  "/compare?first=soleus", "/data/structures.csv", "/assets/names.js"])  # fmt: skip
def test_the_whole_atlas_is_there(client: httpx.Client, path: str) -> None:
    got = client.get(path)
    assert got.status_code == 200
    links = {link.removeprefix("../") for link in re.findall(r'href="([^"#:]+\.html)"', got.text)}
    for link in sorted(links)[:3]:
        assert client.get(f"/{link}").status_code == 200


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/show?structure=lumbricals", 422, "lumbricals of foot"),
        ("/show?structure=%3Cscript%3Ealert(1)%3C/script%3E", 404, "&lt;script&gt;"),
        ("/path?source=soleus", 400, "missing required field"),
        ("/structure/no_such_thing.html", 404, "there is no such page"),
        ("/ask?question=tell+me+a+joke", 400, "question"),
    ],
)
def test_what_has_no_answer_is_a_page_that_says_so(client: httpx.Client, path: str, status: int, words: str) -> None:
    got = client.get(path)
    assert got.status_code == status
    assert got.headers["content-type"] == "text/html; charset=utf-8"
    assert words.lower() in got.text.lower()
    assert "<script>alert" not in got.text


@pytest.mark.parametrize(
    ("path", "others"),
    [
        ("/show?structure=lumbricals", r"show\?structure=lumbricals\+of\+(foot|hand)"),
        ("/path?source=right+soleus&target=lumbricals&k=2",
         r"path\?source=right\+soleus&amp;target=lumbricals\+of\+(foot|hand)&amp;k=2"),
    ],
)  # fmt: skip
def test_what_may_have_been_meant_is_the_same_question_again(client: httpx.Client, path: str, others: str) -> None:
    links = re.findall(r'<li><a href="([^"]+)">lumbricals', client.get(path).text)
    assert len(links) == 2
    assert all(re.fullmatch(others, link) for link in links)
    assert all(client.get("/" + unescape(link)).status_code == 200 for link in links)


def test_an_address_that_is_not_is_a_page_to_a_browser_and_an_error_object_to_a_program(client: httpx.Client) -> None:
    seen = client.get("/nowhere", headers={"accept": "text/html,*/*;q=0.8"})
    assert (seen.status_code, seen.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert '<html lang="en"' in seen.text
    assert "There is no such page" in seen.text
    for path, accept in (("/nowhere", "*/*"), ("/api/nowhere", "text/html")):
        assert client.get(path, headers={"accept": accept}).json()["error"]["kind"] == "not_found"
