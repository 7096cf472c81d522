"""Answers show themselves in a notebook: what the HTML says, that nothing in it runs, that the map is a picture."""

from __future__ import annotations

import base64
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kinchain
from kinchain.answers import Listed, Shown
from kinchain.body import Body
from kinchain.model import Side
from kinchain.queries.causes import Causes
from kinchain.queries.chains import TracedChain
from kinchain.views import still
from kinchain.views.blocks import Cite, Line, Soft, Strong, as_html
from kinchain.views.picture import Lane, Link

_VOID = {"br", "img"}
HOSTILE = "<script>alert('x')</script>\"&"


class Reader(HTMLParser):
    """Tags that were opened and closed, attributes that were given."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def value(self, name: str) -> list[str]:
        return [value or "" for key, value in self.attributes if key == name]


def shown(answer: Any) -> str:
    html = answer._repr_html_()
    assert isinstance(html, str)
    return html


def text(answer: Any) -> str:
    return str(answer._repr_mimebundle_()["text/plain"])


def flat(words: str) -> str:
    return " ".join(words.split())


def pictures(html: str) -> list[ET.Element]:
    found = re.findall(r'src="data:image/svg\+xml;base64,([^"]+)"', html)
    return [ET.fromstring(base64.b64decode(each)) for each in found]


@pytest.fixture(scope="module")
def ready(body: Body) -> Body:
    """The body, told by the package how its answers show themselves."""
    assert kinchain.Body is type(body)
    return body


@pytest.fixture(scope="module")
def path(ready: Body) -> kinchain.PathAnswer:
    return ready.path("right hamstrings", "left humerus")


@pytest.fixture(scope="module")
def chain(ready: Body) -> TracedChain:
    return ready.chain("superficial back line")


@pytest.fixture(scope="module")
def causes(ready: Body) -> Causes:
    return ready.causes("low back pain", qualifiers=["at night"])


@pytest.fixture(scope="module")
def answers(ready: Body, path: kinchain.PathAnswer, chain: TracedChain, causes: Causes) -> dict[str, Any]:
    return {
        "path": path,
        "route": path.routes[0],
        "chain": chain,
        "causes": causes,
        "show": ready.show("right soleus"),
        "profile": ready.show("right soleus")[0],
        "find": ready.find("sit bone"),
        "around": ready.around("left sacroiliac joint"),
        "nothing": ready._listed([]),
    }


KINDS = ("path", "route", "chain", "causes", "show", "profile", "find", "around", "nothing")


@pytest.mark.parametrize("kind", KINDS)
def test_the_html_is_whole_and_runs_nothing(answers: dict[str, Any], kind: str) -> None:
    read = Reader(shown(answers[kind]))
    assert read.open == []
    assert not {"script", "style", "link", "object", "iframe"} & {*read.tags}
    assert not [name for name, _ in read.attributes if name.startswith("on")]
    assert all(re.match(r"https://|data:image/svg\+xml;base64,", url) for url in read.value("href") + read.value("src"))


@pytest.mark.parametrize("kind", KINDS)
def test_the_text_says_something_without_tags(answers: dict[str, Any], kind: str) -> None:
    told = text(answers[kind])
    assert told.strip()
    assert not re.search(r"</?(p|td|tr|b|span|div)\b", told)


def test_a_path_says_each_hop_with_its_grade_and_sources(ready: Body, path: kinchain.PathAnswer) -> None:
    html = shown(path)
    for hop in path.routes[0].hops:
        assert hop.words in html
        for work in hop.sources:
            assert ready.model.unsided.sources[work].label.replace("&", "&amp;") in html
    assert html.count("crosses the midline</b>") == sum(h.crosses for r in path.routes for h in r.hops)
    assert all(note in html for note in path.notes)
    assert "not a diagnosis" in html
    assert "https://doi.org/" in html


def test_a_route_has_a_map_with_every_station(path: kinchain.PathAnswer) -> None:
    route = path.routes[0]
    html = shown(route)
    (svg,) = pictures(html)
    written = [element.text for element in svg.iter("{http://www.w3.org/2000/svg}text")]
    assert {str(number) for number in range(1, len(route.stations) + 1)} <= {*written}
    (words,) = Reader(html).value("alt")
    assert all(station.label in words for station in route.stations)


def test_red_flags_come_first_and_refuted_causes_stay(causes: Causes) -> None:
    html, plain = shown(causes), text(causes)
    for told in (html, plain):
        flags, candidates = told.index("Red flags first"), told.index("What elsewhere might be behind it")
        assert flags < candidates < told.index("Looked for and not found")
        assert told.index("raised by the question") < candidates
        assert "Refuted" in told
    for flag in causes.red_flags:
        assert flag.structure.label in flat(plain)


def test_every_candidate_is_there_though_some_are_folded(causes: Causes) -> None:
    html = shown(causes)
    assert f"{len(causes.candidates) - 10} more candidates" in html
    assert all(c.structure.label in html for c in causes.candidates)


def test_a_chain_tells_its_gap_and_what_speaks_against_it(chain: TracedChain) -> None:
    html = shown(chain)
    assert "nothing was verified at link 8" in html
    assert "a gap: nothing was verified" in html
    assert " · against: " in html


def test_rows_of_a_query_are_a_table(ready: Body) -> None:
    rows = ready._listed([{"muscle": "soleus", "root": "S1"}])
    assert ">muscle</th>" in shown(rows)
    assert rows == [{"muscle": "soleus", "root": "S1"}]
    assert "soleus · S1" in text(rows)


def test_nothing_is_said_to_be_nothing(answers: dict[str, Any]) -> None:
    assert text(answers["nothing"]) == "Nothing was found."


def test_every_text_is_escaped(ready: Body, path: kinchain.PathAnswer) -> None:
    route = path.routes[0]
    end = replace(route.hops[0].source, label=HOSTILE)
    hop = replace(route.hops[0], source=end, words=HOSTILE, comment=HOSTILE, grade=HOSTILE, sources=(HOSTILE,))
    hostile = replace(path, source=end, routes=(replace(route, hops=(hop, *route.hops[1:])),), notes=(HOSTILE,))
    html = shown(hostile)
    assert "script" not in Reader(html).tags
    assert "<script" not in html
    assert [svg.tag for svg in pictures(html)] == ["{http://www.w3.org/2000/svg}svg"]
    assert HOSTILE in flat(text(hostile))


@given(st.text(max_size=50))
def test_any_text_leaves_the_html_whole(words: str) -> None:
    html = as_html([Line((words, Strong(words), Soft(words), Cite((words,))))], {})
    assert {*Reader(html).tags} <= {"div", "p", "b", "span", "br"}


def test_an_answer_made_by_hand_shows_itself_as_text_only() -> None:
    end = kinchain.Named("right_soleus", "right soleus", Side.RIGHT, "Muscle", "soleus")
    bare = kinchain.PathAnswer(end, end, (), (), ())
    assert bare._repr_html_() is None
    assert bare._repr_mimebundle_() == {}
    assert Listed([1])._repr_html_() is None
    with pytest.raises(kinchain.BadQuestion, match=r"Body\.load\(\)"):
        bare.page()


def test_how_an_answer_shows_itself_is_no_part_of_it(path: kinchain.PathAnswer) -> None:
    assert replace(path, renderer=None) == path
    assert "renderer" not in repr(path)
    assert hash(replace(path, renderer=None)) == hash(path)


def test_what_is_no_answer_cannot_be_shown(ready: Body) -> None:
    render = ready.find("soleus").renderer
    assert render is not None
    with pytest.raises(TypeError, match="int cannot be shown"):
        render(1, "html")
    with pytest.raises(TypeError, match="Shown has no page"):
        render(Shown(), "page")


@pytest.mark.parametrize("kind", ["path", "chain", "causes"])
def test_the_page_in_a_frame_is_the_page_that_is_written_to_a_file(answers: dict[str, Any], kind: str) -> None:
    frame = answers[kind].interactive(height=300)
    (page,) = Reader(frame._repr_html_()).value("srcdoc")
    assert page == frame.page == answers[kind].page()
    assert "height:300px" in Reader(frame._repr_html_()).value("style")[0]
    assert len(repr(frame)) < 200


def test_ipython_finds_both_forms(path: kinchain.PathAnswer) -> None:
    from IPython.core.formatters import DisplayFormatter

    data, _ = DisplayFormatter().format(path)
    assert data["text/html"] == shown(path)
    assert data["text/plain"] == text(path)


def test_a_long_way_has_no_names_and_only_its_ends_have_numbers(ready: Body) -> None:
    route = ready.path("right hamstrings", "left humerus", profiles=["skeletal"]).routes[0]
    assert len(route.stations) > 20
    (svg,) = pictures(shown(route))
    written = [element.text or "" for element in svg.iter("{http://www.w3.org/2000/svg}text")]
    assert [number for number in written if number.isdigit()] == [str(len(route.stations)), "1"]
    assert svg.get("width") == str(still.WIDTH)


def test_the_picture_says_from_where_it_is_seen_and_which_side_is_which(ready: Body) -> None:
    muscle, tendon = ready.named("right_soleus"), ready.named("right_calcaneal_tendon")
    svg = ET.fromstring(still.still(ready.model.unsided, Lane(1, "", (muscle, tendon), (Link(0, 1, "", "Claimed"),))))
    at = {e.text: float(e.get("x", "0")) for e in svg.iter("{http://www.w3.org/2000/svg}text")}
    assert at["left"] < at["seen from the back"] < at["right"]


@given(st.lists(st.tuples(st.floats(-50, 450), st.integers(1, 4)), max_size=7))
def test_names_do_not_cover_one_another(wanted: list[tuple[float, int]]) -> None:
    heights = [lines * 13.5 + 5 for _, lines in wanted]
    placed = still._apart(sorted(top for top, _ in wanted), heights)
    assert all(placed[n] + heights[n] <= placed[n + 1] + 1e-6 for n in range(len(placed) - 1))
    assert all(top + height <= still.HEIGHT - 22 + 1e-6 for top, height in zip(placed, heights, strict=True))


def test_a_browser_draws_the_map_and_the_frame(browser: Any, path: kinchain.PathAnswer) -> None:
    tab = browser.new_page()
    said: list[str] = []
    tab.on("console", lambda message: said.append(message.text))
    tab.on("pageerror", lambda error: said.append(str(error)))
    tab.set_content(f"<!doctype html>{shown(path)}{path.interactive()._repr_html_()}")
    images = tab.evaluate("Promise.all([...document.images].map(i => i.decode().then(() => i.naturalWidth)))")
    assert len(images) == len(path.routes)
    assert min(images) >= still.WIDTH
    tab.frame_locator("iframe").locator("canvas").first.wait_for()
    tab.close()
    assert said == []
