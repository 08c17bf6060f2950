"""CSV files come back exactly, and no cell of one is a formula."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.cleaning import clean_text
from store.exchange.csv_table import read_csv
from store.exchange.csv_write import write_csv
from store.exchange.formulas import as_written, harmless

SIGNS = "=+-@\t\r\n'＝＋－＠\",;1a张"
ANY_CELL = st.text(st.sampled_from(SIGNS) | st.characters(exclude_categories=["Cs"]), max_size=12)
CELL = ANY_CELL.map(clean_text)


def written(headings: list[str], rows: list[list[str]]) -> bytes:
    stream = io.BytesIO()
    assert write_csv(stream, headings, rows) == len(rows)
    assert not stream.closed
    return stream.getvalue()


@given(st.text(st.sampled_from(SIGNS), max_size=6))
def test_harmless_and_back_is_the_same(cell: str) -> None:
    assert as_written(harmless(cell)) == cell


@given(ANY_CELL)
def test_no_cell_begins_as_a_formula_does(cell: str) -> None:
    assert not harmless(cell).startswith(tuple("=+-@\t\r\n＝＋－＠"))


@pytest.mark.parametrize(
    ("cell", "seen"),
    [
        ('=HYPERLINK("http://example.com")', '\'=HYPERLINK("http://example.com")'),
        ("+86-10-66554433", "'+86-10-66554433"),
        ("'=1", "''=1"),
        ("'张'", "'张'"),
        ("张-1", "张-1"),
    ],
)
def test_what_excel_sees(cell: str, seen: str) -> None:
    assert harmless(cell) == seen


def table(raw: bytes) -> list[list[str]]:
    found = read_csv(io.BytesIO(raw))
    width = len(found.headings)
    return [
        list(found.headings),
        *([*row.cells, *[""] * (width - len(row.cells))] for row in found.rows),
    ]


@given(
    st.integers(1, 4).flatmap(
        lambda width: st.lists(
            st.lists(CELL, min_size=width, max_size=width).filter(any), min_size=0, max_size=5
        )
    )
)
def test_a_table_comes_back_exactly(rows: list[list[str]]) -> None:
    width = len(rows[0]) if rows else 2
    headings = [f"列{number}" for number in range(width)]
    assert table(written(headings, rows)) == [headings, *rows]


def test_excel_is_told_the_encoding() -> None:
    raw = written(["姓名"], [["张伟"]])
    assert raw.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(raw.decode("utf-8-sig").splitlines())) == [["姓名"], ["张伟"]]
