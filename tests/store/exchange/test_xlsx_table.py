"""Workbooks as Excel, WPS and openpyxl write them, and what bad luck or bad will makes of them."""

import contextlib
import io
import random
import warnings
import zipfile
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.chart import BarChart
from openpyxl.worksheet.worksheet import Worksheet

from store.errors import BadInput
from store.exchange.file_kind import FileKind, kind_of
from store.exchange.xlsx_cells import cell_text
from store.exchange.xlsx_guard import MOST_PARTS
from store.exchange.xlsx_table import read_xlsx


def book(*rows: list[Any]) -> tuple[Workbook, Worksheet]:
    workbook = Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    for row in rows:
        sheet.append(row)
    return workbook, sheet


def saved(workbook: Workbook) -> io.BytesIO:
    stream = io.BytesIO()
    workbook.save(stream)
    return stream


def changed(stream: io.BytesIO, part: str, old: bytes, new: bytes) -> io.BytesIO:
    """The workbook with other bytes in one of its parts."""
    result = io.BytesIO()
    with zipfile.ZipFile(stream) as source, zipfile.ZipFile(result, "w") as target:
        for name in source.namelist():
            raw = source.read(name)
            if name == part:
                assert old in raw
                raw = raw.replace(old, new)
            target.writestr(name, raw, zipfile.ZIP_DEFLATED)
    return result


def cells(stream: io.BytesIO) -> list[tuple[str, ...]]:
    table = read_xlsx(stream)
    return [table.headings, *(row.cells for row in table.rows)]


SHEET = "xl/worksheets/sheet1.xml"


def test_values_of_every_type() -> None:
    workbook, _ = book(
        ["姓名", "手机", "生日", "见面", "时刻", "是否", "比例", "备注"],
        [
            *["张伟", 13911112345.0, date(1985, 8, 15), datetime(2026, 3, 1, 9, 30)],
            *[time(8, 5), True, 0.125, "第一行\n第二行"],
        ],
        ["李娜", 4403011234567890, None, None, timedelta(hours=26, minutes=3), False, 2.0, " x "],
    )
    assert cells(saved(workbook))[1:] == [
        (
            *("张伟", "13911112345", "1985-08-15", "2026-03-01 09:30", "08:05", "true"),
            *("0.125", "第一行\n第二行"),
        ),
        ("李娜", "4.40301123456789e+15", "", "", "26:03", "false", "2", "x"),
    ]


def test_formats_tell_what_the_value_does_not() -> None:
    workbook, sheet = book(
        ["邮编", "生日", "出生年月", "出生日期"],
        [10000, date(2024, 8, 15), date(1985, 8, 1), date(1985, 8, 15)],
    )
    for cell, form in zip(
        sheet[2], ["000000", 'm"月"d"日"', 'yyyy"年"m"月"', "[$-804]yyyy/m/d;@"], strict=True
    ):
        cell.number_format = form
    assert cells(saved(workbook))[1] == ("010000", "8月15日", "1985年8月", "1985-08-15")


@pytest.mark.parametrize(
    ("number", "text"), [(31, "1985-08-15"), (57, "1985年8月"), (58, "8月15日"), (14, "1985-08-15")]
)
def test_date_formats_built_into_chinese_excel(number: int, text: str) -> None:
    workbook, sheet = book(["姓名", "生日"], ["张伟", date(1985, 8, 15)])
    sheet["B2"].number_format = "0.00000"
    stream = changed(
        saved(workbook), "xl/styles.xml", b'numFmtId="165" fontId', b'numFmtId="%d" fontId' % number
    )
    assert cells(stream)[1] == ("张伟", text)


def test_formulas_count_as_their_last_result() -> None:
    workbook, _ = book(["姓名", "金额"], ["张伟", "=1+2"], ["李娜", "=1/0"])
    stream = changed(saved(workbook), SHEET, b"<f>1+2</f><v />", b"<f>1+2</f><v>3</v>")
    assert cells(stream)[1:] == [("张伟", "3"), ("李娜",)]
    stream = changed(stream, SHEET, b'<c r="B3"', b'<c r="B3" t="e"')
    assert cells(changed(stream, SHEET, b"<v />", b"<v>#DIV/0!</v>"))[2] == ("李娜",)


def test_a_title_blank_rows_and_the_numbers_of_rows() -> None:
    workbook, sheet = book(["客户通讯录"], [], ["姓名", "手机"], [], ["张伟", 1])
    sheet.merge_cells("A1:F1")
    sheet["J40"].number_format = "0"
    table = read_xlsx(saved(workbook))
    assert table.headings == ("姓名", "手机")
    assert [(row.number, row.cells) for row in table.rows] == [(5, ("张伟", "1"))]


def test_a_cell_merged_over_several_rows_counts_in_each() -> None:
    workbook, sheet = book(["公司", "姓名"], ["华强电子", "张伟"], [None, "李娜"], [None, "王芳"])
    sheet.merge_cells("A2:A3")
    assert cells(saved(workbook))[1:] == [("华强电子", "张伟"), ("华强电子", "李娜"), ("", "王芳")]


def test_the_first_visible_sheet_with_content() -> None:
    workbook, sheet = book(["WPS reserved", "x"])
    sheet.sheet_state = "hidden"
    workbook.create_sheet("空")
    workbook.create_sheet("客户").append(["姓名", "手机"])
    workbook.create_chartsheet("图").add_chart(BarChart())
    assert cells(saved(workbook)) == [("姓名", "手机")]


def test_a_false_size_does_not_hide_rows() -> None:
    workbook, _ = book(["姓名", "手机"], ["张伟", "1"])
    stream = changed(saved(workbook), SHEET, b'ref="A1:B2"', b'ref="A1"')
    assert cells(stream) == [("姓名", "手机"), ("张伟", "1")]


def test_nothing_is_written_to_the_screen() -> None:
    workbook, sheet = book(["姓名", "生日"], ["张伟", 99999999])
    sheet["B2"].number_format = "yyyy-mm-dd"
    with warnings.catch_warnings(record=True) as seen:
        assert cells(saved(workbook))[1] == ("张伟",)
    assert not seen


def plain_book() -> io.BytesIO:
    return saved(book(["姓名", "手机"], *([f"张伟{n}", 13900000000 + n] for n in range(30)))[0])


def zipped(parts: dict[str, bytes]) -> io.BytesIO:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in parts.items():
            archive.writestr(name, raw)
    return stream


def zip_bomb() -> io.BytesIO:
    return changed(plain_book(), SHEET, b"<sheetData>", b"<sheetData>" + b" " * (60 * 2**20))


def many_parts() -> io.BytesIO:
    return zipped({"[Content_Types].xml": b"", **{f"p{n}": b"" for n in range(MOST_PARTS)}})


def billion_laughs() -> io.BytesIO:
    entities = b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>" + b"".join(
        b"<!ENTITY %c '%s'>" % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
    )
    return changed(plain_book(), SHEET, b"<worksheet", entities + b"]><worksheet")


def row_far_below() -> io.BytesIO:
    return changed(plain_book(), SHEET, b'<row r="3"', b'<row r="99999999999"')


OLD = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600


@pytest.mark.parametrize(
    ("stream", "says"),
    [
        (zip_bomb(), "unpack to a size"),
        (many_parts(), "unpack to a size"),
        (billion_laughs(), "damaged"),
        (row_far_below(), "damaged"),
        (io.BytesIO(OLD), "old Excel"),
        (io.BytesIO(OLD + "EncryptedPackage".encode("utf-16-le")), "password"),
        (io.BytesIO(plain_book().getvalue()[:3000]), "no Excel workbook, or it is damaged"),
        (io.BytesIO(b"PK\x03\x04"), "no Excel workbook"),
        (io.BytesIO(b""), "no Excel workbook"),
        (zipped({"word/document.xml": b""}), "no Excel workbook"),
        (zipped({"content.xml": b"", "mimetype": b""}), "OpenDocument"),
        (zipped({"xl/workbook.bin": b"", "[Content_Types].xml": b""}), "binary"),
        (zipped({"[Content_Types].xml": b"<x/>"}), "damaged"),
        (saved(book()[0]), "no rows"),
        (saved(book(list(range(1000)))[0]), "1000 columns"),
        (changed(plain_book(), SHEET, b"</row>", b""), "damaged"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_damaged_workbooks_get_a_sentence(stream: io.BytesIO, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        cells(stream)


def test_hostile_text_arrives_harmless() -> None:
    workbook, _ = book(["姓名", "备注"], ["[/b]张", "\u202eabc"])
    assert cells(saved(workbook))[1] == ("[/b]张", "abc")


@pytest.mark.parametrize("seed", range(150))
def test_a_changed_byte_anywhere_is_a_table_or_a_sentence(seed: int) -> None:
    chance = random.Random(seed)
    stored = io.BytesIO()
    with zipfile.ZipFile(plain_book()) as source, zipfile.ZipFile(stored, "w") as target:
        victim = chance.choice(source.namelist())
        for name in source.namelist():
            raw = bytearray(source.read(name))
            if name == victim:
                for _ in range(chance.randint(1, 4)):
                    raw[chance.randrange(len(raw))] = chance.choice(b'<>"&x19\x00\xff/=')
            target.writestr(name, bytes(raw))
    raw = bytearray(stored.getvalue())
    if seed % 2:
        raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
    with contextlib.suppress(BadInput):
        cells(io.BytesIO(raw))


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        ("姓名,手机".encode("gbk"), FileKind.CSV),
        ("\ufeffBEGIN:VCARD\r\nVERSION:3.0".encode(), FileKind.VCARD),
        ("\n begin:vcard\n".encode("utf-16"), FileKind.VCARD),
        (b'\xef\xbb\xbf {"cards": []}', FileKind.JSON),
        (plain_book().getvalue(), FileKind.XLSX),
    ],
    ids=lambda value: value.name if isinstance(value, FileKind) else "",
)
def test_the_kind_of_a_file(raw: bytes, kind: FileKind) -> None:
    assert kind_of(io.BytesIO(raw)) is kind


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b" \n", "empty"),
        (b"%PDF-1.7", "PDF file"),
        (b"\r\n<html><table>", "web page"),
        (b"BEGIN:VCALENDAR", "calendar"),
        (OLD, "old Excel"),
    ],
)
def test_a_file_of_no_use_gets_a_sentence(raw: bytes, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        kind_of(io.BytesIO(raw))


def test_a_number_too_large_to_be_exact_does_not_look_exact() -> None:
    assert cell_text(510107198508151234, "General") == "5.10107198508151e+17"
    assert cell_text(-3.5, "General") == "-3.5"
