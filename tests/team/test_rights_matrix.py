"""Every method of the desk, tried with one customer by every role: who gets how much, who may what.

A method that is not in the table fails here: whoever adds one says who may use it.
"""

import re
from pathlib import Path

import pytest

from store.desk import Desk
from store.errors import NotAllowed, NotFound, StoreError
from store.models.base import database
from tests.store.hostile_values import methods
from tests.team.attempts import READS, WRITES, Attempt
from tests.team.team_box import WHO, TeamBox, told

TABLE = Path(__file__).with_name("matrix.txt")
"""A line for each attempt, a letter for each of `WHO`, in their order."""


def outcome(team: TeamBox, attempt: Attempt, login: str, reads: bool) -> str:
    """What becomes of an attempt, as a letter; nothing of it stays.

    Reading: S sensitive, s secret, n the name, - nothing. Writing: o done. Both: h not found,
    r refused, x another sentence.
    """
    with database.atomic() as transaction:
        try:
            answer = attempt(team, team.desk(login))
            letter = told(answer) if reads else "o"
        except NotFound as error:
            letter = "h" if told(str(error)) == "-" else "!"
        except NotAllowed as error:
            letter = "r" if told(str(error)) == "-" else "!"
        except StoreError as error:
            letter = "x" if told(str(error)) == "-" else "!"
        transaction.rollback()
    return letter


def expected() -> dict[str, str]:
    """The table as it is written down."""
    lines = [line for line in TABLE.read_text("utf-8").splitlines() if line and line[0] != "#"]
    return {name: letters for line in lines for name, letters in [re.split(r"  +", line)]}


@pytest.mark.parametrize("login", WHO)
def test_who_gets_how_much_and_may_do_what(team: TeamBox, login: str) -> None:
    place = list(WHO).index(login)
    found = {
        name: outcome(team, attempt, login, name in READS)
        for name, attempt in {**READS, **WRITES}.items()
    }
    assert found == {name: letters[place] for name, letters in expected().items()}


def test_every_method_of_the_desk_is_in_the_table() -> None:
    tried = {name.split(" ")[0] for name in expected()}
    assert tried == {f"{part}.{name}" for part, name in methods()} | {
        "exchange.export",
        "exchange.plan",
        "exchange.print_card",
        "exchange.run",
        "people.save_rows",
    }


def test_whoever_left_does_nothing(team: TeamBox) -> None:
    desk: Desk = team.desk("rep")
    with database.atomic() as transaction:
        database.execute_sql("UPDATE member SET active = 0 WHERE login = 'rep'")
        with pytest.raises(NotFound):
            team.desk("rep")
        for name, attempt in WRITES.items():
            if name.startswith(("drafts", "own_card", "pile.stop", "presence", "settings")):
                continue
            with pytest.raises(StoreError):
                attempt(team, desk)
        transaction.rollback()
