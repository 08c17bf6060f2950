"""The briefing as text: what is known of a customer, the telling first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.content import Content

from store import labels
from store.language import _
from store.lunar import YearlyDate
from widgets.wrapping import wrapped

if TYPE_CHECKING:
    from store.clock import Clock
    from store.records.briefing import Briefing
    from store.records.cards import CardRow
    from store.records.occasions import OccasionRow
    from store.records.todos import TodoRow

LABEL = "$text-accent"
QUIET = "$text-muted"

INDENT = "  "


def briefing_text(briefing: Briefing, clock: Clock, width: int, *, roomy: bool = True) -> Content:
    """One card's briefing in lines of a width, a paragraph for each question a visitor has.

    Args:
        roomy: a blank line between two paragraphs.
    """
    room = max(20, width - len(INDENT))

    def lines(texts: Iterable[str]) -> list[Content]:
        return [Content(line) for text in texts for line in wrapped(text, room)]

    taboos = [line for text in briefing.taboos for line in wrapped(f"! {text}", room)]
    parts = [
        _identity(briefing, width),
        _next_step(briefing, clock, room),
        _part(_("Warnings"), [Content.styled(line, "$text-error") for line in taboos]),
        _part(_("Promises"), [_promise(todo, clock) for todo in briefing.promises]),
        _part(_("Last talks"), _talks(briefing, clock, room)),
        _part(_("Dates"), lines(date_line(row) for row in briefing.dates)),
        _part(_("Likes"), lines(briefing.likes)),
        _part(_("In common"), lines(briefing.common_ground)),
        _part(_("Money"), lines(briefing.money)),
        _part(_("Competitors"), lines(briefing.competitors)),
        _part(_("People"), [_person(row) for row in briefing.people]),
        _part(_("How we met"), lines([briefing.how_met] if briefing.how_met else [])),
        _part(
            _("Ask today ({percent} % known)").format(percent=briefing.completeness),
            [
                Content(f"{blank.label}") + Content.styled(f"  {blank.help}", QUIET)
                for blank in briefing.blanks
            ],
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
    return Content("\n").join(pairs_in_lines(pairs, width))


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
        lines.append(Content(f"{day} {step.what}".strip()))
    if step.advice:
        lines += [Content.styled(line, QUIET) for line in wrapped(step.advice, room)]
    return _part(_("Do now"), lines)


def _promise(todo: TodoRow, clock: Clock) -> Content:
    whose = _("he owes us") if todo.side == "theirs" else _("we owe him")
    day = labels.short_day(todo.due_on, clock.today()) if todo.due_on else ""
    late = todo.days is not None and todo.days < 0
    line = Content.styled(whose, QUIET) + f" {day} {todo.title}".replace("  ", " ")
    return line + Content.styled(" " + _("(late)"), "$text-warning") if late else line


def _talks(briefing: Briefing, clock: Clock, room: int) -> list[Content]:
    """Each talk with its day, and his own words on lines of their own."""
    lines: list[Content] = []
    for talk in briefing.last_interactions:
        day = clock.local(talk.at).date()
        head = f"{day:%m-%d} {labels.method(talk.method)}"
        if talk.interest:
            head += " " + _("interest {level}").format(level=talk.interest)
        first, *rest = wrapped(f"{head}  {talk.summary}", room)
        lines.append(Content.styled(first[: len(head)], QUIET) + first[len(head) :])
        lines += [Content(f"{INDENT}{line}") for line in rest]
        if talk.words:
            words = wrapped(
                _("“{words}”").format(words=" ".join(talk.words.split())), room - len(INDENT)
            )
            lines += [Content.styled(f"{INDENT}{line}", "italic") for line in words]
    return lines


def date_line(row: OccasionRow) -> str:
    """A coming date of a card: when, whose, what, how old."""
    said = YearlyDate.parse(row.stored)
    who = f"{row.relation} {row.who}".strip()
    what = row.note or labels.occasion(row.occasion)
    ages = age_words(row)
    away = labels.days_away(row.days)
    parts = [f"{row.date:%m-%d}", labels.weekday(row.date), who, what, said.spoken(), ages]
    return " ".join(part for part in parts if part) + f", {away}"


def age_words(row: OccasionRow) -> str:
    """The age on a coming date: 虚 42, 周 7; years for what is no birthday."""
    if row.occasion != "birth":
        return _("{years} years").format(years=row.age) if row.age else ""
    if row.nominal_age:
        return _("nominal {age}").format(age=row.nominal_age)
    return _("age {age}").format(age=row.age) if row.age is not None else ""


def whose(row: OccasionRow) -> str:
    """Whose date it is: the customer's own, or that of somebody in the family."""
    if not row.who:
        return row.name
    return _("{name}’s {relation} {who}").format(name=row.name, relation=row.relation, who=row.who)


def _person(row: CardRow) -> Content:
    return Content(f"{row.name}  ") + Content.styled(f"{row.title}  {row.phone}", QUIET)
