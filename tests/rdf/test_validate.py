"""Every rule is wired and can fail: each has an example in tests/invalid that breaks it and nothing less."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from kinchain.building import validate
from kinchain.rdf.checks import rules
from kinchain.rdf.validate import shapes

ROOT = Path(__file__).resolve().parents[2]
INVALID = sorted((ROOT / "tests" / "invalid").glob("*.ttl"))
ONTOLOGY = ROOT / "ontology"


def test_the_small_ontology_keeps_every_rule(mini: Path) -> None:
    assert validate(mini) == []


@pytest.mark.parametrize("example", INVALID, ids=lambda path: path.stem)
def test_an_invalid_example_breaks_its_rule(example: Path, mini: Path) -> None:
    shutil.copy(example, mini / "anatomy" / "zz_example.ttl")
    rule = example.stem.split(".")[0]
    broken = [finding for finding in validate(mini) if finding.rule == rule]
    assert broken, f"{example.name} passes the rule {rule}"
    assert all(finding.file and finding.subject and finding.message for finding in broken)


def test_every_rule_has_an_example() -> None:
    covered = {path.stem.split(".")[0] for path in INVALID}
    names = {path.name.removesuffix("-violation.rq") for path in rules(ONTOLOGY)}
    for path in shapes(ONTOLOGY):
        names |= set(re.findall(r"^shape:(\w+) a sh:NodeShape", path.read_text(), re.MULTILINE))
    assert names == covered


def test_every_message_of_every_shape_can_be_provoked(mini: Path) -> None:
    """Some shapes refuse for several reasons; the examples together give every one of them."""
    for number, example in enumerate(INVALID):
        apart = (
            example.read_text().replace("chain:line", f"chain:line{number}x").replace("somebody", f"somebody{number}")
        )
        (mini / "anatomy" / f"zz_{example.name}").write_text(apart)
    said = " | ".join(finding.message for finding in validate(mini))
    for path in shapes(ONTOLOGY):
        for message in re.findall(r'sh:message "([^"]+)"', path.read_text()):
            assert message in said, (path.name, message)


def test_a_rule_that_is_taken_away_no_longer_bites(mini: Path) -> None:
    """The findings come from the rule files, not from code that would find them anyway."""
    shutil.copy(ROOT / "tests" / "invalid" / "empty-group.ttl", mini / "anatomy" / "zz_example.ttl")
    (mini / "checks" / "empty-group-violation.rq").unlink()
    assert validate(mini) == []


def test_a_finding_names_the_line_of_its_subject(mini: Path) -> None:
    shutil.copy(ROOT / "tests" / "invalid" / "empty-group.ttl", mini / "anatomy" / "zz_example.ttl")
    (finding,) = validate(mini)
    lines = (mini / finding.file).read_text().splitlines()
    assert finding.line is not None
    assert lines[finding.line - 1].startswith("body:nobodies")


def test_the_ontology_keeps_every_rule() -> None:
    findings = validate(ONTOLOGY)
    assert [f"{f.file}:{f.line} {f.subject} {f.rule}: {f.message}" for f in findings] == []
