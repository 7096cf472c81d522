"""kinchain: a knowledge graph of the human body's connections.

These names are stable: they change only with the major version.

>>> import kinchain
>>> body = kinchain.Body.load()
>>> body.find("glute max")[0].structure.label
'gluteus maximus'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kinchain.answers import Hop, PathAnswer, Route
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

__version__ = "0.1.0"
__all__ = [
    "AmbiguousName",
    "BadQuestion",
    "Body",
    "Hop",
    "InvalidOntology",
    "KinchainError",
    "Named",
    "NoRoute",
    "NothingFound",
    "PathAnswer",
    "Route",
    "Side",
    "UnknownName",
]

_ROOMS = {
    "Body": "body",
    "Hop": "answers",
    "Named": "model",
    "PathAnswer": "answers",
    "Route": "answers",
    "Side": "model",
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'kinchain' has no attribute '{name}'")
    return getattr(import_module(f"kinchain.{_ROOMS.get(name, 'errors')}"), name)
