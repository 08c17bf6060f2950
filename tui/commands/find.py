"""`shuke find`: cards by two letters."""

from store import labels
from store.language import _
from tui.arguments import Parser, joined, positive
from tui.command import Command
from tui.output import complain, write_json, write_table
from tui.session import Session
from tui.shapes import card_shape

USUAL_LIMIT = 20
"""Cards that are listed unless another number is asked for."""


def declare(parser: Parser) -> None:
    """Arguments of `shuke find`."""
    parser.add_argument(
        "text",
        metavar="TEXT",
        nargs="+",
        help=_("characters, pinyin or initials of a name, the end of a phone number, any words"),
    )
    parser.add_argument(
        "--limit",
        metavar="N",
        type=positive,
        default=USUAL_LIMIT,
        help=_("how many cards at most (20 unless said otherwise)"),
    )
    parser.json_option()


def find(session: Session) -> int:
    """List the cards that a text finds, the likeliest first; 1 when there is none."""
    text = joined(session.options.text)
    found = session.desk.cards.find(text, session.options.limit)
    if session.options.json:
        write_json([card_shape(row) for row in found])
    elif found:
        write_table(
            [
                _("Number"),
                _("Name"),
                _("Organisation"),
                _("Title"),
                _("Phone"),
                _("Level"),
                _("Likelihood"),
                _("Looked after by"),
            ],
            [
                (
                    row.number,
                    row.name,
                    row.organisation,
                    row.title,
                    row.phone,
                    labels.lifecycle(row.lifecycle),
                    labels.likelihood(row.likelihood),
                    row.owner,
                )
                for row in found
            ],
        )
    else:
        complain(_("No card fits “{text}”.").format(text=text))
    return 0 if found else 1


COMMANDS = {"find": Command(declare, find)}
