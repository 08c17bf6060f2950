"""CSV as programs write it, and as accidents leave it."""

import contextlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import BadInput
from store.exchange.csv_table import LONGEST_LINE, read_csv


def cells(text: str | bytes) -> list[tuple[str, ...]]:
    raw = text if isinstance(text, bytes) else text.encode()
    table = read_csv(io.BytesIO(raw))
    return [table.headings, *(row.cells for row in table.rows)]


@pytest.mark.parametrize("separator", [",", "\t", ";"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_separators_line_ends_and_encodings(separator: str, line_end: str, encoding: str) -> None:
    lines = [["姓名", "手机", "地址"], ["张伟", "139 1111 2345", '"深圳, 南山; 科技园\t9 号"']]
    text = line_end.join(separator.join(line) for line in lines)
    assert cells(text.encode(encoding)) == [
        ("姓名", "手机", "地址"),
        ("张伟", "139 1111 2345", "深圳, 南山; 科技园\t9 号"),
    ]


def test_a_line_that_says_what_the_separator_is() -> None:
    assert cells("sep=;\nname;note\n张伟;a,b,c\n李娜;a,b,c") == [
        ("name", "note"),
        ("张伟", "a,b,c"),
        ("李娜", "a,b,c"),
    ]
    assert cells("sep=\t\nname\tnote")[0] == ("name", "note")


def test_signs_inside_cells_do_not_decide() -> None:
    text = "姓名\t手机\n" + "张伟\t139;138,137\n" * 5 + "李娜\t1\n"
    assert cells(text)[0] == ("姓名", "手机")
    assert cells("姓名,电话,地址\n" + "张,1;2;3;4\n" * 3)[1] == ("张", "1;2;3;4")


def test_line_breaks_inside_quotes_and_the_numbers_of_rows() -> None:
    table = read_csv(io.BytesIO('姓名,备注\n张伟,"第一行\n第二行 ""引"""\n\n李娜,x\n'.encode()))
    assert [(row.number, row.cells) for row in table.rows] == [
        (2, ("张伟", '第一行\n第二行 "引"')),
        (5, ("李娜", "x")),
    ]


def test_ragged_rows_and_blank_rows_are_kept_as_they_are() -> None:
    assert cells("a,b,c\n1\n,,,\n\n1,2,3,4\n") == [("a", "b", "c"), ("1",), ("1", "2", "3", "4")]


def test_a_title_above_the_headings() -> None:
    assert cells("华南区客户通讯录,,\n\n姓名,手机,\n张伟,1,\n") == [("姓名", "手机"), ("张伟", "1")]


def test_one_column() -> None:
    assert cells("姓名\n张伟\n") == [("姓名",), ("张伟",)]


def test_control_characters_and_turned_directions_are_dropped() -> None:
    assert cells("姓名,备注\n张\x1b[2J伟,\u202eabc[/b]\n")[1] == ("张[2J伟", "abc[/b]")


def test_an_apostrophe_that_a_spreadsheet_needs_is_taken_off() -> None:
    assert cells("a,b\n'=1+1,'+86 139\n")[1] == ("=1+1", "+86 139")
    assert cells("a,b\n'张',''t Hart\n")[1] == ("'张'", "''t Hart")


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "no rows"),
        (b"\n\n,,\n", "no rows"),
        (b'name,note\n1,"open\n2,b\n3,c\n', "line 2 is never closed"),
        ((",".join(f"c{n}" for n in range(1000)) + "\n").encode(), "1000 columns"),
        (b"a,b\n" + b"x," * 1000 + b"x\n", "1001 columns"),
        (b"a,b\n" + b"x" * (50 * 2**20), "Line 2 is longer"),
        (b'a,b\n1,"' + b"xxxxxxxxx\n" * (LONGEST_LINE // 10 + 1), "begins on line 2 is longer"),
        (b"a,b\n1,\x002\n", "NUL"),
        ("姓名,备注\n张伟,好".encode()[:-1], "cut off"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_damaged_files_get_a_sentence(raw: bytes, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        cells(raw)


@given(st.binary(max_size=80))
def test_any_bytes_are_a_table_or_a_sentence(raw: bytes) -> None:
    with contextlib.suppress(BadInput):
        cells(raw)
