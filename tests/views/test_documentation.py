"""The built documentation in a browser, opened from the disk with the network cut off."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

OWN = ("file:", "data:", "blob:", "about:")


@pytest.mark.slow
@pytest.mark.parametrize(("width", "scheme"), [(1360, "light"), (1360, "dark"), (390, "light")])
def test_the_site_opens_from_a_disk_without_network(documentation: Path, browser: Any, width: int, scheme: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme, offline=True)
    tab = context.new_page()
    said: list[str] = []
    asked: list[str] = []
    tab.on("console", lambda message: said.append(message.text))
    tab.on("pageerror", lambda problem: said.append(str(problem)))
    tab.on("request", lambda request: asked.append(request.url))
    for page in sorted(set(documentation.rglob("*.html")) - {documentation / "404.html"}):  # that one is for web hosts
        tab.goto(page.as_uri())
        assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{page.name} is too wide"
    assert said == []
    assert [url for url in asked if not url.startswith(OWN)] == []
    context.close()


@pytest.mark.slow
def test_the_search_works_from_a_disk(documentation: Path, browser: Any) -> None:
    context = browser.new_context(offline=True)
    tab = context.new_page()
    tab.goto((documentation / "index.html").as_uri())
    tab.keyboard.press("f")
    tab.keyboard.type("latissimus")
    tab.locator(".md-search-result__item").first.wait_for()
    assert "The first answer" in tab.locator(".md-search-result__list").inner_text()
    context.close()
