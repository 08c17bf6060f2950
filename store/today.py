"""What is due today: to-dos, contacts, dates, cards to look through; each list is bounded."""

from datetime import date
from typing import TYPE_CHECKING

from store import search, todo_search
from store.arguments import checks_arguments
from store.itinerary import travels
from store.models.base import database
from store.news import recent
from store.records.briefing import Agenda
from store.records.cards import CardQuery, CardRow
from store.records.occasions import OccasionRow
from store.records.todos import TodoQuery, TodoRow
from store.trouble import explains_trouble

if TYPE_CHECKING:
    from store.desk import Desk

TODOS = 100
FOLLOWUPS = 100
DATES = 50
REVIEWS = 30
REMARKS = 50
LOANS = 50

BIG_PILE = 10
"""Forgotten cards from which on the day tells of them."""
TRIPS = 30
NEWS = 20

OF_OTHERS = 5
"""Trips and news of customers whom colleagues look after: a director sees them all."""

NEWS_DAYS = 7

DATE_DAYS = 7
"""Days ahead that dates are told, unless `today.date_days` says other."""

LAST_TALK = (
    "(SELECT talk.{column} FROM interaction AS talk WHERE talk.card_id = card.id "
    "AND talk.trashed_at IS NULL ORDER BY talk.at DESC LIMIT 1)"
)


@explains_trouble
@checks_arguments
class Today:
    """The member's day."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    def agenda(self) -> Agenda:
        """What is due today or overdue, of the member's own to-dos and cards."""
        today = self.desk.store.clock.today()
        return Agenda(
            todos=tuple(self._todos(today)),
            followups=tuple(self._followups(today)),
            dates=tuple(self._dates()),
            reviews=tuple(self._reviews()),
            remarks=tuple(self.desk.remarks.open(REMARKS)),
            trips=tuple(travels(self.desk, TRIPS, OF_OTHERS)),
            news=tuple(recent(self.desk, NEWS_DAYS, NEWS, OF_OTHERS)),
            inspections=tuple(self.desk.inspections.waiting(REMARKS)),
            loans=tuple(self.desk.loans.due(LOANS)),
            pile=self._pile(),
        )

    def _pile(self) -> int:
        lying = self.desk.pile.count()
        return lying if lying >= BIG_PILE else 0

    def _todos(self, today: date) -> list[TodoRow]:
        """Due ones of both sides: what a customer promised has to be asked for.

        What a colleague waits for comes first.
        """
        chosen = todo_search.select(self.desk, TodoQuery(side=None))
        chosen.add("todo.due_on <= ?", today.isoformat())
        due = todo_search.rows_of(self.desk, chosen, 0, TODOS)
        return sorted(due, key=lambda row: row.asked_by is None)

    def _followups(self, today: date) -> list[CardRow]:
        """Cards whose next contact is due, the longest overdue first.

        When there are too many, those that fell due last are shown. A card's `next_on` may come
        from a to-do; here only the last talk counts.
        """
        chosen = search.select(self.desk, CardQuery(mine=True))
        next_on, purpose = (LAST_TALK.format(column=c) for c in ("next_on", "next_purpose"))
        cursor = database.execute_sql(
            f"SELECT card.id, {next_on}, {purpose} FROM card WHERE {chosen.where} "
            f"AND card.next_on <= ? AND {next_on} <= ? "
            "ORDER BY card.next_on DESC, card.id DESC LIMIT ?",
            [*chosen.parameters, today.isoformat(), today.isoformat(), FOLLOWUPS],
        )
        due = {card: (date.fromisoformat(on), what or "") for card, on, what in cursor.fetchall()}
        rows = self.desk.cards.rows(list(due))
        found = [row._replace(next_on=due[i][0], next_step=due[i][1]) for i, row in rows.items()]
        return sorted(found, key=lambda row: (row.next_on or today, row.id))

    def _dates(self) -> list[OccasionRow]:
        days = self.desk.settings.get("today.date_days", DATE_DAYS)
        if not isinstance(days, int) or not 1 <= days <= 366:
            days = DATE_DAYS
        return self.desk.occasions.coming(days, mine=True, limit=DATES)

    def _reviews(self) -> list[CardRow]:
        query = CardQuery(mine=True, review_due=True, sort="review")
        return self.desk.cards.page(query, 0, REVIEWS)
