"""kinchain: a knowledge graph of the human body's connections.

These names are stable: they change only with the major version. What answers are made of is imported with the first
question, so that ``import kinchain`` is quick; in a notebook every answer shows itself.

>>> import kinchain
>>> body = kinchain.Body.load()
>>> body.find("glute max")[0].structure.label
'gluteus maximus'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kinchain.answers import Fact, Frame, Hop, Match, PathAnswer, Profile, Route
    from kinchain.body import Body
    from kinchain.errors import (
        AmbiguousName,
        BadQuestion,
        InvalidOntology,
        KinchainError,
        NoRoute,
        NothingFound,
        UnknownName,
    )
    from kinchain.model import Named, Side
    from kinchain.queries.causes import Causes
    from kinchain.queries.chains import TracedChain

__version__ = "0.1.0"
__all__ = [
    "AmbiguousName",
    "BadQuestion",
    "Body",
    "Causes",
    "Fact",
    "Frame",
    "Hop",
    "InvalidOntology",
    "KinchainError",
    "Match",
    "Named",
    "NoRoute",
    "NothingFound",
    "PathAnswer",
    "Profile",
    "Route",
    "Side",
    "TracedChain",
    "UnknownName",
]

_ROOMS = {
    "Body": "body",
    "Causes": "queries.causes",
    "Fact": "answers",
    "Frame": "answers",
    "Hop": "answers",
    "Match": "answers",
    "Named": "model",
    "PathAnswer": "answers",
    "Profile": "answers",
    "Route": "answers",
    "Side": "model",
    "TracedChain": "queries.chains",
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'kinchain' has no attribute '{name}'")
    found = getattr(import_module(f"kinchain.{_ROOMS.get(name, 'errors')}"), name)
    if name == "Body":
        found._notebook = staticmethod(_notebook)
    return found


def __dir__() -> list[str]:
    return [*__all__, "__version__"]


def _notebook(model: Any) -> Any:
    """How the answers of a body show themselves: the views are imported when the first one does."""

    def render(answer: Any, form: str) -> str:
        told: str = import_module("kinchain.views.notebook").render(model, answer, form)
        return told

    return render
