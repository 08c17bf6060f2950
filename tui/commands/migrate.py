"""`shuke migrate`: a shared box is brought to the schema of the program by hand, and only so."""

from typing import TYPE_CHECKING

from store.language import _
from tui.arguments import Parser
from tui.command import Command
from tui.output import say, write_json
from tui.session import Session

if TYPE_CHECKING:
    from pathlib import Path


def declare(parser: Parser) -> None:
    """Arguments of `shuke migrate`."""
    parser.json_option()


def migrate(session: Session) -> int:
    """Bring the box up to date, after a copy of it was made; open sessions end by themselves."""
    from store.backups import copies_of
    from store.database import SCHEMA, open_store, schema_of

    file = session.existing_box()
    before = schema_of(file)
    store = open_store(session.url, session.clock, migrating=True)
    store.close()
    copy = next((each.file for each in copies_of(file) if each.before_migration), None)
    if session.options.json:
        write_json({"from": before, "to": SCHEMA, "copy": _name(copy if before < SCHEMA else None)})
    elif before == SCHEMA:
        say(_("The box is up to date already."))
    else:
        say(_("The box is up to date. As it was before, it is kept in {file}.").format(file=copy))
    return 0


def _name(copy: "Path | None") -> str | None:
    return None if copy is None else str(copy)


COMMANDS = {"migrate": Command(declare, migrate)}
