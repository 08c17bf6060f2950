"""`shuke-session`: what sshd starts for a member's key, and nothing else (shared-server.md).

sshd runs it as `python -I -X utf8 shuke-session --member LOGIN`. Whatever the other end sent along
goes before anything of the program is imported: Textual reads its variables at import.
"""

import os
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.errors import NotAllowed
    from tui.visit import Visit

WISH = "SSH_ORIGINAL_COMMAND"
CONNECTION = "SSH_CONNECTION"

USUAL_TERMINAL = "xterm-256color"
"""What a terminal is taken for that gives no name, or an impossible one."""

LONGEST_NAME = 64

LONGEST = 60
"""Characters of a wish that are noted when it is refused."""

MOST_MEMORY = 2**30
"""Bytes of data that one session may hold: ten times what the app needs, and enough for 100,000
cards of a file. A bigger file fails in its own session, and not all the others with it."""

TOOLS = frozenset({"scp", "sftp-server", "internal-sftp", "rsync", "sh", "bash"})
"""What programs on the other end ask for that want files or a shell."""


def main() -> int:
    """Open the app for a member, or run the one command that he asks for."""
    wish = os.environ.get(WISH, "")
    connection = os.environ.get(CONNECTION, "")
    seal(os.environ)
    from tui.cli import main as run_command
    from tui.output import complain, prepare_streams

    prepare_streams()
    from store.errors import NotAllowed, StoreError
    from tui.visit import Visit

    options = _options(sys.argv[1:])
    visit = Visit(options.member, options.key, connection, os.environ["LOGNAME"], options.database)
    try:
        sys.argv[1:] = words_of(wish)
    except StoreError as error:
        complain(str(error))
        if isinstance(error, NotAllowed):
            _note(visit, error, wish)
        return error.exit_status
    return run_command(visit=visit)


def _note(visit: "Visit", refusal: "NotAllowed", wish: str) -> None:
    """Note that a shell or files were asked for."""
    from store.cleaning import clean_line
    from tui.coming_in import note_refusal
    from tui.config import read_configuration
    from tui.places import SYSTEM_CONFIG

    configuration = read_configuration({}, (SYSTEM_CONFIG,))
    note_refusal(visit, configuration, refusal, clean_line(wish)[:LONGEST])


def seal(environment: "os._Environ[str]") -> None:
    """Leave of the surroundings only what the program needs, and make it leave nothing behind."""
    import resource

    kept = sealed(environment)
    environment.clear()
    environment.update(kept)
    os.umask(0o077)
    os.chdir("/")
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def sealed(environment: Mapping[str, str]) -> dict[str, str]:
    """The variables of a session: all but the terminal's name come from the server.

    Args:
        environment: what sshd gave, with what the other end was allowed to send.
    """
    import pwd

    account = pwd.getpwuid(os.getuid())
    name = environment.get("TERM", "")
    usable = name.isascii() and name.replace("-", "").replace(".", "").replace("+", "").isalnum()
    named = usable and len(name) <= LONGEST_NAME and name not in ("dumb", "unknown")
    return {
        "HOME": account.pw_dir,
        "LOGNAME": account.pw_name,
        "USER": account.pw_name,
        "LANG": "C.UTF-8",
        "PATH": "/usr/bin:/bin",
        "TERM": name if named else USUAL_TERMINAL,
    }


def words_of(wish: str) -> list[str]:
    """The words of the command that was asked for; `shuke` in front may be left out.

    They are split as a shell would, and go to no shell: `;` and `$(…)` are text.

    Raises:
        NotAllowed: a shell, or copying files, is asked for.
        WrongUsage: a quote is left open.
    """
    import shlex
    from pathlib import PurePosixPath

    from store.errors import NotAllowed, WrongUsage
    from tui.over_ssh import NO_FILES, OPEN_QUOTE

    try:
        words = shlex.split(wish)
    except ValueError:
        raise WrongUsage(OPEN_QUOTE) from None
    if words and PurePosixPath(words[0]).name in TOOLS:
        raise NotAllowed(NO_FILES)
    return words[1:] if words[:1] == ["shuke"] else words


def _options(arguments: list[str]) -> "Options":
    """What the key line says; argparse ends the process where it is wrong."""
    from argparse import ArgumentParser

    parser = ArgumentParser(prog="shuke-session", allow_abbrev=False)
    parser.add_argument("--member", required=True, metavar="LOGIN")
    parser.add_argument("--key", default="", metavar="FINGERPRINT")
    parser.add_argument("--database", metavar="FILE")
    return parser.parse_args(arguments, Options())


class Options:
    """What a key line says."""

    member: str
    key: str
    database: str | None


if __name__ == "__main__":
    sys.exit(main())
