"""Reading a command's arguments: argparse, in the language spoken, with our errors."""

import argparse
from datetime import date
from typing import Any, NoReturn

from store import language
from store.errors import StoreError, WrongUsage
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


class Parser(argparse.ArgumentParser):
    """The arguments of one command; what is wrong with them raises `WrongUsage`."""

    def __init__(self, name: str, purpose: str) -> None:
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
            "--database", metavar="URL", help=_("the box: a file, or sqlite:///FILE")
        )
        everywhere.add_argument(
            "--as", dest="login", metavar="LOGIN", help=_("the member who works here")
        )
        everywhere.add_argument(
            "--lang", choices=language.LANGUAGES, help=_("the language of what is written")
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
        self.formatter_class = _formatter
        return self

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
