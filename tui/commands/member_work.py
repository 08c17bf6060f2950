"""`shuke member work`: what the members below did in the last days, for managers and coaches."""

from datetime import timedelta
from typing import TYPE_CHECKING

from store import labels
from store.errors import BadInput, NotFound
from store.language import N_, _
from store.records.team import WorkEntry, WorkRow
from tui.arguments import Parser, positive
from tui.command import Command
from tui.output import write_json, write_table
from tui.session import Session
from tui.shapes import Shape, moment

if TYPE_CHECKING:
    from store.clock import Clock

WEEK = 7

MOST = 3660
"""Days back that can be looked at: ten years."""

TOO_LONG = N_("The work of at most {most} days can be looked at.")
NOTHING_DONE = N_("Nothing was done in this time, as far as you may see.")


def declare_work(parser: Parser) -> None:
    """Arguments of `shuke member work`."""
    parser.add_argument(
        "login", metavar="LOGIN", nargs="?", help=_("one member, and all that he did")
    )
    parser.add_argument(
        "--days", metavar="N", type=positive, default=WEEK, help=_("how many days back (7)")
    )
    parser.json_option()


def work(session: Session) -> int:
    """What the members below did in the last days."""
    desk, options, clock = session.desk, session.options, session.clock
    if options.days > MOST:
        raise BadInput(TOO_LONG, most=MOST)
    last = clock.today()
    first = last - timedelta(days=options.days - 1)
    if options.login is not None:
        entries = desk.work.of(options.login, first, last)
        if options.json:
            write_json([entry_shape(entry, clock) for entry in entries])
        elif entries:
            _write_entries(entries, clock)
        else:
            raise NotFound(NOTHING_DONE)
        return 0
    rows = desk.work.view(first, last)
    if options.json:
        write_json([work_shape(row, clock) for row in rows])
    else:
        _write_work(rows, clock)
    return 0


def _write_work(rows: list[WorkRow], clock: "Clock") -> None:
    write_table(
        [
            *(_("Name"), _("New cards"), _("Talks"), _("Done"), _("Overdue")),
            *(_("Untouched"), _("To review"), _("Last seen")),
        ],
        [
            (
                row.name,
                row.new_cards,
                row.talks,
                row.done,
                row.overdue,
                row.untouched,
                row.reviews,
                row.last_seen and f"{clock.local(row.last_seen):%m-%d %H:%M}",
            )
            for row in rows
        ],
    )


def _write_entries(entries: list[WorkEntry], clock: "Clock") -> None:
    write_table(
        [_("When"), _("What"), _("Who"), _("About")],
        [
            (
                f"{clock.local(entry.at):%m-%d %H:%M}",
                labels.work(entry.kind),
                entry.name,
                entry.words if entry.words != entry.name else "",
            )
            for entry in entries
        ],
    )


def work_shape(row: WorkRow, clock: "Clock") -> Shape:
    """What a member did in a time, and what waits for him."""
    return {
        "login": row.login,
        "name": row.name,
        "new_cards": row.new_cards,
        "talks": row.talks,
        "done": row.done,
        "overdue": row.overdue,
        "untouched": row.untouched,
        "reviews": row.reviews,
        "last_seen": moment(row.last_seen, clock),
    }


def entry_shape(entry: WorkEntry, clock: "Clock") -> Shape:
    """One thing that a member did."""
    return {
        "at": moment(entry.at, clock),
        "kind": entry.kind,
        "name": entry.name,
        "words": entry.words,
        "interaction": entry.interaction,
        "todo": entry.todo,
    }


COMMANDS = {"member work": Command(declare_work, work)}
