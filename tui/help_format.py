"""Help texts wrapped by terminal cells: a Chinese line has no blanks and twice the width."""

import argparse
import sys
from collections.abc import Iterable

from tui.output import terminal_width
from widgets.wrapping import wrapped

WIDEST = 100
"""Cells of a help line at most, however wide the terminal is."""


class CellHelpFormatter(argparse.HelpFormatter):
    """argparse's formatter, counting cells where it counts characters."""

    def __init__(self, prog: str) -> None:
        width = min(terminal_width(sys.stdout) or 80, WIDEST)
        super().__init__(prog, max_help_position=26, width=max(40, width - 2))

    def _split_lines(self, text: str, width: int) -> list[str]:
        return wrapped(" ".join(text.split()), width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        lines: Iterable[str] = (
            line for part in text.splitlines() for line in wrapped(part, width - len(indent))
        )
        return "\n".join(indent + line for line in lines)
