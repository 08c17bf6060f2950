"""Widths of what commands write."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.output import fitted
from widgets import wrapping
from widgets.cell_width import cut, padded, tidy, width_of
from widgets.wrapping import wrapped

TEXTS = st.text(alphabet="ab é张三丰，。 —…①ｱ🙂")


@given(TEXTS)
def test_widths_are_those_of_the_screen(text: str) -> None:
    assert width_of(text) == cell_len(text)


@given(st.text())
def test_nothing_that_a_terminal_obeys_is_left(text: str) -> None:
    assert tidy(text).isprintable()


def test_tidy_keeps_words() -> None:
    assert tidy("张\u200b三\n\x1b[31m红\u202e") == "张三 [31m红"
    assert tidy("全　角") == "全 角"


@given(TEXTS, st.integers(0, 20))
def test_cut_fits(text: str, width: int) -> None:
    assert width_of(cut(text, width)) <= width


@given(TEXTS, st.integers(1, 20))
def test_padded_is_exact(text: str, width: int) -> None:
    assert width_of(padded(text, width)) == width


def test_cut_says_that_something_is_left_out() -> None:
    assert cut("张三丰", 5) == "张三…"
    assert cut("张三丰", 4) == "张…"
    assert cut("张三丰", 6) == "张三丰"


@given(TEXTS, st.integers(2, 20))
def test_wrapped_lines_fit_and_lose_no_word(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert all(width_of(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_a_closing_mark_does_not_begin_a_line() -> None:
    assert wrapped("今天见客户，明天送货。", 10) == ["今天见客", "户，明天送", "货。"]


@pytest.mark.parametrize(
    ("widths", "room", "expected"),
    [
        ([5, 10], 17, [5, 10]),
        ([5, 30], 20, [5, 13]),
        ([20, 30], 32, [15, 15]),
        ([8, 8, 8], 10, [8, 8, 8]),
    ],
)
def test_the_widest_columns_are_cut_first(
    widths: list[int], room: int, expected: list[int]
) -> None:
    assert fitted(widths, room) == expected


@pytest.mark.parametrize("text", ["卫" * 10_000, "a" * 10_000, "ab, " * 2_500])
@pytest.mark.parametrize("width", [30, sys.maxsize])
def test_wrapping_measures_a_long_text_a_few_times_only(
    text: str, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured = []

    def counting(part: str) -> int:
        measured.append(len(part))
        return width_of(part)

    monkeypatch.setattr(wrapping, "width_of", counting)
    wrapped(text, width)
    assert sum(measured) <= 4 * len(text)
