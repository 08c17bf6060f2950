"""Text for people in lines of a given width, counted in cells."""

import re

from widgets.cell_width import beginning, width_of

_WORD = re.compile(
    r"[\u2e80-\u9fff\uf900-\ufaff][，。；：！？、）」』》】”’,.;:!?)]*\s*"
    r"|[^\s\u2e80-\u9fff\uf900-\ufaff]+\s*"
    r"|\s+"
)
"""A Chinese character, or a word of letters, each with the marks and blanks that follow it."""


def wrapped(text: str, width: int) -> list[str]:
    """Tidied text in lines of at most `width` cells, broken at blanks and between characters.

    A closing mark stays with the character before it; a word longer than a line is cut.
    """
    width = max(2, width)
    lines: list[str] = []
    line = ""
    for word in _WORD.findall(text):
        if line and width_of((line + word).rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += word
        while width_of(line.rstrip()) > width:
            fitting = beginning(line, width) or line[0]
            lines.append(fitting)
            line = line[len(fitting) :]
    if line.strip() or not lines:
        lines.append(line.rstrip())
    return lines
