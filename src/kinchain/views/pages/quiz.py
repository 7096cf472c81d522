"""The page of a quiz: one question at a time beside the body; on paper a work sheet with its key."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Any

from kinchain.model import UnsidedModel
from kinchain.queries.quiz import Question, said
from kinchain.views import cite
from kinchain.views.frame import INLINE, VIS, Assets, badge, fill, links, references
from kinchain.views.picture import Lane, Link, draw

_LETTERS = "abcd"


def page(
    questions: Sequence[Question], model: UnsidedModel, *, about: str = "", seed: int = 1, assets: Assets = INLINE
) -> str:
    """The page of a quiz; *about* names what it was limited to."""
    cited = sorted({i for question in questions for i in question.sources})
    heading = f"Quiz: {about}" if about else "Quiz: the whole body"
    return fill(
        "quiz.html",
        assets=assets,
        styles=("page.css", "quiz.css"),
        scripts=(VIS, "picture.js", "quiz.js"),
        text={"title": heading, "heading": heading, "count": str(len(questions)), "seed": str(seed)},
        html_parts={
            "sheet": "".join(_printed(question) for question in questions),
            "key": "".join(_key(question, model) for question in questions),
            "references": references(cited, model.sources),
        },
        data={
            "network": draw(model, _lanes(questions, model), stacked=True, body_beside=bool(assets.folder)),
            "questions": [_told(question, model) for question in questions],
            "citations": cite.records(cited, model.sources),
        },
    )


def _told(question: Question, model: UnsidedModel) -> dict[str, Any]:
    """A question as ``quiz.js`` asks it; what it says after the answer is HTML made here, where it is escaped."""
    return {
        "kind": question.kind,
        "text": question.text,
        "about": question.about.label,
        "choices": [said(choice) for choice in question.choices],
        "right": question.right,
        "why": f"<p>{_why(question, model)}</p>",
    }


def _why(question: Question, model: UnsidedModel) -> str:
    return f"{html.escape(question.explanation)} {badge(question.grade)} {links(question.sources, model.sources)}"


def _lanes(questions: Sequence[Question], model: UnsidedModel) -> list[Lane]:
    """For each question what is asked about, and after the answer also where the right one lies."""
    found = []
    for number, question in enumerate(questions):
        asked = tuple(s for s in (question.about,) if s.unsided in model.positions)
        both = tuple(s for s in (question.about, question.answer) if s.unsided in model.positions)
        joined = (Link(0, 1, question.explanation, question.grade),) if len(set(both)) == 2 else ()
        found.append(Lane(2 * number, "asked", asked, (), numbers=(None,) * len(asked)))
        found.append(Lane(2 * number + 1, "answered", both, joined, numbers=(None,) * len(both)))
    return found


def _printed(question: Question) -> str:
    choices = "".join(f"<li>{html.escape(said(choice))}</li>" for choice in question.choices)
    return f"<li><p>{html.escape(question.text)}</p><ol>{choices}</ol></li>"


def _key(question: Question, model: UnsidedModel) -> str:
    return f"<li><b>{_LETTERS[question.right]}</b> {_why(question, model)}</li>"
