"""Remote causes as text: red flags first, then what elsewhere might be behind the pain, and why."""

from __future__ import annotations

from kinchain.answers import NOTICE
from kinchain.model import Mechanism
from kinchain.queries.causes import Candidate, Causes
from kinchain.queries.reasons import Reason
from kinchain.views.table import Sources, cited, is_terminal, lines, table

Mechanisms = dict[str, Mechanism]
_HEADER = ("section", "rank", "what", "where", "score", "evidence", "mechanism", "route", "tests", "care", "cautions", "sources")  # fmt: skip  # noqa: E501


def causes(answer: Causes, sources: Sources, mechanisms: Mechanisms, *, explain: bool = False) -> None:
    """Print the answer of ``kinchain causes``."""
    if not is_terminal():
        lines(_HEADER, _rows(answer, sources, mechanisms))
        if explain:
            for c in answer.candidates:
                for r in c.reasons:
                    print(_explained(c, r, mechanisms))
        return
    from rich.console import Console
    from rich.text import Text

    console = Console()
    said = ", ".join(p.label for p in answer.site.places)
    qualified = ", ".join(q.label for q in answer.site.qualifiers)
    console.print(Text(f"What might be behind {said}" + (f" — {qualified}" if qualified else ""), style="bold"))
    console.print(Text("\nRed flags first", style="bold red"))
    for f in answer.red_flags:
        mark = "RAISED " if f.structure.id in answer.raised else ""
        style = {"emergency": "bold red", "urgent": "yellow"}.get(f.details.urgency, "dim")
        console.print(
            Text.assemble(
                (f"  {mark}{f.details.urgency}", style), f"  {f.structure.label}: {f.details.condition}. ",
                (f.details.action, "dim"),
            )
        )  # fmt: skip
    shown = ", ".join(s.label for s in answer.local[:12]) + (" …" if len(answer.local) > 12 else "")
    console.print(Text("\nAt the site itself: ", style="bold"), Text(shown or "nothing that the body knows"))
    console.print(Text("\nElsewhere", style="bold"))
    for c in answer.candidates:
        console.print(Text.assemble((f"{c.rank:>3}. {c.label}", "bold"), f"  {c.score:.2f}"))
        for r in c.reasons:
            console.print(Text(f"     {mechanisms[r.mechanism].label}, {r.grade.lower()}: {r.words}"))
            if r.comment:
                console.print(Text(f"       {r.comment}", style="dim"))
            console.print(Text(f"       {'; '.join(cited(r.sources, sources))}", style="dim"))
            if explain:
                console.print(Text(f"       {_product(r)}", style="cyan"))
        for title, said in (("tests", _tests(c)), ("care", _care(c)), ("cautions", _cautions(c))):
            if said:
                console.print(Text(f"     {title}: {said}"))
    if answer.refuted:
        console.print(Text("\nLooked for and not found", style="bold"))
        table(
            ("structure", "why", "sources"),
            [_refuted(r.structure.label, r.why, r.sources, sources) for r in answer.refuted],
        )
    console.print(Text(f"\n{NOTICE}", style="dim italic"))


def _refuted(structure: str, why: str, ids: tuple[str, ...], sources: Sources) -> tuple[str, str, str]:
    return structure, why, "; ".join(cited(ids, sources))


def _rows(answer: Causes, sources: Sources, mechanisms: Mechanisms) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for f in answer.red_flags:
        section = "red flag raised" if f.structure.id in answer.raised else "red flag"
        said = f"{f.details.condition}: {f.details.action}"
        authority = "; ".join(cited(f.details.sources, sources))
        rows.append((section, "", f.structure.label, "", "", f.details.urgency, "", said, "", "", "", authority))
    rows += [("at the site", "", s.label, *[""] * 9) for s in answer.local]
    for c in answer.candidates:
        for r in c.reasons:
            rows.append(
                (
                    "elsewhere",
                    c.rank,
                    c.structure.label,
                    c.where,
                    c.score,
                    r.grade,
                    mechanisms[r.mechanism].key,
                    r.words,
                    _tests(c),
                    _care(c),
                    _cautions(c),
                    "; ".join(cited(r.sources, sources)),
                )
            )
    for x in answer.refuted:
        authority = "; ".join(cited(x.sources, sources))
        rows.append(("refuted", "", x.structure.label, "", "", "Refuted", "", x.why, "", "", "", authority))
    rows.append(("notice", "", NOTICE, *[""] * 9))
    return rows


def _explained(c: Candidate, r: Reason, mechanisms: Mechanisms) -> str:
    return f"# {c.rank} {c.structure.label}, {mechanisms[r.mechanism].label}: {_product(r)}"


def _product(r: Reason) -> str:
    return f"{r.weight:.3f} = " + " × ".join(f"{share:g} ({what})" for what, share in r.factors)


def _tests(c: Candidate) -> str:
    told = []
    for t in c.tests:
        figures = next((a.words for a in t.details.accuracies if a.words), "")
        told.append(f"{t.structure.label} [{t.for_or_against}{', ' + figures if figures else ''}]")
    return "; ".join(told)


def _care(c: Candidate) -> str:
    return "; ".join(i.structure.label for i in c.care)


def _cautions(c: Candidate) -> str:
    told = [text for i in c.care for text in i.details.cautions]
    barred = sorted({f.label for i in c.care for f in i.contraindicated_in})
    return " ".join([*told, f"Not in: {', '.join(barred)}." if barred else ""]).strip()
