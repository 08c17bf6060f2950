"""The briefing as text: what is known of a customer, the telling first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.content import Content

from store import labels
from store.language import _, current
from store.lunar import Calendar, YearlyDate
from widgets.wrapping import wrapped

if TYPE_CHECKING:
    from store.clock import Clock
    from store.records.briefing import Blank, Briefing
    from store.records.cards import CardRow
    from store.records.occasions import OccasionRow
    from store.records.todos import TodoRow

LABEL = "$text-accent"
QUIET = "$text-muted"

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

    def lines(texts: Iterable[str]) -> list[Content]:
        return [Content(line) for text in texts for line in wrapped(text, room)]

    taboos = [line for text in briefing.taboos for line in wrapped(f"! {text}", room)]
    parts = [
        _identity(briefing, width) if identity else Content(),
        _next_step(briefing, clock, room),
        _part(_("Told by colleagues"), _remarks(briefing, clock, room)),
        _part(_("Warnings"), [Content.styled(line, "$text-error") for line in taboos]),
        _part(
            _("Promises"),
            [line for todo in briefing.promises for line in _promise(todo, clock, room)],
        ),
        _part(_("Last talks"), _talks(briefing, clock, room)),
        _part(_("Dates"), lines(date_line(row) for row in briefing.dates)),
        _part(_("Likes"), lines(briefing.likes)),
        _part(_("In common"), lines(briefing.common_ground)),
        _part(_("Money"), lines(briefing.money)),
        _part(_("Competitors"), lines(briefing.competitors)),
        _part(_("People"), [line for row in briefing.people for line in _person(row, room)]),
        _part(_("How we met"), lines([briefing.how_met] if briefing.how_met else [])),
        _part(
            _("Ask today ({percent} % known)").format(percent=briefing.completeness),
            [line for blank in briefing.blanks for line in _blank(blank, room)],
        ),
    ]
    return Content("\n\n" if roomy else "\n").join(part for part in parts if part)


def _part(title: str, lines: Iterable[Content]) -> Content:
    """A titled paragraph; nothing where there are no lines."""
    indented = [Content(INDENT) + line for line in lines]
    if not indented:
        return Content()
    return Content("\n").join([Content.styled(title, f"bold {LABEL}"), *indented])


def _identity(briefing: Briefing, width: int) -> Content:
    pairs = [Content.styled(label, QUIET) + f" {text}" for label, text in briefing.identity.items()]
    lines = [part for line in pairs_in_lines(pairs, width) for part in _broken(line, width)]
    return Content("\n").join(lines)


def pairs_in_lines(pairs: list[Content], width: int) -> list[Content]:
    """Short facts, as many on a line as have room."""
    lines: list[Content] = []
    for pair in pairs:
        joined = Content("   ").join([lines[-1], pair]) if lines else pair
        if lines and joined.cell_length <= width:
            lines[-1] = joined
        else:
            lines.append(pair)
    return lines


def _next_step(briefing: Briefing, clock: Clock, room: int) -> Content:
    step = briefing.next_step
    lines = []
    if step.what or step.on:
        day = labels.short_day(step.on, clock.today()) if step.on else ""
        lines += _broken(Content(f"{day} {step.what}".strip()), room)
    if step.advice:
        lines += [Content.styled(line, QUIET) for line in wrapped(step.advice, room)]
    return _part(_("Do now"), lines)


def _remarks(briefing: Briefing, clock: Clock, room: int) -> list[Content]:
    """Each remark that waits, with who told whom and when; all of its words."""
    lines: list[Content] = []
    for remark in briefing.remarks:
        day = labels.ago(clock.local(remark.at).date(), clock.today())
        head = _("{author} to {name}").format(author=remark.author, name=remark.addressee)
        if remark.kind == "guidance":
            head = labels.aside(head, _("guidance"))
        text = " ".join(remark.text.split())
        lines += _broken(Content.styled(f"{head} {day}", QUIET) + f"  {text}", room)
    return lines


def _promise(todo: TodoRow, clock: Clock, room: int) -> list[Content]:
    whose = _("he owes us") if todo.side == "theirs" else _("we owe him")
    day = labels.short_day(todo.due_on, clock.today()) if todo.due_on else ""
    late = todo.days is not None and todo.days < 0
    line = Content.styled(whose, QUIET) + f" {day} {todo.title}".replace("  ", " ")
    return _broken(line + Content.styled(_(" (late)"), "$text-warning") if late else line, room)


def _talks(briefing: Briefing, clock: Clock, room: int) -> list[Content]:
    """Each talk with its day, and his own words on lines of their own."""
    lines: list[Content] = []
    for talk in briefing.last_interactions:
        day = clock.local(talk.at).date()
        head = f"{day:%m-%d} {labels.method(talk.method)}"
        if talk.interest:
            head += " " + _("interest {level}").format(level=talk.interest)
        lines += _broken(Content.styled(head, QUIET) + f"  {talk.summary}", room)
        if talk.words:
            words = _("“{words}”").format(words=" ".join(talk.words.split()))
            lines += [
                Content.styled(f"{INDENT}{line}", "italic")
                for line in wrapped(words, room - len(INDENT))
            ]
    return lines


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


def date_line(row: OccasionRow) -> str:
    """A coming date of a card: when, whose, what, how old."""
    said = YearlyDate.parse(row.stored)
    who = f"{row.relation} {row.who}".strip()
    what = labels.occasion(row.occasion, row.note)
    ages = age_words(row)
    away = labels.days_away(row.days)
    parts = [f"{row.date:%m-%d}", labels.weekday(row.date), who, what, said.spoken(), ages]
    return _(", ").join((" ".join(part for part in parts if part), away))


def age_words(row: OccasionRow) -> str:
    """The age on a coming date: 虚 42, 周 7; years for what is no birthday."""
    if row.occasion != "birth":
        return _("{years} years").format(years=row.age) if row.age else ""
    if row.nominal_age:
        return _("nominal {age}").format(age=row.nominal_age)
    return _("age {age}").format(age=row.age) if row.age is not None else ""


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


def _person(row: CardRow, room: int) -> list[Content]:
    about = "  ".join(part for part in (row.title, row.phone) if part)
    return _broken(Content(f"{row.name}  ") + Content.styled(about, QUIET), room)


def _blank(blank: Blank, room: int) -> list[Content]:
    return _broken(Content(blank.label) + Content.styled(f"  {blank.help}", QUIET), room)
