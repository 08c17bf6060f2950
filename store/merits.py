"""Praise, reprimands and qualifications 奖惩: noted in the trail, which nobody can edit."""

import json
from typing import TYPE_CHECKING

from store.deeds import MERIT
from store.language import N_
from store.models.base import database
from store.models.trail import ChangeSet
from store.records.team import Merit

if TYPE_CHECKING:
    from store.recorder import Recorder

MERIT_NOTED = N_("Praise or reprimand noted")


def note_merit(change: "Recorder", member: int, kind: str, words: str) -> None:
    """Note something of a member (his id)."""
    change.note_deed(MERIT, {"kind": kind, "words": words}, row=member)


def merits_of(member: int, limit: int) -> list[Merit]:
    """What was noted of a member, the newest first; a qualification that was undone is none."""
    sql = (
        "SELECT s.at, c.after, m.name FROM change c JOIN change_set s ON s.id = c.change_set_id "
        "JOIN member m ON m.id = s.member_id WHERE c.\"table\" = ? AND c.row = ? AND c.after <> '' "
        "AND NOT EXISTS (SELECT 1 FROM change_set u WHERE u.undoes_id = s.id "
        "AND NOT EXISTS (SELECT 1 FROM change_set r WHERE r.undoes_id = u.id)) "
        "ORDER BY s.id DESC LIMIT ?"
    )
    found = []
    for at, after, by in database.execute_sql(sql, [MERIT, member, limit]).fetchall():
        said = json.loads(after)
        found.append(
            Merit(ChangeSet.at.python_value(at), said.get("kind", ""), said.get("words", ""), by)
        )
    return found
