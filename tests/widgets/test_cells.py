"""Texts in cells: exact widths, whole characters, nothing that commands a terminal."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.content import Content, Span

from widgets.cells import ELLIPSIS, fit, fit_content, tidy, width_of

TEXTS = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("张伟华东电子，。①ａＡ\u3000…\u200d\ufe0f\u202e\x1b\t\n👨👩❤🇨é́"),
    ),
    max_size=30,
)


@given(TEXTS, st.integers(-2, 40), st.sampled_from(["left", "right"]))
def test_a_fitted_text_takes_exactly_its_cells(text, width, align):
    assert cell_len(fit(text, width, align)) == max(0, width)


@given(TEXTS, st.integers(-2, 40), st.sampled_from(["left", "right"]))
def test_fitted_content_takes_exactly_its_cells(text, width, align):
    assert cell_len(fit_content(Content(text), width, align).plain) == max(0, width)


@given(TEXTS)
def test_tidied_text_has_no_control_character(text):
    tidied = tidy(text)
    assert not [c for c in tidied if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp")]
    assert not set(tidied) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200f")
    assert tidy(tidied) == tidied


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("张三", 6, "张三  "),
        ("张三丰", 5, "张三…"),
        ("张三丰", 4, "张… "),
        ("华东电子", 1, ELLIPSIS),
        ("ab cd", 4, "ab… "),
        ("第一行\n第二行", 13, "第一行 第二行"),
        ("\x1b[31m红\x1b]0;x\x07", 9, "[31m红]0…"),
        ("李\u202e雪梅", 6, "李雪梅"),
    ],
)
def test_cutting(text, width, expected):
    assert fit(text, width) == expected


def test_numbers_stand_to_the_right():
    assert fit("1,200", 8, "right") == "   1,200"
    assert fit_content(Content("1,200"), 8, "right").plain == "   1,200"


def test_a_rare_character_of_a_name_stays():
    assert tidy("𫍽\U0002ebf0\ue000") == "𫍽\U0002ebf0\ue000"


def test_content_keeps_its_styles():
    content = Content("张三丰", [Span(0, 2, "bold")])
    fitted = fit_content(content, 10)
    assert fitted.plain == "张三丰    "
    assert fitted.spans == [Span(0, 2, "bold")]
    assert fit_content(content, 5).plain == "张三…"


def test_markup_is_text():
    assert width_of("[/b]") == 4
    assert fit("[@click=app.quit]x", 18) == "[@click=app.quit]x"
