"""What a frame changes on the terminal, and nothing else: the bytes that go over the line.

Textual writes every dirty region anew. Here each frame is compared cell by cell with what the
terminal shows already.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import repeat
from typing import NamedTuple

from rich.cells import get_character_cell_size

Cell = tuple[str, str]
"""A character with its combining marks, and the SGR sequence of its style ("" for none).

The second half of a wide character has "" for its character.
"""

_MOVE = re.compile(r"\x1b\[(\d+);(\d+)H")
_PIECE = re.compile(r"\x1b\[([\d;]*)m|([^\x1b]+)|(\x1b)")
_STRANGE = re.compile("[\x00-\x1f\x7f-\x9f\u200d\ufe0f]")
"""What takes another number of cells than its characters, or none: not to be reckoned with."""

FEWEST_MOVED = 6
"""Fewer rows than this are written again rather than moved by the terminal."""

_RESET = "\x1b[0m"
_WORTH_A_MOVE = 6
"""Fewer bytes than this are written again rather than jumped over."""


def cells_of(text: str) -> list[Cell] | None:
    """The cells of a styled text, from the first on; None where they cannot be told.

    Styles are SGR sequences, each of which is whole: it says all of the style, as Rich writes it.
    """
    cells: list[Cell] = []
    style = ""
    for match in _PIECE.finditer(text):
        codes, plain, other = match.groups()
        if other:
            return None
        if plain is None:
            style = "" if codes in ("", "0") else match[0]
        elif plain.isascii() and plain.isprintable():
            cells.extend(zip(plain, repeat(style)))
        elif _STRANGE.search(plain):
            return None
        else:
            _add_wide(cells, plain, style)
    return cells


def _add_wide(cells: list[Cell], plain: str, style: str) -> None:
    for character in plain:
        width = get_character_cell_size(character)
        if width:
            cells.append((character, style))
            if width == 2:
                cells.append(("", style))
        elif cells:
            base = -1 if cells[-1][0] else -2
            cells[base] = (cells[base][0] + character, cells[base][1])


class Span(NamedTuple):
    """A text in a row of a frame."""

    y: int
    """The row, from 1."""
    start: int
    """The cells before it."""
    cells: list[Cell] | None
    """None where they cannot be told."""
    text: str


class Shift(NamedTuple):
    """Rows that a frame shows further up or down."""

    top: int
    bottom: int
    """The first and the last row of those among which they move."""
    distance: int
    """How many rows they go up; down for a negative number."""


def find_shift(
    shown: Mapping[int, Sequence[Cell | None]], wanted: Mapping[int, Sequence[Cell | None]]
) -> Shift | None:
    """The shift that turns most of what is shown into what is wanted; None where none is worth it.

    Args:
        shown: the rows of the terminal, by number.
        wanted: the rows that a frame changes, whole.
    """
    changed = sorted(y for y, row in wanted.items() if shown.get(y) != row)
    if len(changed) < FEWEST_MOVED:
        return None
    top, bottom = changed[0], changed[-1]
    rows = {y: wanted.get(y, shown.get(y, ())) for y in range(top, bottom + 1)}
    if any(None in row or len(row) != len(rows[top]) for row in rows.values()):
        return None
    still = len(rows) - len(changed)
    for distance in (1, -1, 2, -2, 3, -3):
        moved = sum(
            shown.get(y + distance) == row for y, row in rows.items() if y + distance in rows
        )
        if moved - still >= FEWEST_MOVED - 1 and moved * 3 >= len(rows) * 2:
            return Shift(top, bottom, distance)
    return None


class Thinner:
    """Remembers what the terminal shows, and leaves out of a frame what is there already."""

    def __init__(self) -> None:
        self._rows: dict[int, list[Cell | None]] = {}
        self._caret: tuple[int, int] | None = None
        self._style = ""

    def forget(self) -> None:
        """Take nothing for granted: the terminal may show anything."""
        self._rows.clear()
        self._caret = None

    def thin(self, frame: str) -> str:
        """The part of a frame that changes something; "" where it changes nothing.

        Args:
            frame: spans of text, each after a sequence that moves the cursor; the last one may be
                empty and is where the cursor stays. What moves nothing comes back as it is.
        """
        before, *parts = _MOVE.split(frame)
        if not parts:
            return frame
        written: list[str] = [before]
        spans: list[Span] = []
        caret = self._caret
        for row, column, text in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
            y, x = int(row), int(column)
            caret = (y, x)
            if body := text.removesuffix("\n"):
                spans.append(Span(y, x - 1, cells_of(body), body))
                caret = None
        spans = self._scroll(written, spans)
        for span in spans:
            self._write(written, span)
        if self._style:
            written.append(_RESET)
            self._style = ""
        if caret is not None and (len(written) > 1 or caret != self._caret):
            written.append(f"\x1b[{caret[0]};{caret[1]}H")
        self._caret = caret
        return "".join(written)

    def _scroll(self, written: list[str], spans: list[Span]) -> list[Span]:
        """Let the terminal move rows that a frame shows further up or down.

        Returns:
            The spans that are left to write: where rows were moved, one for each whole row.
        """
        if len({span.y for span in spans}) < FEWEST_MOVED:
            return spans
        wanted: dict[int, list[Cell | None]] = {}
        for y, start, cells, _ in spans:
            if cells is None:
                return spans
            row = wanted.setdefault(y, list(self._rows.get(y, ())))
            row.extend([None] * (start + len(cells) - len(row)))
            row[start : start + len(cells)] = cells
        shift = find_shift(self._rows, wanted)
        if shift is None:
            return spans
        top, bottom, distance = shift
        if self._style:
            written.append(_RESET)
            self._style = ""
        written.append(f"\x1b[{top};{bottom}r")
        if distance > 0:
            written.append(f"\x1b[{bottom};1H" + "\n" * distance)
        else:
            written.append(f"\x1b[{top};1H" + "\x1bM" * -distance)
        written.append("\x1b[r")
        moved = range(top, bottom + 1)
        known = {y: self._rows.get(y + distance, []) for y in moved if y + distance in moved}
        for y in moved:
            wanted.setdefault(y, self._rows[y])
            self._rows[y] = known.get(y, [])
        whole = [Span(y, 0, [cell for cell in wanted[y] if cell], "") for y in moved]
        return [*whole, *(span for span in spans if span.y not in moved)]

    def _write(self, written: list[str], span: Span) -> None:
        """Write what a span changes in a row, and remember it."""
        y, start, cells, text = span
        row = self._rows.setdefault(y, [])
        if cells is None:
            row.clear()
            reset = _RESET if self._style else ""
            written.append(f"{reset}\x1b[{y};{start + 1}H{text}{_RESET}")
            self._style = ""
            return
        end = start + len(cells)
        if len(row) < end:
            row.extend([None] * (end - len(row)))
        known = row[start:end]
        if known == cells:
            return
        self._break_wide(row, start, end)
        row[start:end] = cells
        here = -1
        for first, after in _changes(known, cells):
            self._go(written, cells, y, start, here, first)
            self._put(written, cells[first:after])
            here = after

    @staticmethod
    def _break_wide(row: list[Cell | None], start: int, end: int) -> None:
        """Forget the halves of wide characters that stick out of a span that is written over."""
        if start > 0 and (first := row[start]) is not None and not first[0]:
            row[start - 1] = None
        if end < len(row) and (after := row[end]) is not None and not after[0]:
            row[end] = None

    def _go(
        self, written: list[str], cells: list[Cell], y: int, start: int, here: int, place: int
    ) -> None:
        """Bring the cursor to a cell of a span, by writing over a short gap or by a move."""
        if here < 0:
            written.append(f"\x1b[{y};{start + place + 1}H")
            return
        gap = cells[here:place]
        if all(style == self._style for _, style in gap):
            text = "".join(character for character, _ in gap)
            if len(text.encode()) < _WORTH_A_MOVE:
                written.append(text)
                return
        written.append(f"\x1b[{start + place + 1}G")

    def _put(self, written: list[str], cells: list[Cell]) -> None:
        """Write cells where the cursor is."""
        style = self._style
        for character, wanted in cells:
            if wanted != style:
                if not wanted:
                    written.append(_RESET)
                elif style:
                    written.append(f"\x1b[0;{wanted[2:]}")
                else:
                    written.append(wanted)
                style = wanted
            written.append(character)
        self._style = style


def _changes(known: list[Cell | None], cells: list[Cell]) -> list[tuple[int, int]]:
    """The parts of a span that differ from what is known, from and up to; none ends in the middle
    of a wide character, none begins there."""
    changes: list[tuple[int, int]] = []
    first = -1
    for place, (old, new) in enumerate(zip(known, cells, strict=True)):
        if old != new:
            if first < 0:
                first = place if new[0] else place - 1
        elif first >= 0 and new[0]:
            changes.append((first, place))
            first = -1
    if first >= 0:
        changes.append((first, len(cells)))
    return changes
