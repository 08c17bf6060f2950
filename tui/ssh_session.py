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

SAID = ("member", "key", "database")
"""The options of a key line."""

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

    said = said_by_line(sys.argv[1:])
    visit = Visit(
        said["member"],
        said.get("key", ""),
        connection,
        os.environ["LOGNAME"],
        said.get("database"),
    )
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


def said_by_line(arguments: list[str]) -> dict[str, str]:
    """What the key line says, by option; the process ends where it is wrong.

    By getopt: argparse would be a third of a megabyte in each of fifty sessions.
    """
    from getopt import GetoptError, getopt

    try:
        pairs, rest = getopt(arguments, "", [f"{name}=" for name in SAID])
    except GetoptError as error:
        sys.exit(f"shuke-session: {error}")
    said = {name.removeprefix("--"): value for name, value in pairs}
    if rest or not said.get("member"):
        sys.exit("usage: shuke-session --member LOGIN [--key FINGERPRINT] [--database FILE]")
    return said


if __name__ == "__main__":
    sys.exit(main())
