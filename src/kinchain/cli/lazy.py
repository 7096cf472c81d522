"""A group of commands of which only the one that is called is imported; ``--help`` imports them all."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

# Each command by its name, in the order of the help: a function of the same name in a module of that name, or as said.
COMMANDS: Mapping[str, str] = {
    name: "kinchain.cli.import_:import_" if name == "import" else f"kinchain.cli.{name}:{name}"
    for name in (
        "path",
        "causes",
        "ask",
        "find",
        "show",
        "around",
        "chain",
        "compare",
        "map",
        "claim",
        "quiz",
        "site",
        "sparql",
        "export",
        "import",
        "overlay",
        "serve",
        "batch",
        "validate",
        "build",
        "bench",
    )
}


class LazyGroup(TyperGroup):
    """The group ``kinchain``; a command becomes one of Typer's when it is first asked for."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = dict.fromkeys(COMMANDS)  # type: ignore[assignment]  # names only, for suggestions

    def list_commands(self, ctx: Any) -> list[str]:
        """The names of all commands, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of this name, or None."""
        if cmd_name not in COMMANDS:
            return None
        if self.commands[cmd_name] is None:
            module, function = COMMANDS[cmd_name].split(":")
            one = typer.Typer(add_completion=False, rich_markup_mode=None, context_settings=SETTINGS)
            one.command(cmd_name)(getattr(import_module(module), function))
            self.commands[cmd_name] = get_command(one)
        return self.commands[cmd_name]


SETTINGS: dict[str, Any] = {"help_option_names": ["-h", "--help"]}
