"""An Anki deck for learners: the cards of ``flashcards`` as a package that Anki imports.

A card keeps its identity from export to export, so that importing a newer deck keeps what somebody has learned. Anki
takes a changed card over when it is newer; ``SOURCE_DATE_EPOCH`` (reproducible-builds.org) says how new, otherwise
every deck has the same date, and Anki's "update notes: always" takes the changes over.
"""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from kinchain.exports.flashcards import Answer, Card, cards
from kinchain.files import asked_for
from kinchain.model import Grade, SidedModel, Source, UnsidedModel

if TYPE_CHECKING:
    import genanki

_NAME = "Human body connections (kinchain)"
_NOTICE = "Education, never a diagnosis."
_LICENCE = (
    "Made by kinchain from its ontology, licence CC BY 4.0: share and change it, and say where it comes from. "
    f"The works that a card rests on are named on its back. {_NOTICE}"
)
_DAY = 1767225600  # 2026-01-01, of every deck that is not dated otherwise
_FIELDS = ("Question", "Count", "Answer", "Evidence", "Notes", "Sources", "Id")
_FRONT = '<div class="question">{{Question}}</div><div class="count">{{Count}}</div>'
_BACK = """{{FrontSide}}
<hr id="answer">
<div class="answer">{{Answer}}</div>
<div class="evidence">{{Evidence}}</div>
{{#Notes}}<div class="notes">{{Notes}}</div>{{/Notes}}
<div class="sources">{{Sources}}</div>
<div class="notice">kinchain, CC BY 4.0. Education, never a diagnosis.</div>"""
_CSS = """.card { font-family: system-ui, sans-serif; font-size: 20px; line-height: 1.4; text-align: left;
  max-width: 40em; margin: 0 auto; padding: 0.5em; }
.question { font-size: 1.2em; }
.count, .remark, .evidence, .notes, .sources, .notice { font-size: 0.75em; opacity: 0.85; }
.evidence, .notes, .sources, .notice { margin-top: 0.8em; }
.answer ul { margin: 0; padding-left: 1.2em; }
.under { font-weight: 600; margin-top: 0.4em; }
.refuted { font-weight: 600; }
"""


def write(model: SidedModel, root: Path, path: Path) -> None:
    """Write the deck of a body, whole or not at all; of a part of it, the cards that ask about its structures.

    Raises
    ------
    CannotWrite  the file cannot be written

    >>> import tempfile
    >>> from kinchain import Body
    >>> from kinchain.exports.flat import part
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write(part(Body.load().model, {"right_soleus"}), Path("ontology"), Path(folder, "soleus.apkg"))
    ...     zipfile.ZipFile(Path(folder, "soleus.apkg")).namelist()
    ['collection.anki2', 'media']
    """
    import genanki

    decks: dict[str, genanki.Deck] = {}
    kind = _model()
    for card in cards(model):
        name = f"{_NAME}::{card.deck}"
        if name not in decks:
            decks[name] = genanki.Deck(_id(name), name, _LICENCE)
        decks[name].add_note(_note(model.unsided, kind, card))
    top = genanki.Deck(_id(_NAME), _NAME, _LICENCE)
    packed = io.BytesIO()
    genanki.Package([top, *decks.values()]).write_to_file(packed, timestamp=_date())
    with asked_for(path) as part:
        part.write_bytes(_undated(packed))


def _model() -> genanki.Model:
    import genanki

    name = "kinchain question"
    fields = [{"name": field} for field in _FIELDS]
    return genanki.Model(_id(name), name, fields, [{"name": "Card", "qfmt": _FRONT, "afmt": _BACK}], _CSS)


def _note(model: UnsidedModel, kind: genanki.Model, card: Card) -> genanki.Note:
    import genanki

    fields = [
        _html(card.question),
        _count(card),
        _answers(card.answers),
        _evidence(model.grades[card.grade]),
        "<br>".join(map(_html, card.notes)),
        _sources(card, model.sources),
        card.key,
    ]
    tags = [f"kind::{card.kind.replace(' ', '_')}", f"grade::{card.grade}", *card.tags]
    return genanki.Note(kind, fields, tags=tags, guid=genanki.guid_for("kinchain", card.key))


def _count(card: Card) -> str:
    """How many answers are asked for, when it is more than one."""
    return f"{card.count} answers" if card.count > 1 else ""


def _answers(answers: Sequence[Answer]) -> str:
    """The answers as a list; those of a part under its name."""
    lines: list[str] = []
    under: str | None = None
    for answer in answers:
        if answer.under != under:
            lines += ["</ul>"] if under is not None else []
            lines += [f'<div class="under">{_html(answer.under)}</div>'] if answer.under else []
            lines += ["<ul>"]
            under = answer.under
        remark = f' <span class="remark">({_html(answer.remark)})</span>' if answer.remark else ""
        lines.append(f"<li>{_html(answer.text)}{remark}</li>")
    return "".join([*lines, "</ul>"])


def _evidence(grade: Grade) -> str:
    style = ' class="refuted"' if grade.penalty is None else ""
    return f"Evidence: <b{style}>{_html(grade.name)}</b>. {_html(grade.definition)}"


def _sources(card: Card, sources: Mapping[str, Source]) -> str:
    told = "Sources: " + "; ".join(_source(key, sources) for key in card.sources) if card.sources else ""
    against = "Against: " + "; ".join(_source(key, sources) for key in card.against) if card.against else ""
    return "<br>".join(filter(None, (told, against)))


def _source(key: str, sources: Mapping[str, Source]) -> str:
    work = sources.get(key) or Source(key, key)
    label = _html(work.label)
    return f'<a href="{escape(work.url)}">{label}</a>' if work.url else label


def _html(text: str) -> str:
    """A text as HTML that says the same; Anki finds no sound and no LaTeX in it either."""
    return escape(text, quote=False).replace("[", "&#91;").replace("\n", "<br>")


def _id(name: str) -> int:
    """The number by which Anki knows a deck or note type, the same for the same name."""
    return (1 << 30) + int.from_bytes(hashlib.sha256(name.encode()).digest()[:4]) % (1 << 30)


def _date() -> float:
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    return float(given) if given.isdecimal() else float(_DAY)


def _undated(packed: io.BytesIO) -> bytes:
    """A package without the time at which it was packed, compressed."""
    out = io.BytesIO()
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = 0o644 << 16
            new.writestr(entry, old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
