"""How soon the map shows a first picture, and how smoothly it pans, beside a plain pyvis page of the same graph.

Both are opened from disk in headless Chromium in the same run. The plain page is what pyvis writes by itself: physics
on, everything in line. A first picture is the first frame whose canvas has something on it. Run by ``make bench``.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from kinchain import Body
from kinchain.model import SidedModel
from kinchain.views.pages import map as map_page
from kinchain.views.pages import map_data

# Looks at every frame, through a small copy of the canvas, until there is something on it.
_FIRST = """(() => { const small = Object.assign(document.createElement('canvas'), {width: 96, height: 64});
  const ctx = small.getContext('2d', {willReadFrequently: true});
  const look = () => { const canvas = document.querySelector('canvas');
    if (canvas && canvas.width) { ctx.clearRect(0, 0, 96, 64); ctx.drawImage(canvas, 0, 0, 96, 64);
      const drawn = ctx.getImageData(0, 0, 96, 64).data.some((value) => value);
      if (drawn) { window.firstPicture = performance.now(); return; } }
    requestAnimationFrame(look); };
  requestAnimationFrame(look); })()"""
_COUNT = "(network) => { window.drawings = 0; network.on('afterDrawing', () => { window.drawings++; }); }"
_PAN_SECONDS = 3.0


def main() -> None:
    """Measure, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--nodes", type=int, default=1000, help="how many nodes the plain page has; 0 for all of them")
    parser.add_argument("--limit", type=float, default=120.0, help="for how many seconds to wait for the plain page")
    asked = parser.parse_args()
    model = Body.load().model
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("google-chrome"), args=["--no-sandbox"]
        )
        ours = Path(folder) / "map.html"
        ours.write_text(map_page.page(model), encoding="utf-8")
        first = sorted(_first_picture(browser, ours, 30.0) or 30.0 for _ in range(5))[2]
        frames = {name: _frames(browser, ours, fragment) for name, fragment in _VIEWS.items()}
        print(
            f"map: all structures, {ours.stat().st_size / 1e6:.2f} MB, first picture after {first:.2f} s (median of 5)"
        )
        for name, rate in frames.items():
            print(f"map: {rate:.0f} drawings a second while panning, {name}")
        plain = Path(folder) / "plain.html"
        count = _write_plain(model, plain, asked.nodes)
        drawn = _first_picture(browser, plain, asked.limit)
        words = f"after {drawn:.1f} s" if drawn else f"none within {asked.limit:.0f} s"
        print(f"plain pyvis: {count:,} nodes, first picture {words}")
        ratio = (drawn or asked.limit) / first
        print(f"the map is {'' if drawn else 'more than '}{ratio:.0f} times sooner")
        browser.close()


_VIEWS = {
    "whole body": "",
    "shoulder from near": "#look=-500,800,5",
    "a route": "#from=right_biceps_femoris&to=left_humerus",
}


def _open(browser: Any, file: Path, fragment: str = "") -> Any:
    tab = browser.new_page(viewport={"width": 1440, "height": 900})
    tab.route("http*://**", lambda route: route.abort())  # a plain page asks for a style sheet elsewhere
    tab.add_init_script(_FIRST)
    tab.goto(file.as_uri() + fragment, wait_until="commit")
    return tab


def _first_picture(browser: Any, file: Path, limit: float) -> float:
    """Seconds from the start of the navigation to the first picture; 0 when there was none in time."""
    tab = _open(browser, file)
    drawn = _until(tab, "window.firstPicture", limit)
    tab.close()
    return drawn and drawn / 1000


def _until(tab: Any, said: str, limit: float) -> float:
    """What an expression says as soon as it says something; what the driver has for it needs eval, forbidden here."""
    end = time.monotonic() + limit
    while time.monotonic() < end:
        if found := tab.evaluate(said):
            return float(found)
        time.sleep(0.05)
    return 0.0


def _frames(browser: Any, file: Path, fragment: str) -> float:
    """Drawings a second while the picture is dragged to and fro."""
    tab = _open(browser, file, fragment)
    _until(tab, "window.kinchainReady", 30.0)
    tab.wait_for_timeout(600)
    tab.evaluate(f"({_COUNT})(kinchain.map.map.network)")
    box = tab.locator("#picture").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    tab.mouse.move(x, y)
    tab.mouse.down()
    start, step = time.perf_counter(), 0
    tab.evaluate("window.drawings = 0")
    while time.perf_counter() - start < _PAN_SECONDS:
        step += 1
        tab.mouse.move(x + 3 * abs(step % 120 - 60), y + 2 * abs(step % 80 - 40))
    drawings, seconds = tab.evaluate("window.drawings"), time.perf_counter() - start
    tab.mouse.up()
    tab.close()
    return float(drawings) / seconds


def _write_plain(model: SidedModel, file: Path, nodes: int) -> int:
    """The page that pyvis writes of the foremost structures and what the ontology states between them."""
    from pyvis.network import Network

    every = [s.id for s in map_data.foremost(model.unsided) if s.id in model.unsided.positions]
    sided: dict[str, list[str]] = {}
    for s in model.structures.values():
        sided.setdefault(s.unsided, []).append(s.id)
    shown = [i for unsided in every for i in sided[unsided]][: nodes or None]
    known = set(shown)
    net = Network(cdn_resources="in_line", height="900px", width="100%")
    net.add_nodes(shown, label=[model.structures[i].label for i in shown])
    net.add_edges(
        sorted(
            {
                (e.subject, e.object)
                for e in model.edges
                if not model.connection(e).derived_by and {e.subject, e.object} <= known
            }
        )
    )
    file.write_text(net.generate_html(), encoding="utf-8")
    return len(shown)


if __name__ == "__main__":
    main()
