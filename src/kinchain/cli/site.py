"""``kinchain site -o DIR``: the whole atlas as static pages."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kinchain.cli.common import answering

if TYPE_CHECKING:
    from kinchain.body import Body
    from kinchain.model import UnsidedModel
    from kinchain.views.site.plan import Page, Plan
    from kinchain.views.site.render import Renderer

_FEW = 100  # so many pages are written sooner than a further process has begun


def site(
    out: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="The folder, new or an earlier site.")],
    only: Annotated[
        list[str] | None,
        typer.Option("--only", help="Only this part: structures, regions, chains, claims. Repeatable."),
    ] = None,
    base_url: Annotated[
        str, typer.Option(metavar="URL", help="Where the site will stand, as https://example.org/body; adds a sitemap.")
    ] = "",
    jobs: Annotated[int | None, typer.Option("--jobs", "-j", min=1, help="How many processes write pages.")] = None,
) -> None:
    """The whole atlas as static pages for any web host; they also open from a disk.

    A page for each structure, region with its remote causes, chain and claim, with search. Without --base-url there is
    no sitemap, since a sitemap holds whole addresses.
    """
    with answering(False):
        from kinchain.body import Body
        from kinchain.cli.folder import replacing
        from kinchain.views.site import plan as plans
        from kinchain.views.site import shared

        _check(only or (), base_url, plans.PARTS)
        with replacing(out, shared.MARK) as folder:
            body = Body.load()
            model = body.model.unsided
            plan = plans.plan(model, only or (), base_url)
            for path, text in shared.files(model, plan):
                _write(folder / path, text)
            for name in {page.folder for page in plan.pages}:
                (folder / name).mkdir(exist_ok=True)
            _show_progress(_written(body, plan, folder, jobs or os.cpu_count() or 1), len(plan.pages))
        typer.echo(f"kinchain: wrote {len(plan.pages)} pages into {out}; open {out / 'index.html'}", err=True)


def _check(only: Sequence[str], base_url: str, parts: Sequence[str]) -> None:
    from kinchain.errors import BadQuestion

    unknown = [part for part in only if part not in parts]
    if unknown:
        raise BadQuestion(f"a site has no part '{unknown[0][:40]}'; choose from {', '.join(parts)}")
    if base_url and not base_url.startswith(("https://", "http://")):
        raise BadQuestion(f"'{base_url[:60]}' is no address of a site; it begins with https:// or http://")


def _show_progress(pages: Iterator[None], count: int) -> None:
    """Write all pages; a person at a terminal sees how far it is."""
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    for _ in track(pages, "Writing pages", total=count, console=console, disable=not console.is_terminal):
        pass


def _written(body: Body, plan: Plan, folder: Path, jobs: int) -> Iterator[None]:
    """Write the pages one by one, or with several processes, each with the same body; what is written is the same."""
    if min(jobs, len(plan.pages) // _FEW) < 2:
        _start(body.model.unsided, plan, folder, body)
        yield from map(_write_page, plan.pages)
        return
    from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
    from multiprocessing import get_context

    from kinchain.errors import CannotWrite

    context = get_context("spawn")  # the same on every system
    pool = ProcessPoolExecutor(jobs, context, _start, (body.model.unsided, plan, folder))
    try:
        yield from pool.map(_write_page, plan.pages, chunksize=8)
    except BrokenExecutor:
        raise CannotWrite("a process that wrote pages was ended from outside; try again with --jobs 1") from None
    finally:
        pool.shutdown(cancel_futures=True)


_shared: tuple[Renderer, Path] | None = None  # of this process


def _start(model: UnsidedModel, plan: Plan, folder: Path, body: Body | None = None) -> None:
    """Prepare this process for writing pages."""
    import gc

    from kinchain.body import Body
    from kinchain.views.site.render import Renderer

    global _shared
    _shared = Renderer(body or Body(model), plan), folder
    gc.enable()
    gc.freeze()  # the body stays to the end and need not be looked through


def _write_page(page: Page) -> None:
    assert _shared is not None, "_start comes first"
    renderer, folder = _shared
    _write(folder / page.path, renderer.text(page))


def _write(place: Path, text: str) -> None:
    place.parent.mkdir(exist_ok=True)
    place.write_bytes(text.encode())  # the same line ends on every system
