"""Work view 工作浏览: what the members below did in a time, and what waits for them now."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from store.arguments import Limit, checks_arguments, in_reach
from store.errors import BadValue, NotAllowed
from store.language import N_
from store.models.base import database
from store.models.trail import ChangeSet
from store.records.team import UNTOUCHED, MemberRow, WorkEntry, WorkRow
from store.rights import members_below
from store.search import visible_sql
from store.team_rows import member_rows, trainees_of
from store.trouble import explains_trouble

if TYPE_CHECKING:
    from store.desk import Desk

BACKWARDS = N_("The time ends before it begins.")
NOT_BELOW = N_("{name} does not stand below you.")

ENTERED = (
    "SELECT card.created_by_id, count(*) FROM card WHERE card.trashed_at IS NULL "
    "AND card.created_at >= ? AND card.created_at < ?"
)
TALKS = (
    "SELECT talk.member_id, count(*) FROM interaction talk JOIN card ON card.id = talk.card_id "
    "WHERE talk.trashed_at IS NULL AND talk.at >= ? AND talk.at < ?"
)
DONE = (
    "SELECT todo.owner_id, count(*) FROM todo WHERE todo.trashed_at IS NULL "
    "AND todo.done_at >= ? AND todo.done_at < ?"
)
OVERDUE = (
    "SELECT todo.owner_id, count(*) FROM todo WHERE todo.trashed_at IS NULL "
    "AND todo.done_at IS NULL AND todo.due_on < ?"
)
UNTOUCHED_CARDS = (
    "SELECT card.owner_id, count(*) FROM card WHERE card.trashed_at IS NULL "
    "AND coalesce(card.last_contact_at, card.created_at) < ?"
)
REVIEWS = (
    "SELECT card.owner_id, count(*) FROM card WHERE card.trashed_at IS NULL "
    "AND card.review_due_on <= ?"
)


@explains_trouble
@checks_arguments
class Work:
    """What managers, directors and coaches look through; everybody may look at his own."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    def view(self, first: date, last: date) -> list[WorkRow]:
        """What each member below did, by department and name; the member himself last of all.

        Only cards that the member sees count. What waits is told as it is today.

        Args:
            first: the first day, in the team's time zone.
            last: the last day.

        Raises:
            BadValue: the time ends before it begins, or lies far off.
        """
        start, end = self._span(first, last)
        today = self.desk.store.clock.today()
        since = _stamp(self._midnight(today) - timedelta(days=UNTOUCHED))
        seen = visible_sql(self.desk)
        span = [start, end]
        entered = _counts(ENTERED, span, seen)
        talks, done = _counts(TALKS, span, seen), _counts(DONE, span)
        overdue = _counts(OVERDUE, [today.isoformat()])
        untouched = _counts(UNTOUCHED_CARDS, [since], seen)
        reviews = _counts(REVIEWS, [today.isoformat()], seen)
        return [
            WorkRow(
                member.login,
                member.name,
                member.role,
                member.trainee,
                entered(member.id),
                talks(member.id),
                done(member.id),
                overdue(member.id),
                untouched(member.id),
                reviews(member.id),
                member.last_seen,
            )
            for member in self._in_reach()
        ]

    def of(self, login: str, first: date, last: date, limit: Limit = 200) -> list[WorkEntry]:
        """What one member did on cards that the asker sees, from the trail, the newest first.

        What was undone is left out.

        Raises:
            BadValue: as `view`.
            NotAllowed: the other member does not stand below.
            NotFound: there is no such member.
        """
        from store.work_entries import entries_of

        start, end = self._span(first, last)
        member = self.desk.team.member(login)
        if not any(each.id == member.id for each in self._in_reach()):
            raise NotAllowed(NOT_BELOW, name=member.name)
        return entries_of(self.desk, member.id, start, end, limit)

    def _in_reach(self) -> list[MemberRow]:
        below = members_below(self.desk.member)
        known = None if below is None else below | trainees_of(self.desk.member)
        me = self.desk.member.id
        found = [each for each in member_rows(known) if known is None or each.id in known]
        return sorted(found, key=lambda each: each.id == me)

    def _span(self, first: date, last: date) -> tuple[str, str]:
        in_reach(first, "first")
        in_reach(last, "last")
        if last < first:
            raise BadValue(BACKWARDS, field="last")
        return _stamp(self._midnight(first)), _stamp(self._midnight(last + timedelta(days=1)))

    def _midnight(self, day: date) -> datetime:
        zone = self.desk.store.clock.zone
        return datetime.combine(day, time.min, zone).astimezone(UTC)


def _stamp(moment: datetime) -> str:
    """A moment as it is stored."""
    return str(ChangeSet.at.db_value(moment))


def _counts(
    sql: str, parameters: list[Any], seen: tuple[str, list[Any]] | None = None
) -> Callable[[int], int]:
    """How many a query counts for a member.

    Args:
        sql: gives the member and the count, and is to be grouped by the first.
        seen: the condition on cards that the asker sees.
    """
    if seen is not None:
        sql, parameters = f"{sql} AND {seen[0]}", [*parameters, *seen[1]]
    found = dict(database.execute_sql(f"{sql} GROUP BY 1", parameters).fetchall())
    return lambda member: int(found.get(member, 0))
