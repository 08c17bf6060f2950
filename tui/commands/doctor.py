"""`shuke doctor`: is the box sound?"""

from dataclasses import asdict
from typing import TYPE_CHECKING

from store.errors import StorageTrouble
from store.language import _
from tui.arguments import Parser
from tui.command import Command
from tui.output import say, write_json, write_table
from tui.progress import progress_bar
from tui.session import Session

if TYPE_CHECKING:
    from store.records.doctor import Examination


def declare(parser: Parser) -> None:
    """Arguments of `shuke doctor`."""
    parser.add_argument(
        "--mend",
        action="store_true",
        help=_("first build search and lists anew, and put the files of papers right"),
    )
    parser.add_argument(
        "--thorough",
        action="store_true",
        help=_("compare every card with the index, not a sample of a big box"),
    )
    parser.json_option()


def doctor(session: Session) -> int:
    """Examine the box; 6 when something is wrong."""
    found = _examined(session)
    if session.options.json:
        write_json({"ok": found.ok, "checks": [asdict(check) for check in found.checks]})
    else:
        write_table(
            [_("Check"), _("Result"), ""],
            [
                (_(check.name), _("good") if check.ok else _("WRONG"), check.detail)
                for check in found.checks
            ],
        )
        say(_("The box is sound.") if found.ok else _("The box needs help."))
    return 0 if found.ok else StorageTrouble.exit_status


def _examined(session: Session) -> "Examination":
    """What there is to say, also of a file that cannot be opened as a box.

    Raises:
        NotFound: there is no box.
        StorageTrouble: the file is whole, and yet no box of this program.
    """
    file = session.existing_box()
    from store.doctor import examine, examine_file, mend

    try:
        store = session.store
    except StorageTrouble:
        found = examine_file(file)
        if found.ok:
            raise
        return found
    if session.options.mend:
        mend(store)
    with progress_bar(_("Examining the box")) as progress:
        return examine(store, thorough=session.options.thorough, progress=progress)


COMMANDS = {"doctor": Command(declare, doctor)}
