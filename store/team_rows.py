"""The list of members, with what each has to do, as plain rows."""

from typing import TYPE_CHECKING

from store.models.base import database
from store.models.team import Member
from store.records.team import MemberRow

if TYPE_CHECKING:
    from store.records.team import MemberRecord

ROWS = """
SELECT m.id, m.login, m.name, m.role, m.department_id, d.name, m.active, m.trainee, c.login,
    m.left_at,
    (SELECT count(*) FROM card WHERE owner_id = m.id AND trashed_at IS NULL),
    (SELECT count(*) FROM todo WHERE owner_id = m.id AND done_at IS NULL AND trashed_at IS NULL),
    (SELECT max(at) FROM change_set WHERE member_id = m.id)
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
    sql += "ORDER BY m.active DESC, d.name IS NULL, d.id, m.name, m.id"
    moment = Member.left_at.python_value
    found = []
    for row in database.execute_sql(sql).fetchall():
        number, login, name, role, department, titled, active, trainee, coach, *rest = row
        left, cards, todos, seen = rest
        is_known = known is None or number in known
        found.append(
            MemberRow(
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
                cards if is_known else None,
                todos if is_known else None,
                moment(seen) if is_known else None,
            )
        )
    return found


def is_alone() -> bool:
    """Whether only one member ever worked with the box."""
    return len(database.execute_sql("SELECT 1 FROM member LIMIT 2").fetchall()) < 2


def leads_somebody(member: "MemberRecord") -> bool:
    """Whether somebody works below a member, or learns from him."""
    from store.rights import members_below

    below = members_below(member)
    if below is None:
        return True
    learning = "SELECT 1 FROM member WHERE coach_id = ? AND trainee AND active LIMIT 1"
    return len(below) > 1 or bool(database.execute_sql(learning, [member.id]).fetchone())
