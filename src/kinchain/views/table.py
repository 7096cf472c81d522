"""Answers as text: a table for people at a terminal, tab-separated lines when piped."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kinchain.answers import NOTICE, Fact, Finding, Match, PathAnswer, Profile, Route
from kinchain.model import Source

if TYPE_CHECKING:
    from kinchain.queries.report import Report

Sources = Mapping[str, Source]
_GRADE_STYLE = {
    "Textbook": "bold",
    "Strong": "green",
    "Moderate": "cyan",
    "Limited": "yellow",
    "Conflicting": "magenta",
    "Claimed": "red",
    "Refuted": "red strike",
}


def is_terminal() -> bool:
    """Whether standard output is read by a person."""
    return sys.stdout.isatty()


def path(answer: PathAnswer, sources: Sources) -> None:
    """Print routes with their hops, evidence and sources."""
    if not is_terminal():
        header = (
            "rank",
            "profile",
            "hop",
            "from",
            "relation",
            "to",
            "evidence",
            "crosses_midline",
            "sources",
            "words",
        )
        lines(
            header,
            [
                (r.rank, r.profile, n, h.source.id, h.relation, h.target.id, h.grade, str(h.crosses).lower(),
                 "; ".join(cited(h.sources, sources)), h.words)
                for r in answer.routes
                for n, h in enumerate(r.hops, 1)
            ],
        )  # fmt: skip
        for note in answer.notes:
            print(note, file=sys.stderr)
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    console.print(Text(f"{answer.source.label} → {answer.target.label}", style="bold"))
    for route in answer.routes:
        grid = Table(title=route_title(route), title_justify="left", title_style="bold", expand=True, box=None)
        grid.add_column("", justify="right", style="dim")
        grid.add_column("hop", ratio=4)
        grid.add_column("evidence")
        grid.add_column("sources", ratio=2, style="dim")
        for number, hop in enumerate(route.hops, 1):
            words = Text(hop.words)
            if hop.crosses:
                words.append("  ⇄ crosses the midline", style="bold yellow")
            if hop.comment:
                words.append(f"\n{hop.comment}", style="dim")
            works = Text(", ".join(cited(hop.sources, sources)))
            grid.add_row(str(number), words, Text(hop.grade, style=_GRADE_STYLE.get(hop.grade, "")), works)
        console.print()
        console.print(grid)
        for match in route.chains:
            console.print(
                Text(f"  runs along the {chain_words(match.label, match.links, match.length)}", style="italic")
            )
    if answer.notes:
        console.print()
    for note in answer.notes:
        console.print(Text(note))
    console.print(Text(f"\n{NOTICE}", style="dim italic"))


def route_title(route: Route) -> str:
    """One line about a route: its profile, its weakest evidence, where it goes."""
    number = sum(hop.crosses for hop in route.hops)
    crossing = {0: "stays on its side", 1: "crosses the midline"}.get(number, f"crosses the midline {number} times")
    count = len(route.hops)
    hops = "1 hop" if count == 1 else f"{count} hops"
    evidence = f"weakest evidence {route.grade.lower()}"
    return f"{route.rank}. {route.profile}: {hops}, {evidence}, {crossing}, cost {route.cost:g}"


def chain_words(label: str, links: Sequence[int], length: int) -> str:
    """How a route runs along a chain, in words.

    >>> chain_words("superficial back line", (3, 4), 5)
    'superficial back line (links 3, 4 of 5)'
    """
    return f"{label} (link{'s' if len(links) > 1 else ''} {', '.join(map(str, links))} of {length})"


def find(matches: Sequence[Match]) -> None:
    """Print structures that a text may mean."""
    rows = [
        (
            m.structure.label,
            m.structure.kind,
            str(m.structure.side),
            m.matched,
            f"{m.score:g}",
            m.structure.id,
        )
        for m in matches
    ]
    table(("structure", "kind", "side", "matched", "score", "id"), rows)


def show(profile: Profile, sources: Sources) -> None:
    """Print all that is known of a structure."""
    if not is_terminal():
        facts(profile.facts, sources)
        return
    from rich.console import Console
    from rich.text import Text

    console = Console()
    console.print(Text(profile.structure.label, style="bold"), Text(f"({profile.structure.kind})", style="dim"))
    for label, value in (
        ("", profile.definition),
        ("also ", ", ".join((*profile.synonyms, *profile.abbreviations))),
        ("Latin ", ", ".join(profile.latin)),
        ("same as ", ", ".join(f"{m.id} {m.label}" for m in profile.mappings)),
        ("", profile.exception),
        ("note: ", profile.comment),
    ):
        if value:
            console.print(Text(label + value))
    facts(profile.facts, sources)


def facts(found: Sequence[Fact], sources: Sources) -> None:
    """Print connections; at a terminal those that differ only in their other end in one row."""
    if is_terminal():
        table(("structure", "connection", "", "evidence", "sources"), _folded(found, sources))
        return
    header = ("connection", "evidence", "midline", "sources")
    crosses = {True: "crosses", False: ""}
    lines(header, [(f.words, f.grade, crosses[f.crosses], "; ".join(cited(f.sources, sources))) for f in found])


def _folded(facts: Sequence[Fact], sources: Sources) -> list[Sequence[str]]:
    """One row for all that a structure has by one relation and on one authority, in the order of the facts."""
    rows: dict[tuple[str, str, str, tuple[str, ...]], list[str]] = {}
    for fact in facts:
        phrase = fact.phrase + (" (crossing the midline)" if fact.crosses else "")
        rows.setdefault((fact.of.label, phrase, fact.grade, fact.sources), []).append(fact.other.label)
    folded: list[Sequence[str]] = []
    last = ""
    for (of, phrase, grade, works), others in rows.items():
        authority = "; ".join(cited(works, sources))
        folded.append((of if of != last else "", phrase, ", ".join(_series(others)), grade, authority))
        last = of
    return folded


_ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth"),
    *("seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"),
)


def _series(labels: Sequence[str]) -> list[str]:
    """Labels with the members of a numbered series told as one.

    >>> _series([f"right {n} external intercostal" for n in ("first", "second", "third", "fourth")])
    ['right first to fourth external intercostal']
    """
    numbered: dict[str, list[int]] = {}
    for label in labels:
        ordinal = next((word for word in label.split() if word in _ORDINALS), "")
        numbered.setdefault(label.replace(ordinal, "#", 1) if ordinal else label, []).append(
            _ORDINALS.index(ordinal) if ordinal else -1
        )
    told = []
    for pattern, numbers in numbered.items():
        row = sorted(numbers)
        if len(row) > 2 and row == list(range(row[0], row[-1] + 1)):
            told.append(pattern.replace("#", f"{_ORDINALS[row[0]]} to {_ORDINALS[row[-1]]}"))
        else:
            told += [pattern.replace("#", _ORDINALS[n]) if n >= 0 else pattern for n in numbers]
    return told


def around(found: Sequence[tuple[int, Fact]], sources: Sources) -> None:
    """Print the surroundings of a structure, nearest first."""
    rows = [
        (
            str(distance),
            f.words,
            f.grade,
            "crosses" if f.crosses else "",
            "; ".join(cited(f.sources, sources)),
        )
        for distance, f in found
    ]
    table(("hops", "connection", "evidence", "midline", "sources"), rows)


def findings(found: Sequence[Finding]) -> None:
    """Print broken rules, one a line: file, line, subject, rule, message."""
    for f in found:
        where = f"{f.file}:{f.line}" if f.line else f.file
        print(f"{where}: {f.subject}: {f.message} [{f.rule}]")


def report(counted: Report) -> None:
    """Print what a body holds and what it lacks."""
    table(("what", "unsided", "sided"), [(name, str(one), str(two)) for name, one, two in counted.counts])
    table(("missing", "number", "such as"), [(name, str(number), some) for name, number, some in counted.missing])


def cited(ids: Sequence[str], sources: Sources) -> list[str]:
    """Sources by their short labels, those whose record nobody verified marked."""

    def label(i: str) -> str:
        source = sources.get(i) or Source(i, i)
        books = {"standring_2020", "moore_2018", "fipat_2019"}
        unchecked = source.status == "Unverified" and i not in books
        return source.label + (" (record not verified)" if unchecked else "")

    return [label(i) for i in ids]


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows as a table, or as tab-separated lines when piped."""
    if not is_terminal():
        lines(header, rows)
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    grid = Table(box=None, header_style="bold")
    for column in header:
        grid.add_column(column, overflow="fold")
    for row in rows:
        grid.add_row(*(Text(cell, style=_GRADE_STYLE.get(cell, "")) for cell in row))
    Console().print(grid)


def lines(header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print rows as tab-separated lines."""
    print("\t".join(header))
    for row in rows:
        print("\t".join(" ".join(str(cell).split()) for cell in row))
