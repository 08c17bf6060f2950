"""`shuke today`: what is due, for cron and for the login."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from store.language import _
from store.records.briefing import Agenda
from store.records.cards import CardRow
from tui.arguments import Parser
from tui.command import Command
from tui.commands.dates import write_occasions
from tui.commands.remark import write_remarks
from tui.commands.todo import write_todos
from tui.output import say, write_json, write_table
from tui.session import Session
from tui.shapes import (
    day,
    followup_shape,
    inspection_shape,
    loan_shape,
    news_shape,
    occasion_shape,
    remark_shape,
    review_shape,
    todo_shape,
    trip_shape,
)

if TYPE_CHECKING:
    from store.clock import Clock
    from store.records.briefing import NewsItem, Trip
    from store.records.inspections import InspectionRow
    from store.records.loans import LoanRow


def declare(parser: Parser) -> None:
    """Arguments of `shuke today`."""
    parser.json_option()


def today(session: Session) -> int:
    """Show what is due today or overdue, and the dates of the coming days."""
    agenda = session.desk.today.agenda()
    if session.options.json:
        write_json(
            {
                "todos": [todo_shape(row) for row in agenda.todos],
                "followups": [followup_shape(row) for row in agenda.followups],
                "dates": [occasion_shape(row) for row in agenda.dates],
                "reviews": [review_shape(row) for row in agenda.reviews],
                "remarks": [remark_shape(row, session.clock) for row in agenda.remarks],
                "payments": list(agenda.payments),
                "pile": agenda.pile,
                "loans": [loan_shape(loan, session.clock) for loan in agenda.loans],
                "trips": [trip_shape(trip) for trip in agenda.trips],
                "news": [news_shape(item) for item in agenda.news],
                "inspections": [inspection_shape(row, session.clock) for row in agenda.inspections],
            }
        )
        return 0
    if not _show(agenda, session.clock):
        say(_("Nothing is due today."))
    return 0


def _show(agenda: Agenda, clock: "Clock") -> bool:
    """Write what there is, part by part; False when there is nothing."""
    parts: list[tuple[str, Any]] = []
    if agenda.remarks:
        parts.append((_("Told by colleagues"), lambda: write_remarks(agenda.remarks, clock)))
    if agenda.inspections:
        parts.append((_("Sent back to you"), lambda: _write_inspections(agenda.inspections)))
    if agenda.loans:
        parts.append((_("Lent and borrowed"), lambda: _write_loans(agenda.loans, clock)))
    if agenda.dates:
        parts.append((_("Coming dates"), lambda: write_occasions(agenda.dates)))
    if agenda.todos:
        parts.append((_("To-dos"), lambda: write_todos(agenda.todos)))
    if agenda.followups:
        parts.append((_("To be contacted"), lambda: _write_followups(agenda.followups)))
    if agenda.trips:
        parts.append((_("Customers on the road"), lambda: _write_trips(agenda.trips)))
    if agenda.news:
        parts.append((_("News of customers"), lambda: _write_news(agenda.news)))
    if agenda.reviews:
        parts.append((_("Cards to look through"), lambda: _write_reviews(agenda.reviews)))
    if agenda.pile:
        told = _("{count} cards lie in the pile: `shuke pile` lists them.")
        parts.append((_("The pile"), lambda: say(told.format(count=agenda.pile))))
    for place, (title, write) in enumerate(parts):
        if place:
            say()
        say(title)
        write()
    return bool(parts)


def _write_inspections(rows: Sequence["InspectionRow"]) -> None:
    from tui.commands.review import words

    write_table(
        [_("No."), _("Number"), _("Name"), _("Written by"), _("What")],
        [(row.id, row.number, row.name, row.inspector, words(row)) for row in rows],
    )


def _write_loans(loans: Sequence["LoanRow"], clock: "Clock") -> None:
    from store import loan_words

    write_table(
        [_("No."), _("Number"), _("Name"), _("Who"), _("What")],
        [
            (loan.id, loan.number, loan.name, loan.borrower, loan_words.told(loan, clock))
            for loan in loans
        ],
    )


def _write_followups(rows: Sequence[CardRow]) -> None:
    write_table(
        [_("Number"), _("Name"), _("Organisation"), _("Phone"), _("Due"), _("What")],
        [
            (row.number, row.name, row.organisation, row.phone, day(row.next_on), row.next_step)
            for row in rows
        ],
    )


def _write_trips(trips: Sequence["Trip"]) -> None:
    from store.briefing_lines import trip_words

    write_table(
        [_("Number"), _("Name"), _("Organisation"), _("From"), _("Until"), _("What"), _("Owner")],
        [
            (
                *(trip.number, trip.name, trip.organisation, day(trip.starts), day(trip.ends)),
                *(trip_words(trip), trip.owner),
            )
            for trip in trips
        ],
    )


def _write_news(news: Sequence["NewsItem"]) -> None:
    write_table(
        [_("Number"), _("Name"), _("Date"), _("Kind"), _("What"), _("Source"), _("Owner")],
        [
            (item.number, item.name, day(item.on), item.kind, item.what, item.source, item.owner)
            for item in news
        ],
    )


def _write_reviews(rows: Sequence[CardRow]) -> None:
    write_table(
        [_("Number"), _("Name"), _("Organisation"), _("Due")],
        [(row.number, row.name, row.organisation, day(row.review_due_on)) for row in rows],
    )


COMMANDS = {"today": Command(declare, today)}
