"""The rules that an ontology must keep: SHACL shapes and SPARQL checks, each with an example that breaks it."""

from __future__ import annotations

import re
from pathlib import Path

from kinchain.rdf.checks import rules
from kinchain.rdf.validate import shapes

from . import ROOT, Known
from .markdown import code, escaped

INVALID = ROOT / "tests" / "invalid"


def shape_rules(known: Known) -> str:
    """The shapes, file by file."""
    sections = []
    for path in shapes(known.root):
        text = path.read_text("utf-8")
        said = re.search(r"^# (.+(?:\n# .+)*)", text, re.MULTILINE)
        about = said[1].replace("\n# ", " ") if said else ""
        sections.append(f"### `shapes/{path.name}`\n\n{escaped(about)}")
        for shape in re.split(r"\n(?=shape:)", text):
            name = re.match(r"shape:(\w+) a sh:NodeShape", shape)
            if name:
                messages = re.findall(r'sh:message "([^"]+)"', shape)
                said_of = "\n".join(f"- {escaped(m)}" for m in messages)
                sections.append(f"**`{name[1]}`**\n\n{said_of}\n\n{_broken(name[1])}")
    return "\n\n".join(sections)


def check_rules(known: Known) -> str:
    """The checks, one a file."""
    sections = []
    for path in rules(known.root):
        name = path.name.removesuffix("-violation.rq")
        query = path.read_text("utf-8")
        message = query.splitlines()[0].removeprefix("# ")
        where = query[query.index("SELECT") :]
        shown = "\n".join("    " + line for line in code(where, "sparql").splitlines())
        sections.append(f'### `{name}`\n\n{escaped(message)}\n\n{_broken(name)}\n\n??? abstract "The query"\n\n{shown}')
    return "\n\n".join(sections)


def _broken(name: str) -> str:
    """What breaks a rule, as the tests have it: the first example, without its prefixes."""
    example: Path = min(p for p in INVALID.glob("*.ttl") if p.stem.split(".")[0] == name)
    lines = [line for line in example.read_text("utf-8").splitlines() if not line.startswith("@prefix")]
    shown = code("\n".join(lines).strip(), "turtle")
    return '??? failure "Broken by"\n\n' + "\n".join("    " + line for line in shown.splitlines())


PARTS = {"shape_rules": shape_rules, "check_rules": check_rules}
