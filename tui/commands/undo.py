"""`shuke undo` and `shuke redo`: the way back, and forth again."""

from store import labels
from store.language import _, listed
from store.records.trail import Undone
from tui.arguments import Parser
from tui.command import Command
from tui.output import complain, say
from tui.session import Session


def declare(parser: Parser) -> None:
    """`shuke undo` and `shuke redo` take no arguments of their own."""


def undo(session: Session) -> int:
    """Take back the member's last change that still stands."""
    undone = session.desk.trail.undo()
    summary = labels.undone(_(undone.summary), undone.about)
    say(_("Taken back: {summary}").format(summary=summary))
    return _tell_left(undone)


def redo(session: Session) -> int:
    """Do again what the last undo took back."""
    undone = session.desk.trail.redo()
    summary = labels.undone(_(undone.summary), undone.about)
    say(_("Done again: {summary}").format(summary=summary))
    return _tell_left(undone)


def _tell_left(undone: Undone) -> int:
    if undone.left:
        complain(
            _("Changed since by somebody, and left as it is: {left}").format(
                left=listed(undone.left)
            )
        )
    return 0


COMMANDS = {"undo": Command(declare, undo), "redo": Command(declare, redo)}
