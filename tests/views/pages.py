"""Every kind of page, each with a question that shows most of what it can; a new kind is registered here.

A kind is written from the body and *passed*, through which every answer and the model go on their way to the page, so
that a test can put hostile text into them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any

from kinchain.body import Body
from kinchain.queries.compare import compare as compared
from kinchain.queries.membership import Memberships
from kinchain.queries.partners import partners
from kinchain.queries.quiz import quiz as questions
from kinchain.sides.expand import expand
from kinchain.views.pages import causes, chain, compare, quiz, route, structure
from kinchain.views.pages import map as body_map

Pass = Callable[[Any], Any]
LIMITS = {"map": 3_000_000}  # bytes; of all others 1 MB


def _route(body: Body, passed: Pass) -> str:
    return route.page(passed(body.path("right hamstring", "left humerus")), passed(body.model.unsided))


def _chain(body: Body, passed: Pass) -> str:
    return chain.page(passed(body.chain("superficial front line")), passed(body.model.unsided))


def _causes(body: Body, passed: Pass) -> str:
    return causes.page(passed(body.causes("left shoulder pain on exertion")), passed(body.model.unsided))


def _structure(body: Body, passed: Pass) -> str:
    told, *_ = body.show("right supraspinatus")
    return structure.page(
        passed(told),
        passed(body.care(told.structure)),
        passed(body.model.unsided),
        chains=passed(Memberships(body.incidence).of(told.structure)),
        partners=passed(partners(body.incidence, told.structure)),
    )


def _compare(body: Body, passed: Pass) -> str:
    found = compared(body.incidence, body.names, "superficial back line", "spiral line")
    return compare.page(passed(found), passed(body.model.unsided))


def _quiz(body: Body, passed: Pass) -> str:
    asked = questions(body.incidence, body.names, region="shoulder")
    return quiz.page(passed(asked), passed(body.model.unsided), about="shoulder")


def _map(body: Body, passed: Pass) -> str:
    model = body.model.unsided
    return body_map.page(body.model if passed(model) is model else expand(passed(model)))


KINDS: dict[str, Callable[[Body, Pass], str]] = {
    "route": _route,
    "chain": _chain,
    "causes": _causes,
    "structure": _structure,
    "compare": _compare,
    "quiz": _quiz,
    "map": _map,
}

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'`\u202e{{data}}&lt;b&gt;"
_TEXTS = {"label", "definition", "comment", "words", "title", "authors", "venue", "why", "condition", "action", "where"}


def hostile(value: Any) -> Any:
    """The same answer or model with hostile text after every name and remark in it."""
    if is_dataclass(value) and not isinstance(value, type):
        changed = {}
        for each in fields(value):
            old = getattr(value, each.name)
            new = f"{old} {HOSTILE}" if each.name in _TEXTS and isinstance(old, str) and old else hostile(old)
            if new is not old:
                changed[each.name] = new
        return replace(value, **changed) if changed else value
    if isinstance(value, Mapping):  # a compiled body's are mappings and sequences of their own
        return {key: hostile(each) for key, each in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str | bytes | Enum):
        new = [hostile(each) for each in value]
        if all(a is b for a, b in zip(new, value, strict=True)):
            return value
        return type(value)(new) if type(value) in (tuple, list) else tuple(new)
    return value
