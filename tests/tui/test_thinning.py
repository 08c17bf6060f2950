"""Thinned frames paint the same picture as whole ones, with fewer bytes."""

import pyte
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len, set_cell_size

from tui.thinning import Thinner, cells_of

COLUMNS, LINES = 24, 5
STYLES = ["", "\x1b[1;38;5;73m", "\x1b[38;5;252;48;5;234m", "\x1b[4m"]
SHOWN = ["a", "b", " ", "张", "伟", "华", "，", "é", "①", "…", "e\u0301", "👨\u200d👩"]
TEXTS = st.lists(st.sampled_from(SHOWN), max_size=COLUMNS).map("".join)


def styled(text: str, style: str) -> str:
    return f"{style}{text}\x1b[0m" if style and text else text


@st.composite
def spans(draw):
    """A span as the compositor writes it: within the line, without half characters."""
    x = draw(st.integers(1, COLUMNS))
    room = COLUMNS - x + 1
    pieces = draw(st.lists(st.tuples(TEXTS, st.sampled_from(STYLES)), max_size=3))
    text = ""
    for piece, style in pieces:
        piece = set_cell_size(piece, min(cell_len(piece), room))
        room -= cell_len(piece)
        text += styled(piece, style)
    return f"\x1b[{draw(st.integers(1, LINES))};{x}H{text}"


@st.composite
def frames(draw):
    written = draw(st.lists(spans(), max_size=6))
    caret = f"\x1b[{draw(st.integers(1, LINES))};{draw(st.integers(1, COLUMNS))}H"
    return "\n".join(written) + caret if written else caret


def picture(chunks):
    """What a terminal shows after it was sent these, with colours and the cursor's place."""
    screen = pyte.Screen(COLUMNS, LINES)
    stream = pyte.Stream(screen)
    stream.feed("\x1b[?7l")
    for chunk in chunks:
        stream.feed(chunk.replace("\n", ""))
    cells = [[screen.buffer[y][x] for x in range(COLUMNS)] for y in range(LINES)]
    return cells, (screen.cursor.x, screen.cursor.y)


@settings(max_examples=60, deadline=None)
@given(st.lists(frames(), min_size=1, max_size=8))
def test_the_picture_is_the_same(written):
    thinner = Thinner()
    thinned = [thinner.thin(frame) for frame in written]
    assert picture(thinned) == picture(written)


@given(st.lists(frames(), min_size=1, max_size=4))
def test_a_frame_that_is_there_already_sends_nothing(written):
    thinner = Thinner()
    for frame in written:
        thinner.thin(frame)
        if "\u200d" not in frame and frame.count("H") == 2:
            assert thinner.thin(frame) == ""


def test_only_what_differs_is_sent():
    thinner = Thinner()
    thinner.thin("\x1b[1;1H\x1b[1m张三的客户\x1b[0m\x1b[1;1H")
    assert thinner.thin("\x1b[1;1H\x1b[1m张四的客户\x1b[0m\x1b[1;1H") == (
        "\x1b[1;3H\x1b[1m四\x1b[0m\x1b[1;1H"
    )


def test_a_caret_that_moved_is_sent():
    thinner = Thinner()
    thinner.thin("\x1b[1;1Hab\x1b[1;1H")
    assert thinner.thin("\x1b[1;1Hab\x1b[1;2H") == "\x1b[1;2H"
    assert thinner.thin("\x1b[1;1Hab\x1b[1;2H") == ""


def test_after_forgetting_all_is_sent():
    thinner = Thinner()
    frame = "\x1b[1;1Hab\x1b[1;3H"
    thinner.thin(frame)
    thinner.forget()
    assert thinner.thin(frame) == frame


@pytest.mark.parametrize(
    "data", ["\x1b[?1049h", "\x1b[?25l", "\x07", "\x1b]52;c;5byg\x07", "\x1b]22;text\x07", ""]
)
def test_what_is_no_frame_passes(data):
    assert Thinner().thin(data) == data


def test_links_are_written_whole():
    link = "\x1b]8;id=1;https://x\x1b\\x\x1b]8;;\x1b\\"
    thinner = Thinner()
    assert link in thinner.thin(f"\x1b[1;1H{link}\x1b[1;1H")
    assert link in thinner.thin(f"\x1b[1;1H{link}\x1b[1;1H")


def test_cells():
    assert cells_of("a张\x1b[1me\u0301\x1b[0m ") == [
        ("a", ""),
        ("张", ""),
        ("", ""),
        ("e\u0301", "\x1b[1m"),
        (" ", ""),
    ]
    assert cells_of("a\tb") is None
    assert cells_of("\x1b]8;;\x1b\\x") is None
