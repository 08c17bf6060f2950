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
    line: list[str] = []
    used = 0  # the cells of the line, counted once for each word: texts can be long
    for word in _WORD.findall(text):
        cells = width_of(word.rstrip())
        if line and cells and used + cells > width:
            lines.append("".join(line).rstrip())
            line, used = [], 0
        while cells > width:
            fitting = beginning(word, width) or word[0]
            lines.append(fitting)
            word = word[len(fitting) :]
            cells -= width_of(fitting)
        line.append(word)
        used += width_of(word)
    last = "".join(line).rstrip()
    if last or not lines:
        lines.append(last)
    return lines
