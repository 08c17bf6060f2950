"""Releases 发放: what others get of a department's cards, for a time, with the manager's consent.

Sellers get the name, organisation and title, service staff all of it (domain.md section 6).
`store.visibility` reads them, by the real clock.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from store.arguments import Limit, checks_arguments, in_reach, shortened
from store.errors import BadValue, Conflict, NotAllowed, NotFound
from store.gate import NO_RELEASING, RELEASING
from store.language import N_
from store.models.base import database
from store.models.sharing import CardRelease
from store.records.releases import RELEASED_TO, ReleasedTo, ReleaseLevel, ReleaseRow
from store.rights import members_below
from store.trouble import explains_trouble
from store.visibility import SEE_ALL, departments_below

if TYPE_CHECKING:
    from store.desk import Desk
    from store.records.team import DepartmentRow

CARDS_RELEASED = N_("Cards released")
RELEASE_TAKEN_BACK = N_("Release taken back")

NO_RELEASE = N_("There is no release {number}.")
NO_DEPARTMENT = N_("There is no department {number}.")
NO_MEMBER = N_("There is no member “{login}” here.")
ROLE_OR_MEMBER = N_("Say to which role, or to which member, and not both.")
NEEDS_NONE = N_("{name} sees all cards already, or gets none by his role: release to others.")
PAST_END = N_("The day until which they are released lies in the past.")
OVER = N_("This release is over already.")

COLUMNS = (
    "given.id, given.department_id, department.name, given.role, member.name, member.login, "
    "given.level, given.reason, giver.name, given.given_at, given.ends_at, given.taken_back_at"
)

SOURCE = (
    "FROM card_release AS given LEFT JOIN department ON department.id = given.department_id "
    "LEFT JOIN member ON member.id = given.member_id "
    "JOIN member AS giver ON giver.id = given.given_by_id"
)


@explains_trouble
@checks_arguments
class Releases:
    """What is released to whom, as far as it is the member's business."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    def give(
        self,
        level: ReleaseLevel,
        *,
        department: int | None = None,
        role: ReleasedTo | None = None,
        login: str | None = None,
        until: date | None = None,
        reason: str = "",
    ) -> ReleaseRow:
        """Let a role, or one member, see something of a department's cards and of those below it.

        Args:
            department: None for the cards of all departments.
            until: the last day; None for no end, which then stands for review.

        Raises:
            BadValue: both or neither of role and member are named, he needs none, or the day is
                past.
            NotAllowed: the department is not below the member.
            NotFound: there is no such department or member.
        """
        why = _reason(reason)
        if (role is None) == (login is None):
            raise BadValue(ROLE_OR_MEMBER, field="role")
        ends = None if until is None else self._end_of(until)
        with self.desk.change(CARDS_RELEASED) as change:
            if self.desk.member.role not in RELEASING:
                raise NotAllowed(NO_RELEASING)
            if department is not None:
                self._check_department(department)
            release = change.insert(
                CardRelease,
                {
                    "department_id": department,
                    "role": role,
                    "member_id": None if login is None else self._receiver(login),
                    "level": level,
                    "reason": why,
                    "given_by_id": self.desk.member.id,
                    "given_at": change.now,
                    "ends_at": ends,
                },
            )
        return self.get(release)

    def take_back(self, release_id: int) -> ReleaseRow:
        """Take a release back: from now on it gives nothing any more.

        Raises:
            Conflict: it is over already.
            NotAllowed: the department is not below the member.
            NotFound: there is no such release.
        """
        with self.desk.change(RELEASE_TAKEN_BACK) as change:
            release = self.get(release_id)
            if not release.takes_back:
                raise NotAllowed(NO_RELEASING)
            if release.state != "running":
                raise Conflict(OVER)
            change.update(CardRelease, release_id, {"taken_back_at": change.now})
        return self.get(release_id)

    def get(self, release_id: int) -> ReleaseRow:
        """One release that is the member's business.

        Raises:
            NotFound: there is none.
        """
        found = self._find("given.id = ?", [release_id], 1)
        if not found:
            raise NotFound(NO_RELEASE, number=release_id)
        return found[0]

    def all(self, limit: Limit = 200, *, ended: bool = False) -> list[ReleaseRow]:
        """The releases that are the member's business, those without an end first: of
        departments below him, and what is released to himself.

        Args:
            ended: also those that ran out or were taken back.
        """
        if ended:
            return self._find("1", [], limit)
        now = _stored(self.desk.store.clock.now())
        running = "given.taken_back_at IS NULL AND (given.ends_at IS NULL OR given.ends_at > ?)"
        return self._find(running, [now], limit)

    def departments(self) -> list["DepartmentRow"]:
        """The departments of which the member releases cards, as the tree shows them."""
        if self.desk.member.role not in RELEASING:
            return []
        places = self._places()
        return [row for row in self.desk.departments.all() if places is None or row.id in places]

    def _find(self, where: str, parameters: list[Any], limit: int) -> list[ReleaseRow]:
        member, now = self.desk.member, self.desk.store.clock.now()
        mine, own = self._business()
        cursor = database.execute_sql(
            f"SELECT {COLUMNS} {SOURCE} WHERE {where} AND {mine} "
            "ORDER BY given.taken_back_at IS NOT NULL, given.ends_at IS NOT NULL, given.ends_at, "
            "given.id DESC LIMIT ?",
            [*parameters, *own, limit],
        )
        places = self._places()
        releases = member.role in RELEASING
        found = []
        for values in cursor.fetchall():
            number, department, place, role, name, login, level, reason, giver, *times = values
            given_at, ends_at, taken_at = map(_moment, times)
            state = "running"
            if taken_at is not None:
                state = "taken_back"
            elif ends_at is not None and ends_at <= now:
                state = "ended"
            found.append(
                ReleaseRow(
                    id=number,
                    department=department,
                    department_name=place or "",
                    role=role or "",
                    member=name or "",
                    login=login or "",
                    level=level,
                    reason=reason,
                    given_by=giver,
                    given_at=given_at or now,
                    ends_at=ends_at,
                    taken_back_at=taken_at,
                    state=state,
                    to_review=state == "running" and ends_at is None,
                    takes_back=releases and (places is None or department in places),
                )
            )
        return found

    def _business(self) -> tuple[str, list[Any]]:
        """The condition under which a release is the member's business."""
        member = self.desk.member
        if member.role in SEE_ALL:
            return "1", []
        own = "given.member_id = ? OR given.role = ?"
        parameters: list[Any] = [member.id, member.role]
        places = sorted(self._places() or ())
        if places:
            # What is released of all departments concerns a manager's own, too.
            marks = ",".join("?" * len(places))
            own += f" OR given.department_id IS NULL OR given.department_id IN ({marks})"
            parameters += places
        return f"({own})", parameters

    def _places(self) -> set[int] | None:
        """The departments of which the member releases cards; None for all of them."""
        member = self.desk.member
        if member.role in SEE_ALL or members_below(member) is None:
            return None
        if member.role != "manager" or member.department is None:
            return set()
        return departments_below(member.department)

    def _receiver(self, login: str) -> int:
        from store.members import member_named

        member = member_named(login)
        if member is None:
            raise NotFound(NO_MEMBER, login=shortened(login))
        if member.role not in RELEASED_TO:
            raise BadValue(NEEDS_NONE, field="login", name=member.name)
        return member.id

    @staticmethod
    def _check_department(department: int) -> None:
        from store.models.team import Department

        if not Department.select().where(Department.id == department).exists():
            raise NotFound(NO_DEPARTMENT, number=department)

    def _end_of(self, day: date) -> datetime:
        """The moment when a day is over, in the team's time."""
        in_reach(day, "until")
        clock = self.desk.store.clock
        if day < clock.local(clock.now()).date():
            raise BadValue(PAST_END, field="until")
        midnight = datetime.combine(day + timedelta(days=1), time.min, clock.zone)
        return midnight.astimezone(UTC)


def _reason(text: str) -> str:
    from store.forms.tidy import one_line

    try:
        return one_line(text)
    except BadValue as error:
        error.field = "reason"
        raise


def _stored(moment: datetime) -> str:
    return str(CardRelease.given_at.db_value(moment))


def _moment(text: str | None) -> datetime | None:
    return None if text is None else CardRelease.given_at.python_value(text)
