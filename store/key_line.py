"""What sshd is told of a key: as whom it comes in, and that it does nothing else.

Asked at every login, before anything of the program is read: SQLite, and no models.
"""

import shlex
import sqlite3
from contextlib import closing
from pathlib import Path

from store.half_written import take_back

WAIT = 10
"""Seconds to wait for a box that is being written in a way that keeps readers out."""

HOLDER = (
    "SELECT member.login, public_key.fingerprint FROM public_key "
    "JOIN member ON member.id = public_key.member_id "
    "WHERE public_key.kind = ? AND public_key.blob = ? AND member.active"
)
ALL = (
    "SELECT member.login, public_key.fingerprint, public_key.kind, public_key.blob "
    "FROM public_key JOIN member ON member.id = public_key.member_id "
    "WHERE member.active ORDER BY member.login, public_key.id"
)
LIMITS = "restrict,pty"
"""No forwarding, no files, no `~/.ssh/rc` (sshd(8), AUTHORIZED_KEYS FILE FORMAT)."""


def line_for(box: Path, kind: str, blob: str, command: list[str]) -> str | None:
    """The line for a key that an active member holds; None for every other.

    Args:
        kind: such as `ssh-ed25519`.
        blob: the key in base64.
        command: what runs the session, without the options that name the member.

    Raises:
        sqlite3.Error: the box cannot be read.
    """
    with closing(_opened(box)) as connection:
        found = connection.execute(HOLDER, [kind, blob]).fetchone()
    return None if found is None else _line(command, (*found, kind, blob))


def all_lines(box: Path, command: list[str]) -> list[str]:
    """The lines for the keys of all active members, for a server that reads them from a file.

    Raises:
        sqlite3.Error: the box cannot be read.
    """
    with closing(_opened(box)) as connection:
        return [_line(command, found) for found in connection.execute(ALL)]


def _opened(box: Path) -> sqlite3.Connection:
    take_back(box)
    return sqlite3.connect(f"{box.absolute().as_uri()}?mode=ro", uri=True, timeout=WAIT)


def _line(command: list[str], key: tuple[str, ...]) -> str:
    login, fingerprint, kind, blob = key
    words = ["exec", *command, "--member", login, "--key", fingerprint]
    # Of quotes within quotes sshd knows the double one alone.
    quoted = shlex.join(words).replace('"', '\\"')
    return f'command="{quoted}",{LIMITS} {kind} {blob}'
