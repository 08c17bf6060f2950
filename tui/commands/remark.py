"""`shuke remark`: a word to a colleague about a card, listed, answered, done with."""

from collections.abc import Sequence

from store.clock import Clock
from store.language import _
from store.records.remarks import RemarkRow
from tui.arguments import Parser, joined, positive
from tui.command import Command
from tui.output import say, write_json, write_table
from tui.session import Session
from tui.shapes import remark_shape

NO_CARD = "-"
"""Stands for no card."""


def declare(parser: Parser) -> None:
    """Arguments of `shuke remark`."""
    parser.add_argument(
        "card",
        metavar="CARD",
        help=_("a card's number, or a text that finds exactly one; - for none"),
    )
    parser.add_argument("to", metavar="@LOGIN", help=_("whom: login, name, pinyin or initials"))
    parser.add_argument("text", metavar="TEXT", nargs="+", help=_("what to tell"))
    parser.json_option()


def remark(session: Session) -> int:
    """Tell a colleague something."""
    desk, options = session.desk, session.options
    card = None if options.card == NO_CARD else desk.cards.resolve(options.card).id
    _tell(session, desk.remarks.write_line(joined([options.to, *options.text]), card))
    return 0


def declare_list(parser: Parser) -> None:
    """Arguments of `shuke remark list`."""
    parser.add_argument("--sent", action="store_true", help=_("what you told others"))
    parser.json_option()


def list_remarks(session: Session) -> int:
    """List what waits for the member, or what he wrote."""
    remarks = session.desk.remarks
    found = remarks.sent() if session.options.sent else remarks.open()
    if session.options.json:
        write_json([remark_shape(row, session.clock) for row in found])
    elif found:
        write_remarks(found, session.clock)
    else:
        say(_("Nothing told."))
    return 0


def declare_answer(parser: Parser) -> None:
    """Arguments of `shuke remark answer`."""
    parser.add_argument(
        "id", metavar="ID", type=positive, help=_("a number as `shuke remark list` shows")
    )
    parser.add_argument("text", metavar="TEXT", nargs="+", help=_("the answer"))
    parser.json_option()


def answer(session: Session) -> int:
    """Answer a remark; it leaves Today."""
    options = session.options
    _tell(session, session.desk.remarks.answer(options.id, joined(options.text)))
    return 0


def declare_done(parser: Parser) -> None:
    """Arguments of `shuke remark done`."""
    parser.add_argument(
        "id", metavar="ID", nargs="+", type=positive, help=_("numbers as `shuke remark list` shows")
    )
    parser.json_option()


def done(session: Session) -> int:
    """Be done with remarks."""
    remarks = session.desk.remarks
    remarks.done(session.options.id)
    rows = [remarks.get(number) for number in session.options.id]
    if session.options.json:
        write_json([remark_shape(row, session.clock) for row in rows])
    else:
        for row in rows:
            say(_("Done: {title}").format(title=" ".join(row.text.split())))
    return 0


def _tell(session: Session, row: RemarkRow) -> None:
    if session.options.json:
        write_json(remark_shape(row, session.clock))
    else:
        say(_("Told {name}.").format(name=row.addressee))


def write_remarks(rows: Sequence[RemarkRow], clock: Clock) -> None:
    """Write remarks as a table."""
    write_table(
        [_("No."), _("When"), _("Written by"), _("Written to"), _("Card"), _("What"), ""],
        [
            (
                row.id,
                f"{clock.local(row.at):%Y-%m-%d %H:%M}",
                row.author,
                row.addressee,
                row.card_name or "",
                " ".join(row.text.split()),
                _("done") if row.done_at else "",
            )
            for row in rows
        ],
    )


COMMANDS = {
    "remark": Command(declare, remark),
    "remark list": Command(declare_list, list_remarks),
    "remark answer": Command(declare_answer, answer),
    "remark done": Command(declare_done, done),
}
