"""`shuke paper volume`: closing a class and year of papers, and what the volumes hold."""

from store import paper_words
from store.exchange.paper_table import volume_shape
from store.language import _
from store.records.papers import VolumeRow
from tui.arguments import Parser, positive
from tui.command import Command
from tui.commands.paper import class_named, declare_page, write_page
from tui.output import say, write_json, write_table
from tui.session import Session


def declare_close(parser: Parser) -> None:
    """Arguments of `shuke paper volume close`."""
    parser.add_argument(
        "--class",
        dest="paper_class",
        metavar="CLASS",
        required=True,
        help=_("basic, contract, debt, trade or return"),
    )
    parser.add_argument(
        "--year", metavar="YEAR", type=positive, required=True, help=_("the year of the papers")
    )
    parser.add_argument("--title", metavar="TEXT", default="", help=_("what the volume is called"))
    parser.add_argument("--shelf", metavar="TEXT", default="", help=_("where it is put"))
    parser.json_option()


def close(session: Session) -> int:
    """Close the open papers of a class and year into a volume."""
    options = session.options
    volume = session.desk.volumes.close(
        class_named(options.paper_class), options.year, options.title, options.shelf
    )
    return _told(session, volume)


def _told(session: Session, volume: VolumeRow) -> int:
    if session.options.json:
        write_json(volume_shape(volume, session.clock))
    else:
        _write([volume])
    return 0


def _write(found: list[VolumeRow]) -> None:
    write_table(
        [
            _("Volume"),
            _("Class"),
            _("Year"),
            _("Volume title"),
            _("Papers"),
            _("Pages"),
            _("Shelf place"),
        ],
        [
            (
                volume.number,
                paper_words.class_title(volume.paper_class),
                volume.year,
                volume.title,
                volume.papers,
                volume.pages or "",
                volume.shelf,
            )
            for volume in found
        ],
    )


def declare_list(parser: Parser) -> None:
    """Arguments of `shuke paper volume list`."""
    parser.add_argument(
        "--class", dest="paper_class", metavar="CLASS", default="", help=_("only this class")
    )
    parser.add_argument("--year", metavar="YEAR", type=positive, help=_("only of this year"))
    parser.json_option()


def list_volumes(session: Session) -> int:
    """List the volumes."""
    options = session.options
    found = session.desk.volumes.all(class_named(options.paper_class), options.year)
    if options.json:
        write_json([volume_shape(volume, session.clock) for volume in found])
    elif found:
        _write(found)
    else:
        say(_("No volume is closed yet."))
    return 0


def _declare_number(parser: Parser) -> None:
    parser.add_argument("number", metavar="NUMBER", help=_("a volume's number, such as J2025-V1"))


def declare_contents(parser: Parser) -> None:
    """Arguments of `shuke paper volume contents`."""
    _declare_number(parser)
    declare_page(parser)


def contents(session: Session) -> int:
    """Write the table of contents of a volume, with its label, to be printed."""
    volumes = session.desk.volumes
    volume = volumes.named(session.options.number)
    return write_page(session, lambda form: volumes.print_contents(volume.id, form))


def declare_shelve(parser: Parser) -> None:
    """Arguments of `shuke paper volume shelve`."""
    _declare_number(parser)
    parser.add_argument("shelf", metavar="TEXT", help=_("where it is put"))
    parser.json_option()


def shelve(session: Session) -> int:
    """Say where a volume is."""
    volumes = session.desk.volumes
    volume = volumes.named(session.options.number)
    return _told(session, volumes.shelve(volume.id, session.options.shelf))


def declare_reopen(parser: Parser) -> None:
    """Arguments of `shuke paper volume reopen`."""
    _declare_number(parser)
    parser.add_argument(
        "--reason", metavar="TEXT", required=True, help=_("why, as the trail keeps it")
    )


def reopen(session: Session) -> int:
    """Open a volume again, so that its papers can be changed."""
    volumes = session.desk.volumes
    volume = volumes.named(session.options.number)
    count = volumes.reopen(volume.id, session.options.reason)
    say(_("{number} is open again: {count} papers.").format(number=volume.number, count=count))
    return 0


COMMANDS = {
    "paper volume close": Command(declare_close, close),
    "paper volume list": Command(declare_list, list_volumes),
    "paper volume contents": Command(declare_contents, contents),
    "paper volume shelve": Command(declare_shelve, shelve),
    "paper volume reopen": Command(declare_reopen, reopen),
}
