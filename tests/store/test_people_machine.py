"""Whatever is done with people and where they work, lists say what a box worked out anew says."""

import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from store.clock import Clock
from store.database import open_store
from store.derived import rebuild_cards
from store.doctor import examine
from store.errors import BadInput, Conflict, NotAllowed, NotFound
from store.models.base import database
from store.records.cards import CardQuery
from store.records.interactions import InteractionQuery, InteractionValues
from store.records.occasions import FamilyValues
from store.records.people import PlaceValues
from tests.store.sales_team import sales_team

TODAY = date(2026, 9, 24)
NOON = datetime(2026, 9, 20, 4, tzinfo=UTC)

places = st.integers(0, 9)
"""Which of the present records is meant, counted round."""

moments = st.integers(0, 4).map(lambda days: NOON + timedelta(days=days))
days = st.none() | st.dates(date(2026, 9, 19), TODAY)
logins = st.sampled_from(["boss", "zhang", "south"])

FOLLOWS = "SELECT id, completeness, last_contact_at, organisation_name, title FROM card ORDER BY id"


class Houses(RuleBasedStateMachine):
    """Three members, whose people come and go, are met, handed on, merged, thrown away and erased.

    The box begins with two organisations and three people there, who were met.
    """

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.store = open_store(Path(self.folder.name) / "box.sqlite", Clock(shown_today=TODAY))
        database.execute_sql("PRAGMA synchronous = OFF")
        self.team = sales_team(self.store)
        self.desk = self.team["boss"]
        for house in ("华强电子", "远大软件"):
            self.desk.cards.create("organisation", {"name": house})
        for name, house in (("张山", "华强电子"), ("李四", "华强电子"), ("王五", "远大软件")):
            card = self.desk.cards.create("person", {"name": name, "organisation": house})
            self.desk.interactions.log(card.id, InteractionValues(topic="报价", at=NOON))

    def do(self, use_case: Callable[[], object]) -> None:
        """Whatever was done or refused, the lists follow the records."""
        try:
            use_case()
        except (BadInput, Conflict, NotAllowed, NotFound):
            pass
        shown = database.execute_sql(FOLLOWS).fetchall()
        with self.store.transaction():
            rebuild_cards(self.store.clock)
        assert database.execute_sql(FOLLOWS).fetchall() == shown

    def teardown(self) -> None:
        try:
            assert [check for check in examine(self.store).checks if not check.ok] == []
        finally:
            self.store.close()
            self.folder.cleanup()

    def card(self, place: int, kind: str | None = None, trashed: bool = False) -> int:
        """One of the cards; 0, which is none, where there are none."""
        found = self.desk.cards.page(CardQuery(kind=kind, sort="number", trashed=trashed), 0, 99)
        return found[place % len(found)].id if found else 0

    def house(self, place: int) -> int:
        return self.card(place, "organisation")

    def person(self, place: int) -> int:
        return self.card(place, "person")

    def place(self, person: int, which: int) -> int:
        """One of the places of one of the people; 0 where there is none."""
        card = self.person(person)
        found = self.desk.people.history(card) if card else []
        return found[which % len(found)].id if found else 0

    def talk(self, place: int, trashed: bool = False) -> int:
        """One of the talks; 0 where there are none."""
        found = self.desk.interactions.page(InteractionQuery(trashed=trashed), 0, 99)
        return found[place % len(found)].id if found else 0

    @rule(login=logins)
    def go_on_as(self, login: str) -> None:
        self.desk = self.team[login]

    @rule(name=st.sampled_from(["赵六", "张山"]), house=st.sampled_from(["华强电子", "新公司", ""]))
    def enter(self, name: str, house: str) -> None:
        self.do(lambda: self.desk.cards.create("person", {"name": name, "organisation": house}))

    @rule(house=places, person=places, since=days)
    def come(self, house: int, person: int, since: date | None) -> None:
        def add() -> None:
            number = self.desk.cards.get(self.person(person)).number
            values = PlaceValues(title="董事", since=since)
            self.desk.people.add(self.house(house), number, values)

        self.do(add)

    @rule(person=places, which=places, until=days, to=st.sampled_from(["", "恒通物流", "远大软件"]))
    def leave(self, person: int, which: int, until: date | None, to: str) -> None:
        self.do(lambda: self.desk.people.leave(self.place(person, which), until, to))

    @rule(person=places, which=places, since=days, until=days)
    def change_place(self, person: int, which: int, since: date | None, until: date | None) -> None:
        def change() -> None:
            place = self.place(person, which)
            values = self.desk.people.get(place).values
            self.desk.people.update(place, values, replace(values, since=since, until=until))

        self.do(change)

    @rule(person=places, which=places)
    def take_place_away(self, person: int, which: int) -> None:
        self.do(lambda: self.desk.people.remove(self.place(person, which)))

    @rule(person=places, which=places, remove=st.booleans())
    def change_family(self, person: int, which: int, remove: bool) -> None:
        def change() -> None:
            card = self.person(person)
            found = self.desk.family.of(card)
            if found and remove:
                self.desk.family.remove(found[which % len(found)].id)
            else:
                self.desk.family.add(card, FamilyValues(name="小雨"))

        self.do(change)

    @rule(card=places, at=moments, reached=st.booleans(), other=places)
    def meet(self, card: int, at: datetime, reached: bool, other: int) -> None:
        def log() -> None:
            others = (self.card(other),) if other % 2 else ()
            values = InteractionValues(topic="报价", at=at, reached=reached, others=others)
            self.desk.interactions.log(self.card(card), values)

        self.do(log)

    @rule(place=places, at=moments, reached=st.booleans(), other=places)
    def change_talk(self, place: int, at: datetime, reached: bool, other: int) -> None:
        def change() -> None:
            talk = self.desk.interactions.get(self.talk(place))
            others = (self.card(other),) if other % 2 else ()
            values = replace(talk.values, at=at, reached=reached, others=others)
            self.desk.interactions.update(talk.id, talk.values, values)

        self.do(change)

    @rule(place=places)
    def trash_talk(self, place: int) -> None:
        self.do(lambda: self.desk.interactions.trash([self.talk(place)]))

    @rule(place=places)
    def restore_talk(self, place: int) -> None:
        self.do(lambda: self.desk.interactions.restore([self.talk(place, trashed=True)]))

    @rule(cards=st.lists(places, min_size=1, max_size=3), to=logins)
    def hand(self, cards: list[int], to: str) -> None:
        receiver = self.team[to].member.login
        self.do(lambda: self.desk.transfers.hand([self.card(card) for card in cards], receiver, ""))

    @rule(cards=st.lists(places, min_size=1, max_size=2))
    def trash(self, cards: list[int]) -> None:
        self.do(lambda: self.desk.cards.trash([self.card(card) for card in cards]))

    @rule(place=places)
    def restore(self, place: int) -> None:
        self.do(lambda: self.desk.cards.restore([self.card(place, trashed=True)]))

    @rule(first=places, second=places, kind=st.sampled_from(["person", "organisation"]))
    def merge(self, first: int, second: int, kind: str) -> None:
        self.do(lambda: self.desk.merging.merge(self.card(first, kind), self.card(second, kind)))

    @rule(card=places, trashed=st.booleans())
    def erase(self, card: int, trashed: bool) -> None:
        erased = self.card(card, trashed=trashed)
        self.do(lambda: self.team["admin"].audit.erase(erased, "要求删除"))

    @rule(back=places)
    def revert(self, back: int) -> None:
        newest = database.execute_sql("SELECT max(id) FROM change_set").fetchone()[0]
        self.do(lambda: self.desk.trail.revert(newest - back))

    @rule()
    def undo(self) -> None:
        self.do(self.desk.trail.undo)

    @rule()
    def redo(self) -> None:
        self.do(self.desk.trail.redo)


TestHouses = pytest.mark.slow(Houses.TestCase)
TestHouses.settings = settings(max_examples=30, stateful_step_count=25, deadline=None)
