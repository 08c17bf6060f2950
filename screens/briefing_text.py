"""The briefing as text: what is known of a customer, the telling first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.content import Content

from store import labels
from store.language import _
from store.lunar import YearlyDate

if TYPE_CHECKING:
    from store.clock import Clock
    from store.records.briefing import Briefing
    from store.records.cards import CardRow
    from store.records.occasions import OccasionRow
    from store.records.todos import TodoRow

LABEL = "$text-accent"
QUIET = "$text-muted"


def briefing_text(briefing: Briefing, clock: Clock) -> Content:
    """One card's briefing, a paragraph for each question a visitor has."""
    parts = [
        _identity(briefing),
        _next_step(briefing, clock),
        _part(
            _("Warnings"), [Content.styled(f"! {text}", "$text-error") for text in briefing.taboos]
        ),
        _part(_("Promises"), [_promise(todo, clock) for todo in briefing.promises]),
        _part(_("Last talks"), _talks(briefing, clock)),
        _part(_("Dates"), [Content(date_line(row)) for row in briefing.dates]),
        _part(_("Likes"), [Content(text) for text in briefing.likes]),
        _part(_("In common"), [Content(text) for text in briefing.common_ground]),
        _part(_("Money"), [Content(text) for text in briefing.money]),
        _part(_("Competitors"), [Content(text) for text in briefing.competitors]),
        _part(_("People"), [_person(row) for row in briefing.people]),
        _part(_("How we met"), [Content(briefing.how_met)] if briefing.how_met else []),
        _part(
            _("Ask today ({percent} % known)").format(percent=briefing.completeness),
            [
                Content(f"{blank.label}") + Content.styled(f"  {blank.help}", QUIET)
                for blank in briefing.blanks
            ],
        ),
    ]
    return Content("\n\n").join(part for part in parts if part)


def _part(title: str, lines: Iterable[Content]) -> Content:
    """A titled paragraph; nothing where there are no lines."""
    indented = [Content("  ") + line for line in lines]
    if not indented:
        return Content()
    return Content("\n").join([Content.styled(title, f"bold {LABEL}"), *indented])


def _identity(briefing: Briefing) -> Content:
    card = briefing.card
    head = Content.styled(card.name, "bold")
    at = ", ".join(part for part in (card.title, card.organisation) if part)
    lines = [Content("  ").join([head, Content(at)]) if at else head]
    pairs = [Content.styled(label, QUIET) + f" {text}" for label, text in briefing.identity.items()]
    lines += pairs_in_lines(pairs)
    return Content("\n").join(lines)


def pairs_in_lines(pairs: list[Content], width: int = 76) -> list[Content]:
    """Short facts, as many on a line as have room."""
    lines: list[Content] = []
    for pair in pairs:
        joined = Content("   ").join([lines[-1], pair]) if lines else pair
        if lines and joined.cell_length <= width:
            lines[-1] = joined
        else:
            lines.append(pair)
    return lines


def _next_step(briefing: Briefing, clock: Clock) -> Content:
    step = briefing.next_step
    lines = []
    if step.what or step.on:
        day = labels.short_day(step.on, clock.today()) if step.on else ""
        lines.append(Content(f"{day} {step.what}".strip()))
    if step.advice:
        lines.append(Content.styled(step.advice, QUIET))
    return _part(_("Do now"), lines)


def _promise(todo: TodoRow, clock: Clock) -> Content:
    whose = _("he owes us") if todo.side == "theirs" else _("we owe him")
    day = labels.short_day(todo.due_on, clock.today()) if todo.due_on else ""
    late = todo.days is not None and todo.days < 0
    line = Content.styled(whose, QUIET) + f" {day} {todo.title}".replace("  ", " ")
    return line + Content.styled(" " + _("(late)"), "$text-warning") if late else line


def _talks(briefing: Briefing, clock: Clock) -> list[Content]:
    lines = []
    for talk in briefing.last_interactions:
        day = clock.local(talk.at).date()
        head = f"{day:%m-%d} {labels.method(talk.method)}"
        if talk.interest:
            head += " " + _("interest {level}").format(level=talk.interest)
        head = f"{head}  {talk.who}" if talk.who else head
        line = Content.styled(f"{head}  ", QUIET) + talk.summary
        if talk.words:
            line += Content.styled(f"  “{talk.words}”", "italic")
        lines.append(line)
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


def _person(row: CardRow) -> Content:
    return Content(f"{row.name}  ") + Content.styled(f"{row.title}  {row.phone}", QUIET)
