"""Writing the sample team's work, day by day, through the desks of its members."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import groupby
from typing import Any, TypeVar

from store import rows
from store.card_values import load_records
from store.card_writing import CardWriter
from store.cards import CARD_CHANGED, CARD_ENTERED
from store.derived import rebuild
from store.desk import Desk
from store.interactions import TALK_LOGGED
from store.lunar import YearlyDate
from store.models.cards import Card, FamilyMember, Occasion
from store.models.interactions import Interaction, InteractionCard
from store.models.todos import Todo
from store.recorder import Recorder
from store.sample.cards import BEFORE, SampleCard
from store.sample.past_clock import PastClock
from store.sample.team import SampleMember
from store.sample.telling import SampleTalk, moment
from store.sample.work import SampleTodo
from store.talk_values import checked
from store.talk_values import columns as talk_columns
from store.todo_values import columns as todo_columns
from store.todos import TODO_ADDED

Deed = TypeVar("Deed")

FIRST_KNOWN = frozenset(
    {"name", "short_name", "gender", "organisation", "org_department", "title", "mobile", "source"}
    | {"work_phone", "region", "city", "industry", "met_on", "met_at", "category", "nickname"}
)
"""What stands on a card when it is entered; the rest is filled in when it is looked through."""


WRITTEN_UP_AT_ONCE = 14
"""Days before today from which a talk is written up on the same evening."""

SATURDAY = 5


@dataclass(slots=True)
class _Day:
    """What is done on one day."""

    entered: list[SampleCard] = field(default_factory=list)
    noted: list[SampleTodo] = field(default_factory=list)
    talks: list[SampleTalk] = field(default_factory=list)
    reviewed: list[SampleCard] = field(default_factory=list)
    done: list[SampleTodo] = field(default_factory=list)


class Writing:
    """Lets each member do on a day what he did: enter, note, log, look through.

    What one member does on a day is one change set of each kind, and older talks are written up
    once a week: a year takes two seconds.

    Args:
        desks: by login.
        clock: the clock of these desks.
    """

    def __init__(self, desks: dict[str, Desk], clock: PastClock) -> None:
        self.desks = desks
        self.clock = clock

    def write(
        self,
        cards: Iterable[SampleCard],
        talks: Iterable[SampleTalk],
        todos: Iterable[SampleTodo],
    ) -> None:
        """Write everything in the order of the days on which it was done."""
        days = _by_day(cards, talks, todos, self.clock.today())
        for day in sorted(days):
            self._work(day, days[day])
        rebuild(self.clock)

    def _work(self, day: date, done: _Day) -> None:
        self.clock.moment = moment(day, 8, 30)
        for desk, cards in self._by_member(done.entered, lambda card: card.owner):
            _enter(desk, cards)
        for desk, todos in self._by_member(done.noted, lambda todo: todo.by):
            _note(desk, todos)
        self.clock.moment = moment(day, 18, 10)
        for desk, talks in self._by_member(done.talks, lambda talk: talk.by):
            _log(desk, talks)
        for desk, cards in self._by_member(done.reviewed, lambda card: card.owner):
            _look_through(desk, cards)
        for todo in done.done:
            self.desks[todo.by.login].todos.done([todo.id], todo.result)

    def _by_member(
        self, deeds: Sequence[Deed], doer: Callable[[Deed], SampleMember]
    ) -> Iterator[tuple[Desk, list[Deed]]]:
        mine: dict[str, list[Deed]] = defaultdict(list)
        for deed in deeds:
            mine[doer(deed).login].append(deed)
        for login, found in mine.items():
            yield self.desks[login], found


def _by_day(
    cards: Iterable[SampleCard],
    talks: Iterable[SampleTalk],
    todos: Iterable[SampleTodo],
    today: date,
) -> dict[date, _Day]:
    days: dict[date, _Day] = defaultdict(_Day)
    for card in cards:
        days[card.entered].entered.append(card)
        if card.reviewed is not None:
            days[card.reviewed].reviewed.append(card)
    for talk in talks:
        days[_written_up(talk.day, today)].talks.append(talk)
    for todo in todos:
        days[todo.entered].noted.append(todo)
        if todo.done_on is not None:
            days[todo.done_on].done.append(todo)
    return days


def _written_up(day: date, today: date) -> date:
    """When a talk of this day is written up: older ones on the Saturday that follows."""
    if (today - day).days <= WRITTEN_UP_AT_ONCE:
        return day
    return day + timedelta(days=(SATURDAY - day.weekday()) % 7)


def _enter(desk: Desk, cards: Sequence[SampleCard]) -> None:
    """Enter cards with what is known at first, or all of it where nothing is added later."""
    with desk.change(CARD_ENTERED) as change:
        writer = CardWriter(desk, change)
        for kind, group in groupby(cards, lambda card: card.kind):
            alike = list(group)
            entered = writer.enter(kind, [(_first_values(desk, card), []) for card in alike])
            numbers = {row["id"]: row["number"] for row in rows.fetch(Card, entered).values()}
            for card, card_id in zip(alike, entered, strict=True):
                card.id, card.number = card_id, numbers[card_id]
                if card.reviewed is None:
                    _add_family(change, card)


def _first_values(desk: Desk, card: SampleCard) -> dict[str, Any]:
    """What is written on a card when it is entered, checked."""
    values = dict(card.values)
    if card.reviewed is not None:
        values = {key: value for key, value in values.items() if key in FIRST_KNOWN}
        values["lifecycle"] = BEFORE.get(card.stage, card.stage)
    if card.introduced_by is not None:
        values["referrer"] = card.introduced_by.number
    return desk.cards.checked(card.kind, values)


def _look_through(desk: Desk, cards: Sequence[SampleCard]) -> None:
    """Fill in everything that is known of cards by now."""
    by_id = {card.id: card for card in cards}
    with desk.change(CARD_CHANGED) as change:
        writer = CardWriter(desk, change)
        for record in load_records(by_id).values():
            card = by_id[record.id]
            learned = {key: value for key, value in card.values.items() if key != "organisation"}
            ready = desk.cards.checked(card.kind, {**record.values, **learned})
            writer.rewrite(record, ready)
            _add_family(change, card)
        _follow_up_later(change)


def _add_family(change: Recorder, card: SampleCard) -> None:
    for position, values in enumerate(card.family):
        columns: dict[str, Any] = {
            "card_id": card.id,
            "name": values.name,
            "relation": values.relation,
            "job": values.job,
            "education": values.education,
            "interests": values.interests,
            "note": values.note,
            "position": position,
        }
        member = change.insert(FamilyMember, columns)
        if values.birth is not None:
            said = YearlyDate.parse(values.birth)
            change.insert(
                Occasion,
                {
                    "card_id": card.id,
                    "family_member_id": member,
                    "kind": "birth",
                    "calendar": str(said.calendar),
                    "year": said.year,
                    "month": said.month,
                    "day": said.day,
                    "leap": said.leap,
                },
            )


def _log(desk: Desk, talks: Sequence[SampleTalk]) -> None:
    with desk.change(TALK_LOGGED) as change:
        ids = change.insert_many(
            Interaction,
            [
                {
                    **talk_columns(checked(talk.values), change.now),
                    "card_id": talk.card.id,
                    "member_id": desk.member.id,
                }
                for talk in talks
            ],
        )
        change.insert_many(
            InteractionCard,
            [
                {"interaction_id": talk_id, "card_id": talk.partner.id}
                for talk_id, talk in zip(ids, talks, strict=True)
                if talk.partner is not None and talk.partner.id
            ],
        )
        _follow_up_later(change)


def _follow_up_later(change: Recorder) -> None:
    """Leave what lists and search need to `rebuild`, which does it once for all changes."""
    change.settle(change.cards)
    change.surroundings.clear()
    change.interactions.clear()


def _note(desk: Desk, todos: Sequence[SampleTodo]) -> None:
    with desk.change(TODO_ADDED) as change:
        columns = []
        for todo in todos:
            card = todo.card.id if todo.card is not None else None
            columns.append(todo_columns(desk, replace(todo.values, card=card)))
        for todo, todo_id in zip(todos, change.insert_many(Todo, columns), strict=True):
            todo.id = todo_id
