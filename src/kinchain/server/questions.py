"""What may be asked of the server: the parameters of each question, with their bounds.

One declaration serves three: the query string and the JSON body are read by it, and the OpenAPI description shows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal, get_origin, get_type_hints

from msgspec import Meta, Struct, ValidationError, convert

from kinchain.errors import BadQuestion
from kinchain.graph.profiles import DEFAULT_PROFILES
from kinchain.queries.lookup import MAX_TEXT

MOST_QUALIFIERS = 8
Name = Annotated[str, Meta(min_length=1, max_length=MAX_TEXT, description="A name, as 'right hamstring'.")]
Grade = Literal["", "textbook", "strong", "moderate", "limited", "conflicting"]
Profile = Literal["myofascial", "skeletal", "neural", "any", "referral"]
Mechanism = Literal[
    "neural_root", "peripheral_nerve", "somatic_referred", "visceral_referral", "myofascial", "joint_mechanical",
    "compensation",
]  # fmt: skip
Family = Literal["tissue", "skeletal", "neural", "motor", "force", "referral", "clinical", "care", "location"]
LeastEvidence = Annotated[Grade, Meta(description="Lean on nothing weaker than this grade.")]


class Question(Struct, frozen=True, forbid_unknown_fields=True):
    """A question, whose fields are the parameters of its endpoint."""


class Path(Question, frozen=True):
    """What links two structures: the best routes through each kind of tissue."""

    source: Name
    target: Name
    profile: Annotated[tuple[Profile, ...], Meta(max_length=5, description="Which tissues to walk; repeatable.")] = (
        DEFAULT_PROFILES  # type: ignore[assignment]
    )
    k: Annotated[int, Meta(ge=1, le=10, description="How many routes in each profile.")] = 1
    min_evidence: LeastEvidence = ""


class Causes(Question, frozen=True):
    """Pain is felt here: red flags first, then what elsewhere might be behind it."""

    site: Annotated[str, Meta(min_length=1, max_length=MAX_TEXT, description="As 'outside of my left knee'.")]
    with_: Annotated[
        tuple[Annotated[str, Meta(min_length=1, max_length=MAX_TEXT)], ...],
        Meta(max_length=MOST_QUALIFIERS, description="Qualifiers, as 'at night'; repeatable."),
    ] = ()
    mechanism: Annotated[tuple[Mechanism, ...], Meta(max_length=7, description="Only these; repeatable.")] = ()
    evidence: LeastEvidence = ""
    top: Annotated[int, Meta(ge=1, le=50, description="At most so many candidates.")] = 15
    side: Annotated[Literal["", "right", "left"], Meta(description="The side of the complaint.")] = ""
    explain: Annotated[bool, Meta(description="Say why each candidate has its rank.")] = False


class Find(Question, frozen=True):
    """Which structures a text may mean, best first."""

    text: Name
    limit: Annotated[int, Meta(ge=1, le=200, description="At most so many.")] = 10


class Show(Question, frozen=True):
    """All that is known of one structure; of a paired one without a side, the right one."""

    structure: Name


class Around(Question, frozen=True):
    """What a structure is connected to, nearest first."""

    structure: Name
    depth: Annotated[int, Meta(ge=1, le=3, description="How many hops away.")] = 1
    family: Annotated[tuple[Family, ...], Meta(max_length=9, description="Only these; repeatable.")] = ()


class Chains(Question, frozen=True):
    """The published chains."""


class Chain(Question, frozen=True):
    """A published chain link by link: its evidence, gaps, and what speaks against it."""

    name: Annotated[str, Meta(min_length=1, max_length=MAX_TEXT, description="As 'left spiral line'.")]


class Compare(Question, frozen=True):
    """Two chains, two structures, or the two sides of one: what they share, what each has alone."""

    first: Name
    second: Annotated[str, Meta(max_length=MAX_TEXT, description="Left out: the other side of the first.")] = ""


class Claim(Question, frozen=True):
    """What is claimed, by whom, and what the evidence says; all claims when no text is given."""

    text: Annotated[str, Meta(max_length=MAX_TEXT, description="A structure, a statement or a claim's id.")] = ""
    verdict: Literal["", "correct", "imprecise", "contested", "wrong"] = ""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An endpoint of the API: what it reads, the contract of its answer, a question that it answers."""

    name: str
    question: type[Question]
    contract: str
    example: Mapping[str, Any]


ENDPOINTS = {
    e.name: e
    for e in (
        Endpoint("path", Path, "path", {"source": "right hamstring", "target": "left humerus"}),
        Endpoint("causes", Causes, "causes", {"site": "left shoulder pain", "with": ["on exertion"]}),
        Endpoint("find", Find, "find", {"text": "glute max"}),
        Endpoint("show", Show, "show", {"structure": "right soleus"}),
        Endpoint("around", Around, "around", {"structure": "left sacroiliac joint"}),
        Endpoint("chains", Chains, "chains", {}),
        Endpoint("chain", Chain, "chain", {"name": "left spiral line"}),
        Endpoint("compare", Compare, "compare", {"first": "superficial back line", "second": "spiral line"}),
        Endpoint("claim", Claim, "claims", {"text": "gluteus maximus"}),
    )
}


@cache  # reading type hints takes longer than all else in reading a question
def lists(question: type[Question]) -> frozenset[str]:
    """The parameters of a question that may be said several times.

    >>> sorted(lists(Causes))
    ['mechanism', 'with']
    """
    hints = get_type_hints(question)
    return frozenset(name.rstrip("_") for name, hint in hints.items() if get_origin(hint) is tuple)


def from_query(question: type[Question], pairs: Iterable[tuple[str, str]]) -> Question:
    """A question from the parameters of a query string; an empty one counts as not said.

    Raises
    ------
    BadQuestion  a parameter is missing, unknown, said twice, or out of bounds

    >>> from_query(Find, [("text", "TLF"), ("limit", "3")])
    Find(text='TLF', limit=3)
    """
    several, said = lists(question), dict[str, Any]()
    for name, value in pairs:
        if name in several:
            said.setdefault(name, []).append(value)
        elif name in said:
            raise BadQuestion(f"'{_short(name)}' is said twice; say it once")
        else:
            said[name] = value
    return read(question, {name: value for name, value in said.items() if value not in ("", [""])}, strict=False)


def read(question: type[Question], said: Any, *, strict: bool = True) -> Question:
    """A question from its parameters by name; *strict* does not take text for a number.

    Raises
    ------
    BadQuestion  a parameter is missing, unknown or out of bounds

    >>> read(Path, {"source": "soleus", "target": "sacrum", "k": 99})
    Traceback (most recent call last):
        ...
    kinchain.errors.BadQuestion: the question does not fit: expected `int` <= 10 at 'k'; /openapi.json says what fits
    """
    if isinstance(said, Mapping):
        if "with_" in said:
            raise BadQuestion("the question does not fit: unknown field 'with_'; /openapi.json says what fits")
        said = {("with_" if name == "with" else name): value for name, value in said.items()}
    try:
        return convert(said, question, strict=strict)
    except ValidationError as problem:
        told = re.sub(r" - at `\$\.?(.*?)_?`$", lambda at: f" at '{at[1]}'" if at[1] else "", str(problem))
        raise BadQuestion(
            f"the question does not fit: {told[:1].lower()}{_short(told[1:], 160)}; /openapi.json says what fits"
        ) from None


def _short(text: str, most: int = 40) -> str:
    return text if len(text) <= most else text[:most] + "…"
