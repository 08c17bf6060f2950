"""Text in terminal cells: tidied, cut and padded, with wide characters never split.

A Chinese character takes two cells, so widths are never `len()`.
"""

import re
from typing import Literal

from rich.cells import cell_len, set_cell_size
from textual.content import Content

ELLIPSIS = "…"
"""What stands for the part that was cut off."""

Align = Literal["left", "right"]
"""The side on which a text stands in its cells."""

_BREAKS = re.compile("\r\n|[\t\n\v\f\r\x85\u2028\u2029]")
_UNSEEN = re.compile(
    "["
    "\x00-\x08\x0e-\x1f\x7f-\x9f"  # control characters: ESC would move the cursor
    "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"  # zero width, turned direction
    "\ufe00-\ufe0f\ufff9-\ufffb\U000e0000-\U000e0fff"  # variation selectors: widths differ
    "\ud800-\udfff"  # half characters cannot be written to a terminal
    "]"
)


def tidy(text: str) -> str:
    """The text on one line, with only what a terminal shows in a known number of cells.

    Line ends and tabs become spaces. Control characters, direction marks, joiners and variation
    selectors go: terminals disagree on how wide they make what they stand next to.
    """
    if text.isascii() and text.isprintable():
        return text
    return _UNSEEN.sub("", _BREAKS.sub(" ", text))


def width_of(text: str) -> int:
    """The number of cells that the tidied text takes."""
    return cell_len(tidy(text))


def fit(text: str, width: int, align: Align = "left") -> str:
    """The tidied text in exactly `width` cells: padded, or cut with an ellipsis."""
    if width <= 0:
        return ""
    text = tidy(text)
    room = width - cell_len(text)
    if room < 0:
        text = set_cell_size(text, width - 1).rstrip() + ELLIPSIS
        room = width - cell_len(text)
    return " " * room + text if align == "right" else text + " " * room


def fit_content(content: Content, width: int, align: Align = "left") -> Content:
    """As `fit`, for text that carries styles.

    Characters that `tidy` would drop make the text lose its styles: they would shift them.
    """
    if width <= 0:
        return Content()
    if (plain := tidy(content.plain)) != content.plain:
        content = Content(plain)
    room = width - content.cell_length
    if room < 0:
        content = content.truncate(width - 1).rstrip().append(ELLIPSIS)
        room = width - content.cell_length
    return content.pad_left(room) if align == "right" else content.pad_right(room)
