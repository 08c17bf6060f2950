"""Prints the tables of the matrix tests as the program behaves now: read every new line.

python -m tests.team.write_matrix methods > tests/team/matrix.txt
python -m tests.team.write_matrix commands > tests/team/command_matrix.txt
"""

import os
import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from store import language
from store.clock import Clock
from store.database import open_store
from tests.team import test_command_matrix, test_rights_matrix
from tests.team.attempts import READS, WRITES
from tests.team.command_attempts import COMMANDS
from tests.team.team_box import WHO, make_team
from tui import places

METHODS = """\
# Reading: S sensitive, s secret, n the name, - nothing. Writing: o done.
# Both: h not found, r refused, x another sentence. A letter for each of:
"""
BY_COMMAND = """\
# The exit status, and what was told: S sensitive, s secret, n the name, - nothing. For each of:
"""


def methods(folder: Path) -> None:
    """Try every method of the desk as everybody."""
    store = open_store(folder / "box.sqlite", Clock(shown_today=date(2026, 9, 24)))
    team = make_team(store)
    print(f"{METHODS}# {' '.join(WHO)}")
    for table in (READS, WRITES):
        for name, attempt in sorted(table.items()):
            letters = (
                test_rights_matrix.outcome(team, attempt, login, table is READS) for login in WHO
            )
            print(f"{name:36}  {''.join(letters)}")
    store.close()


def commands(folder: Path) -> None:
    """Try every command as everybody."""
    os.environ["HOME"] = str(folder)
    places.SYSTEM_CONFIG = folder / "none.toml"
    box = folder / "box.sqlite"
    store = open_store(box, Clock(shown_today=date(2026, 9, 24)))
    make_team(store)
    store.close()
    book = folder / "book.csv"
    book.write_text("姓名\n新客户\n", "utf-8")
    print(f"{BY_COMMAND}# {' '.join(WHO)}")
    for name in COMMANDS:
        cells = (test_command_matrix.outcome(box, folder, book, name, login) for login in WHO)
        print(f"{name:24}  {' '.join(cells)}")


if __name__ == "__main__":
    language.use("en")
    with TemporaryDirectory() as made:
        (commands if "commands" in sys.argv else methods)(Path(made))
