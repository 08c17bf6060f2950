"""`shuke outbox` and `shuke inbox`: a member's files on the server, fetched and brought by ssh."""

import shutil
import sys
from typing import TYPE_CHECKING

from store.errors import WrongUsage
from store.language import N_, _
from tui.arguments import Parser
from tui.command import Command
from tui.output import complain, say, write_json, write_table
from tui.session import Session
from tui.shapes import moment
from tui.standard_streams import binary_output

if TYPE_CHECKING:
    from store.shelf import Shelf

TEXT_ENDINGS = (".csv", ".vcf", ".ics", ".json", ".txt", ".html")
"""Files that a terminal can show."""

NOTHING_COMES = N_("Send the file along: `… shuke inbox put NAME < FILE`.")


def declare_list(parser: Parser) -> None:
    """Arguments of `shuke outbox list`."""
    parser.json_option()


def declare_name(parser: Parser) -> None:
    """Arguments of the commands that name a file."""
    parser.add_argument("name", metavar="NAME", help=_("the file's name, as the list shows it"))


def list_outbox(session: Session) -> int:
    """List what waits to be fetched."""
    return _list(session, session.desk.outbox)


def list_inbox(session: Session) -> int:
    """List what was brought."""
    return _list(session, session.desk.inbox)


def _list(session: Session, shelf: "Shelf") -> int:
    files, clock = shelf.list(), session.clock
    if session.options.json:
        write_json(
            [{"name": file.name, "size": file.size, "at": moment(file.at, clock)} for file in files]
        )
    elif files:
        write_table(
            [_("File"), _("Bytes"), _("Since")],
            [(file.name, file.size, f"{clock.local(file.at):%Y-%m-%d %H:%M}") for file in files],
        )
    else:
        say(_("There is no file here. They stay for seven days."))
    return 0


def get(session: Session) -> int:
    """Write a file to standard output."""
    name = session.options.name
    path = session.desk.outbox.path_of(name)
    output = binary_output(text=name.endswith(TEXT_ENDINGS))
    with path.open("rb") as file:
        shutil.copyfileobj(file, output)
    output.flush()
    return 0


def drop_outbox(session: Session) -> int:
    """Throw a file away that was to be fetched."""
    return _drop(session, session.desk.outbox)


def drop_inbox(session: Session) -> int:
    """Throw a file away that was brought."""
    return _drop(session, session.desk.inbox)


def _drop(session: Session, shelf: "Shelf") -> int:
    shelf.drop(session.options.name)
    say(_("{name} is gone.").format(name=session.options.name))
    return 0


def put(session: Session) -> int:
    """Keep what comes on standard input."""
    if sys.stdin.isatty():
        raise WrongUsage(NOTHING_COMES)
    file = session.desk.inbox.put(session.options.name, sys.stdin.buffer)
    kept = _("{name} ({size} bytes) is in your inbox: the program offers it under Import.")
    complain(kept.format(name=file.name, size=file.size))
    return 0


COMMANDS = {
    "outbox list": Command(declare_list, list_outbox),
    "outbox get": Command(declare_name, get),
    "outbox drop": Command(declare_name, drop_outbox),
    "inbox list": Command(declare_list, list_inbox),
    "inbox put": Command(declare_name, put),
    "inbox drop": Command(declare_name, drop_inbox),
}
