"""Citations: what a reference manager reads is what the ontology says of a work."""

from __future__ import annotations

import bibtexparser
import pytest
import rispy
from pylatexenc.latex2text import LatexNodes2Text

from kinchain.body import Body
from kinchain.model import Source
from kinchain.views import cite

NASTY = Source(
    "nasty",
    "Nasty 2020",
    authors="Gómez-Peña A, O'Neill BC, et al.",
    year="2020",
    title='50% of {EMG} & $cost_a^b ~ #1 \\ "quotes" @article{x, y = {z}}\nTY  - BOOK',
    venue="J {Odd} & Co_Venue 12(3):e45-67",
    doi="10.1002/(SICI)1097<1::AID>3.0_CO;2-X",
    pmid="12345",
)


def _read(text: str) -> list[dict[str, str]]:
    library = bibtexparser.parse_string(text)
    assert not library.failed_blocks

    def plain(text: str) -> str:
        return (
            LatexNodes2Text(keep_comments=True).latex_to_text(text).replace("\u02c6", "^")
        )  # its circumflex is a letter

    verbatim = {"doi", "url", "pmid", "pmcid", "isbn"}
    return [
        {"key": e.key, "type": e.entry_type}
        | {f.key: f.value if f.key in verbatim else plain(f.value) for f in e.fields}
        for e in library.entries
    ]


def test_every_source_is_read_back_from_bibtex(body: Body) -> None:
    sources = body.model.unsided.sources
    read = {entry["key"]: entry for entry in _read(cite.bibtex(sources.values()))}
    assert read.keys() == sources.keys()
    for key, source in sources.items():
        entry = read[key]
        assert entry["title"] == " ".join((source.title or source.label).split())
        assert (entry.get("doi", ""), entry.get("pmid", ""), entry.get("year", "")) == (
            source.doi,
            source.pmid,
            source.year,
        )


def test_every_source_is_read_back_from_ris(body: Body) -> None:
    sources = body.model.unsided.sources
    read = {entry["id"]: entry for entry in rispy.loads(cite.ris(sources.values()))}
    assert read.keys() == sources.keys()
    for key, source in sources.items():
        entry = read[key]
        assert entry["title"] == (source.title or source.label)
        assert (entry.get("doi", ""), entry.get("accession_number", ""), entry.get("year", "")) == (
            source.doi,
            source.pmid,
            source.year,
        )


def test_signs_that_the_formats_use_are_escaped() -> None:
    title = " ".join(NASTY.title.split())
    (entry,) = _read(cite.bibtex([NASTY]))
    assert entry["title"] == title
    assert entry["doi"] == NASTY.doi
    assert entry["author"] == "Gómez-Peña, A. and O'Neill, B.C. and others"
    assert (entry["journal"], entry["volume"], entry["number"], entry["pages"]) == (
        "J {Odd} & Co_Venue",
        "12",
        "3",
        "e45–67",
    )
    (record,) = rispy.loads(cite.ris([NASTY]))
    assert record["title"] == title
    assert record["type_of_reference"] == "JOUR"
    assert record["authors"] == ["Gómez-Peña, A.", "O'Neill, B.C."]


@pytest.mark.parametrize(
    ("venue", "design", "kind"),
    [
        ("Spine 20(7):753-758", "cadaver study", "article"),
        ("Elsevier (book)", "practitioner book", "book"),
        ("Mindful Trailrunner (blog)", "web page", "misc"),
        ("NICE guideline NG128 (2019, updated 2022)", "", "misc"),
        ("", "", "misc"),
    ],
)
def test_kinds_of_works(venue: str, design: str, kind: str) -> None:
    (entry,) = _read(cite.bibtex([Source("a", "A 2020", "Able A", "2020", "On", venue, design=design)]))
    assert entry["type"] == kind


def test_a_year_in_the_place_of_a_volume_is_no_volume() -> None:
    (record,) = rispy.loads(cite.ris([Source("a", "A", "Able A", "2013", "On", "Man Ther 2013")]))
    assert record["journal_name"] == "Man Ther"
    assert "volume" not in record


def test_a_body_is_an_author_as_it_stands() -> None:
    source = Source("a", "NICE 2019", "National Institute for Health and Care Excellence", "2019", "On")
    assert "author = {{National Institute for Health and Care Excellence}}" in cite.bibtex([source])
    assert "AU  - National Institute for Health and Care Excellence\n" in cite.ris([source])


def test_records_are_each_work_once_in_a_fixed_order(body: Body) -> None:
    sources = body.model.unsided.sources
    first = cite.records(["vleeming_1995", "ada_2006", "vleeming_1995"], sources)
    assert first == cite.records(["ada_2006", "vleeming_1995"], sources)
    assert first["bibtex"].count("@article{") == first["ris"].count("ER  - ") == 2
