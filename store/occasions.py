"""Birthdays and other yearly dates: which are coming, and who was greeted.

A solar day of the span is asked for by the few stored dates that may fall on it, so that an index
answers, and not a walk over all cards (`store.lunar.lunar_keys_of`).
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cache, partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from store.arguments import Limit, checks_arguments, shortened
from store.errors import BadValue, NotFound
from store.language import N_
from store.lunar import POLICIES, Calendar, Policy, YearlyDate, lunar_keys_of
from store.models.base import database
from store.occasion_rows import COLUMNS, FURTHER, Stored, reckon, row_of
from store.records.occasions import OccasionRow
from store.search import visible_sql
from store.standing import whole_record
from store.trouble import explains_trouble

if TYPE_CHECKING:
    from store.desk import Desk

LONGEST_SPAN = 3660
"""Days that one list may cover."""

CARD_DAYS = 400
"""Days in which every yearly date of a card comes, the lunar ones with a leap month too."""

WRONG_SPAN = N_("A list covers 1 to {days} days.")
NO_OCCASION = N_("There is no date {number}.")

NO_SUCH_DATE = N_("Such a card has no date called “{kind}”.")

BIRTH = "birth"

DATE_ADDED = N_("Date noted")
DATE_REMOVED = N_("Date taken away")
GREETED = N_("Greeting noted")

JOINED = (
    "CROSS JOIN card ON card.id = occasion.card_id "
    "LEFT JOIN family_member ON family_member.id = occasion.family_member_id"
)


@explains_trouble
@checks_arguments
class Occasions:
    """The yearly dates of the cards that a member sees, and of their families."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk

    def policy(self) -> Policy:
        """When dates are kept in years that lack their day, as the settings say.

        A setting that is none of its choices counts as its default.
        """
        settings = {key: self.desk.settings.get(f"policy.{key}") for key in POLICIES}
        return Policy(**{key: value for key, value in settings.items() if value in POLICIES[key]})

    def coming(
        self,
        days: int = 30,
        start: date | None = None,
        *,
        mine: bool = False,
        limit: Limit | None = None,
    ) -> list[OccasionRow]:
        """The dates that come within so many days, the first day included, in their order.

        Args:
            start: the first day; today where None.
            mine: only of cards that the member looks after.
            limit: only so many, the first ones.

        Raises:
            BadValue: a list cannot cover so many days.
        """
        if not 1 <= days <= LONGEST_SPAN:
            raise BadValue(WRONG_SPAN, field="days", days=LONGEST_SPAN)
        policy = self.policy()
        first = start or self.desk.store.clock.today()
        falls_on: dict[tuple[Calendar, int, int, bool], list[date]] = {}
        for day in _span(first, days):
            for key in lunar_keys_of(day, policy):
                falls_on.setdefault(key, []).append(day)
        span = list(falls_on.values())
        found = [
            (day, Stored(*stored))
            for place, *stored in self._candidates(list(falls_on), mine)
            for day in span[place]
        ]
        return self._rows(found, policy, None if limit is None or limit < 0 else limit)

    def _candidates(
        self, keys: Sequence[tuple[Calendar, int, int, bool]], mine: bool
    ) -> list[tuple[Any, ...]]:
        """The stored dates of these keys, each behind the place of its key."""
        wanted = ",".join(
            f"('{calendar}',{month},{day},{leap:d},{place})"
            for place, (calendar, month, day, leap) in enumerate(keys)
        )
        condition, parameters = "card.trashed_at IS NULL AND occasion.kept", []
        visible = visible_sql(self.desk)
        if visible is not None:
            condition += f" AND {visible[0]}"
            parameters.extend(visible[1])
        if mine:
            condition += " AND card.owner_id = ?"
            parameters.append(self.desk.member.id)
        sql = (
            f"WITH wanted(calendar, month, day, leap, place) AS (VALUES {wanted}) "
            f"SELECT wanted.place, {COLUMNS} FROM wanted CROSS JOIN occasion "
            "ON occasion.calendar = wanted.calendar AND occasion.month = wanted.month "
            "AND occasion.day = wanted.day AND occasion.leap = wanted.leap "
            f"{JOINED} WHERE {condition}"
        )
        return list(database.execute_sql(sql, parameters).fetchall()) if keys else []

    def of_card(self, card_id: int, days: int = CARD_DAYS) -> list[OccasionRow]:
        """When each date of a card and its family comes next, within so many days.

        Raises:
            NotFound: the member sees no such card.
        """
        self.desk.cards.check_visible(card_id)
        return self.of_cards([card_id], days)

    def of_cards(self, card_ids: Sequence[int], days: int = CARD_DAYS) -> list[OccasionRow]:
        """The same for several cards; those that the member does not see have none."""
        policy, today = self.policy(), self.desk.store.clock.today()
        marks = ",".join("?" * len(card_ids))
        condition, parameters = (
            f"occasion.kept AND occasion.card_id IN ({marks})",
            list[Any](card_ids),
        )
        visible = visible_sql(self.desk)
        if visible is not None:
            condition += f" AND {visible[0]}"
            parameters.extend(visible[1])
        sql = f"SELECT {COLUMNS} FROM occasion {JOINED} WHERE {condition}"
        found = []
        for stored in map(Stored._make, database.execute_sql(sql, parameters).fetchall()):
            day = stored.said().next_occurrence(today, policy)
            if day is not None and (day - today).days < days:
                found.append((day, stored))
        return self._rows(found, policy)

    def _rows(
        self, found: list[tuple[date, Stored]], policy: Policy, limit: Limit | None = None
    ) -> list[OccasionRow]:
        """List rows by date and name, of those that had begun by that day."""
        found.sort(key=lambda entry: (entry[0], entry[1].sort_key, entry[1].id))
        reckoned = cache(partial(reckon, policy=policy))  # many people share a birthday
        begun = (
            (day, stored, coming)
            for day, stored in found
            if (coming := reckoned(stored[-5:], day)) is not None
        )
        shown = list(islice(begun, limit))
        greeted = self._greeted(shown[0][0], shown[-1][0]) if shown else frozenset()
        today = self.desk.store.clock.today()
        return [
            row_of(day, stored, coming, (day - today).days, f"{day}:{stored.id}" in greeted)
            for day, stored, coming in shown
        ]

    @staticmethod
    def _greeted(first: date, last: date) -> frozenset[str]:
        """The occurrences of a span that were greeted."""
        cursor = database.execute_sql(
            "SELECT json_extract(extras, '$.greeting') FROM interaction "
            "WHERE extras IS NOT NULL AND +trashed_at IS NULL "
            "AND json_extract(extras, '$.greeting') >= ? "
            "AND json_extract(extras, '$.greeting') < ?",
            [f"{first}:", f"{last};"],
        )
        return frozenset(greeting for (greeting,) in cursor.fetchall())

    def add(self, card_id: int, kind: str, stored: str, note: str = "") -> int:
        """Note a yearly date of a card; all but further dates replace the one that is there.

        A birthday replaces the one of the same calendar.

        Args:
            kind: birth, wedding, founded, opened, further.
            stored: the date's text form.

        Returns:
            The date's id.

        Raises:
            BadValue: the card has no such date, or it is none.
            NotFound: the member sees no such card.
        """
        from store.card_values import yearly
        from store.card_writing import CardWriter
        from store.forms.tidy import one_line
        from store.models.cards import Occasion

        said, note = YearlyDate.parse(stored), one_line(note)
        with self.desk.change(DATE_ADDED) as change:
            present = whole_record(self.desk, card_id)
            key = _form_key(present.kind, kind, said.calendar)
            entry: Any = stored
            if kind == FURTHER:
                entry = [*present.values.get(key, []), {"date": stored, "note": note}]
            values = self.desk.cards.rechecked(present.kind, present.values, {key: entry})
            CardWriter(self.desk, change).rewrite(present, values)
            same = Occasion.select().where(
                (Occasion.card == card_id)
                & Occasion.family_member.is_null()
                & (Occasion.kind == (BIRTH if kind == BIRTH else key))
            )
            noted = [
                row
                for row in same.order_by(Occasion.position)
                if yearly(row) == said and (kind != FURTHER or row.note == note)
            ][-1]
            change.update(Occasion, noted.id, {"note": note})
        return int(noted.id)

    def remove(self, occasion_id: int) -> None:
        """Take a yearly date away; of two birthdays the other one is kept from now on.

        Raises:
            NotFound: there is none that the member sees.
        """
        from store.models.cards import Occasion

        with self.desk.change(DATE_REMOVED) as change:
            row = Occasion.get_or_none(Occasion.id == occasion_id)
            if row is None:
                raise NotFound(NO_OCCASION, number=occasion_id)
            self.desk.cards.check_visible(row.card_id)
            change.delete(Occasion, occasion_id)
            same = (
                Occasion.family_member.is_null()
                if row.family_member_id is None
                else Occasion.family_member == row.family_member_id
            )
            for other in Occasion.select().where(
                (Occasion.card == row.card_id) & (Occasion.kind == row.kind) & ~Occasion.kept & same
            ):
                change.update(Occasion, other.id, {"kept": True})

    def note_greeting(self, row: OccasionRow, method: str = "other") -> int:
        """Note in the contact log that an occasion was greeted; gives the talk's id.

        Raises:
            BadValue: there is no such method.
            NotFound: the member does not see the card any more.
        """
        return self.note_greetings([row], method)[0]

    def note_greetings(self, rows: Sequence[OccasionRow], method: str = "other") -> list[int]:
        """Note greetings for several occasions, as one change; gives the talks' ids."""
        from store.records.interactions import InteractionValues
        from store.talk_values import checked

        with self.desk.change(GREETED) as change:
            return [
                self.desk.interactions.note(
                    change,
                    row.card_id,
                    checked(InteractionValues(method=method, topic=_topic(row))),
                    f"{row.date}:{row.id}",
                )
                for row in rows
            ]


_FORM_KEYS = frozenset({"birth_solar", "birth_lunar", "further_dates"})
"""Keys of the form that are called otherwise here."""


def _form_key(card_kind: str, kind: str, calendar: Calendar) -> str:
    """The field of a card's form that holds a kind of date.

    Raises:
        BadValue: such a card has no such date.
    """
    from store.forms.declaration import load_form

    form = load_form(card_kind)
    named = {BIRTH: f"birth_{calendar}", FURTHER: "further_dates"}
    key = named.get(kind, kind)
    if kind in _FORM_KEYS or key not in form or form.field(key).source != "occasion":
        raise BadValue(NO_SUCH_DATE, field="kind", kind=shortened(kind))
    return key


def _span(first: date, days: int) -> Iterable[date]:
    """So many days from the first one on, as far as the calendar goes."""
    count = min(days, (date.max - first).days + 1)
    return (first + timedelta(days=place) for place in range(count))


def _topic(row: OccasionRow) -> str:
    """What was greeted, in the language spoken."""
    from store import labels
    from store.language import _

    who = " ".join(part for part in (row.relation, row.who) if part)
    what = labels.occasion(row.occasion, row.note)
    whose = _("{what} of {who}").format(what=what, who=who) if who else what
    return _("Greeting: {occasion}").format(occasion=whose)
