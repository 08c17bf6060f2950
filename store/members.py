"""Members as plain values, and who works here where nobody says.

Every opening asks these, so they go to the database without the detour over models.
"""

import json
from typing import Any

from store.models.base import database
from store.records.team import MemberRecord

COLUMNS = "id, login, name, role, department_id, active, trainee, coach_id"
"""The columns of a `MemberRecord`, in its order."""


def member_named(login: str) -> MemberRecord | None:
    """The active member of this login."""
    sql = f"SELECT {COLUMNS} FROM member WHERE login = ? AND active"
    found = database.execute_sql(sql, [login]).fetchone()
    return None if found is None else _member(found)


def member_of_id(number: int) -> MemberRecord | None:
    """The member of an id, whether he still works here or not."""
    found = database.execute_sql(f"SELECT {COLUMNS} FROM member WHERE id = ?", [number]).fetchone()
    return None if found is None else _member(found)


def usual_login() -> str | None:
    """Who works here where nobody says: the box's usual member, else its only active one."""
    usual = box_setting("usual_login")
    if usual is not None:
        return str(usual)
    logins = database.execute_sql("SELECT login FROM member WHERE active LIMIT 2").fetchall()
    return str(logins[0][0]) if len(logins) == 1 else None


def has_members() -> bool:
    """Whether anybody works here; a box that was just made has nobody."""
    return database.execute_sql("SELECT 1 FROM member LIMIT 1").fetchone() is not None


def box_setting(key: str) -> Any | None:
    """A setting of the whole box."""
    sql = "SELECT value FROM setting WHERE member_id IS NULL AND key = ?"
    found = database.execute_sql(sql, [key]).fetchone()
    return None if found is None else json.loads(found[0])


def active_members() -> list[MemberRecord]:
    """Everybody who works here, by name."""
    sql = f"SELECT {COLUMNS} FROM member WHERE active ORDER BY name, id"
    return [_member(row) for row in database.execute_sql(sql).fetchall()]


def holds_key(member_id: int, fingerprint: str) -> bool:
    """Whether a member has this SSH key, by which he came in."""
    sql = "SELECT 1 FROM public_key WHERE fingerprint = ? AND member_id = ?"
    return database.execute_sql(sql, [fingerprint, member_id]).fetchone() is not None


def _member(row: tuple[Any, ...]) -> MemberRecord:
    number, login, name, role, department, active, trainee, coach = row
    return MemberRecord(number, login, name, role, department, bool(active), bool(trainee), coach)
