"""Thinned frames paint the same picture as whole ones, with fewer bytes."""

import pyte
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len, set_cell_size

from tui.thinning import Thinner, cells_of

pytestmark = pytest.mark.slow

COLUMNS, LINES = 24, 5
TALL = 12
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


def picture(chunks, lines=LINES):
    """What a terminal shows after it was sent these, with colours and the cursor's place."""
    screen = pyte.Screen(COLUMNS, lines)
    stream = pyte.Stream(screen)
    stream.feed("\x1b[?7l")
    for chunk in chunks:
        stream.feed(chunk.replace("\n", "\r\n") if "r\x1b[" in chunk else chunk.replace("\n", ""))
    cells = [[screen.buffer[y][x] for x in range(COLUMNS)] for y in range(lines)]
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


def whole_frame(rows: list[tuple[str, str]]) -> str:
    """A frame that paints every row."""
    painted = [
        f"\x1b[{y};1H{styled(set_cell_size(text, COLUMNS), style)}"
        for y, (text, style) in enumerate(rows, 1)
    ]
    return "\n".join(painted) + "\x1b[1;1H"


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(TEXTS, st.sampled_from(STYLES)), min_size=30, max_size=30),
    st.lists(st.tuples(st.integers(-4, 4), st.integers(0, 4), TEXTS), min_size=1, max_size=5),
)
def test_rows_that_move_give_the_same_picture(rows, moves):
    thinner = Thinner()
    written = []
    top = 10
    for distance, changed, text in moves:
        top = min(max(0, top + distance), 30 - TALL)
        shown = rows[top : top + TALL]
        shown[changed] = (text, STYLES[2])
        written.append(whole_frame(shown))
    thinned = [thinner.thin(frame) for frame in written]
    assert picture(thinned, TALL) == picture(written, TALL)


@pytest.mark.parametrize("distance", [1, -1, 3, -2])
def test_rows_that_move_are_moved_by_the_terminal(distance):
    rows = [(f"row {number} of a list", STYLES[1]) for number in range(30)]
    thinner = Thinner()
    thinner.thin(whole_frame(rows[10 : 10 + TALL]))
    moved = whole_frame(rows[10 + distance : 10 + distance + TALL])
    assert len(thinner.thin(moved)) < 80 + 40 * abs(distance)


def test_what_stands_beside_moving_rows_stays():
    thinner = Thinner()
    first = [f"\x1b[{y};1Hrow {y:9}\x1b[{y};14Hbeside {y:4}" for y in range(1, TALL + 1)]
    second = [f"\x1b[{y};1Hrow {y + 1:9}" for y in range(1, TALL + 1)]
    written = ["".join(first) + "\x1b[1;1H", "".join(second) + "\x1b[1;1H"]
    assert picture([thinner.thin(frame) for frame in written], TALL) == picture(written, TALL)


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
