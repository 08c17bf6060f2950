"""`shuke-authorized-keys`: sshd's question whose key this is (AuthorizedKeysCommand, `%u %t %k`).

It is asked at every login, so it reads nothing but the configuration and two tables.
"""

import os
import sys
from pathlib import Path


def main() -> int:
    """Print the line of an active member's key; nothing for any other key, or another account."""
    import pwd
    import sqlite3

    from store.errors import StoreError
    from store.key_line import line_for

    arguments = sys.argv[1:]
    database = None
    if arguments[:1] == ["--database"]:
        database, arguments = arguments[1], arguments[2:]
    if len(arguments) != 3:
        print("usage: shuke-authorized-keys [--database FILE] USER TYPE KEY", file=sys.stderr)
        return 2
    user, kind, blob = arguments
    if user != pwd.getpwuid(os.getuid()).pw_name:
        return 0
    try:
        line = line_for(box_of(database), kind, blob, session_command(database))
    except (StoreError, sqlite3.Error) as error:
        print(f"shuke-authorized-keys: {error}", file=sys.stderr)
        return 1
    if line is not None:
        print(line)
    return 0


def session_command(database: str | None) -> list[str]:
    """What runs a session: `shuke-session` of this installation.

    Args:
        database: the box, where it is another than the configuration's.
    """
    script = Path(sys.executable).with_name("shuke-session")
    program = [str(script)] if script.exists() else ["-m", "tui.ssh_session"]
    named = [] if database is None else ["--database", str(box_of(database).absolute())]
    return [sys.executable, "-I", "-X", "utf8", *program, *named]


def box_of(database: str | None) -> Path:
    """The file of the box that is meant.

    Args:
        database: as on the command line; None for the configuration's, or the usual place.

    Raises:
        StoreError: the configuration cannot be read.
    """
    from store.box_url import file_of
    from tui import places
    from tui.config import read_configuration

    if database is None:
        configuration = read_configuration({}, (places.SYSTEM_CONFIG,))
        configuration.check()
        database = configuration.get("database") or str(places.box_file())
    return file_of(str(database))


if __name__ == "__main__":
    sys.exit(main())
