"""The JSON answers: the same values as those of the commands with ``--json``."""

from __future__ import annotations

from functools import singledispatch
from typing import Any

from kinchain.body import Body
from kinchain.errors import NoRoute, NothingFound
from kinchain.queries.compare import compare
from kinchain.server import questions as q
from kinchain.views import json_causes, json_clinical, jsonout
from kinchain.views.compare import as_json


@singledispatch
def answer(question: q.Question, body: Body) -> Any:
    """The answer to a question as a JSON value.

    Raises
    ------
    KinchainError  as the command of the same name

    >>> answer(q.Find("TLF"), Body.load())[0]["label"]
    'thoracolumbar fascia'
    """
    raise TypeError(type(question))


@answer.register
def _(question: q.Path, body: Body) -> Any:
    found = routes(question, body)
    return jsonout.path(found, body.model.unsided.sources)


def routes(question: q.Path, body: Body) -> Any:
    """The routes that answer a question; refused where there are none.

    >>> routes(q.Path("soleus", "tibial nerve", ("neural",)), Body.load()).routes[0].grade
    'Textbook'
    """
    found = body.path(
        question.source, question.target, profiles=question.profile, k=question.k, min_evidence=question.min_evidence
    )
    if not found.routes:
        raise NoRoute(" ".join(found.notes))
    return found


@answer.register
def _(question: q.Causes, body: Body) -> Any:
    unsided = body.model.unsided
    found = candidates(question, body)
    return json_causes.causes(found, unsided.sources, dict(unsided.mechanisms), explain=question.explain)


def candidates(question: q.Causes, body: Body) -> Any:
    """The remote causes that answer a question.

    >>> candidates(q.Causes("left shoulder tip"), Body.load()).red_flags[0].details.urgency
    'emergency'
    """
    return body.causes(
        f"{question.side} {question.site}" if question.side else question.site,
        qualifiers=question.with_,
        top=question.top,
        mechanisms=question.mechanism,
        min_evidence=question.evidence,
    )


@answer.register
def _(question: q.Find, body: Body) -> Any:
    return jsonout.find(body.find(question.text, limit=question.limit))


@answer.register
def _(question: q.Show, body: Body) -> Any:
    first, *_ = body.show(question.structure)
    unsided = body.model.unsided
    care = json_clinical.care(body.care(first.structure), unsided.sources, unsided.structures)
    return jsonout.show(first, unsided.sources) | care


@answer.register
def _(question: q.Around, body: Body) -> Any:
    centre, *_ = body.names.resolve(question.structure)
    found = body.around(question.structure, depth=question.depth, families=question.family)
    if not found:
        raise NothingFound(f"nothing of this family is connected to the {centre.label}; leave --family away")
    return jsonout.around(centre, found, body.model.unsided.sources)


@answer.register
def _(question: q.Chains, body: Body) -> Any:
    found = sorted(body.chains.values(), key=lambda chain: chain.label)
    return json_clinical.chains(found, body.model.unsided.sources)


@answer.register
def _(question: q.Chain, body: Body) -> Any:
    return json_clinical.chain(body.chain(question.name), body.model.unsided.sources)


@answer.register
def _(question: q.Compare, body: Body) -> Any:
    found = compare(body.incidence, body.names, question.first, question.second or None)
    return as_json(found, body.model.unsided.sources)


@answer.register
def _(question: q.Claim, body: Body) -> Any:
    unsided = body.model.unsided
    found = body.claimed(question.text or None, verdict=question.verdict or None)
    return [json_clinical.claim(each, unsided.sources, unsided.structures) for each in found]
