"""Workbooks come back exactly; texts in them are texts for Excel too."""

import io
import zipfile
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from store.cleaning import clean_text
from store.exchange.xlsx_table import read_xlsx
from store.exchange.xlsx_write import LONGEST, Cell, write_xlsx

CELL = st.text(
    st.sampled_from("=+-@'#\n\t 1a张<&\"]") | st.characters(exclude_categories=["Cs"]), max_size=10
).map(clean_text)


def written(headings: list[str], rows: list[list[Cell]]) -> io.BytesIO:
    stream = io.BytesIO()
    assert write_xlsx(stream, headings, rows) == len(rows)
    return stream


@settings(deadline=None, max_examples=30)
@given(st.lists(st.lists(CELL, min_size=2, max_size=2).filter(any), max_size=4))
def test_a_table_comes_back_exactly(rows: list[list[str]]) -> None:
    table = read_xlsx(written(["姓名", "备注"], [list(row) for row in rows]))
    found = [[*row.cells, *[""] * (2 - len(row.cells))] for row in table.rows]
    assert (table.headings, found) == (("姓名", "备注"), rows)


@pytest.mark.parametrize(
    "text", ["=1+1", '=HYPERLINK("x")', "+86-10-6655", "-1", "@SUM(1)", "#N/A", "=", "010", "1e5"]
)
def test_nothing_is_a_formula_or_a_number(text: str) -> None:
    stream = written([text, "b"], [[text, text]])
    assert b"<f>" not in zipfile.ZipFile(stream).read("xl/worksheets/sheet1.xml")
    sheet = load_workbook(stream)["shuke"]
    for cell in (sheet["A1"], sheet["A2"], sheet["B2"]):
        assert (cell.data_type, cell.value) == ("s", text)
        # Without it Excel would reckon as soon as somebody edits the cell.
        assert cell.quotePrefix or text[0] not in "=#"


def test_numbers_dates_and_blanks_keep_their_type() -> None:
    sheet = load_workbook(written(["a", "b", "c"], [[3, date(2026, 3, 15), None]]))["shuke"]
    assert (sheet["A2"].value, sheet["B2"].number_format, sheet["C2"].value) == (
        3,
        "yyyy-mm-dd",
        None,
    )


def test_what_no_cell_can_hold_is_cut_off_in_sight() -> None:
    sheet = load_workbook(written(["a"], [["x" * 40_000]]))["shuke"]
    assert len(sheet["A2"].value) == LONGEST
    assert sheet["A2"].value.endswith("…")


def test_it_can_be_read_by_people() -> None:
    rows: list[list[Cell]] = [["张伟", "深圳市华强电子有限公司", "x" * 200]]
    sheet = load_workbook(written(["姓名", "单位", "备注"], rows))["shuke"]
    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].font.bold
    widths = [sheet.column_dimensions[letter].width for letter in "ABC"]
    assert widths == [6, 24, 40]
    assert sheet.auto_filter.ref == "A1:C2"
