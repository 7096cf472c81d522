"""How a text is written, and what of that a name does not depend on: case, accents, hyphens, plurals, articles."""

from __future__ import annotations

import re
from collections.abc import Callable

Words = tuple[str, ...]
FILLERS = frozenset(("the", "my", "a", "an", "her", "his", "their", "your", "side", "of", "on"))
_WORD = re.compile(r"[^\W_]+")


def words(text: str) -> tuple[str, ...]:
    """A text as comparable words: no case, no accents, hyphens and slashes apart.

    >>> words("Glutes, L4/L5")
    ('glutes', 'l4', 'l5')
    """
    plain = text.casefold()
    if not plain.isascii():
        import unicodedata

        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    plain = plain.replace("'s", "").replace("’s", "")
    return tuple(_WORD.findall(plain))


def singular(name: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a name without their plural endings, the same for name and question.

    >>> singular(("glutes", "arteries", "pelvis"))
    ('glute', 'artery', 'pelvis')
    """
    return tuple(_singular(word) for word in name)


def bare(name: Words) -> Words:
    """The words of a name that carry its meaning: no plurals, no articles.

    >>> bare(("back", "of", "the", "knees"))
    ('back', 'knee')
    """
    return tuple(word for word in singular(name) if word not in FILLERS)


SPELLINGS: tuple[Callable[[Words], Words], ...] = (lambda name: name, singular, bare)


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "as", "os")):
        return word[:-1]
    return word
