"""Reading a command's arguments: argparse, in the language spoken, with our errors."""

import argparse
from datetime import date
from typing import Any, NoReturn

from store import language
from store.errors import NotAllowed, StoreError, WrongUsage
from store.language import N_, _

# argparse translates by these two names of its own module, and offers no other way.
argparse._ = language._  # type: ignore[attr-defined]
argparse.ngettext = language.ngettext  # type: ignore[attr-defined]

WRONG_ARGUMENTS = N_("{problem} (`{command} --help` tells more)")

FULL_STOPS = ".。"
"""What a sentence ends with that is put into another."""

FIRST_YEAR, LAST_YEAR = 1900, 2099
"""Years of the lunar calendar's table (calendar.md)."""


def _formatter(prog: str) -> argparse.HelpFormatter:
    from tui.help_format import CellHelpFormatter

    return CellHelpFormatter(prog)


class _Checker:
    """Stands in for the help formatter while arguments are declared: argparse makes one each
    time, and the real one asks for the width of the terminal, which takes half the start."""

    def __init__(self, prog: str) -> None:
        """Take what argparse gives."""

    def _format_args(self, action: argparse.Action, default: object) -> str:
        return ""


class _Refused(argparse.Action):
    """An option that may not be used over SSH."""

    def __call__(
        self,
        _parser: argparse.ArgumentParser,
        _options: argparse.Namespace,
        _values: object,
        option: str | None = None,
    ) -> NoReturn:
        """Refuse it.

        Raises:
            NotAllowed: always.
        """
        from tui.over_ssh import NO_OPTION

        raise NotAllowed(NO_OPTION, option=option)


def _dash_alone(name: str) -> str:
    """The name of a file that goes through ssh.

    Raises:
        NotAllowed: it is another one, of the server.
    """
    from tui.over_ssh import NO_PATHS

    if name != "-":
        raise NotAllowed(NO_PATHS)
    return name


class Parser(argparse.ArgumentParser):
    """The arguments of one command; what is wrong with them raises `WrongUsage`.

    Args:
        name: the command's words.
        purpose: what it is for, in the language spoken now.
        over_ssh: whether a member asks over SSH, who may name no file and be nobody else.
    """

    def __init__(self, name: str, purpose: str, over_ssh: bool = False) -> None:
        self.over_ssh = over_ssh
        super().__init__(
            prog=f"shuke {name}".rstrip(),
            description=purpose,
            formatter_class=_Checker,  # type: ignore[arg-type]
            add_help=False,
            allow_abbrev=False,
        )

    def finish(self) -> "Parser":
        """Add what every command takes, once its own arguments are declared."""
        everywhere = self.add_argument_group(_("everywhere"))
        everywhere.add_argument("-h", "--help", action="help", help=_("show this help"))
        everywhere.add_argument(
            "--lang", choices=language.LANGUAGES, help=_("the language of what is written")
        )
        if self.over_ssh:
            self._refuse_the_rest()
        else:
            self._add_where_and_when(everywhere)
        self.formatter_class = _formatter
        return self

    @staticmethod
    def _add_where_and_when(everywhere: "argparse._ArgumentGroup") -> None:
        """Add what leads to another box, another member, another day."""
        everywhere.add_argument(
            "--database", metavar="URL", help=_("the box: a file, or sqlite:///FILE")
        )
        everywhere.add_argument(
            "--as", dest="acting", metavar="LOGIN", help=_("the member who works here")
        )
        everywhere.add_argument(
            "--today",
            metavar="DATE",
            type=read_date,
            help=_("what to take for today when dates and dues are shown"),
        )
        everywhere.add_argument(
            "--demo", action="store_true", help=_("work on the sample team, apart from real data")
        )

    def _refuse_the_rest(self) -> None:
        """Know these options, so that a sentence can refuse them; help does not name them."""
        self.set_defaults(database=None, acting=None, today=None, demo=False)
        for option in ("--database", "--as", "--today", "--demo"):
            self.add_argument(
                option,
                nargs="?",
                dest=argparse.SUPPRESS,
                default=argparse.SUPPRESS,
                action=_Refused,
                help=argparse.SUPPRESS,
            )

    def file_argument(self, *names: str, **options: Any) -> None:
        """Add an argument that names a file; over SSH it may be `-` alone."""
        self.add_argument(*names, type=_dash_alone if self.over_ssh else str, **options)

    def json_option(self) -> None:
        """Add `--json`."""
        self.add_argument("--json", action="store_true", help=_("write one JSON document"))

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, in one sentence."""
        raise WrongUsage(WRONG_ARGUMENTS, problem=message.rstrip(FULL_STOPS), command=self.prog)


def read_date(text: str) -> date:
    """A day on the command line: `2026-03-15`, or in words such as 明天 reckoned from today.

    Raises:
        argparse.ArgumentTypeError: it is none.
    """
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = _spoken_date(text)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise argparse.ArgumentTypeError(
            _("days run from {first} to {last}").format(first=FIRST_YEAR, last=LAST_YEAR)
        )
    return day


def _spoken_date(text: str) -> date:
    from store.clock import Clock
    from store.moments import read_day

    try:
        return read_day(text, Clock().today())
    except StoreError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def positive(text: str) -> int:
    """A whole number from 1 on.

    Raises:
        argparse.ArgumentTypeError: it is none.
    """
    if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text)):
        raise argparse.ArgumentTypeError(
            _("“{text}” is not a whole number from 1 on").format(text=text)
        )
    return int(text)


def joined(words: Any) -> str:
    """Words of a command line as one text: a shell on the way may have taken quotes away."""
    return " ".join(words).strip()
