"""Chains, claims and what concerns a structure in practice, as text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kinchain.answers import NOTICE
from kinchain.clinical import Claim
from kinchain.model import Chain, Structure
from kinchain.queries.care import Care, CareItem, FlagItem, TestItem
from kinchain.queries.chains import TracedChain
from kinchain.views.table import Sources, cited, is_terminal, lines, table

Row = tuple[str, str, str, str]


def chains(found: Iterable[Chain]) -> None:
    """Print the published chains."""
    rows = [(c.label, str(len(c.links)), str(sum(x.gap for x in c.links)), c.grade, c.id) for c in found]
    table(("chain", "links", "gaps", "evidence", "id"), rows)


def chain(traced: TracedChain, sources: Sources) -> None:
    """Print a chain link by link."""
    rows = [
        (
            str(link.position),
            link.source.label,
            link.target.label,
            link.grade,
            link.holds,
            "crosses" if link.crosses else "",
            "; ".join(cited(link.sources, sources)),
            "; ".join(cited(link.against, sources)),
            link.comment,
        )
        for link in traced.links
    ]
    header = ("link", "from", "to", "evidence", "holds by", "midline", "sources", "against", "note")
    if not is_terminal():
        lines(header, rows)
        return
    from rich.console import Console
    from rich.text import Text

    console, known = Console(), traced.chain
    console.print(Text(traced.label, style="bold"), Text(known.grade, style="dim"))
    console.print(Text(known.definition))
    for prefix, text in (
        ("", known.comment),
        ("said by ", "; ".join(cited(known.sources, sources))),
        ("against: ", "; ".join(cited(known.against, sources))),
    ):
        if text:
            console.print(Text(prefix + text))
    for number, strand in enumerate(traced.strands, 1):
        console.print()
        console.print(Text("main line" if number == 1 else f"branch {number - 1}", style="bold"))
        positions = {str(link.position) for link in strand}
        table(header[:-1], [row[:-1] for row in rows if row[0] in positions])
        for row in rows:
            if row[0] in positions and row[-1]:
                console.print(Text(f"  {row[0]}: {row[-1]}", style="dim"))
    gaps = f"Gaps, where nothing was verified: links {', '.join(map(str, traced.gaps))}." if traced.gaps else "No gaps."
    console.print(Text(f"\n{gaps} The main line begins on the {traced.side} and ends on the {traced.end_side}."))
    console.print(Text(NOTICE, style="dim italic"))


def care(found: Care, sources: Sources, structures: Mapping[str, Structure]) -> None:
    """Print what concerns a structure in practice, red flags first."""
    sections: tuple[tuple[str, list[Row]], ...] = (
        ("red flags", [_flag(f, sources) for f in found.red_flags]),
        ("findings", [(f.label, "", "", "") for f in found.findings]),
        ("what tests it", [_test(t, sources) for t in found.tests]),
        ("what trains or treats it", [_care(c, sources) for c in found.interventions]),
        ("cautions", [_caution(c) for c in found.interventions if c.details.cautions or c.contraindicated_in]),
        ("claims", [_claim(c, sources, structures) for c in found.claims]),
    )
    print_sections([(title, rows) for title, rows in sections if rows])


def print_sections(sections: Sequence[tuple[str, Sequence[Row]]]) -> None:
    """Print rows under headings; one table with the heading as first column when piped."""
    if not is_terminal():
        lines(
            ("section", "what", "evidence", "details", "sources"),
            [(title, *row) for title, rows in sections for row in rows],
        )
        return
    from rich.console import Console
    from rich.text import Text

    console = Console()
    for title, rows in sections:
        console.print()
        console.print(Text(title.capitalize(), style="bold"))
        table(("", "", "", ""), rows)


def tests(items: Sequence[TestItem], sources: Sources) -> None:
    """Print what tests a structure."""
    print_sections([("what tests it", [_test(t, sources) for t in items])])


def interventions(items: Sequence[CareItem], sources: Sources) -> None:
    """Print what trains or treats a structure, with the cautions."""
    cautions = [_caution(c) for c in items if c.details.cautions or c.contraindicated_in]
    print_sections([("what trains or treats it", [_care(c, sources) for c in items]), ("cautions", cautions)])


def claims(found: Sequence[Claim], sources: Sources, structures: Mapping[str, Structure]) -> None:
    """Print claims: who says what, what became of it, what the evidence says."""
    if not is_terminal():
        rows = [
            (
                c.id,
                c.verdict,
                c.statement,
                "; ".join(cited(c.claimed_by, sources)),
                c.correction,
                "; ".join(cited(c.sources, sources)),
                "; ".join(cited(c.against, sources)),
            )
            for c in found
        ]
        lines(("claim", "verdict", "statement", "claimed_by", "correction", "sources", "against"), rows)
        return
    from rich.console import Console
    from rich.text import Text

    console = Console()
    for c in found:
        console.print(Text.assemble((c.verdict.upper(), _VERDICT_STYLE[c.verdict]), f"  {c.statement}  ({c.id})"))
        console.print(Text(f"  claimed by {'; '.join(cited(c.claimed_by, sources))}"))
        if c.correction:
            console.print(Text(f"  What the evidence says: {c.correction}"))
        for prefix, ids in (("sources", c.sources), ("against the claim", c.against)):
            if ids:
                console.print(Text(f"  {prefix}: {'; '.join(cited(ids, sources))}", style="dim"))
        console.print()
    console.print(Text(NOTICE, style="dim italic"))


_VERDICT_STYLE = {"correct": "green", "imprecise": "yellow", "contested": "magenta", "wrong": "bold red"}


def _flag(flag: FlagItem, sources: Sources) -> Row:
    details = flag.details
    said = f"may be {details.condition}: {details.action}"
    return flag.structure.label, details.urgency, said, "; ".join(cited(details.sources, sources))


def _test(item: TestItem, sources: Sources) -> Row:
    figures = "; ".join(
        f"{a.words or a.comment} ({', '.join(cited(a.sources, sources))})" for a in item.details.accuracies
    )
    said = " ".join(part for part in (item.details.reading, figures) if part)
    return item.structure.label, item.details.grade, said, "; ".join(cited(item.details.sources, sources))


def _care(item: CareItem, sources: Sources) -> Row:
    doses = "; ".join(f"{d.words or d.comment} ({', '.join(cited(d.sources, sources))})" for d in item.details.dosages)
    said = " ".join(part for part in (doses and doses + ".", item.details.effect) if part)
    return item.structure.label, item.details.grade, said, "; ".join(cited(item.details.sources, sources))


def _caution(item: CareItem) -> Row:
    barred = ", ".join(f.label for f in item.contraindicated_in)
    said = " ".join(part for part in (*item.details.cautions, barred and f"Not in: {barred}.") if part)
    return item.structure.label, "", said, ""


def _claim(c: Claim, sources: Sources, structures: Mapping[str, Structure]) -> Row:
    by = "; ".join(cited(c.claimed_by, sources))
    return f"{c.statement} ({c.id})", c.verdict, c.correction, f"claimed by {by}"
