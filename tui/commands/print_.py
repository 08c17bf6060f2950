"""`shuke print`: a card as a page laid out like the paper form, or a form to fill in by hand."""

from pathlib import Path

from store.errors import WrongUsage
from store.language import N_, _
from store.records.cards import KINDS
from store.records.exchange import BLANKS, PAGE_FORMATS, PAGES
from tui.arguments import Parser, joined
from tui.command import Command
from tui.output import complain
from tui.session import Session
from tui.standard_streams import DASH, binary_output

ONE_OF_THEM = N_("Say which card to print, or --blank person or organisation for an empty form.")
NO_BLANK = N_("Only {known} are printed as empty forms.")


def declare(parser: Parser) -> None:
    """Arguments of `shuke print`."""
    parser.add_argument(
        "card",
        metavar="CARD",
        nargs="*",
        help=_("a card's number, or a text that finds exactly one"),
    )
    parser.add_argument(
        "--sheet",
        choices=PAGES,
        default="card",
        help=_("which sheet: card (as on paper), survey, network, briefing"),
    )
    parser.add_argument(
        "--blank", metavar="KIND", choices=KINDS, help=_("an empty form: person or organisation")
    )
    parser.add_argument(
        "--format",
        metavar="FORMAT",
        choices=PAGE_FORMATS,
        help=_("as a page: html or text (from the file's ending, else text)"),
    )
    parser.file_argument(
        "-o",
        dest="output",
        metavar="FILE",
        help=_("the file to write the page to; - for standard output"),
    )


def print_page(session: Session) -> int:
    """Write a page to a file or to standard output; the trail notes a card that goes out."""
    options, desk = session.options, session.desk
    if bool(options.card) == bool(options.blank):
        raise WrongUsage(ONE_OF_THEM)
    if options.blank and options.sheet not in BLANKS:
        raise WrongUsage(NO_BLANK, known=", ".join(BLANKS))
    output = options.output or DASH
    file = Path(output).expanduser()
    form = options.format or ("html" if file.suffix.lower() in (".html", ".htm") else "text")
    exchange = desk.exchange
    if options.blank:
        if output == DASH:
            exchange.print_blank(options.sheet, options.blank, form, binary_output(text=True))
            return 0
        exchange.print_blank_file(options.sheet, options.blank, form, file)
    else:
        card = desk.cards.resolve(joined(options.card)).id
        if output == DASH:
            exchange.print_card(options.sheet, card, form, binary_output(text=True))
            return 0
        exchange.print_card_file(options.sheet, card, form, file)
    complain(_("The page is in {file}.").format(file=output))
    return 0


COMMANDS = {"print": Command(declare, print_page)}
