"""Opening the app: what must be settled before Textual is imported."""

import gc
import os
import sys
from typing import TYPE_CHECKING

from store.errors import NotFound, WrongUsage
from store.language import N_, _
from tui.asking import agreed
from tui.box_place import BEGIN
from tui.memory import keep_one_heap
from tui.session import Session

if TYPE_CHECKING:
    from tui.app import ShukeApp

NO_TERMINAL = N_(
    "`shuke` needs a terminal to open in; its commands do not, such as `shuke find` "
    "(see `shuke --help`)."
)

USUAL_COLOR = "256"
"""What is sent over SSH unless the configuration says otherwise."""

FEW_COLOURS = ("linux", "ansi", "cygwin", "vt100", "vt102", "vt220")
"""Names (TERM) of terminals that do not know 256 colours; so do those that end in `-16color`."""

COLOR_SYSTEMS = {"256": "256", "16": "standard", "truecolor": "truecolor"}
"""What Textual calls our numbers of colours."""


def open_app(session: Session) -> int:
    """Open the app and stay until it is left; gives its exit status.

    Raises:
        WrongUsage: there is no terminal.
        StorageTrouble: no box can be at the place that was named.
    """
    if not all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        raise WrongUsage(NO_TERMINAL)
    if not _may_begin(session):
        return NotFound.exit_status
    color = session.configuration.get("color") or usual_color(os.environ.get("TERM", ""))
    prepare_environment(str(color))
    session.prepare()
    gc.enable()
    keep_one_heap()
    app = _app(session)
    app.run()
    return app.return_code or 0


def _app(session: Session) -> "ShukeApp":
    """The app; over SSH the one that reaches nothing but the box."""
    if session.visit is None:
        from tui.app import ShukeApp

        return ShukeApp(session)
    from tui.restricted_app import RestrictedApp

    return RestrictedApp(session)


def _may_begin(session: Session) -> bool:
    """Ask about a box that was named and is not there; True when the app is to be opened."""
    new = session.new_box()
    if new is not None:
        session.agreed_to_begin = agreed(_(BEGIN).format(file=new))
    return new is None or session.agreed_to_begin


def usual_color(terminal: str) -> str:
    """How many colours a terminal is sent unless the configuration says otherwise.

    Args:
        terminal: the name of the terminal, as in TERM.
    """
    has_few = terminal in FEW_COLOURS or terminal.endswith(("-16color", "-8color"))
    return "16" if has_few else USUAL_COLOR


def prepare_environment(color: str) -> None:
    """Set what Textual reads when it is imported; what the user set himself stays.

    Its use of the Kitty keyboard protocol garbles what an input method commits in several
    terminals.
    """
    os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
    os.environ.setdefault("TEXTUAL_COLOR_SYSTEM", COLOR_SYSTEMS[color])
    os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
