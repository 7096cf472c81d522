"""The records of the model as plain data and back, for a compiled body: tuples of text, numbers and tuples.

A record becomes the tuple of its fields, an enumeration its value. The way back is one function for each kind of
record, since a tuple does not say what it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kinchain.model import (
    Chain,
    ChainLink,
    Connection,
    Grade,
    Laterality,
    Mechanism,
    Named,
    Point,
    Relation,
    Side,
    SideRule,
    Source,
    Structure,
    TermMapping,
)

if TYPE_CHECKING:
    from kinchain.clinical import Claim, ClinicalTest, Intervention, RedFlag

_RULES = {str(rule): rule for rule in SideRule}
_SIDES = {str(side): side for side in Side}
_LATERALITIES = {str(each): each for each in Laterality}


def plain(value: Any) -> Any:
    """Anything of the model as plain data.

    >>> plain(TermMapping("FMA:1", "skos:exactMatch", "thing"))
    ('FMA:1', 'skos:exactMatch', 'thing')
    """
    if isinstance(value, str):
        return str(value)
    if isinstance(value, tuple):
        return tuple(map(plain, value))
    fields = getattr(value, "__match_args__", None)
    return value if fields is None else tuple(plain(getattr(value, name)) for name in fields)


def structure(of: tuple[Any, ...]) -> Structure:
    """A structure, back from plain data."""
    name, label, kind, laterality, *rest = of
    rest[-2] = tuple(TermMapping(*mapping) for mapping in rest[-2])
    return Structure(name, label, kind, _LATERALITIES[laterality], *rest)


def connection(of: tuple[Any, ...]) -> Connection:
    """A connection, back from plain data."""
    subject, relation, object_, rule, *rest = of
    return Connection(subject, relation, object_, _RULES[rule], *rest)


def named(of: tuple[Any, ...]) -> Named:
    """A sided structure, back from plain data."""
    name, label, side, kind, unsided = of
    return Named(name, label, _SIDES[side], kind, unsided)


def relation(of: tuple[Any, ...]) -> Relation:
    """A relation, back from plain data."""
    return Relation(*of)


def grade(of: tuple[Any, ...]) -> Grade:
    """A grade of evidence, back from plain data."""
    return Grade(*of)


def mechanism(of: tuple[Any, ...]) -> Mechanism:
    """A mechanism, back from plain data."""
    return Mechanism(*of)


def source(of: tuple[Any, ...]) -> Source:
    """A cited work, back from plain data."""
    return Source(*of)


def chain(of: tuple[Any, ...]) -> Chain:
    """A published chain, back from plain data."""
    name, label, definition, synonyms, links, *rest = of
    made = tuple(ChainLink(at, one, two, _RULES[rule], *more) for at, one, two, rule, *more in links)
    return Chain(name, label, definition, synonyms, made, *rest)


def test(of: tuple[Any, ...]) -> ClinicalTest:
    """A clinical test, back from plain data."""
    from kinchain.clinical import Accuracy, ClinicalTest

    rest = list(of)
    rest[6] = tuple(Accuracy(*figures) for figures in rest[6])
    return ClinicalTest(*rest)


def intervention(of: tuple[Any, ...]) -> Intervention:
    """An intervention, back from plain data."""
    from kinchain.clinical import Dosage, Intervention

    name, graded, procedure, side_meaning, dosages, *rest = of
    return Intervention(name, graded, procedure, side_meaning, tuple(Dosage(*d) for d in dosages), *rest)


def red_flag(of: tuple[Any, ...]) -> RedFlag:
    """A red flag, back from plain data."""
    from kinchain.clinical import RedFlag

    return RedFlag(*of)


def claim(of: tuple[Any, ...]) -> Claim:
    """A claim, back from plain data."""
    from kinchain.clinical import Claim

    return Claim(*of)


def point(of: tuple[Any, ...]) -> Point:
    """A position, back from plain data."""
    return Point(*of)
