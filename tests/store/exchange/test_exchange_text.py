"""Encodings of text files: the right one, or one sentence."""

import contextlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import BadInput
from store.exchange.text import decode, open_text

LINE = "姓名,手机\r\n张伟,13911112345\r\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "gb18030", "gbk", "gb2312"]
)
def test_encodings_that_programs_write(encoding: str) -> None:
    assert decode(LINE.encode(encoding)) == LINE


def test_big_endian_with_a_mark() -> None:
    assert decode(b"\xfe\xff" + LINE.encode("utf-16-be")) == LINE


def test_rare_names_of_gb18030_are_read() -> None:
    line = "姓名\n赵喆\n李堃\n𠮷田\n"
    assert decode(line.encode("gb18030")) == line


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (LINE.encode()[:-19], "cut off"),
        (LINE.encode("gb18030")[:8], "cut off"),
        (b"name\0phone\n", "NUL"),
        (LINE.encode("gbk") + b"\xd5", "cut off"),
        ("Café".encode("latin-1"), "neither"),
        (LINE.encode("utf-16-le"), "neither|NUL"),
        ("Jürgen Müller, Österreich".encode("latin-1"), "neither"),
        ("王小明,行動電話,電子郵件".encode("big5"), "neither"),
        (b"\x80\xff\xff\xff", "neither"),
        (b"\xff\xfe\x00\xd8\x41\x00", "neither"),
    ],
)
def test_damaged_text_gets_a_sentence(raw: bytes, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        decode(raw)


def test_too_large() -> None:
    with pytest.raises(BadInput, match="larger than 1 MB"):
        open_text(io.BytesIO(b"a" * (2**20 + 1)), limit=2**20)


def test_a_file_that_was_read_can_be_read_again() -> None:
    stream = io.BytesIO(LINE.encode())
    for _time in range(2):
        assert open_text(stream).read() == LINE
    assert not stream.closed


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_utf8_is_read_as_it_is(text: str) -> None:
    assert decode(text.encode()) == text.removeprefix("\ufeff").removeprefix("\ufeff")


@given(st.binary(max_size=60))
def test_any_bytes_are_text_or_a_sentence(raw: bytes) -> None:
    with contextlib.suppress(BadInput):
        decode(raw)
