"""By which texts a structure may be called, in the spellings that count as one: the index of names."""

from __future__ import annotations

from collections.abc import Iterable

from kinchain.model import Structure
from kinchain.spelling import SPELLINGS, Words, words

KINDS = 3  # labels before other names, before those of other ontologies
# For each spelt name, by its words with a space between: pairs of kind * len(SPELLINGS) + spelling, and ids.
NameIndex = dict[str, tuple[tuple[int, tuple[str, ...]], ...]]


def name_index(structures: Iterable[Structure]) -> NameIndex:
    """Every spelling of every name with the structures that have it; linear in the number of names."""
    found: dict[str, dict[int, set[str]]] = {}
    for structure in structures:
        for kind, texts in enumerate(_names(structure)):
            for name in {words(form) for text in texts for form in (text, text.replace("-", ""))}:
                for number, spelling in enumerate(SPELLINGS):
                    entry = found.setdefault(key(spelling(name)), {})
                    entry.setdefault(kind * len(SPELLINGS) + number, set()).add(structure.id)
    return {
        name: tuple((code, tuple(sorted(ids))) for code, ids in sorted(found[name].items())) for name in sorted(found)
    }


def key(name: Words) -> str:
    """A spelt name as the index has it.

    >>> key(("glute", "max"))
    'glute max'
    """
    return " ".join(name)


def _names(structure: Structure) -> tuple[tuple[str, ...], ...]:
    others = structure.synonyms + structure.latin + structure.abbreviations + structure.short_words
    elsewhere = tuple(m.label for m in structure.mappings) + tuple(m.id for m in structure.mappings)
    return (structure.label, structure.id), others, elsewhere
