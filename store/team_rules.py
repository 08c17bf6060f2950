"""What must hold in a team: names that can be typed, roles that fit, and somebody in charge."""

import re
from typing import TYPE_CHECKING

from store.arguments import shortened
from store.errors import BadValue, NotAllowed, NotFound
from store.forms.tidy import one_line, short_enough
from store.language import N_
from store.models.base import compact_json, database
from store.rights import ADMINISTRATOR, ENTERING

if TYPE_CHECKING:
    from store.records.team import MemberRecord, MemberValues

LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{0,31}")
"""Logins stand in commands, in key files and behind @ in remarks."""

LONGEST_NAME = 60

WRONG_LOGIN = N_(
    "A login has up to 32 small letters, digits and the signs - . _ and begins with a letter or "
    "digit, such as zhanglei."
)
NO_NAME = N_("A member needs a name.")
LOGIN_TAKEN = N_("There is a member “{login}” already.")
LOGIN_OF_GONE = N_(
    "“{login}” is the login of somebody who left: take another one, or have him come back."
)
LOGIN_BEFORE = N_(
    "“{login}” was the login of {name} before: take another one, or the trail would mix up the two."
)
NO_DEPARTMENT = N_("There is no such department.")
NO_COACH = N_("Nobody called “{login}” works here who could be the coach.")
OWN_COACH = N_("Nobody is his own coach.")
COACH_LEARNS = N_("{name} is a trainee and cannot be a coach.")
STILL_OWNS = N_(
    "{name} looks after customers (cards: {count}), which this role does not do: hand them over "
    "first."
)
NO_MEMBER = N_("There is no active member “{login}” here.")
TO_HIMSELF = N_("Somebody else has to take over.")
TAKES_NONE = N_("{name} looks after no cards: name somebody who does.")
NOBODY_LEFT = N_(
    "Then nobody could set up the team any more: make somebody else administrator first."
)


def checked_login(login: str) -> str:
    """A login as it is kept.

    Raises:
        BadValue: it cannot be one.
    """
    clean = reason(login, "login")
    if not LOGIN.fullmatch(clean):
        raise BadValue(WRONG_LOGIN, field="login")
    return clean


def checked_name(name: str) -> str:
    """A member's name as it is kept.

    Raises:
        BadValue: it is blank or too long.
    """
    clean = short_enough(reason(name, "name"), LONGEST_NAME, "name")
    if not clean:
        raise BadValue(NO_NAME, field="name")
    return clean


HAD = (
    "SELECT member.name FROM change JOIN member ON member.id = change.row "
    "WHERE change.\"table\" = 'member' AND change.after <> '' AND instr(change.before, ?) "
    "AND member.id <> ? LIMIT 1"
)
"""Who had a login before he got another one."""


def free_login(login: str, member: int = 0) -> None:
    """Make sure that nobody else has a login, or ever had it: what is kept under it is his.

    Args:
        member: the id of whoever takes it, where he works here already.

    Raises:
        BadValue: somebody has it, or had it.
    """
    sql = "SELECT active FROM member WHERE login = ?"
    found = database.execute_sql(sql, [login]).fetchone()
    if found is not None:
        raise BadValue(LOGIN_TAKEN if found[0] else LOGIN_OF_GONE, field="login", login=login)
    before = database.execute_sql(HAD, [compact_json({"login": login})[1:-1], member]).fetchone()
    if before is not None:
        raise BadValue(LOGIN_BEFORE, field="login", login=login, name=before[0])


def known_department(department: int | None) -> None:
    """Make sure that there is a department.

    Raises:
        BadValue: there is none of this id.
    """
    sql = "SELECT 1 FROM department WHERE id = ?"
    if department is not None and not database.execute_sql(sql, [department]).fetchone():
        raise BadValue(NO_DEPARTMENT, field="department")


def coach_of(values: "MemberValues", member: int | None = None) -> int | None:
    """The id of the coach that is said for a member.

    Args:
        member: the member's id; None for a new one.

    Raises:
        BadValue: there is no such coach, or he cannot be one.
    """
    if values.coach is None:
        return None
    sql = "SELECT id, name, trainee FROM member WHERE login = ? AND active"
    found = database.execute_sql(sql, [values.coach]).fetchone()
    if found is None:
        raise BadValue(NO_COACH, field="coach", login=shortened(values.coach))
    coach, name, trainee = found
    if coach == member:
        raise BadValue(OWN_COACH, field="coach")
    if trainee:
        raise BadValue(COACH_LEARNS, field="coach", name=name)
    return int(coach)


def role_fits(member: int, name: str, role: str) -> None:
    """Make sure that a member has no cards where his new role looks after none.

    Raises:
        BadValue: he still owns some.
    """
    if role in ENTERING:
        return
    sql = "SELECT count(*) FROM card WHERE owner_id = ?"
    (count,) = database.execute_sql(sql, [member]).fetchone()
    if count:
        raise BadValue(STILL_OWNS, field="role", name=name, count=count)


def somebody_in_charge() -> None:
    """Make sure that somebody may set up the team, as it stands in this transaction.

    Raises:
        NotAllowed: nobody could, so that nobody could ever mend it.
    """
    sql = "SELECT 1 FROM member WHERE active AND role IN (?, 'director') LIMIT 1"
    if not database.execute_sql(sql, [ADMINISTRATOR]).fetchone():
        raise NotAllowed(NOBODY_LEFT)


def receiver(login: str, leaver: int) -> "MemberRecord":
    """Who takes over from a member.

    Raises:
        BadValue: he is the leaver, or his role looks after no cards.
        NotFound: nobody of this login works here.
    """
    from store.handing_over import HOLDING
    from store.members import member_named

    member = member_named(login)
    if member is None:
        raise NotFound(NO_MEMBER, login=shortened(login))
    if member.id == leaver:
        raise BadValue(TO_HIMSELF, field="to")
    if member.role not in HOLDING:
        raise BadValue(TAKES_NONE, field="to", name=member.name)
    return member


def reason(words: str, field: str = "reason") -> str:
    """Why something was done, as it is kept; may be blank.

    Raises:
        BadValue: it is too long.
    """
    try:
        return one_line(words)
    except BadValue as error:
        error.field = field
        raise
