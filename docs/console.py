"""Run what the pages show: console sessions, files that a page writes, and examples in Python.

A page is a story in one folder. Its fenced blocks are taken in order:

* ``console``: each line ``$ command`` is run; what follows is its output at a terminal of 96 columns. A line that is
  only ``…`` stands for any number of lines. ``$ echo $?`` tells the status of the command before it.
* any block with ``title="FILE"`` is written to that file before what follows it; a ``diff`` block with such a title is
  applied to the file as it was first written, so that each mistake on a page stands alone.
* ``pycon`` blocks are doctests.

``python -m docs.console`` writes into the pages what the commands answer now, keeping as many lines as were shown.
"""

from __future__ import annotations

import doctest
import io
import os
import re
import shlex
import subprocess
import sys
import tempfile
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock
from weakref import WeakKeyDictionary

from docs.sessions import Block, Different, agrees, blocks, changed, commands, difference, shortened

if TYPE_CHECKING:
    from kinchain.body import Body

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "docs" / "pages"
COLUMNS = 96
# Commands that only answer: what they say in one page they say in another.
QUESTIONS = frozenset({"path", "causes", "ask", "find", "show", "around", "chain", "compare", "claim", "sparql"})


_ANSWERS: WeakKeyDictionary[Body, dict[str, tuple[str, int]]] = WeakKeyDictionary()

# Said only when something is made for the first time.
PASSING = "kinchain: loading the triples"


class Terminal(io.StringIO):
    """Standard output and standard error as a person sees them: one after the other, laid out for a terminal."""

    def isatty(self) -> bool:
        """It is one, as far as kinchain can tell."""
        return True


class Story:
    """Tells a page: runs its blocks in order in one folder, with a body that is loaded already."""

    def __init__(self, body: Body, folder: Path) -> None:
        self.body, self.folder = body, folder
        self.home = folder / ".home"  # nothing of the person who runs this, and nothing left with them
        self.status = 0
        self._first: dict[Path, str] = {}

    @property
    def is_overlaid(self) -> bool:
        """Whether the page has laid something over the body."""
        return any(self.home.rglob("*.ttl"))

    def tell(self, page: Path) -> int:
        """Run a page; how many commands and examples it has.

        Raises
        ------
        Different  what is shown is not what was said
        """
        told = 0
        examples: dict[str, object] = {}
        for block in blocks(page.read_text("utf-8")):
            where = f"{page.name}:{block.line}"
            if block.file:
                self.write(block)
            elif block.language == "console":
                for command, shown in commands(block.text):
                    said = self.run(command)
                    if not agrees(shown, said):
                        raise Different(f"{where}: $ {command}\n" + difference(shown, said))
                    told += 1
            elif block.language == "pycon":
                told += self.python(block, where, examples)
        return told

    def write(self, block: Block) -> None:
        """Write the file that a block names, or change it as a ``diff`` block says."""
        file = self.folder / block.file
        text = block.text
        if block.language == "diff":
            self._first.setdefault(file, file.read_text("utf-8"))
            text = changed(self._first[file], block)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def run(self, command: str) -> list[str]:
        """The lines that a command says; its status is kept for ``echo $?``."""
        if command == "echo $?":
            return [str(self.status)]
        program, *arguments = shlex.split(command, comments=True)
        asks = program == "kinchain" and arguments[0] in QUESTIONS and not {"--html", "-o"} & set(arguments)
        if asks and not self.is_overlaid:
            known = _ANSWERS.setdefault(self.body, {})
            if command not in known:
                known[command] = self._kinchain(arguments)
            said, self.status = known[command]
        elif program == "kinchain":
            said, self.status = self._kinchain(arguments)
        elif program == "python":
            script = [str(ROOT / a) if a.endswith(".py") else a for a in arguments]
            done = subprocess.run(
                [sys.executable, *script], cwd=self.folder, capture_output=True, text=True, check=False
            )
            said, self.status = done.stdout + done.stderr, done.returncode
        else:
            raise Different(f"a page may run kinchain and python, not {program}: write ```sh for what is not run")
        return said.replace(str(self.folder) + os.sep, "").rstrip("\n").splitlines()

    def _kinchain(self, arguments: list[str]) -> tuple[str, int]:
        from kinchain.body import Body
        from kinchain.cli.app import app

        loaded = Body.load

        def load(ontology: Path | None = None) -> Body:
            return loaded(ontology) if ontology or self.is_overlaid else self.body

        terminal = Terminal()
        environment = {"XDG_DATA_HOME": str(self.home), "XDG_CONFIG_HOME": str(self.home)}
        if self.is_overlaid or "overlay" in arguments:
            environment["XDG_CACHE_HOME"] = str(self.home)
        environment |= {"COLUMNS": str(COLUMNS), "LINES": "50", "TERM": "dumb", "NO_COLOR": "1"}
        status = 0
        with (
            mock.patch.object(Body, "load", load),
            mock.patch.dict(os.environ, environment),
            redirect_stdout(terminal),
            redirect_stderr(terminal),
            chdir(self.folder),
        ):
            for name in ("KINCHAIN_OVERLAYS", "KINCHAIN_ONTOLOGY"):
                os.environ.pop(name, None)
            try:
                app(arguments, prog_name="kinchain")
            except SystemExit as ended:
                status = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
        said = [line for line in terminal.getvalue().splitlines() if not line.startswith(PASSING)]
        return "\n".join(said), status

    def python(self, block: Block, where: str, names: dict[str, object]) -> int:
        """Run the examples of a ``pycon`` block, which share their names with the page's other ones."""
        from kinchain.body import Body

        test = doctest.DocTestParser().get_doctest(block.text, names, where, where, block.line)
        said: list[str] = []
        runner = doctest.DocTestRunner(verbose=False, optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
        with mock.patch.object(Body, "load", lambda ontology=None: self.body), chdir(self.folder):
            failed, tried = runner.run(test, out=said.append, clear_globs=False)
        names.update(test.globs)
        if failed:
            raise Different("".join(said))
        return tried


def refreshed(page: Path, story: Story) -> str:
    """The text of a page with what its commands say now; where lines are left out, as many are kept as were shown."""
    lines = page.read_text("utf-8").splitlines()
    out = lines[:]
    shift = 0
    for block in blocks("\n".join(lines) + "\n"):
        if block.file:
            story.write(block)
        if block.language != "console" or block.file:
            continue
        new: list[str] = []
        for command, shown in commands(block.text):
            said = story.run(command)
            new += [f"$ {command}", *(shown if agrees(shown, said) else shortened(shown, said))]
        indent = re.match(r" *", lines[block.line - 1])
        pad = indent[0] if indent else ""
        start, count = block.line + shift, len(block.text.splitlines())
        out[start : start + count] = [f"{pad}{line}".rstrip() for line in new]
        shift += len(new) - count
    return "\n".join(out) + "\n"


def main() -> None:
    """Bring all pages up to date."""
    from kinchain.body import Body

    body = Body.load()
    for page in sorted(PAGES.rglob("*.md")):
        with tempfile.TemporaryDirectory() as folder:
            before, after = page.read_text("utf-8"), refreshed(page, Story(body, Path(folder)))
        if before != after:
            page.write_text(after, encoding="utf-8")
            print(f"{page.relative_to(ROOT)} was brought up to date")


if __name__ == "__main__":
    main()
