"""The briefing as text of a width; and how lists tell a coming date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from textual.content import Content

from store.briefing_lines import Line, facts, parts
from store.language import _, current
from store.lunar import Calendar, YearlyDate
from widgets.cells import tidy
from widgets.wrapping import wrapped

if TYPE_CHECKING:
    from store.clock import Clock
    from store.records.briefing import Briefing
    from store.records.occasions import OccasionRow

LABEL = "bold $text-accent"
QUIET = "$text-muted"
TONES = {
    "quiet": QUIET,
    "quote": "italic",
    "warning": "$text-warning",
    "error": "$text-error",
}

INDENT = "  "


def briefing_text(
    briefing: Briefing, clock: Clock, width: int, *, roomy: bool = True, identity: bool = True
) -> Content:
    """One card's briefing in lines of a width, a paragraph for each question a visitor has.

    Args:
        roomy: a blank line between two paragraphs.
        identity: begin with who he is.
    """
    room = max(20, width - len(INDENT))
    shown = [facts_text(pairs, width) for pairs in facts(briefing, clock)] if identity else []
    written = [Content("\n").join(shown)] if shown else []
    for part in parts(briefing, clock):
        lines = [Content(INDENT) + line for each in part.lines for line in broken(each, room)]
        written.append(Content("\n").join([Content.styled(part.title, LABEL), *lines]))
    return Content("\n\n" if roomy else "\n").join(written)


def facts_text(pairs: Iterable[tuple[str, str]], width: int) -> Content:
    """Short facts, as many on a line as have room."""
    shown = [Content.styled(tidy(label), QUIET) + f" {tidy(text)}" for label, text in pairs]
    lines = [part for line in _in_lines(shown, width) for part in _broken(line, width)]
    return Content("\n").join(lines)


def _in_lines(pairs: list[Content], width: int) -> list[Content]:
    lines: list[Content] = []
    for pair in pairs:
        joined = Content("   ").join([lines[-1], pair]) if lines else pair
        if lines and joined.cell_length <= width:
            lines[-1] = joined
        else:
            lines.append(pair)
    return lines


def broken(line: Line, room: int) -> Iterator[Content]:
    """A line in as many as it takes in so many cells; those after the first are indented."""
    pieces = [Content.styled(tidy(word.text), TONES.get(word.tone, "")) for word in line.words]
    whole = Content("").join(pieces)
    before = INDENT if line.deeper else ""
    for piece in _broken(whole, room - len(before)):
        yield Content(before) + piece


def _broken(line: Content, room: int) -> list[Content]:
    """A line in as many as it takes in so many cells; those after the first are indented."""
    plain = line.plain
    pieces = wrapped(plain, room)
    if len(pieces) > 1:
        pieces = wrapped(plain, room - len(INDENT))
    lines: list[Content] = []
    place = 0
    for piece in pieces:
        start = plain.index(piece, place)
        place = start + len(piece)
        lines.append(Content(INDENT if lines else "") + line[start:place])
    return lines


def calendar_words(said: YearlyDate) -> str:
    """A date in the calendar it is kept in, as short as a row of a list needs it."""
    if current() == "zh":
        return said.spoken()
    if said.calendar == Calendar.SOLAR:
        return _("solar {month}-{day}").format(month=said.month, day=said.day)
    told = _("leap {month}-{day}") if said.leap else _("lunar {month}-{day}")
    return told.format(month=said.month, day=said.day)


def whose(row: OccasionRow) -> str:
    """Whose date it is: the customer's own, or that of somebody in the family."""
    if not row.who:
        return row.name
    return _("{name}’s {relation} {who}").format(name=row.name, relation=row.relation, who=row.who)
