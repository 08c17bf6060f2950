"""`shuke key`: SSH keys, with which members come in."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import BadInput
from store.language import N_, _
from store.system_words import reason_of
from tui.arguments import Parser
from tui.command import Command
from tui.output import say, write_json, write_table
from tui.session import Session
from tui.shapes import Shape, moment
from tui.standard_streams import DASH

if TYPE_CHECKING:
    from store.clock import Clock
    from store.records.keys import KeyRecord

UNREADABLE = N_("The file {file} cannot be opened: {reason}.")
LONGEST = 20_000
"""Bytes that are read of what should be a key."""


def declare_add(parser: Parser) -> None:
    """Arguments of `shuke key add`."""
    parser.add_argument("login", metavar="LOGIN", help=_("the member who comes in with it"))
    parser.add_argument(
        "key",
        metavar="KEY",
        nargs="*",
        default=[DASH],
        help=_("the public key itself, or its file (.pub); - for standard input"),
    )
    parser.json_option()


def add(session: Session) -> int:
    """Let a member in with a key."""
    words = session.options.key
    text = " ".join(words)
    if words == [DASH]:
        text = sys.stdin.buffer.read(LONGEST).decode(errors="replace")
    elif len(words) == 1 and " " not in text.strip() and session.visit is None:
        text = _read(Path(text).expanduser())
    key = session.desk.keys.add(session.options.login, text)
    return _told(session, key, _("{member} ({login}) comes in with {key}."))


def _read(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            return stream.read(LONGEST).decode(errors="replace")
    except OSError as error:
        raise BadInput(UNREADABLE, file=file, reason=reason_of(error)) from error


def declare_list(parser: Parser) -> None:
    """Arguments of `shuke key list`."""
    parser.json_option()


def list_keys(session: Session) -> int:
    """List keys; whoever does not set up the team sees his own."""
    keys = session.desk.keys.list()
    clock = session.clock
    if session.options.json:
        write_json([key_shape(key, clock) for key in keys])
    elif keys:
        write_table(
            [_("Login"), _("Member"), _("Kind"), _("Fingerprint"), _("Comment"), _("Added")],
            [
                (
                    key.login if key.active else _("{login} (left)").format(login=key.login),
                    key.member,
                    key.kind,
                    key.fingerprint,
                    key.comment,
                    f"{clock.local(key.added_at):%Y-%m-%d}",
                )
                for key in keys
            ],
        )
    else:
        say(_("There are no SSH keys yet; `shuke key add LOGIN KEY` lets a member in."))
    return 0


def declare_revoke(parser: Parser) -> None:
    """Arguments of `shuke key revoke`."""
    parser.add_argument(
        "fingerprint", metavar="FINGERPRINT", help=_("how it begins, as `shuke key list` shows it")
    )
    parser.json_option()


def revoke(session: Session) -> int:
    """Take a key away."""
    key = session.desk.keys.revoke(session.options.fingerprint)
    return _told(session, key, _("{member} ({login}) does not come in with {key} any more."))


def declare_lines(_parser: Parser) -> None:
    """`shuke key lines` takes nothing of its own."""


def lines(session: Session) -> int:
    """Write the lines of an authorized_keys file, for the keys of all active members."""
    from store.key_line import all_lines
    from store.rights import require_team
    from tui.authorized_keys import session_command

    require_team(session.desk)
    named = session.options.database
    for line in all_lines(session.existing_box(), session_command(named)):
        print(line)
    return 0


def key_shape(key: "KeyRecord", clock: "Clock") -> Shape:
    """A key, as `--json` gives it."""
    return {
        "fingerprint": key.fingerprint,
        "kind": key.kind,
        "comment": key.comment,
        "login": key.login,
        "member": key.member,
        "active": key.active,
        "added_at": moment(key.added_at, clock),
        "added_by": key.added_by,
    }


def _told(session: Session, key: "KeyRecord", sentence: str) -> int:
    if session.options.json:
        write_json(key_shape(key, session.clock))
    else:
        say(sentence.format(member=key.member, login=key.login, key=key.fingerprint))
    return 0


COMMANDS = {
    "key add": Command(declare_add, add),
    "key list": Command(declare_list, list_keys),
    "key revoke": Command(declare_revoke, revoke),
    "key lines": Command(declare_lines, lines),
}
