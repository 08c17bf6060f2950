"""Opening the app: what must be settled before Textual is imported."""

import gc
import os
import sys

from store.errors import WrongUsage
from store.language import N_
from tui.session import Session

NO_TERMINAL = N_(
    "`shuke` needs a terminal to open in; its commands do not, such as `shuke find` "
    "(see `shuke --help`)."
)

USUAL_COLOR = "256"
"""What is sent over SSH unless the configuration says otherwise."""

COLOR_SYSTEMS = {"256": "256", "16": "standard", "truecolor": "truecolor"}
"""What Textual calls our numbers of colours."""


def open_app(session: Session) -> int:
    """Open the app and stay until it is left; gives its exit status.

    Raises:
        WrongUsage: there is no terminal.
    """
    if not all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        raise WrongUsage(NO_TERMINAL)
    prepare_environment(str(session.configuration.get("color") or USUAL_COLOR))
    session.prepare()
    gc.enable()
    from tui.app import ShukeApp

    app = ShukeApp(session)
    app.run()
    return app.return_code or 0


def prepare_environment(color: str) -> None:
    """Set what Textual reads when it is imported; what the user set himself stays.

    Its use of the Kitty keyboard protocol garbles what an input method commits in several
    terminals.
    """
    os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
    os.environ.setdefault("TEXTUAL_COLOR_SYSTEM", COLOR_SYSTEMS[color])
    os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
