"""Write the example pages of ``graphs/gallery`` and their pictures. Run by ``make gallery``."""

from __future__ import annotations

import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

from kinchain import Body
from kinchain.views.pages import causes, chain, route

GALLERY = Path(__file__).resolve().parents[2] / "graphs" / "gallery"
PAGES = ("founding_question", "spiral_line", "shoulder_pain_on_exertion")


def main() -> None:
    body = Body.load()
    GALLERY.mkdir(parents=True, exist_ok=True)
    model = body.model.unsided
    written = (
        route.page(body.path("right hamstring", "left humerus"), model),
        chain.page(body.chain("right spiral line"), model),
        causes.page(body.causes("left shoulder pain on exertion", top=12), model),
    )
    for name, html in zip(PAGES, written, strict=True):
        (GALLERY / f"{name}.html").write_text(html, encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("google-chrome"),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        for name in PAGES:
            tab = browser.new_page(viewport={"width": 1440, "height": 900})
            tab.goto((GALLERY / f"{name}.html").as_uri())
            tab.wait_for_function("window.kinchainReady === true")
            tab.wait_for_timeout(500)
            tab.screenshot(path=GALLERY / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
