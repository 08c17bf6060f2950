"""`shuke` without a command: the app, the list of commands, the version."""

from typing import TYPE_CHECKING

from store.errors import WrongUsage
from store.language import N_, _
from tui.command_table import COMMANDS, group
from tui.config import Configuration
from tui.output import say, write_pairs
from tui.visit import Visit

if TYPE_CHECKING:
    from argparse import Namespace

INCOMPLETE = N_("Say what to do: {commands}.")
NEXT_TO_NOTHING = N_("`shuke` alone opens the card box. Commands:")
MORE = N_("`shuke COMMAND --help` tells what a command takes.")


def run(
    name: str, arguments: list[str], configuration: Configuration, visit: Visit | None = None
) -> int:
    """Open the app, or help with what was begun: `shuke --help`, `shuke card`.

    Raises:
        WrongUsage: only half of a command was given, or an option is unknown.
    """
    if "-h" in arguments or "--help" in arguments:
        return _help(name, over_ssh=visit is not None)
    if "--version" in arguments:
        return _version()
    if name:
        raise WrongUsage(INCOMPLETE, commands=", ".join(f"shuke {one}" for one in group(name)))
    from tui.cli import warn
    from tui.opening import open_app
    from tui.session import Session, no_options

    options = _read(arguments, visit) if arguments else no_options()
    warn(configuration)
    session = Session(options, configuration, visit=visit)
    session.work_as_owner()
    return open_app(session)


def _read(arguments: list[str], visit: Visit | None) -> "Namespace":
    """What stands behind `shuke`; without anything, as in most sessions, argparse is not needed."""
    from tui.arguments import Parser

    return Parser("", "", over_ssh=visit is not None).finish().parse_args(arguments)


def _help(name: str, over_ssh: bool) -> int:
    names = group(name) if name else list(COMMANDS)
    if over_ssh:
        from tui.over_ssh import FOR_MEMBERS

        names = [one for one in names if one in FOR_MEMBERS]
    if not name:
        say(_(NEXT_TO_NOTHING))
        say()
    write_pairs((f"  shuke {one}", _(COMMANDS[one].purpose)) for one in names)
    say()
    say(_(MORE))
    if not name:
        from tui.arguments import Parser

        say()
        parser = Parser("", "", over_ssh=over_ssh).finish()
        parser.add_argument("--version", action="store_true", help=_("show the version"))
        group_texts = parser.format_help().split("\n\n", 1)[1]
        print(group_texts.rstrip())
    return 0


def _version() -> int:
    from importlib.metadata import PackageNotFoundError, version

    try:
        number = version("shuke")
    except PackageNotFoundError:
        number = _("(not installed)")
    say(f"shuke {number}")
    return 0
