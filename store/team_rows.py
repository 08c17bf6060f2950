"""The list of members, with what each has to do, as plain rows."""

from typing import TYPE_CHECKING, Any

from store.members import box_setting
from store.models.base import database
from store.models.team import Member
from store.records.team import MemberRow
from store.sharing import SHARED_KEY

if TYPE_CHECKING:
    from store.records.team import MemberRecord

ROWS = """
SELECT m.id, m.login, m.name, m.role, m.department_id, d.name, m.active, m.trainee, c.login,
    m.left_at,
    (SELECT count(*) FROM card WHERE owner_id = m.id AND trashed_at IS NULL),
    (SELECT count(*) FROM todo WHERE owner_id = m.id AND done_at IS NULL AND trashed_at IS NULL),
    (SELECT max(at) FROM change_set WHERE member_id = m.id),
    (SELECT count(*) FROM public_key WHERE member_id = m.id)
FROM member m LEFT JOIN department d ON d.id = m.department_id
LEFT JOIN member c ON c.id = m.coach_id
"""


def member_rows(known: set[int] | None, *, gone: bool = False) -> list[MemberRow]:
    """Who works here, by department and name; those who left at the end.

    Args:
        known: the ids of those whose load is told; None for everybody's.
        gone: whether those who left are listed.
    """
    sql = ROWS + ("" if gone else "WHERE m.active ")
    sql += "ORDER BY m.active DESC, d.id IS NULL, d.id, m.name, m.id"
    return [_row(row, known) for row in database.execute_sql(sql).fetchall()]


def member_row(login: str, known: set[int] | None) -> MemberRow | None:
    """The member of a login, whether he still works here or not."""
    found = database.execute_sql(f"{ROWS} WHERE m.login = ?", [login]).fetchone()
    return None if found is None else _row(found, known)


def _row(row: tuple[Any, ...], known: set[int] | None) -> MemberRow:
    number, login, name, role, department, titled, active, trainee, coach, left, *rest = row
    cards, todos, seen, keys = rest if known is None or number in known else [None] * 4
    moment = Member.left_at.python_value
    return MemberRow(
        number,
        login,
        name,
        role,
        department,
        titled,
        bool(active),
        bool(trainee),
        coach,
        moment(left),
        cards,
        todos,
        moment(seen),
        keys,
    )


def is_alone() -> bool:
    """Whether a box is a personal one, in which one member works."""
    if box_setting(SHARED_KEY):
        return False
    return len(database.execute_sql("SELECT 1 FROM member WHERE active LIMIT 2").fetchall()) < 2


def trainees_of(member: "MemberRecord") -> set[int]:
    """The trainees whose coach a member is."""
    sql = "SELECT id FROM member WHERE coach_id = ? AND trainee AND active"
    return {row_id for (row_id,) in database.execute_sql(sql, [member.id]).fetchall()}


def leads_somebody(member: "MemberRecord") -> bool:
    """Whether somebody works below a member, or learns from him."""
    from store.rights import members_below

    below = members_below(member)
    return below is None or len(below) > 1 or bool(trainees_of(member))
