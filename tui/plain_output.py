"""The net under all screens: no control character of a stored text reaches the terminal."""

import re

from rich.cells import get_character_cell_size
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_COMMANDS = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""What commands a terminal, turns the direction of writing, or is half a character."""


class PlainOutput(LineFilter):
    """Takes commands out of painted lines; blanks take the cells that they were counted for."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments of a line, without anything that is no text."""
        return [
            segment
            if segment.control or segment.text.isprintable() or not _COMMANDS.search(segment.text)
            else Segment(_COMMANDS.sub(_blank, segment.text), segment.style)
            for segment in segments
        ]


def _blank(match: re.Match[str]) -> str:
    return " " * get_character_cell_size(match[0])
