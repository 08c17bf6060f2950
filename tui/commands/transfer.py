"""`shuke card transfer` and `shuke card transfers`: cards handed from member to member."""

from typing import TYPE_CHECKING

from store.errors import WrongUsage
from store.language import N_, _
from store.transfer_words import handed, load, reasons
from tui.arguments import Parser, joined
from tui.command import Command
from tui.output import say, write_json, write_table
from tui.session import Session
from tui.shapes import Shape, moment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.clock import Clock
    from store.records.transfers import Suggestion, Transfer, TransferEntry

NO_RECEIVER = N_("Say to whom with --to LOGIN, or ask with --suggest.")
NO_CARDS = N_("Name the cards, or a member with --all-of LOGIN.")
CARDS_OR_ALL = N_("Name cards or --all-of, not both.")

LATEST = 100
"""Transfers that are listed."""


def declare_transfer(parser: Parser) -> None:
    """Arguments of `shuke card transfer`."""
    parser.add_argument(
        "cards",
        metavar="CARD",
        nargs="*",
        help=_("cards by number, or by texts that find exactly one each"),
    )
    parser.add_argument("--to", metavar="LOGIN", help=_("who looks after them from now on"))
    parser.add_argument("--reason", metavar="TEXT", default="", help=_("why; kept in the trail"))
    parser.add_argument(
        "--people",
        action="store_true",
        help=_("of organisations, also the people who have the same owner"),
    )
    parser.add_argument(
        "--all-of",
        dest="giver",
        metavar="LOGIN",
        help=_("everything this member looks after, with the trash and all open to-dos"),
    )
    parser.add_argument(
        "--suggest", action="store_true", help=_("hand nothing over, list who could get them")
    )
    parser.json_option()


def transfer(session: Session) -> int:
    """Hand cards over, or list who could get them."""
    options, transfers = session.options, session.desk.transfers
    if bool(options.cards) == bool(options.giver):
        raise WrongUsage(CARDS_OR_ALL if options.cards else NO_CARDS)
    if not options.to and not (options.suggest and options.cards):
        raise WrongUsage(NO_RECEIVER)
    if options.giver:
        return _told(session, transfers.hand_all(options.giver, options.to, options.reason))
    cards = [session.desk.cards.resolve(text).id for text in options.cards]
    if options.suggest:
        return _list_suggestions(session, transfers.suggest(cards))
    return _told(
        session,
        transfers.hand(cards, options.to, options.reason, with_people=options.people),
    )


def _told(session: Session, done: "Transfer") -> int:
    if session.options.json:
        write_json({"cards": done.cards, "people": done.people, "todos": done.todos})
    else:
        say(_("{what}; `shuke undo` takes back.").format(what=handed(done)))
    return 0


def _list_suggestions(session: Session, found: "Sequence[Suggestion]") -> int:
    if session.options.json:
        write_json([_suggestion_shape(each) for each in found])
    elif found:
        write_table(
            [_("Login"), _("Name"), _("Department"), _("Looks after"), _("What speaks for him")],
            [(each.login, each.name, each.department, load(each), reasons(each)) for each in found],
        )
    else:
        say(_("There is nobody who could get these cards."))
    return 0


def _suggestion_shape(each: "Suggestion") -> Shape:
    return {
        "login": each.login,
        "name": each.name,
        "department": each.department,
        "cards": each.cards,
        "key_cards": each.key_cards,
        "city_cards": each.city_cards,
        "region_cards": each.region_cards,
        "industry_cards": each.industry_cards,
        "same_department": each.same_department,
        "trainee": each.trainee,
        "reasons": reasons(each),
    }


def declare_transfers(parser: Parser) -> None:
    """Arguments of `shuke card transfers`."""
    parser.add_argument(
        "card",
        metavar="CARD",
        nargs="*",
        help=_("a card's number, or a text that finds exactly one; without it, all of yours"),
    )
    parser.add_argument("--member", metavar="LOGIN", help=_("only what this member gave or got"))
    parser.json_option()


def transfers(session: Session) -> int:
    """List past transfers: who handed what to whom, when and why."""
    desk, options = session.desk, session.options
    card = desk.cards.resolve(joined(options.card)).id if options.card else None
    found = desk.transfers.history(card, options.member, LATEST)
    if options.json:
        write_json([entry_shape(entry, session.clock) for entry in found])
    elif found:
        write_table(
            [_("When"), _("By"), _("Old owner"), _("New owner"), _("Cards"), _("Reason")],
            [
                (
                    f"{session.clock.local(entry.at):%Y-%m-%d %H:%M}",
                    entry.by,
                    entry.giver,
                    entry.receiver,
                    _cards(entry),
                    _("taken back") if entry.undone else entry.reason,
                )
                for entry in found
            ],
        )
    else:
        say(_("No card was handed over."))
    return 0


def _cards(entry: "TransferEntry") -> str:
    numbers = " ".join(entry.numbers[:3])
    more = len(entry.numbers) - 3
    return (
        _("{numbers} and {count} more").format(numbers=numbers, count=more) if more > 0 else numbers
    )


def entry_shape(entry: "TransferEntry", clock: "Clock") -> Shape:
    """A transfer of the past."""
    return {
        "at": moment(entry.at, clock),
        "by": entry.by,
        "from": entry.giver,
        "to": entry.receiver,
        "reason": entry.reason,
        "cards": list(entry.numbers),
        "todos": entry.todos,
        "undone": entry.undone,
    }


COMMANDS = {
    "card transfer": Command(declare_transfer, transfer),
    "card transfers": Command(declare_transfers, transfers),
}
