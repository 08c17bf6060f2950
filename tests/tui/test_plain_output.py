"""The net: whatever a widget paints, no command reaches the terminal."""

import pytest
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from tui.plain_output import PlainOutput


@pytest.mark.parametrize(
    ("painted", "shown"),
    [
        ("张三", "张三"),
        ("a\x1b[2Jb", "a[2Jb"),
        ("\x9b31mred", "31mred"),
        ("\u202eabc\u2066", "abc"),
        ("\x07\x00", ""),
        ("张\u3000三", "张\u3000三"),
        ("👨\u200d👩", "👨\u200d👩"),
    ],
)
def test_commands_are_taken_out_and_widths_stay(painted, shown):
    style = Style(bold=True)
    (segment,) = PlainOutput().apply([Segment(painted, style)], Color(0, 0, 0))
    assert segment.text == shown
    assert segment.style == style
    assert cell_len(segment.text) == cell_len(painted)
