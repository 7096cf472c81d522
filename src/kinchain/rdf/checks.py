"""The SPARQL rules of ``ontology/checks``: one rule a file, any row is a failure.

A rule selects ``?subject`` and may select ``?object`` and ``?file``. Its first line, a comment, is the message, where
``{subject}`` and ``{object}`` are filled in.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kinchain.answers import Finding
from kinchain.errors import InvalidOntology
from kinchain.vocab import curie

if TYPE_CHECKING:
    import pyoxigraph

    from kinchain.rdf.load import Ontology


def rules(root: Path) -> list[Path]:
    """The rule files of an ontology folder, in a fixed order."""
    return sorted((root / "checks").glob("*-violation.rq"))


def check(ontology: Ontology, rules_root: Path) -> Iterator[Finding]:
    """Every row of every rule, as a finding.

    Raises
    ------
    InvalidOntology  a rule is no SPARQL, or opens with no message
    """
    import pyoxigraph as ox

    store = ontology.store()
    for rule in rules(rules_root):
        query = rule.read_text("utf-8")
        if not query.startswith("# "):
            raise InvalidOntology("a rule opens with a comment line that is its message", file=rule.name)
        message = query.splitlines()[0].removeprefix("# ")
        try:
            rows = store.query(query, use_default_graph_as_union=True)
            assert isinstance(rows, ox.QuerySolutions)
        except SyntaxError as error:
            raise InvalidOntology(f"the rule is no SPARQL ({error})", file=rule.name) from None
        for row in rows:
            yield _finding(ontology, rule, message, row)


def _finding(ontology: Ontology, rule: Path, message: str, row: pyoxigraph.QuerySolution) -> Finding:
    def value(name: str) -> str:
        try:
            term = row[name]
        except KeyError:
            return ""
        return getattr(term, "value", "") if term is not None else ""

    subject, target = value("subject"), value("object")
    file = value("file").removeprefix("file:") or _file_of(ontology, subject)
    return Finding(
        file=file,
        line=ontology.line_of(file, subject, target if target.startswith("http") else ""),
        subject=curie(subject),
        rule=rule.name.removesuffix("-violation.rq"),
        message=message.replace("{subject}", curie(subject)).replace("{object}", curie(target)),
    )


def _file_of(ontology: Ontology, subject: str) -> str:
    for file, triples in ontology.files.items():
        if any(triple.subject == subject for triple in triples):
            return file
    return ""
