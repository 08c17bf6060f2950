"""One painted line of a list, from texts that already have their widths."""

from collections.abc import Callable, Sequence

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.content import Content
from textual.strip import Strip
from textual.style import Style


def paint_line(
    parts: Sequence[str | Content],
    width: int,
    style: RichStyle,
    parse_style: Callable[[str | Style], Style],
) -> Strip:
    """The parts one after the other in `width` cells; neighbouring plain texts are one segment.

    Args:
        parts: plain texts, and texts with styles of their own on top of `style`.
        width: the cells of the line.
        style: the style of the line.
        parse_style: what understands a style that is written as text, theme colours included.
    """
    segments: list[Segment] = []
    plain = ""
    for part in parts:
        if isinstance(part, str):
            plain += part
            continue
        if plain:
            segments.append(Segment(plain, style))
            plain = ""
        for text, own in part.render(end="", parse_style=parse_style):
            segments.append(Segment(text, style + own.rich_style if own else style))
    if plain:
        segments.append(Segment(plain, style))
    return Strip(segments).adjust_cell_length(width, style)
