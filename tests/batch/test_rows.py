"""Reading tables: broken ones row by row, in bounded memory."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinchain.batch.question import MOST_TEXT, Row
from kinchain.batch.rows import read
from kinchain.errors import BadQuestion

PAIR = ("source", "target")


def rows(place: Path, data: bytes, name: str = "table.csv", needed: tuple[str, ...] = PAIR) -> list[Row]:
    file = place / name
    file.write_bytes(data)
    return list(read(file, needed))


def test_a_table_is_read_with_all_its_columns(tmp_path: Path) -> None:
    found = rows(tmp_path, b'id,source,target\n1,soleus,"sacrum, left"\n\n2,a,b\n')
    assert found == [
        Row(1, {"id": "1", "source": "soleus", "target": "sacrum, left"}),
        Row(2, {"id": "2", "source": "a", "target": "b"}),
    ]


@pytest.mark.parametrize(
    "data", [b"source;target\na;b\n", b"source\ttarget\r\na\tb\r\n", b"\xef\xbb\xbfsource,target\na,b"]
)
def test_tables_as_programs_write_them_are_read(tmp_path: Path, data: bytes) -> None:
    assert rows(tmp_path, data) == [Row(1, {"source": "a", "target": "b"})]


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        (b"a,b,c", "has 3 fields and the header 2"),
        (b'"a,b', "a quote is not closed"),
        (b'a,"b"c', "is no CSV"),
        (b"a,\xff\xfe", "is no UTF-8"),
        (b"a," + b"b" * MOST_TEXT, "is longer than"),
        (b"a," + b"b" * 5 * MOST_TEXT, "is longer than"),
    ],
)
def test_a_broken_row_is_an_error_and_the_rows_about_it_are_read(tmp_path: Path, broken: bytes, words: str) -> None:
    found = rows(tmp_path, b"source,target\na,b\n" + broken + b"\nc,d\n")
    assert [row.number for row in found] == [1, 2, 3]
    assert words in found[1].problem
    assert (found[0].columns, found[2].columns) == ({"source": "a", "target": "b"}, {"source": "c", "target": "d"})
    assert [row.problem for row in (found[0], found[2])] == ["", ""]


def test_lines_of_json_are_read_and_what_is_none_is_an_error(tmp_path: Path) -> None:
    data = b'{"site": "knee", "with": ["at night"], "n": 3}\n\nnot\n[1]\n{"with": "x"}\n{"site": "hip"}'
    found = rows(tmp_path, data, "t.jsonl", ("site",))
    assert found[0] == Row(1, {"site": "knee", "with": ["at night"], "n": 3})
    assert [bool(row.problem) for row in found] == [False, True, True, True, False]
    assert "has no site" in found[3].problem


def test_parquet_is_read(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    file = tmp_path / "t.parquet"
    pq.write_table(pa.table({"site": ["knee", None], "age": [30, 40]}), file)
    assert list(read(file, ("site",))) == [
        Row(1, {"site": "knee", "age": 30}),
        Row(2, {"site": None, "age": 40}),
    ]
    file.write_bytes(file.read_bytes()[:-10])
    with pytest.raises(BadQuestion, match="no whole Parquet file"):
        list(read(file, ("site",)))


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("t.csv", b"", "it is empty"),
        ("t.csv", b"a,b\n1,2\n", "it has a, b"),
        ("t.csv", b"source,target,source\n", "two columns of one name"),
        ("t.csv", b"source,target\n" + b"a,b\n" * 4, "more than 3 rows"),
        ("t.csv", b"x" * 200_000, "no header"),
        ("t.xlsx", b"", "ends with .csv"),
    ],
)
def test_what_is_no_table_is_refused_in_a_sentence(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    with pytest.raises(BadQuestion) as caught:
        list(read(file, PAIR, most=3))
    assert words in caught.value.message


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadQuestion, match="there is no file"):
        list(read(tmp_path / "none.csv", PAIR))


def test_a_line_without_end_needs_little_memory(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    with file.open("wb") as out:
        out.write(b"source,target\n")
        out.seek(50_000_000)  # a hole in the file: nothing but NUL, and no line end
        out.write(b"\nc,d\n")
    tracemalloc.start()
    found = list(read(file, PAIR))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [bool(row.problem) for row in found] == [True, False]
    assert most < 2_000_000


@given(st.binary(max_size=2_000))
def test_whatever_stands_in_a_table_reading_ends_and_goes_on_counting(data: bytes) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        for name, needed in (("t.csv", PAIR), ("t.jsonl", ("site",))):
            file = Path(folder, name)
            file.write_bytes(b"source,target\n" + data if name == "t.csv" else data)
            found = list(read(file, needed))
            assert [row.number for row in found] == list(range(1, len(found) + 1))
            assert len(found) <= data.count(b"\n") + data.count(b"\r") + 1
