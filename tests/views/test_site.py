"""The site: a part of it written, every link followed, and what a person finds in a real browser."""

from __future__ import annotations

import filecmp
import functools
import http.server
import threading
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from kinchain.body import Body
from kinchain.cli.folder import replacing
from kinchain.errors import CannotWrite, InvalidOntology
from kinchain.views.site import shared
from kinchain.views.site.kinds import LISTS
from kinchain.views.site.plan import Page, Plan, plan
from kinchain.views.site.render import Renderer
from tests.conftest import Run

SOME = ("biceps_femoris", "outer_knee", "sciatic_nerve", "straight_leg_raise", "hip_thrust", "hip_extension")


def some_pages(body: Body) -> Plan:
    """A small site with pages of every kind but the map and the quiz, which have tests of their own and take long."""
    whole = plan(body.model.unsided)
    kept = [p for p in whole.pages if (not p.folder and p.name not in ("map", "quiz")) or p.name in SOME]
    for folder in ("chain", "claim"):
        kept += [p for p in whole.pages if p.folder == folder][:3]
    return Plan(tuple(kept), "https://example.org/body", frozenset(kept))


def write(body: Body, pages: Plan, folder: Path) -> Path:
    renderer = Renderer(body, pages)
    texts = [*shared.files(body.model.unsided, pages), *((p.path, renderer.text(p)) for p in pages.pages)]
    for path, text in texts:
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def site(body: Body, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(body, some_pages(body), tmp_path_factory.mktemp("atlas") / "site")


class Links(HTMLParser):
    """The ids of a page, and where it leads."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.feed(file.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            elif name in ("href", "src"):
                self.links.append(value or "")
            assert name != "style"
            assert not name.startswith("on"), (tag, name)


def test_every_link_leads_to_a_file_and_every_fragment_to_an_element(site: Path) -> None:
    pages = {file: Links(file) for file in site.rglob("*.html")}
    for file, page in pages.items():
        assert len(page.ids) == len({*page.ids}), file
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme:
                assert parts.scheme in ("https", "http"), link
                continue
            assert not parts.path.startswith("/"), f"{file} has a link that is not relative: {link}"
            target = (file.parent / unquote(parts.path)).resolve() if parts.path else file
            assert target.is_file(), f"{file.name} leads to {link}, which is not there"
            assert not parts.fragment or parts.fragment in pages[target].ids, f"{file.name} leads to {link}"


def test_no_page_is_out_of_reach(site: Path) -> None:
    reached, queue = set(), [site / "index.html"]
    while queue:
        file = queue.pop()
        if file in reached or file.suffix != ".html":
            continue
        reached.add(file)
        paths = [urlsplit(link).path for link in Links(file).links if not urlsplit(link).scheme]
        queue += [(file.parent / path).resolve() for path in paths if path]
    assert {f for f in site.rglob("*.html") if f.name != "404.html"} <= reached


@pytest.mark.slow
def test_a_site_is_the_same_each_time(body: Body, site: Path, tmp_path: Path) -> None:
    again = write(body, some_pages(body), tmp_path / "again")
    names = [str(f.relative_to(site)) for f in site.rglob("*") if f.is_file()]
    same, *others = filecmp.cmpfiles(site, again, names, shallow=False)
    assert (len(same), others) == (len(names), [[], []])


def test_what_pages_share_is_in_no_page(site: Path) -> None:
    for name in ("structure/biceps_femoris", "chain/anterior_oblique_sling", "region/outer_knee"):
        text = (site / f"{name}.html").read_text("utf-8")
        assert "../assets/body-paths.js" in text
        assert '"muscles": "M' not in text
    assert "kinchain.body = {" in (site / "assets" / "body-paths.js").read_text("utf-8")


def test_each_kind_of_structure_stands_on_a_list(body: Body) -> None:
    listed = {kind for each in LISTS for kind in each.kinds} | {"Region"}
    assert {s.kind for s in body.model.unsided.structures.values()} <= listed


def test_no_two_pages_share_a_file_where_capitals_do_not_count(body: Body) -> None:
    pages = plan(body.model.unsided).pages
    assert len({page.path.casefold() for page in pages}) == len(pages)


def test_the_sitemap_has_whole_addresses_and_is_left_out_without_one(body: Body, site: Path) -> None:
    text = (site / "sitemap.xml").read_text("utf-8")
    assert "<loc>https://example.org/body/chain/anterior_oblique_sling.html</loc>" in text
    assert "https://example.org/body/sitemap.xml" in (site / "robots.txt").read_text("utf-8")
    known = dict(shared.files(body.model.unsided, plan(body.model.unsided, ("chains",))))
    assert "sitemap.xml" not in known
    assert "Sitemap" not in known["robots.txt"]


def test_a_page_that_cannot_be_a_file_is_refused(body: Body) -> None:
    from dataclasses import replace

    model = body.model.unsided
    hostile = replace(model, claims={"../x": next(iter(model.claims.values()))})
    with pytest.raises(InvalidOntology, match="cannot be the name of a page"):
        plan(hostile)


def test_hostile_names_are_shown_as_text(body: Body) -> None:
    from dataclasses import replace

    model, name = body.model.unsided, 'x</script><script>alert(1)</script>"'
    claims = {k: replace(c, statement=name, correction=name) for k, c in [*model.claims.items()][:1]}
    structures = {**model.structures, "soleus": replace(model.structures["soleus"], label=name)}
    small = Body(replace(model, claims=claims, structures=structures))
    pages = plan(small.model.unsided, ("structures", "claims"))
    renderer = Renderer(small, pages)
    for page in (
        Page("claim", next(iter(claims))),
        Page("", "muscles"),
        Page("", "claims"),
        Page("structure", "soleus"),
    ):
        text = renderer.text(page)
        assert "<script>alert" not in text
        assert "alert(1)" in text


# ---------------------------------------------------------------- the folder


def test_a_folder_that_is_no_earlier_site_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(CannotWrite, match="not empty and no earlier site"), replacing(tmp_path, shared.MARK):
        pass
    assert [f.name for f in tmp_path.iterdir()] == ["mine.txt"]


def test_an_earlier_site_stays_when_something_fails_and_goes_when_all_went_well(tmp_path: Path) -> None:
    place = tmp_path / "site"
    place.mkdir()
    (place / shared.MARK).write_text("old")
    with pytest.raises(RuntimeError), replacing(place, shared.MARK) as new:
        (new / "half.html").write_text("half")
        raise RuntimeError
    assert [f.name for f in tmp_path.rglob("*")] == ["site", shared.MARK]
    with replacing(place, shared.MARK) as new:
        (new / "whole.html").write_text("whole")
    assert [f.name for f in tmp_path.rglob("*")] == ["site", "whole.html"]


def test_the_command_writes_a_part(run: Run, tmp_path: Path) -> None:
    told = run("site", "-o", "out", "--only", "chains")
    assert told.returncode == 0
    assert "out/index.html" in told.stderr
    assert told.stdout == ""
    assert "Writing pages" not in told.stderr  # no terminal, no progress bar
    assert (tmp_path / "out" / "chain" / "spiral_line.html").is_file()
    assert not (tmp_path / "out" / "structure").exists()
    for file in (tmp_path / "out").rglob("*.html"):
        for link in Links(file).links:
            path = urlsplit(link)
            assert path.scheme or not path.path or (file.parent / path.path).is_file(), (file, link)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--only", "muscle"), "has no part 'muscle'"),
        (("--base-url", "example.org"), "is no address"),
    ],
)
def test_what_cannot_be_written_is_refused_in_a_sentence(run: Run, arguments: tuple[str, ...], words: str) -> None:
    told = run("site", "-o", "out", *arguments)
    assert told.returncode == 2
    assert words in told.stderr
    assert len(told.stderr.strip().splitlines()) == 1


# ---------------------------------------------------------------- in a real browser


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None: ...


@pytest.fixture(scope="module")
def hosts(site: Path) -> Iterator[dict[str, str]]:
    """Where the site stands: on a disk, and on a web host."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(site)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield {"disk": site.as_uri(), "host": f"http://127.0.0.1:{server.server_port}"}
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(
    ("where", "name"),
    [
        ("disk", "index"),
        ("disk", "structure/biceps_femoris"),
        ("disk", "chain/anterior_oblique_sling"),
        ("disk", "region/outer_knee"),
        ("host", "claims"),
        ("host", "region/outer_knee"),
    ],
)
def test_pages_run_silently_and_ask_only_for_their_own_files(
    browser: Any, hosts: dict[str, str], where: str, name: str
) -> None:
    tab = browser.new_page(viewport={"width": 1440, "height": 900})
    said: list[str] = []
    asked: list[str] = []
    tab.on("console", lambda message: said.append(message.text))
    tab.on("pageerror", lambda error: said.append(str(error)))
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(f"{hosts[where]}/{name}.html")
    if "/" in name:
        tab.wait_for_function("() => window.kinchainReady === true")
    tab.focus("#search")
    tab.wait_for_function("() => window.kinchainIndex")
    tab.set_viewport_size({"width": 390, "height": 800})
    assert tab.evaluate("document.documentElement.scrollWidth") <= 391
    own = [url for url in asked if url.startswith(hosts[where]) and "favicon" not in url]
    assert [url for url in asked if url not in own and "favicon" not in url] == []
    assert said == []
    tab.close()


def test_the_search_suggests_by_any_name_and_leads_there_by_keys(browser: Any, hosts: dict[str, str]) -> None:
    tab = browser.new_page()
    tab.goto(f"{hosts['disk']}/chain/anterior_oblique_sling.html")
    tab.focus("#search")
    tab.keyboard.type("right BICÉPS fem")
    tab.wait_for_selector("#found li")
    assert tab.get_attribute("#search", "aria-expanded") == "true"
    tab.keyboard.press("ArrowDown")
    assert tab.get_attribute("#search", "aria-activedescendant") == "found-0"
    assert tab.get_attribute("#found-0", "aria-selected") == "true"
    tab.keyboard.press("Escape")
    assert tab.get_attribute("#search", "aria-expanded") == "false"
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/structure/biceps_femoris.html*")
    tab.focus("#search")
    tab.keyboard.type("no such thing")
    tab.wait_for_function("() => document.getElementById('count').textContent === 'Nothing has this name'")
    tab.close()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["map", "quiz"])
def test_the_map_and_the_quiz_stand_at_the_top(body: Body, name: str) -> None:
    whole = plan(body.model.unsided)
    assert Page("", name) in whole.pages
    assert "<!doctype html>" in Renderer(body, whole).text(Page("", name))
