"""``kinchain overlay FILE.ttl``: a user's own knowledge on top of the body, never in it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kinchain.cli.common import AsJson, answering, print_json

if TYPE_CHECKING:
    from kinchain.answers import Finding
    from kinchain.model import UnsidedModel


def overlay(
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE.ttl]", help="A Turtle file with structures, findings, connections.")
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Only say whether FILE.ttl keeps the rules.")] = False,
    remove: Annotated[str | None, typer.Option("--remove", metavar="NAME", help="Take an overlay away.")] = None,
    listing: Annotated[bool, typer.Option("--list", help="List the overlays in force (the default).")] = False,
    json: AsJson = False,
) -> None:
    """Lay your own structures, findings and connections over the body; every command then answers with them.

    The file is checked by the rules of the ontology and copied to your data folder; the ontology stays as it is.
    """
    with answering(json):
        from kinchain.errors import BadQuestion

        if bool(file) + bool(remove) + listing > 1:
            raise BadQuestion("name a file, or --remove NAME, or --list; one at a time")
        if check and not file:
            raise BadQuestion("--check needs the file to look at")
        if remove:
            _remove(remove)
        elif file:
            _add(file, only_check=check, json=json)
        else:
            _list(json)


def _add(file: Path, *, only_check: bool, json: bool) -> None:
    """Check an overlay together with those in force, and register it."""
    import shutil

    from kinchain import locate
    from kinchain.building import build
    from kinchain.files import replacing
    from kinchain.rdf.overlay import name_of

    name = name_of(file)
    _refuse_unless_readable(file)
    root = locate.ontology_dir()
    if not only_check:
        _refuse_when_named_by_environment()
    others = [path for path in locate.overlays(root) if name_of(path) != name]
    model, found = _checked(root, [*others, file])
    if found:
        _print_findings(found, json)
        typer.echo(
            f"kinchain: {file} breaks {_number(len(found), 'rule')}; mend it and try again, nothing was added", err=True
        )
        raise typer.Exit(3)
    structures, connections = _counted(model, name)
    what = f"{_number(structures, 'structure')} and {_number(connections, 'connection')}"
    if only_check:
        typer.echo(f"kinchain: {file} keeps every rule; it would add {what}", err=True)
    else:
        folder = locate.overlay_folder()
        again = (folder / f"{name}.ttl").is_file()
        try:
            with replacing(folder / f"{name}.ttl") as part:
                shutil.copyfile(file, part)
        except OSError as error:
            from kinchain.errors import CannotWrite

            raise CannotWrite(f"{folder} cannot be written ({error.strerror}); mend its permissions") from None
        build(root, quiet=False)
        typer.echo(
            f"kinchain: the overlay {name} {'was replaced and' if again else 'is in force and'} adds {what}; "
            f"'kinchain overlay --remove {name}' takes it away",
            err=True,
        )
    if json:
        print_json({"name": name, "structures": structures, "connections": connections, "registered": not only_check})


def _checked(root: Path, overlays: list[Path]) -> tuple[UnsidedModel, list[Finding]]:
    """The body with some overlays, and what the last of them breaks; errors name that file as it was given."""
    from dataclasses import replace

    from kinchain import locate
    from kinchain.building import whole_model
    from kinchain.errors import InvalidOntology
    from kinchain.rdf.validate import validate_overlay

    file = overlays[-1]
    name = locate.file_name(file, root)
    try:
        model = whole_model(root, overlays)
        derived = ((c.subject, c.relation, c.object) for c in model.connections if c.relation == "crosses")
        found = validate_overlay(root, overlays, derived=derived)
    except InvalidOntology as problem:
        if problem.file != name:
            raise
        message = problem.message.removeprefix(f"{name}:{problem.line}: ").removeprefix(f"{name}: ")
        raise InvalidOntology(
            message, file=str(file), line=problem.line, subject=problem.subject, rule=problem.rule
        ) from None
    return model, [replace(f, file=str(file) if f.file == name else f.file) for f in found]


def _counted(model: UnsidedModel, name: str) -> tuple[int, int]:
    """How many structures and connections of a body an overlay brought."""
    from kinchain.rdf.overlay import source_id

    remark = f"From the overlay {name}."
    return (
        sum(remark in s.comment for s in model.structures.values()),
        sum(source_id(name) in c.sources and not c.derived_by for c in model.connections),
    )


def _number(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def _refuse_unless_readable(file: Path) -> None:
    from kinchain.errors import CannotRead
    from kinchain.rdf.overlay import MAX_MEGABYTES

    if not file.is_file():
        raise CannotRead(f"there is no file {file}; name a Turtle file")
    size = file.stat().st_size
    if size > MAX_MEGABYTES * 1024 * 1024:
        raise CannotRead(f"{file} is larger than {MAX_MEGABYTES} MB, too large for an overlay; divide it")
    if not os.access(file, os.R_OK):
        raise CannotRead(f"{file} may not be read; mend its permissions")


def _refuse_when_named_by_environment() -> None:
    from kinchain import locate
    from kinchain.errors import BadQuestion

    if os.environ.get(locate.OVERLAYS) is not None:
        raise BadQuestion(
            f"{locate.OVERLAYS} is set and names the overlays; add the file to it, or unset it to have them registered"
        )


def _remove(name: str) -> None:
    import shutil
    from contextlib import suppress

    from kinchain import locate
    from kinchain.errors import UnknownName
    from kinchain.rdf.overlay import name_of

    _refuse_when_named_by_environment()
    folder = locate.overlay_folder()
    there = {path.stem: path for path in sorted(folder.glob("*.ttl"))}
    wanted = name if name in there else name_of(Path(name))
    if wanted not in there:
        hint = f"there are {', '.join(there)}" if there else "none is registered"
        raise UnknownName(f"no overlay is called '{name[:60]}'; {hint}")
    root = locate.ontology_dir()
    *_, compiled = locate.compiled_files(root)
    there[wanted].unlink()
    shutil.rmtree(compiled.parent, ignore_errors=True)  # what was built with it
    with suppress(OSError):  # the folder, when it was the last
        folder.rmdir()
    typer.echo(f"kinchain: the overlay {wanted} is gone; answers are those of the body without it", err=True)


def _list(json: bool) -> None:
    from kinchain import locate
    from kinchain.errors import InvalidOntology
    from kinchain.rdf.load import parse
    from kinchain.rdf.overlay import name_of
    from kinchain.views.table import table
    from kinchain.vocab import OWL, RDF_TYPE, RDFS

    root = locate.ontology_dir()
    rows: list[dict[str, Any]] = []
    for path in locate.overlays(root):
        title, problem = "", ""
        try:
            triples = parse(path, root)
            headers = {t.subject for t in triples if t.predicate == RDF_TYPE and t.object == OWL + "Ontology"}
            title = next((t.object for t in triples if t.subject in headers and t.predicate == RDFS + "label"), "")
        except InvalidOntology as error:
            problem = error.message
        rows.append({"name": name_of(path), "title": title, "file": str(path), "problem": problem})
    if json:
        print_json({"overlays": rows})
    elif rows:
        table(("name", "title", "file", "problem"), [tuple(row.values()) for row in rows])
    else:
        typer.echo("kinchain: no overlay is in force; 'kinchain overlay FILE.ttl' adds one", err=True)


def _print_findings(found: list[Finding], json: bool) -> None:
    from kinchain.views import jsonout, table

    if json:
        print_json(jsonout.findings(found))
    else:
        table.findings(found)
