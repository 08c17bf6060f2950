"""`shuke log`: a talk in one line."""

from store.language import _
from tui.arguments import Parser, joined
from tui.command import Command
from tui.output import say, write_json
from tui.session import Session


def declare(parser: Parser) -> None:
    """Arguments of `shuke log`."""
    parser.add_argument(
        "card", metavar="CARD", help=_("a card's number, or a text that finds exactly one")
    )
    parser.add_argument(
        "text",
        metavar="TEXT",
        nargs="+",
        help=_("how and what: phone talked about prices *4 @+3d call back +send samples @tomorrow"),
    )
    parser.json_option()


def log(session: Session) -> int:
    """Log a talk with a card, and the to-dos that the line names."""
    interactions = session.desk.interactions
    card = session.desk.cards.resolve(session.options.card)
    text = joined(session.options.text)
    understood = interactions.read_line(text, card.id).understood
    logged = interactions.log_line(text, card.id)
    if session.options.json:
        write_json({"id": logged.id})
        return 0
    say(_("Logged with {name} ({number}).").format(name=card.name, number=card.number))
    for sentence in understood:
        say(f"  {sentence}")
    return 0


COMMANDS = {"log": Command(declare, log)}
