"""A way to open a page in the browser that listens to what the page does."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kinchain.body import Body
from tests.views.pages import KINDS

DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


# Draws a PNG on a canvas, to look at its pixels.
PIXELS = """async (data) => {
    const image = new Image(); image.src = 'data:image/png;base64,' + data; await image.decode();
    const c = Object.assign(document.createElement('canvas'), {width: image.width, height: image.height});
    const ctx = c.getContext('2d'); ctx.drawImage(image, 0, 0); %s }"""


@dataclass
class Opened:
    """A page in the browser, what its console said, what it asked for, and the dialogs that it opened."""

    tab: Any
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    kind: str = ""
    file: Path = Path()


def until(tab: Any, said: str, seconds: float = 15) -> None:
    """Wait until an expression is true; what the browser's driver has for it needs eval, which the policy forbids."""
    end = time.monotonic() + seconds
    while not tab.evaluate(said):
        assert time.monotonic() < end, f"not so after {seconds} s: {said}"
        tab.wait_for_timeout(20)


def open_page(browser: Any, file: Path, fragment: str = "", **options: Any) -> Opened:
    """Open a page from disk and wait until it says that it is ready."""
    tab = browser.new_page(**{"viewport": DESKTOP, **options})
    found = Opened(tab)
    tab.on("console", lambda message: found.said.append(message.text))
    tab.on("pageerror", lambda error: found.said.append(str(error)))
    tab.on("request", lambda request: found.asked.append(request.url))
    tab.on("dialog", lambda dialog: (found.dialogs.append(dialog.message), dialog.dismiss()))
    tab.goto(file.as_uri() + fragment)
    until(tab, "window.kinchainReady === true")
    return found


@pytest.fixture
def show(browser: Any) -> Iterator[Callable[..., Opened]]:
    """Open pages, which are closed when the test ends."""
    pages: list[Opened] = []

    def opened(file: Path, fragment: str = "", **options: Any) -> Opened:
        pages.append(open_page(browser, file, fragment, **options))
        return pages[-1]

    yield opened
    for page in pages:
        page.tab.close()


@pytest.fixture(scope="module", params=KINDS)
def page(request: pytest.FixtureRequest, browser: Any, page_file: Callable[[str], Path]) -> Iterator[Opened]:
    """Every kind of page in turn, opened once for the tests of a module, which leave it as they found it."""
    opened = open_page(browser, page_file(request.param))
    opened.kind, opened.file = request.param, page_file(request.param)
    yield opened
    opened.tab.close()


@pytest.fixture(scope="session")
def page_file(body: Body, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The file of a kind of page, written once."""
    folder = tmp_path_factory.mktemp("pages")

    @cache
    def written(kind: str) -> Path:
        file = folder / f"{kind}.html"
        file.write_text(KINDS[kind](body, lambda answer: answer), encoding="utf-8")
        return file

    return written
