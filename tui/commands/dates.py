"""`shuke dates`: birthdays and anniversaries that are coming."""

from collections.abc import Sequence

from store import labels
from store.language import _
from store.records.occasions import OccasionRow
from tui.arguments import Parser, positive, read_date
from tui.command import Command
from tui.output import say, write_json, write_table
from tui.session import Session
from tui.shapes import day, occasion_shape

USUAL_DAYS = 30
"""Days ahead that are listed unless said otherwise, the first day included."""


def declare(parser: Parser) -> None:
    """Arguments of `shuke dates`."""
    parser.add_argument(
        "--from",
        dest="start",
        metavar="DATE",
        type=read_date,
        help=_("the first day (today unless said otherwise)"),
    )
    parser.add_argument(
        "--days",
        metavar="N",
        type=positive,
        default=USUAL_DAYS,
        help=_("how many days (30 unless said otherwise)"),
    )
    parser.json_option()


def dates(session: Session) -> int:
    """List the yearly dates of the coming days, the next one first."""
    rows = session.desk.occasions.coming(session.options.days, session.options.start)
    if session.options.json:
        write_json([occasion_shape(row) for row in rows])
    elif rows:
        write_occasions(rows)
    else:
        say(_("No dates in these days."))
    return 0


def write_occasions(rows: Sequence[OccasionRow]) -> None:
    """Write yearly dates as a table."""
    from store.lunar import YearlyDate

    write_table(
        [_("Date"), "", _("Who"), _("Organisation"), _("What"), _("As kept"), _("Age")],
        [
            (
                day(row.date),
                labels.days_away(row.days),
                _whose(row),
                row.organisation,
                labels.occasion(row.occasion, row.note),
                YearlyDate.parse(row.stored).spoken(),
                _age(row),
            )
            for row in rows
        ],
    )


def _whose(row: OccasionRow) -> str:
    family = " ".join(part for part in (row.relation, row.who) if part)
    return f"{row.name} ({family})" if family else row.name


def _age(row: OccasionRow) -> str:
    if row.age is None:
        return ""
    if row.nominal_age is None:
        return str(row.age)
    return _("{age}, nominal {nominal}").format(age=row.age, nominal=row.nominal_age)


COMMANDS = {"dates": Command(declare, dates)}
