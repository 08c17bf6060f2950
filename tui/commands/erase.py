"""`shuke card erase`: a card taken away for good, because its customer demands it."""

from dataclasses import asdict
from typing import TYPE_CHECKING

from store.errors import BadInput
from store.language import N_, _
from tui.arguments import Parser
from tui.asking import typed
from tui.command import Command
from tui.output import complain, say, write_json
from tui.session import Session

if TYPE_CHECKING:
    from store.desk import Desk

NOT_TYPED = N_("That is not {number}: nothing was erased.")

QUESTION = N_(
    "{number} goes for good, with everything on it and what the trail says of it. Type the number "
    "again:"
)

COPIES = N_(
    "Backups from before still hold the card: let them run out or delete them, and copies on "
    "other machines too."
)


def declare(parser: Parser) -> None:
    """Arguments of `shuke card erase`."""
    parser.add_argument(
        "card", metavar="CARD", help=_("the card's number; a text where you see the card")
    )
    parser.add_argument(
        "--reason",
        metavar="TEXT",
        required=True,
        help=_("why, as the trail keeps it: the customer's demand and its date"),
    )
    parser.add_argument(
        "--yes", action="store_true", help=_("do not ask for the number to be typed again")
    )
    parser.json_option()


def erase(session: Session) -> int:
    """Erase a card for good; its number is typed again first."""
    options, desk = session.options, session.desk
    card_id, number = _meant(desk, options.card)
    if not options.yes and typed(_(QUESTION).format(number=number)).upper() != number:
        raise BadInput(NOT_TYPED, number=number)
    erasure = desk.audit.erase(card_id, options.reason)
    if options.json:
        write_json(asdict(erasure))
        return 0
    told = _("{number} is erased: {records} records are gone, {blanked} changes are blanked.")
    say(told.format(number=number, records=erasure.records, blanked=erasure.blanked))
    if erasure.shared:
        told = _("Talks with other customers as well, which stay without the name: {count}.")
        say(told.format(count=erasure.shared))
    complain(_(COPIES))
    return 0


def _meant(desk: "Desk", text: str) -> tuple[int, str]:
    """Id and number of the card that is meant; a number needs no sight of the card."""
    number = text.strip().upper()
    if number[:1] in ("P", "O") and number[1:].isdigit():
        return desk.audit.to_erase(number), number
    row = desk.cards.resolve(text)
    return desk.audit.to_erase(row.number), row.number


COMMANDS = {"card erase": Command(declare, erase)}
