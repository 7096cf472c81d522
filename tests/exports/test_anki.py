"""The Anki deck is read back as Anki reads it: a database in a zip file."""

from __future__ import annotations

import hashlib
import io
import json
import re
import sqlite3
import zipfile
from collections import Counter
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from kinchain.body import Body
from kinchain.exports import anki, flashcards, flat
from kinchain.exports.deck_regions import DECK_OF, DECKS
from kinchain.exports.flashcards import Card, Facts
from kinchain.queries import selection
from tests.exports.graph_reading import HOSTILE, spoiled

Note = dict[str, str]


@pytest.fixture(scope="module")
def cards(body: Body) -> tuple[Card, ...]:
    return flashcards.cards(body.model)


@pytest.fixture(scope="module")
def package(body: Body, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("anki") / "body.apkg"
    anki.write(body.model, path.parent, path)
    return path


def opened(package: Path, folder: Path) -> sqlite3.Connection:
    with zipfile.ZipFile(package) as packed:
        packed.extract("collection.anki2", folder)
    return sqlite3.connect(folder / "collection.anki2")


def notes(package: Path, folder: Path) -> dict[str, Note]:
    """The notes by their key, each field by its name, with tags and guid."""
    connection = opened(package, folder)
    [(models,)] = connection.execute("select models from col").fetchall()
    names = {int(i): [f["name"] for f in m["flds"]] for i, m in json.loads(models).items()}
    found = {}
    for guid, model, tags, fields in connection.execute("select guid, mid, tags, flds from notes"):
        note = dict(zip(names[model], fields.split("\x1f"), strict=True)) | {"tags": tags, "guid": guid}
        found[note["Id"]] = note
    connection.close()
    return found


def text(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "\n", html))


def by_key(cards: tuple[Card, ...], key: str) -> Card:
    return next(card for card in cards if card.key == key)


def test_every_card_is_in_the_package_once(package: Path, cards: tuple[Card, ...], tmp_path: Path) -> None:
    found = notes(package, tmp_path)
    assert found.keys() == {card.key for card in cards}
    assert len({note["guid"] for note in found.values()}) == len(cards) > 3000
    connection = opened(package, tmp_path)
    [(count,)] = connection.execute("select count(*) from cards").fetchall()
    [(decks,)] = connection.execute("select decks from col").fetchall()
    per_deck = dict(connection.execute("select did, count(*) from cards group by did"))
    connection.close()
    assert count == len(cards)
    names = {deck["name"].partition("::")[2]: per_deck.get(deck["id"], 0) for deck in json.loads(decks).values()}
    assert {name: n for name, n in names.items() if n} == Counter(card.deck for card in cards)


def test_the_back_says_grade_and_sources(package: Path, body: Body, cards: tuple[Card, ...], tmp_path: Path) -> None:
    found, works = notes(package, tmp_path), body.model.unsided.sources
    for card in cards:
        note = found[card.key]
        assert f"<b>{card.grade}</b>" in note["Evidence"]
        assert f"grade::{card.grade}" in note["tags"]
        assert card.sources
        assert all(works[key].label in text(note["Sources"]) for key in (*card.sources, *card.against))
        assert note["Count"] == (f"{card.count} answers" if card.count > 1 else "")
        assert all(answer.text in text(note["Answer"]) for answer in card.answers)


def test_the_deck_says_licence_and_notice(package: Path, tmp_path: Path) -> None:
    connection = opened(package, tmp_path)
    [(decks, models)] = connection.execute("select decks, models from col").fetchall()
    connection.close()
    ours = [deck for deck in json.loads(decks).values() if deck["name"] != "Default"]
    assert all("CC BY 4.0" in deck["desc"] and "never a diagnosis" in deck["desc"] for deck in ours)
    assert all("never a diagnosis" in m["tmpls"][0]["afmt"] for m in json.loads(models).values())


def test_two_decks_are_the_same_bytes(package: Path, body: Body, tmp_path: Path) -> None:
    anki.write(body.model, tmp_path, tmp_path / "again.apkg")
    assert hashlib.sha256((tmp_path / "again.apkg").read_bytes()).digest() == (
        hashlib.sha256(package.read_bytes()).digest()
    )


def test_a_card_keeps_its_identity_in_another_deck(package: Path, body: Body, tmp_path: Path) -> None:
    part = flat.part(body.model, selection.lying_in(body.incidence, body.names, "shoulder"))
    anki.write(part, tmp_path, tmp_path / "shoulder.apkg")
    (tmp_path / "all").mkdir()
    shoulder, whole = notes(tmp_path / "shoulder.apkg", tmp_path), notes(package, tmp_path / "all")
    assert "origin/supraspinatus" in shoulder
    assert "origin/soleus" not in shoulder
    assert all(note["guid"] == whole[key]["guid"] for key, note in shoulder.items())


def test_the_date_of_a_release_is_taken_over(body: Body, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    anki.write(flat.part(body.model, {"right_soleus"}), tmp_path, tmp_path / "soleus.apkg")
    connection = opened(tmp_path / "soleus.apkg", tmp_path)
    assert {mod for (mod,) in connection.execute("select mod from notes")} == {1800000000}
    connection.close()


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_name_is_text(body: Body, hostile: str, tmp_path: Path) -> None:
    anki.write(spoiled(body.model, hostile), tmp_path, tmp_path / "deck.apkg")
    note = notes(tmp_path / "deck.apkg", tmp_path)["nerve/soleus"]
    assert unescape(note["Question"].replace("<br>", "\n")) == f"What supplies the {hostile}?"
    assert "<script" not in note["Question"] + note["Answer"] + note["Notes"]
    assert "[" not in note["Question"] + note["Notes"]


# ------------------------------------------------------------ what is asked


def test_nothing_is_asked_that_is_not_known(body: Body, cards: tuple[Card, ...]) -> None:
    known: dict[tuple[str, str], set[str]] = {}
    model = body.model.unsided
    for c in model.connections:
        if c.grade != "Refuted" and not c.derived_by:
            known.setdefault((c.relation, model.structures[c.subject].label), set()).add(
                model.structures[c.object].label
            )
    relations = {"origin": "origin", "insertion": "insertion", "nerve": "innervatedBy", "action": "produces"}
    asked, facts = [card for card in cards if card.kind in relations], Facts(body.model)
    for card in asked:
        label = model.structures[card.key.partition("/")[2]].label
        for answer in card.answers:
            holders = [answer.under] if answer.under else [label, *_parts(facts, card)]
            assert any(answer.text in known.get((relations[card.kind], h), ()) for h in holders), (card, answer)
    assert len(asked) > 1000
    assert all(card.answers and card.question.endswith("?") for card in cards)


def _parts(facts: Facts, card: Card) -> list[str]:
    return [facts.label(i) for i in facts.below(card.key.partition("/")[2], "Muscle")]


def test_no_card_has_a_side(cards: tuple[Card, ...]) -> None:
    words = re.compile(r"\b(right|left) (soleus|biceps|latissimus|tibial|femur|humerus)")
    said = [card.question + " ".join(answer.text for answer in card.answers) for card in cards]
    assert [each for each in said if words.search(each)] == []


def test_a_muscle_with_heads_is_asked_about_as_a_whole(cards: tuple[Card, ...]) -> None:
    card = by_key(cards, "origin/biceps_femoris")
    assert {(a.under, a.text) for a in card.answers} >= {
        ("long head of biceps femoris", "ischial tuberosity"),
        ("short head of biceps femoris", "lateral lip of linea aspera"),
    }
    assert card.deck == "Muscles::Hip and thigh"
    assert "region::hip_and_thigh" in card.tags


def test_what_all_heads_share_is_said_once(cards: tuple[Card, ...]) -> None:
    card = by_key(cards, "roots/flexor_hallucis_brevis")
    assert [(a.under, a.text, a.remark) for a in card.answers][:2] == [
        ("", "S1 spinal nerve", "main root"),
        ("", "S2 spinal nerve", "main root"),
    ]


def test_a_place_with_parts_is_not_asked_about_for_itself(cards: tuple[Card, ...]) -> None:
    keys = {card.key for card in cards}
    assert "arises here/ischial_tuberosity" in keys
    assert "arises here/tibia" not in keys


def test_a_nerve_with_named_branches_says_so(cards: tuple[Card, ...]) -> None:
    assert "named branches aside" in by_key(cards, "supplied by/ulnar_nerve").question
    assert "aside" not in by_key(cards, "supplied by/thoracodorsal_nerve").question


def test_links_of_a_chain_carry_their_own_grade_and_gaps(body: Body, cards: tuple[Card, ...]) -> None:
    chains = body.model.unsided.chains.values()
    links = {(c.id, link.source) for c in chains for link in c.links}
    assert {card.key for card in cards if card.kind == "chain link"} == {f"chain link/{c}/{s}" for c, s in links}
    for chain in chains:
        for link in chain.links:
            card = by_key(cards, f"chain link/{chain.id}/{link.source}")
            answers = [a for a in card.answers if a.text == body.model.unsided.structures[link.target].label]
            assert any(link.grade in a.remark and link.gap == ("gap" in a.remark) for a in answers)


def test_every_red_flag_says_what_to_do(body: Body, cards: tuple[Card, ...]) -> None:
    for flag in body.model.unsided.red_flags.values():
        card = by_key(cards, f"red flag/{flag.id}")
        assert any(flag.action in note and flag.urgency in note for note in card.notes)
        assert [a.text for a in card.answers] == [flag.condition]
        assert by_key(cards, f"signs/{flag.id}").count == len(set(flag.signs))


def test_dermatomes_are_asked_about_both_ways(cards: tuple[Card, ...]) -> None:
    thumb = by_key(cards, "dermatomes here/thumb_region")
    assert "C6 dermatome" in {answer.text for answer in thumb.answers}
    assert "thumb region" in {answer.text for answer in by_key(cards, "dermatome/c6_dermatome").answers}


def test_variants_and_series_have_decks_of_their_own(cards: tuple[Card, ...]) -> None:
    assert by_key(cards, "origin/sternalis").deck == "Inconstant muscles"
    assert by_key(cards, "origin/eighth_external_intercostal").deck == "Muscles in series"
    answers = by_key(cards, "inserts here/calcaneal_tendon").answers
    assert {a.text for a in answers if "not in everybody" in a.remark} == {
        "accessory soleus",
        "third head of gastrocnemius",
    }


def test_every_region_belongs_to_a_part_of_the_body(body: Body) -> None:
    structures = body.model.unsided.structures.values()
    regions = {s.id for s in structures if s.kind == "Region" and not s.id.endswith("_dermatome")}
    assert regions == set(DECK_OF), "name a new region in exports/deck_regions.py"
    assert sum(map(len, DECKS.values())) == len(DECK_OF)


def test_the_package_has_no_date(package: Path) -> None:
    data: Any = io.BytesIO(package.read_bytes())
    with zipfile.ZipFile(data) as packed:
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
