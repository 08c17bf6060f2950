"""How text is compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.folding import fold, is_han, pieces


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
