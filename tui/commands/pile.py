"""`shuke pile`: forgotten cards, in the order in which the walk takes them up."""

from store import grade_words, labels, pile_words
from store.language import _
from tui.arguments import Parser, positive
from tui.command import Command
from tui.commands.cards import listed_shape
from tui.output import complain, say, write_json, write_table
from tui.session import Session

USUAL_LIMIT = 30


def declare(parser: Parser) -> None:
    """Arguments of `shuke pile`."""
    parser.add_argument("--mine", action="store_true", help=_("only your own"))
    parser.add_argument(
        "--limit",
        metavar="N",
        type=positive,
        default=USUAL_LIMIT,
        help=_("how many cards at most (30 unless said otherwise)"),
    )
    parser.json_option()


def pile(session: Session) -> int:
    """List the pile; 1 when nothing lies there."""
    options, clock, desk = session.options, session.clock, session.desk
    found = desk.pile.page(options.limit, options.mine)
    if options.json:
        write_json(
            [
                {**listed_shape(card.row, clock), "reasons": list(card.reasons), "mine": card.mine}
                for card in found
            ]
        )
    elif found:
        write_table(
            [
                *(_("Number"), _("Name"), _("Organisation"), _("Level"), _("Likelihood")),
                *(_("Value grade"), _("Why"), _("Looked after by")),
            ],
            [
                (
                    *(card.row.number, card.row.name, card.row.organisation),
                    labels.lifecycle(card.row.lifecycle),
                    labels.likelihood(card.row.likelihood),
                    grade_words.value(card.row),
                    pile_words.reasons(card, clock),
                    card.row.owner,
                )
                for card in found
            ],
        )
        say(_("On the screen, w on the cards takes them up one by one."))
    else:
        complain(_("Nothing lies in the pile: every card is classified and looked after."))
    return 0 if found else 1


COMMANDS = {"pile": Command(declare, pile)}
