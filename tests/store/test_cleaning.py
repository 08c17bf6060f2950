"""Stored text can harm no terminal and hide nothing from its reader."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.cleaning import clean_line, clean_text

ANY_TEXT = st.text(st.characters(), max_size=40)
"""Every code point, lone surrogates included."""


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("张伟", "张伟"),
        ("  张伟 \n", "张伟"),
        ("张\x00伟", "张伟"),
        ("\x1b[31m张伟\x9b0m", "[31m张伟0m"),
        ("evil\u202egnp.exe", "evilgnp.exe"),
        ("\ufeff姓名", "姓名"),
        ("张\u200b伟", "张伟"),
        ("half \ud83d pair", "half  pair"),
        ("[/b]张", "[/b]张"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("一\r\n二\t三\u2028四", "一 二 三 四"),
    ],
)
def test_a_line(typed: str, stored: str) -> None:
    assert clean_line(typed) == stored


def test_long_text_keeps_its_lines_and_tabs() -> None:
    assert (
        clean_text("第一行\r\n\t第二行\r第三行\x85第四行\n\n") == "第一行\n\t第二行\n第三行\n第四行"
    )


@given(ANY_TEXT)
def test_nothing_harmful_is_left(typed: str) -> None:
    for cleaned, allowed in ((clean_text(typed), "\n\t"), (clean_line(typed), "")):
        for char in cleaned:
            assert unicodedata.category(char) not in {"Cc", "Cs"} or char in allowed
            assert unicodedata.bidirectional(char) not in {
                *("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
            }
        cleaned.encode("utf-8")


@given(ANY_TEXT)
def test_cleaning_twice_changes_nothing(typed: str) -> None:
    assert clean_text(clean_text(typed)) == clean_text(typed)
    assert clean_line(clean_line(typed)) == clean_line(typed)
