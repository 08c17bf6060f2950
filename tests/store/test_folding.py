"""How text is compared."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.folding import HAN, fold, is_han, pieces, runs


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ＡＢＣ１２３", "abc123"),
        ("José", "jose"),
        ("Straße", "strasse"),
        ("Lü", "lu"),
        ("한국", "한국"),
        ("ガス", "ガス"),
        ("⼈", "人"),
        ("㈱华强", "(株)华强"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_pieces_are_characters_or_words(text: str) -> None:
    for piece in pieces(fold(text)):
        assert is_han(piece) or piece.isalnum()
        assert is_han(piece) or not any(is_han(char) for char in piece)


def test_pieces_keep_their_order() -> None:
    assert pieces("tcl电子(深圳)2号") == ["tcl", "电", "子", "深", "圳", "2", "号"]


@given(st.text() | st.text(alphabet="张三〇一_a1 é\U00020000\ufaff鿿\u4dbf、"))
def test_runs_are_what_the_ranges_of_characters_say(text: str) -> None:
    assert runs(text) == re.findall(f"[{HAN}]+|[^\\W_{HAN}]+", text)
