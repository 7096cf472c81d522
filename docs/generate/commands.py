"""Every command with its arguments and options, from the application itself."""

from __future__ import annotations

from typing import Any

from . import Known
from .markdown import code, escaped, table


def commands(known: Known) -> str:
    """All commands, in the order of ``kinchain --help``."""
    import typer.main

    from kinchain.cli.app import app

    group: Any = typer.main.get_command(app)
    context = group.context_class(group, info_name="kinchain", **group.context_settings)
    sections = [_section(group, context, "kinchain")]
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if not command.hidden:
            inner = command.context_class(command, info_name=name, parent=context)
            sections.append(_section(command, inner, f"kinchain {name}"))
    return "\n\n".join(sections)


def _section(command: Any, context: Any, name: str) -> str:
    usage = command.get_usage(context).removeprefix("Usage: ")
    parts = [f"## {name}" if name != "kinchain" else "## Options of kinchain itself { #kinchain }"]
    parts += [escaped(_one_line(p)) for p in (command.help or "").split("\n\n")]
    parts.append(code(" ".join(usage.split()), "text"))
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    options = [p for p in command.get_params(context) if p.param_type_name == "option" and not p.hidden]
    if arguments:
        rows = [
            (f"`{p.make_metavar(context)}`", escaped(_one_line(p.help or "")), "yes" if p.required else "no")
            for p in arguments
        ]
        parts.append(table(("argument", "what it is", "needed"), rows))
    rows = [(_names(p), escaped(_one_line(p.help or "")), _default(p)) for p in options]
    parts.append(table(("option", "what it does", "default"), rows))
    return "\n\n".join(parts)


def _one_line(text: str) -> str:
    return " ".join(text.replace("\b", "").split())


def _names(option: Any) -> str:
    value = "" if option.is_flag else f" {option.metavar or option.type.name.upper()}"
    again = ", repeatable" if option.multiple else ""
    return ", ".join(f"`{name}{value}`" for name in (*option.opts, *option.secondary_opts)) + again


def _default(option: Any) -> str:
    if option.required:
        return "needed"
    if option.is_flag or option.default in (None, (), []):
        return ""
    return f"`{option.default}`" if not callable(option.default) else ""


PARTS = {"commands": commands}
