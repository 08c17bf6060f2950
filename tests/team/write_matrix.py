"""Prints the table of `test_rights_matrix.py` as the program behaves now: read every new line.

python -m tests.team.write_matrix > tests/team/matrix.txt
"""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from store import language
from store.clock import Clock
from store.database import open_store
from tests.team.attempts import READS, WRITES
from tests.team.team_box import WHO, make_team
from tests.team.test_rights_matrix import outcome

LEGEND = """\
# Reading: S sensitive, s secret, n the name, - nothing. Writing: o done.
# Both: h not found, r refused, x another sentence. A letter for each of:
"""


def main() -> None:
    """Make the team's box and try everything in it."""
    language.use("en")
    with TemporaryDirectory() as folder:
        store = open_store(Path(folder, "box.sqlite"), Clock(shown_today=date(2026, 9, 24)))
        team = make_team(store)
        print(f"{LEGEND}# {' '.join(WHO)}")
        for table in (READS, WRITES):
            for name, attempt in sorted(table.items()):
                letters = (outcome(team, attempt, login, table is READS) for login in WHO)
                print(f"{name:36}  {''.join(letters)}")
        store.close()


if __name__ == "__main__":
    main()
