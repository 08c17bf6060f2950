"""`shuke loan`: cards and papers that are lent, asked for, given back."""

import re
from collections.abc import Callable, Sequence

from store import loan_words
from store.errors import WrongUsage
from store.language import N_, _, listed
from store.records.loans import LoanRow
from tui.arguments import Parser, joined, positive, read_date
from tui.command import Command
from tui.output import say, write_json, write_table
from tui.session import Session
from tui.shapes import loan_shape, moment

ALL_OR_SECTIONS = N_("Say either --sections or --whole.")


def declare_ask(parser: Parser) -> None:
    """Arguments of `shuke loan ask`."""
    parser.add_argument(
        "card",
        metavar="CARD",
        nargs="+",
        help=_("a card's number, also of one that you do not see, or a text"),
    )
    _declare_sections(parser, _("only these sections, with commas between (without: all)"))
    parser.add_argument(
        "--days", metavar="N", type=positive, default=3, help=_("for so many days (3)")
    )
    parser.add_argument("--reason", metavar="TEXT", default="", help=_("what it is needed for"))
    parser.json_option()


def ask(session: Session) -> int:
    """Ask to see a card."""
    options, loans = session.options, session.desk.loans
    card = loans.named(joined(options.card))
    loan = loans.ask(
        card,
        _sections(options.sections),
        options.days,
        options.reason,
    )
    if options.json:
        write_json(loan_shape(loan, session.clock))
        return 0
    asked = listed(loans.asked_of(card))
    say(_("Request {number}: {names} will answer.").format(number=loan.id, names=asked or "-"))
    return 0


def _declare_sections(parser: Parser, purpose: str) -> None:
    parser.add_argument("--sections", metavar="SECTION,…", help=purpose)


def _sections(text: str | None) -> list[str] | None:
    """Sections with commas between, Chinese ones too; None where none were named."""
    if text is None:
        return None
    return [part.strip() for part in re.split("[,，、]", text) if part.strip()]


def declare_list(parser: Parser) -> None:
    """Arguments of `shuke loan list`."""
    parser.add_argument(
        "card",
        metavar="CARD",
        nargs="*",
        help=_("only those of this card, with when it was read"),
    )
    parser.json_option()


def list_loans(session: Session) -> int:
    """List requests to decide on, one's own loans, and what is out."""
    loans = session.desk.loans
    if session.options.card:
        return _list_of_card(session, loans.named(joined(session.options.card)))
    parts = {
        "requests": (_("To decide"), loans.requests()),
        "mine": (_("Mine"), loans.mine()),
        "lent": (_("Lent out"), loans.lent()),
    }
    if session.options.json:
        write_json(
            {
                key: [loan_shape(loan, session.clock) for loan in found]
                for key, (_title, found) in parts.items()
            }
        )
        return 0
    shown = [(title, found) for title, found in parts.values() if found]
    for place, (title, found) in enumerate(shown):
        if place:
            say()
        say(title)
        write_loans(session, found)
    if not shown:
        say(_("Nothing is lent, and nobody asks."))
    return 0


def _list_of_card(session: Session, card: int) -> int:
    loans = session.desk.loans
    found = loans.of_card(card)
    readings = {loan.id: loans.reads(loan.id) for loan in found}
    if session.options.json:
        write_json(
            [
                {
                    **loan_shape(loan, session.clock),
                    "reads": [moment(read.at, session.clock) for read in readings[loan.id]],
                }
                for loan in found
            ]
        )
    elif found:
        write_loans(session, found)
        for loan in found:
            for read in readings[loan.id]:
                when = f"{session.clock.local(read.at):%Y-%m-%d %H:%M}"
                say(_("{number}: read {when}").format(number=loan.id, when=when))
    else:
        say(_("Nothing is lent, and nobody asks."))
    return 0


def write_loans(session: Session, loans: Sequence[LoanRow]) -> None:
    """Write loans as a table."""
    write_table(
        [_("No."), _("Card"), "", _("Who"), _("What is lent"), _("State"), _("Reason")],
        [
            (
                loan.id,
                loan.number,
                loan.name,
                loan.borrower,
                loan_words.what(loan),
                loan_words.state(loan, session.clock),
                loan.answer or loan.reason,
            )
            for loan in loans
        ],
    )


def _declare_number(parser: Parser) -> None:
    parser.add_argument(
        "id", metavar="ID", type=positive, help=_("its number, as `shuke loan list` shows")
    )
    parser.json_option()


def declare_approve(parser: Parser) -> None:
    """Arguments of `shuke loan approve`."""
    _declare_number(parser)
    _declare_sections(parser, _("only these sections, with commas between"))
    parser.add_argument("--whole", action="store_true", help=_("the whole card"))
    parser.add_argument("--days", metavar="N", type=positive, help=_("for so many days"))
    parser.add_argument("--reason", metavar="TEXT", default="", help=_("a word with it"))


def approve(session: Session) -> int:
    """Let somebody see a card."""
    options, loans = session.options, session.desk.loans
    if options.whole and options.sections:
        raise WrongUsage(ALL_OR_SECTIONS)
    return _told(
        session,
        loans.approve(
            options.id,
            days=options.days,
            sections=_sections(options.sections),
            whole=options.whole,
            answer=options.reason,
        ),
    )


def declare_refuse(parser: Parser) -> None:
    """Arguments of `shuke loan refuse` and `shuke loan recall`."""
    _declare_number(parser)
    parser.add_argument("--reason", metavar="TEXT", default="", help=_("why"))


def refuse(session: Session) -> int:
    """Refuse a request."""
    return _told(session, session.desk.loans.refuse(session.options.id, session.options.reason))


def recall(session: Session) -> int:
    """Take a loan back before its end."""
    return _told(session, session.desk.loans.recall(session.options.id, session.options.reason))


def give_back(session: Session) -> int:
    """Return a loan, or withdraw a request."""
    return _told(session, session.desk.loans.give_back(session.options.id))


def declare_paper(parser: Parser) -> None:
    """Arguments of `shuke loan paper`."""
    parser.add_argument(
        "card", metavar="CARD", help=_("a card's number, or a text that finds exactly one")
    )
    parser.add_argument("--to", metavar="LOGIN", required=True, help=_("who takes it"))
    parser.add_argument(
        "--what", metavar="TEXT", required=True, help=_("which paper; no originals")
    )
    parser.add_argument("--pages", metavar="N", type=positive, help=_("how many pages"))
    parser.add_argument(
        "--due", metavar="DATE", type=read_date, required=True, help=_("back by this day")
    )
    parser.add_argument("--reason", metavar="TEXT", default="", help=_("what it is needed for"))
    parser.add_argument(
        "--approved-by", metavar="LOGIN", help=_("who approved it, if it was not you")
    )
    parser.json_option()


def paper(session: Session) -> int:
    """Note that a paper leaves the shelf."""
    options = session.options
    card = session.desk.cards.resolve(options.card).id
    return _told(
        session,
        session.desk.loans.paper(
            card,
            options.to,
            options.what,
            options.due,
            options.pages,
            options.reason,
            options.approved_by,
        ),
    )


def _told(session: Session, loan: LoanRow) -> int:
    if session.options.json:
        write_json(loan_shape(loan, session.clock))
    else:
        write_loans(session, [loan])
    return 0


_RUN: dict[str, tuple[Callable[[Parser], None], Callable[[Session], int]]] = {
    "ask": (declare_ask, ask),
    "list": (declare_list, list_loans),
    "approve": (declare_approve, approve),
    "refuse": (declare_refuse, refuse),
    "return": (_declare_number, give_back),
    "recall": (declare_refuse, recall),
    "paper": (declare_paper, paper),
}

COMMANDS = {f"loan {name}": Command(*parts) for name, parts in _RUN.items()}
