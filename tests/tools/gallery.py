"""Write the example pages of ``graphs/gallery`` and their pictures. Run by ``make gallery``."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import sync_playwright

from kinchain import Body
from kinchain.queries.compare import compare as compared
from kinchain.queries.membership import Memberships
from kinchain.queries.partners import partners
from kinchain.views.pages import causes, chain, compare, route, structure
from kinchain.views.pages import map as body_map

GALLERY = Path(__file__).resolve().parents[2] / "graphs" / "gallery"


def pages(body: Body) -> Mapping[str, str]:
    """The example pages by the names of their files."""
    model = body.model.unsided
    muscle, *_ = body.show("right supraspinatus")
    return {
        "founding_question": route.page(body.path("right hamstring", "left humerus"), model),
        "spiral_line": chain.page(body.chain("right spiral line"), model),
        "shoulder_pain_on_exertion": causes.page(body.causes("left shoulder pain on exertion", top=12), model),
        "supraspinatus": structure.page(
            muscle,
            body.care(muscle.structure),
            model,
            chains=Memberships(body.incidence).of(muscle.structure),
            partners=partners(body.incidence, muscle.structure),
        ),
        "back_line_and_spiral_line": compare.page(
            compared(body.incidence, body.names, "superficial back line", "spiral line"), model
        ),
        "map": body_map.page(body.model),
    }


def main() -> None:
    GALLERY.mkdir(parents=True, exist_ok=True)
    written = pages(Body.load())
    for name, html in written.items():
        (GALLERY / f"{name}.html").write_text(html, encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("google-chrome"),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        for name in written:
            tab = browser.new_page(viewport={"width": 1440, "height": 900})
            tab.goto((GALLERY / f"{name}.html").as_uri())
            while not tab.evaluate("window.kinchainReady === true"):
                tab.wait_for_timeout(50)
            tab.wait_for_timeout(500)
            tab.screenshot(path=GALLERY / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
