"""What each sided structure is, by its number: what the names say of it."""

from __future__ import annotations

import pytest

from kinchain.body import Body
from kinchain.graph.worked_out import WorkedOut


@pytest.mark.parametrize("compiled", [True, False])
def test_the_roster_says_of_every_structure_what_its_name_says(body: Body, compiled: bool) -> None:
    kept = body.incidence.kept if compiled else WorkedOut(body.model)
    ids = list(body.model.unsided.structures)
    for number, named in enumerate(body.model.structures.values()):
        roster = kept.roster
        told = roster.kind(number), roster.side(number), ids[roster.unsided[number]]
        assert told == (named.kind, named.side, named.unsided)
        assert kept.named(number) == named
        sides = body.model.unsided.structures[named.unsided].laterality.sides
        other = f"{named.side.mirrored}_{named.unsided}" if len(sides) == 2 else named.id
        assert kept.named(roster.twin(number)).id == other
