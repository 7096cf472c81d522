"""The published chains, and what became of their links."""

from __future__ import annotations

from collections.abc import Sequence

from kinchain.model import Chain, SideRule

from . import Known
from .markdown import escaped, table


def chains(known: Known) -> str:
    """All chains: a table of them, then each with its links."""
    found = sorted(known.body.model.unsided.chains.values(), key=lambda c: c.label)
    rows = [(f"[{c.label}](#{c.id})", len(c.links), sum(link.gap for link in c.links), c.grade.lower()) for c in found]
    overview = table(("chain", "links", "gaps", "as a whole"), rows, "lrrl")
    return "\n\n".join([overview, *(_section(known, chain) for chain in found)])


def _section(known: Known, chain: Chain) -> str:
    unsided = known.body.model.unsided

    def works(ids: Sequence[str]) -> str:
        return escaped("; ".join(unsided.sources[i].label for i in ids if i in unsided.sources))

    def name(structure: str) -> str:
        return escaped(unsided.structures[structure].label)

    rows = [
        (
            link.position,
            name(link.source),
            name(link.target) + (" of the other side" if link.side_rule is SideRule.OPPOSITE else ""),
            "gap" if link.gap else link.grade.lower(),
            works(link.sources),
            works(link.against),
        )
        for link in chain.links
    ]
    said = [escaped(chain.definition), f"As a whole: {chain.grade.lower()}. Sources: {works(chain.sources)}."]
    if chain.comment:
        said.append(escaped(chain.comment))
    links = table(("link", "from", "to", "evidence", "sources", "against"), rows, "r")
    return f"## {chain.label} {{ #{chain.id} }}\n\n" + "\n\n".join([*said, links])


PARTS = {"chains": chains}
