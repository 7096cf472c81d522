"""The map: one small file, the walks as the engine has them, and what a person does with it in a real browser."""

from __future__ import annotations

import base64
import csv
import io
import random
import re
from array import array
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest

from kinchain.body import Body
from kinchain.graph.simplify import PROFILES, ends, starts, structure_of
from kinchain.model import Named, Point
from kinchain.queries.paths import stands_for
from kinchain.views import cite
from kinchain.views.pages import map as map_page
from kinchain.views.pages import map_data, map_walks
from tests.views.conftest import until

PAIRS, SOURCES = 200, 20


@pytest.fixture
def file(page_file: Callable[[str], Path]) -> Path:
    """The map of the real body."""
    return page_file("map")


def test_the_whole_body_is_one_file_under_3_mb(file: Path) -> None:
    assert file.stat().st_size < 3_000_000


def test_the_same_body_gives_the_same_page(small: Body) -> None:
    assert map_page.page(small.model) == map_page.page(small.model)


@pytest.mark.parametrize(
    ("place", "part"),
    [
        (Point(0.05, 0.295, 0.03), "knee"),
        (Point(0.1295, 0.825, -0.005), "shoulder"),
        (Point(0.0, 0.8395, -0.03), "neck"),
        (Point(0.0, 0.564, -0.021), "pelvis and hip"),
        (Point(0.2258, 0.4879, 0.001), "wrist and hand"),
        (Point(0.055, 0.019, -0.02), "ankle and foot"),
    ],
)
def test_a_place_lies_in_a_part_of_the_body(place: Point, part: str) -> None:
    assert map_data.part_of_body(place) == part


def test_what_is_foremost_is_a_muscle_bone_joint_or_nerve(body: Body) -> None:
    first = map_data.foremost(body.model.unsided)[:150]
    kinds = {s.kind for s in first}
    assert {"Muscle", "Bone", "Joint", "Nerve", "Fascia"} <= kinds
    assert not kinds & {"Landmark", "Group", "Region", *map_data.LEFT_OUT}


def _column(code: str, text: str) -> array[int]:
    return array(code, base64.b64decode(text))


@pytest.mark.parametrize("profile", PROFILES)
def test_a_packed_walk_holds_each_step_of_the_walk(small: Body, profile: str) -> None:
    """Half of the walk and its mirror image are the walk, no step more or less, each at its cost."""
    model, passable = small.model, PROFILES[profile].passable
    number = {s.id: n for n, s in enumerate(map_data.foremost(model.unsided))}
    every = dict(enumerate(range(len(model.unsided.connections))))
    packed = map_walks.pack(model, profile, number, every)
    unsided = {n: model.unsided.structures[i] for i, n in number.items()}

    def mirror(node: int) -> int:
        structure = unsided[node >> 2]
        two_sided = structure.laterality == "Paired" or (
            structure.laterality == "Median" and structure.kind in passable
        )
        return node ^ 2 if two_sided else node

    found: dict[tuple[int, int], float] = {}
    columns = (_column("H", packed["source"]), _column("H", packed["target"]), _column("B", packed["cost"]))
    for n, (source, target, cost) in enumerate(zip(*columns, strict=True)):
        pairs = [(source, target), (mirror(source), mirror(target))] if n < packed["mirrored"] else [(source, target)]
        for pair in pairs:
            assert pair not in found
            found[pair] = packed["costs"][cost]
    assert found == {
        tuple(map_walks.node_number(model, node, number, passable) for node in pair): cost
        for *pair, cost in small.walk(profile).edges(data="cost")
    }


# ---------------------------------------------------------------- in a real browser


@pytest.fixture
def tab(browser: Any, file: Path) -> Iterator[Any]:
    """The map opened from disk; at the end the console was silent and nothing else was asked for."""
    page = browser.new_page(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    open_at(page, file)
    yield page
    assert said == []
    assert all(url.startswith("file://") and "map.html" in url for url in asked)
    page.close()


def open_at(page: Any, file: Path, fragment: str = "") -> None:
    page.goto("about:blank")
    page.goto(file.as_uri() + fragment)
    until(page, "window.kinchainReady === true")


_OVERLAPS = """() => { const boxes = kinchain.map.map.names().map((name) => name.box); let found = 0;
  boxes.forEach((a, i) => boxes.slice(i + 1).forEach((b) => {
    if (a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h) found++; }));
  return [boxes.length, found]; }"""


def test_more_is_named_as_one_comes_closer_and_no_name_covers_another(tab: Any) -> None:
    counts = []
    for near in (1, 1.5, 2.5, 5, 9):
        tab.evaluate(f"kinchain.map.map.move({{x: 0, y: 2000}}, {near} * kinchain.map.map.whole(), false)")
        tab.wait_for_timeout(150)
        count, overlaps = tab.evaluate(_OVERLAPS)
        assert overlaps == 0, near
        counts.append(count)
    assert 80 <= counts[0] <= 150
    assert counts[-1] > counts[-2] > counts[-3] > counts[0]


def test_landmarks_are_seen_only_from_near(tab: Any) -> None:
    kinds = "kinchain.map.map.names().map(({n}) => kinchain.map.finder.kindOf(n))"
    assert "Landmark" not in tab.evaluate(kinds)
    tab.evaluate("kinchain.map.map.move({x: 0, y: 2000}, 8 * kinchain.map.map.whole(), false)")
    tab.wait_for_timeout(150)
    assert "Landmark" in tab.evaluate(kinds)


def test_a_structure_is_found_by_a_lay_word_with_the_keyboard(tab: Any) -> None:
    tab.focus("#find")
    tab.keyboard.type("left glute max")
    assert tab.get_attribute("#find", "aria-expanded") == "true"
    tab.keyboard.press("ArrowDown")
    option = tab.get_attribute("#find", "aria-activedescendant")
    assert tab.get_attribute(f"#{option}", "aria-selected") == "true"
    tab.keyboard.press("Enter")
    assert tab.text_content("#chosen h2") == "left gluteus maximus"
    assert "at=left_gluteus_maximus" in _address(tab)
    tab.focus("#find")
    tab.keyboard.type("x")
    tab.keyboard.press("Escape")
    assert tab.get_attribute("#find", "aria-expanded") == "false"


def _address(tab: Any) -> str:
    tab.wait_for_timeout(250)
    return str(tab.evaluate("decodeURIComponent(location.hash)"))


def test_the_arrows_walk_the_connections(tab: Any, file: Path) -> None:
    open_at(tab, file, "#at=right_sacrotuberous_ligament")
    tab.focus("#picture")
    tab.keyboard.press("ArrowDown")
    first = tab.text_content("#status")
    assert first.startswith("1 of ")
    other = tab.evaluate("kinchain.map.finder.label(kinchain.map.listed()[0].to)")
    tab.keyboard.press("ArrowRight")
    assert tab.text_content("#chosen h2") == other
    tab.keyboard.press("ArrowLeft")
    assert tab.text_content("#chosen h2") == "right sacrotuberous ligament"
    tab.keyboard.press("Escape")
    assert tab.query_selector("#chosen h2") is None


def test_the_list_says_what_the_engine_says(body: Body, tab: Any, file: Path) -> None:
    open_at(tab, file, "#at=right_piriformis")
    said = set(tab.evaluate("kinchain.map.finder.facts(kinchain.map.state.at).map(({words}) => words)"))
    left_out = set(map_data.LEFT_OUT)
    known = {
        f.words
        for f in body.show("right piriformis")[0].facts
        if f.other.kind not in left_out and f.of.id == "right_piriformis"
    }
    assert {words.replace(" at the right ", " at the ") for words in said} == known


def test_filters_change_what_is_named_and_stand_in_the_address(tab: Any) -> None:
    tab.click("#filters summary")
    tab.uncheck("#kinds input[value='muscles']")
    tab.select_option("#side", "left")
    tab.select_option("#part", "knee")
    tab.wait_for_timeout(150)
    shown = tab.evaluate(
        "kinchain.map.map.names().map(({n}) => [kinchain.map.finder.kindOf(n), kinchain.map.finder.sideOf(n)])"
    )
    assert shown
    assert all(kind not in ("Muscle", "Group") and side != "right" for kind, side in shown)
    address = _address(tab)
    assert "hide=muscles" in address
    assert "part=knee" in address


def test_a_route_is_told_in_the_words_of_the_engine(body: Body, tab: Any, file: Path) -> None:
    route = body.path("right long head of biceps femoris", "left humerus", profiles=["myofascial"]).routes[0]
    open_at(tab, file, "#from=right_long_head_of_biceps_femoris&to=left_humerus&through=myofascial")
    assert tab.evaluate("kinchain.map.route().hops.map(({words}) => words)") == [hop.words for hop in route.hops]
    assert f"cost {route.cost:g}" in tab.text_content("#route")
    assert tab.locator("#route li").count() == len(route.hops)
    tab.select_option("#profile", "referral")
    assert "No referral route" in tab.text_content("#route") or tab.locator("#route li").count()


@pytest.mark.parametrize("profile", PROFILES)
def test_the_page_finds_routes_of_the_cost_that_the_engine_finds(body: Body, tab: Any, profile: str) -> None:
    pairs = random_pairs(body, profile)
    costs = [engine_cost(body, profile, *pair) for pair in pairs]
    found = tab.evaluate(
        """([profile, pairs]) => pairs.map(([a, b]) => { const f = kinchain.map.finder,
        route = f.route(profile, f.numberOf(a), f.numberOf(b)); return route && route.cost; })""",
        [profile, [(a.id, b.id) for a, b in pairs]],
    )
    differing = [(a.id, b.id, c, f) for (a, b), c, f in zip(pairs, costs, found, strict=True) if c != f]
    assert differing == []
    assert sum(cost is not None for cost in costs) >= PAIRS // 4


def random_pairs(body: Body, profile: str) -> list[tuple[Named, Named]]:
    """Pairs of sided structures: most from the walk, some from all that the map holds, so that some have no route."""
    chance = random.Random(f"map {profile}")
    walked = sorted({structure_of(node) for node in body.walk(profile)})
    every = sorted(s.id for s in body.model.structures.values() if s.kind not in map_data.LEFT_OUT)
    pairs: list[tuple[Named, Named]] = []
    for source in chance.sample(walked, SOURCES - 4) + chance.sample(every, 4):
        targets = chance.sample(walked, PAIRS // SOURCES - 2) + chance.sample(every, 2)
        pairs += [(body.named(source), body.named(t)) for t in targets if t != source]
    return pairs


def engine_cost(body: Body, profile: str, source: Named, target: Named) -> float | None:
    """The least cost of a route in the engine's walk, by the rules of ``queries.paths``."""
    walk = body.walk(profile)
    first, last = (
        [
            node
            for s in stands_for(body.incidence, end, profile)
            for node in doors(body.model, profile, s)
            if node in walk
        ]
        for end, doors in ((source, starts), (target, ends))
    )
    both = {structure_of(n) for n in first} & {structure_of(n) for n in last}
    first = [n for n in first if structure_of(n) not in both] or first
    last = [n for n in last if structure_of(n) not in both] or last
    if not first or not last:
        return None
    key = profile, tuple(first)
    if key not in _REACHED:
        _REACHED[key] = nx.multi_source_dijkstra_path_length(walk, set(first), weight="cost")
    reached = [_REACHED[key][node] for node in last if node in _REACHED[key]]
    return round(min(reached), 6) if reached else None


_REACHED: dict[tuple[str, tuple[str, ...]], dict[str, float]] = {}


def _saved(tab: Any, words: str) -> str:
    tab.click(".save summary")
    with tab.expect_download() as waiting:
        tab.click(f".save button:has-text('{words}')")
    return Path(waiting.value.path()).read_bytes().decode("utf-8-sig")


def test_the_route_is_saved_with_the_works_that_it_cites(body: Body, tab: Any, file: Path) -> None:
    route = body.path("right long head of biceps femoris", "left humerus", profiles=["myofascial"]).routes[0]
    open_at(tab, file, "#from=right_long_head_of_biceps_femoris&to=left_humerus&through=myofascial")
    rows = list(csv.DictReader(io.StringIO(_saved(tab, "CSV"))))
    assert [(row["From"], row["To"], row["Evidence"]) for row in rows] == [
        (hop.source.label, hop.target.label, hop.grade) for hop in route.hops
    ]
    assert [row["Crosses the midline"] == "yes" for row in rows] == [hop.crosses for hop in route.hops]
    cited = {i for hop in route.hops for i in (*hop.sources, *hop.against)}
    expected = cite.records(cited, body.model.unsided.sources)
    assert _saved(tab, "BibTeX") == expected["bibtex"]
    assert _saved(tab, "RIS") == expected["ris"]
    svg = tab.evaluate("kinchain.map.saved.svg().text")
    assert "myofascial route from the right long head of biceps femoris to the left humerus" in svg
    assert "not a diagnosis" in svg
    assert all(body.model.unsided.sources[i].label in svg for i in cited)


def test_the_list_of_what_is_chosen_is_saved_else_what_is_in_the_window(tab: Any, file: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(_saved(tab, "CSV"))))
    seen = tab.evaluate("kinchain.map.map.seen().map(kinchain.map.finder.label)")
    assert [row["Structure"] for row in rows] == seen
    assert len(seen) >= 80
    open_at(tab, file, "#at=right_piriformis&families=neural")
    rows = list(csv.DictReader(io.StringIO(_saved(tab, "CSV"))))
    assert [row["To"] for row in rows] == tab.locator("#chosen .links button").all_text_contents()
    assert {row["Family"] for row in rows} == {"neural"}


def test_the_saved_picture_is_well_formed_and_in_light_colours(tab: Any, file: Path) -> None:
    tab.emulate_media(color_scheme="dark")
    for fragment in ("", "#at=right_piriformis", "#look=0,2000,8.00"):
        open_at(tab, file, fragment)
        text = tab.evaluate("kinchain.map.saved.svg().text")
        names = {name for name in ElementTree.fromstring(text).itertext() if name.strip()}
        assert len(names) > 10
        assert "#1e2128" not in text  # the dark card
        assert not re.search(r' d="[^M]', text)  # each way begins at a point


def test_the_map_is_no_wider_than_a_phone(tab: Any) -> None:
    tab.set_viewport_size({"width": 390, "height": 844})
    tab.wait_for_timeout(200)
    assert tab.evaluate("document.documentElement.scrollWidth") <= 391


def test_hostile_words_are_text(small: Body, browser: Any, tmp_path: Path) -> None:
    """A label that would be a script stays a label."""
    from dataclasses import replace

    from kinchain.sides.expand import expand

    name = min(small.model.unsided.structures)
    evil = "</script><script>document.title='evil'</script>\"'\u202e"
    structures = {**small.model.unsided.structures}
    structures[name] = replace(structures[name], label=evil, definition=evil)
    file = tmp_path / "map.html"
    file.write_text(map_page.page(expand(replace(small.model.unsided, structures=structures))), encoding="utf-8")
    page = browser.new_page()
    open_at(page, file)
    page.evaluate(
        "kinchain.map.choose(kinchain.map.finder.data.structures.label.findIndex((x) => x.includes('evil')) * 2)"
    )
    assert evil in page.text_content("#chosen h2")
    assert page.title() == "Map of the body · kinchain"
    page.close()
