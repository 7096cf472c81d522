"""``kinchain export FORMAT -o FILE``: the body in the formats of other tools."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kinchain.cli.common import AsJson, answering, print_json

if TYPE_CHECKING:
    from kinchain.body import Body
    from kinchain.exports.formats import Format

_MEGABYTE = 1_000_000
_PACKED, _TABLES = {".gz", ".bz2", ".xz", ".zip", ".zst"}, {".csv", ".tsv", ".parquet"}


def export(
    format: Annotated[str, typer.Argument(metavar="FORMAT", help="As graphml; --list shows all.")] = "",
    out: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Where to write; in this folder when left out."),
    ] = None,
    around: Annotated[str, typer.Option(metavar="X", help="Only what is around this structure.")] = "",
    depth: Annotated[int | None, typer.Option(help="With --around: how many hops away, 1 to 4 (1).")] = None,
    region: Annotated[str, typer.Option(help="Only what lies in this part of the body, as 'left shoulder'.")] = "",
    profile: Annotated[
        str, typer.Option("--profile", "-p", help="The walk of a profile, as myofascial, instead of everything.")
    ] = "",
    show: Annotated[bool, typer.Option("--list", help="Show the formats, and what opens them.")] = False,
    json: AsJson = False,
) -> None:
    """The body in the format of another tool: graphs, tables, flashcards, RDF.

    Everything is written, with sides, evidence and sources, unless --around or --region name a part.
    """
    with answering(json):
        from kinchain.errors import BadQuestion
        from kinchain.exports.formats import named

        if show:
            _list(json)
            return
        if not format:
            raise BadQuestion("name a format, as 'kinchain export graphml'; 'kinchain export --list' shows all")
        chosen = named(format)
        _check(chosen, around, depth, region, profile)
        place = _default(chosen) if out is None else _fitting(chosen, out)
        counts = _write(chosen, place, around, depth or 1, region, profile)
        size = _size(place)
        if json:
            print_json({"file": str(place), "format": chosen.name, "bytes": size, **counts})
        told = "".join(f"{count:,} {what}, " for what, count in counts.items())
        typer.echo(f"kinchain: wrote {place} ({told}{size / _MEGABYTE:.1f} MB)", err=True)


def _check(chosen: Format, around: str, depth: int | None, region: str, profile: str) -> None:
    """Refuse what cannot be, before anything is read."""
    from kinchain.errors import BadQuestion
    from kinchain.exports.formats import FORMATS
    from kinchain.graph.simplify import PROFILES

    chosen.check()
    if around and region:
        raise BadQuestion("--around and --region both name a part; give one of them")
    if depth is not None and not around:
        raise BadQuestion("--depth goes with --around; name a structure")
    for option, given, able in (
        ("--around", around, chosen.parts),
        ("--region", region, chosen.parts),
        ("--profile", profile, chosen.walks),
    ):
        if given and not able:
            others = [f.name for f in FORMATS.values() if (f.walks if option == "--profile" else f.parts)]
            raise BadQuestion(f"{chosen.name} is written without {option}; with it: {', '.join(others)}")
    if profile and profile not in PROFILES:
        raise BadQuestion(f"there is no profile '{profile[:40]}'; choose from {', '.join(PROFILES)}")


def _default(chosen: Format) -> Path:
    """Where to write when nobody said: a name in this folder that is free."""
    from kinchain.errors import CannotWrite

    place = Path(f"body{chosen.suffix}" if chosen.suffix else f"body-{chosen.name}")
    if place.exists():
        raise CannotWrite(f"{place} is there already; say -o {place} to replace it, or another name")
    return place


def _fitting(chosen: Format, place: Path) -> Path:
    """The place that was asked for, unless its name promises what will not be there."""
    from kinchain.errors import BadQuestion

    suffix = place.suffix.casefold()
    if suffix in _PACKED:
        raise BadQuestion(f"kinchain writes no packed files; leave {suffix} away and pack {place.stem} afterwards")
    if not chosen.suffix and suffix in _TABLES:
        raise BadQuestion(f"{chosen.name} is a folder of files; name a folder, as -o {place.stem}")
    return place


def _write(chosen: Format, place: Path, around: str, depth: int, region: str, profile: str) -> dict[str, int]:
    """Write the body, a part of it, or a walk; how many structures and connections are in a graph."""
    from kinchain.body import Body
    from kinchain.exports import flat
    from kinchain.locate import ontology_dir

    body = Body.load()
    among = _among(body, around, depth, region)
    if profile:
        tables = flat.walk(body.model, body.walk(profile), among)
        chosen.write_tables(tables, place)
        return {"structures": len({row["structure"] for row in tables.nodes}), "connections": len(tables.edges)}
    model = body.model if among is None else flat.part(body.model, among)
    chosen.write(model, ontology_dir(), place)
    return {"structures": len(model.structures), "connections": len(model.edges)} if chosen.walks else {}


def _among(body: Body, around: str, depth: int, region: str) -> frozenset[str] | None:
    from kinchain.queries import selection

    if around:
        return selection.near(body.incidence, body.names, around, depth)
    return selection.lying_in(body.incidence, body.names, region) if region else None


def _size(place: Path) -> int:
    """Bytes of a file, or of all files of a folder."""
    return sum(p.stat().st_size for p in place.iterdir()) if place.is_dir() else place.stat().st_size


def _list(as_json: bool) -> None:
    from kinchain.exports.formats import FORMATS
    from kinchain.views import table

    header = ("format", "file", "holds", "opened by", "needs")
    rows = [(f.name, f.suffix or "folder", f.description, f.opened_by, f.command) for f in FORMATS.values()]
    if as_json:
        keys = ("format", "file", "holds", "opened_by", "needs")
        print_json([dict(zip(keys, row, strict=True)) for row in rows])
    else:
        table.table(header, rows)
