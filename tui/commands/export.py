"""`shuke export`: what the member sees, as a file."""

from pathlib import Path

from store.language import _
from store.records.exchange import FORMATS
from tui.arguments import Parser
from tui.command import Command
from tui.output import complain
from tui.session import Session
from tui.standard_streams import DASH, binary_output

TEXT_FORMATS = frozenset({"csv", "vcf", "ics", "json"})
"""Formats that a terminal can show."""


def declare(parser: Parser) -> None:
    """Arguments of `shuke export`."""
    parser.add_argument(
        "what",
        metavar="WHAT",
        help=_("one of: cards interactions todos dates papers relations referrals clubs trail all"),
    )
    parser.add_argument(
        "--format",
        metavar="FORMAT",
        help=_("csv xlsx vcf ics json (from the file's ending, else csv, for all of it json)"),
    )
    parser.add_argument(
        "--segment", metavar="NAME", help=_("only the cards of a saved filter, and what is on them")
    )
    parser.file_argument(
        "-o",
        dest="output",
        metavar="FILE",
        default=DASH,
        help=_("the file to write (standard output)"),
    )


def export(session: Session) -> int:
    """Write cards, talks, to-dos or dates; a file appears only when it is whole."""
    options = session.options
    file = Path(options.output).expanduser()
    form = (options.format or _usual_format(options.what, file)).lower()
    exchange = session.desk.exchange
    query = None
    if options.segment:
        query = session.desk.segments.named(options.segment).query
    if options.output == DASH:
        count = exchange.export(options.what, form, binary_output(form in TEXT_FORMATS), query)
        return _told(count)
    count = exchange.export_file(options.what, form, file, query)
    return _told(count)


def _told(count: int) -> int:
    complain(_("{count} exported.").format(count=count))
    return 0


def _usual_format(what: str, file: Path) -> str:
    ending = file.suffix.lower().lstrip(".")
    if ending in FORMATS:
        return ending
    return "json" if what == "all" else "csv"


COMMANDS = {"export": Command(declare, export)}
