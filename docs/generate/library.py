"""The public names of the library, grouped; the words are those of their docstrings."""

from __future__ import annotations

import inspect

from . import Known


def library(known: Known) -> str:
    """Directives for mkdocstrings: every public name, errors last."""
    import kinchain
    from kinchain.errors import KinchainError

    things = {name: getattr(kinchain, name) for name in kinchain.__all__}
    errors = [n for n, thing in things.items() if inspect.isclass(thing) and issubclass(thing, KinchainError)]
    first = [name for name in things if name not in errors]
    first.sort(key=lambda name: (name != "Body", name))
    errors.sort(key=lambda name: (name != "KinchainError", name))
    groups = (("The body and its answers", first), ("What may be raised", errors))
    return "\n\n".join(
        f"## {title}\n\n" + "\n\n".join(f"::: kinchain.{name}" for name in names) for title, names in groups
    )


PARTS = {"library": library}
