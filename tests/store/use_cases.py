"""Everything that can be done at a desk, as rules of a state machine."""

import io
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from store import chain, index_check, rows
from store.clock import Clock
from store.database import open_store
from store.models.base import database
from store.models.tables import TRAILED
from store.recorder import noted
from store.records.cards import CardQuery
from store.records.exchange import Policy
from store.records.interactions import InteractionQuery, InteractionValues
from store.records.merging import SIDES
from store.records.occasions import FamilyValues
from store.records.todos import TodoQuery, TodoValues

TODAY = date(2026, 9, 24)

Records = dict[str, dict[int, dict[str, Any]]]
"""All that the trail keeps, by table and id."""

places = st.integers(0, 9)
"""Which of the present records is meant, counted round."""

houses = st.sampled_from(["华强电子", "远大软件", "O000001", ""])
days = st.none() | st.dates(TODAY - timedelta(days=3), TODAY + timedelta(days=40))
yearly = st.sampled_from(["1985-08-15", "--02-29", "lunar:1985-08-15", "lunar:1982-04L-10"])

people = st.fixed_dictionaries(
    {"name": st.sampled_from(["张山", "李四", "王五", "单小姐"])},
    optional={
        "organisation": houses.filter(lambda name: not name.startswith("O")),
        "title": st.sampled_from(["经理", "采购"]),
        "mobile": st.sampled_from([[{"value": "13911112345"}], [{"value": "13800002222"}], []]),
        "email": st.just([{"value": "a@example.com"}]),
        "tags": st.sampled_from([["老乡"], ["老乡", "钓友"]]),
        "birth_solar": st.just("1985-09-29"),
        "birth_lunar": st.just("lunar:1985-08-15"),
        "birth_kept": st.sampled_from(["solar", "lunar"]),
        "referrer": st.sampled_from(["P000001", "P000002", "老陈"]),
        "hobbies": st.sampled_from([["钓鱼"], ["象棋"]]),
        "importance": st.just("key"),
        "further_dates": st.just([{"date": "--05-20", "note": "相识"}, {"date": "--06-01"}]),
    },
)
talks = st.builds(
    InteractionValues,
    method=st.sampled_from(["visit", "phone"]),
    topic=st.sampled_from(["新报价", None]),
    minutes=st.sampled_from(["担心交期", None]),
    next_on=days,
)
todos = st.builds(
    TodoValues,
    title=st.sampled_from(["送样品", "寄合同"]),
    due_on=days,
    important=st.booleans(),
    side=st.sampled_from(["ours", "theirs"]),
    tags=st.sampled_from([(), ("急",)]),
)


class UseCases(RuleBasedStateMachine):
    """A new box, and what its members do there.

    `do` carries a use case out and looks at what became of it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.store = open_store(Path(self.folder.name) / "box.sqlite", Clock(shown_today=TODAY))
        database.execute_sql("PRAGMA synchronous = OFF")
        self.desk = self.store.desk()

    def do(self, use_case: Callable[[], object]) -> None:
        raise NotImplementedError

    def records(self) -> Records:
        """What the box holds, as the trail sees it."""
        held: Records = {}
        for name, table in TRAILED.items():
            ids = [row_id for (row_id,) in database.execute_sql(f'SELECT id FROM "{name}"')]
            found = rows.fetch(table, ids)
            held[name] = {row_id: noted(table, row) for row_id, row in found.items()}
        return held

    def check_derived(self) -> None:
        """Search and list columns follow from the records, and every record is whole."""
        clock = self.store.clock
        assert index_check.missing() == index_check.superfluous() == 0
        assert index_check.differing_documents(clock, thorough=True) == 0
        assert index_check.differing_cards(clock, thorough=True) == 0
        assert database.execute_sql("PRAGMA foreign_key_check").fetchall() == []
        assert chain.first_fault() is None

    def check_all(self) -> None:
        """What must hold when everything is done."""
        raise NotImplementedError

    def teardown(self) -> None:
        try:
            self.check_all()
        finally:
            self.store.close()
            self.folder.cleanup()

    def card(self, place: int, kind: str | None = None, trashed: bool = False) -> int:
        """One of the cards; 0, which is none, where there are none."""
        found = self.desk.cards.page(CardQuery(kind=kind, sort="number", trashed=trashed), 0, 99)
        return found[place % len(found)].id if found else 0

    def talk(self, place: int, trashed: bool = False) -> int:
        """One of the talks; 0 where there are none."""
        found = self.desk.interactions.page(InteractionQuery(trashed=trashed), 0, 99)
        return found[place % len(found)].id if found else 0

    def todo(self, place: int) -> int:
        """One of the to-dos; 0 where there are none."""
        query = TodoQuery(everyone=True, done=True, side=None)
        found = self.desk.todos.page(query, 0, 99)
        return found[place % len(found)].id if found else 0

    @rule(values=people)
    def enter_person(self, values: dict[str, Any]) -> None:
        self.do(lambda: self.desk.cards.create("person", values))

    @rule(name=houses, phone=st.sampled_from(["0755-12345678", ""]))
    def enter_organisation(self, name: str, phone: str) -> None:
        values = {"name": name, "work_phone": [{"value": phone}] if phone else []}
        self.do(lambda: self.desk.cards.create("organisation", values))

    @rule(place=places, values=people, house=houses)
    def change_card(self, place: int, values: dict[str, Any], house: str) -> None:
        def save() -> None:
            present = self.desk.cards.get(self.card(place))
            form = (
                {**values, "organisation": house}
                if present.kind == "person"
                else {"name": values["name"], "short_name": house, "tags": values.get("tags")}
            )
            self.desk.cards.save(present.id, present.values, form)

        self.do(save)

    @rule(place=places, nickname=st.sampled_from(["山哥", "小李", None]))
    def change_one_field(self, place: int, nickname: str | None) -> None:
        def save() -> None:
            present = self.desk.cards.get(self.card(place, "person"))
            values = {**present.values, "nickname": nickname}
            self.desk.cards.save(present.id, present.values, values)

        self.do(save)

    @rule(first=places, second=places, add=st.booleans())
    def tag(self, first: int, second: int, add: bool) -> None:
        cards = [self.card(first), self.card(second)]
        self.do(lambda: self.desk.cards.tag(cards, "常客", add=add))

    @rule(first=places, second=places)
    def trash_cards(self, first: int, second: int) -> None:
        cards = [self.card(first), self.card(second)]
        self.do(lambda: self.desk.cards.trash(cards))

    @rule(place=places)
    def restore_card(self, place: int) -> None:
        self.do(lambda: self.desk.cards.restore([self.card(place, trashed=True)]))

    @rule(
        first=places,
        second=places,
        kind=st.sampled_from(["person", "organisation"]),
        side=st.sampled_from([None, *SIDES]),
    )
    def merge(self, first: int, second: int, kind: str, side: str | None) -> None:
        """Make one card of two, as suggested or with the values of one side where that can be."""

        def make_one() -> None:
            cards = self.card(first, kind), self.card(second, kind)
            compared = self.desk.merging.compare(*cards)
            choices = {
                each.key: side or each.suggested
                for each in compared.differences
                if side is None or side in each.choices
            }
            self.desk.merging.merge(*cards, choices, compared.versions)

        self.do(make_one)

    @rule(first=places, second=places)
    def set_apart(self, first: int, second: int) -> None:
        self.do(lambda: self.desk.merging.set_apart(self.card(first), self.card(second)))

    @rule(place=places, other=places, values=talks, promised=st.lists(todos, max_size=2))
    def log(
        self, place: int, other: int, values: InteractionValues, promised: list[TodoValues]
    ) -> None:
        values = replace(values, others=(self.card(other),))
        self.do(lambda: self.desk.interactions.log(self.card(place), values, promised))

    @rule(place=places, other=places, values=talks)
    def change_talk(self, place: int, other: int, values: InteractionValues) -> None:
        def save() -> None:
            talk = self.desk.interactions.get(self.talk(place))
            others = (self.card(other),)
            self.desk.interactions.update(talk.id, talk.values, replace(values, others=others))

        self.do(save)

    @rule(place=places)
    def trash_talk(self, place: int) -> None:
        self.do(lambda: self.desk.interactions.trash([self.talk(place)]))

    @rule(place=places)
    def restore_talk(self, place: int) -> None:
        self.do(lambda: self.desk.interactions.restore([self.talk(place, trashed=True)]))

    @rule(place=places, values=todos, repeats=st.sampled_from([None, "FREQ=DAILY"]))
    def add_todo(self, place: int, values: TodoValues, repeats: str | None) -> None:
        whole = replace(values, card=self.card(place) or None, repeat=repeats)
        self.do(lambda: self.desk.todos.add(whole))

    @rule(place=places, card=places, values=todos)
    def change_todo(self, place: int, card: int, values: TodoValues) -> None:
        def save() -> None:
            row = self.desk.todos.get(self.todo(place))
            moved = replace(values, card=self.card(card) or None, owner=row.values.owner)
            self.desk.todos.update(row.id, row.values, moved)

        self.do(save)

    @rule(place=places, quadrant=st.integers(1, 4))
    def move_todo(self, place: int, quadrant: int) -> None:
        self.do(lambda: self.desk.todos.move([self.todo(place)], quadrant))

    @rule(first=places, second=places)
    def finish_todos(self, first: int, second: int) -> None:
        self.do(lambda: self.desk.todos.done([self.todo(first), self.todo(second)], "好了"))

    @rule(place=places)
    def reopen_todo(self, place: int) -> None:
        self.do(lambda: self.desk.todos.reopen([self.todo(place)]))

    @rule(place=places, later=st.integers(0, 9))
    def postpone_todo(self, place: int, later: int) -> None:
        self.do(lambda: self.desk.todos.postpone([self.todo(place)], days=later))

    @rule(place=places)
    def trash_todo(self, place: int) -> None:
        self.do(lambda: self.desk.todos.trash([self.todo(place)]))

    @rule(place=places, relation=st.sampled_from(["妻子", "女儿"]), birth=st.none() | yearly)
    def add_to_family(self, place: int, relation: str, birth: str | None) -> None:
        values = FamilyValues(name="", relation=relation, birth=birth)
        self.do(lambda: self.desk.family.add(self.card(place, "person"), values))

    @rule(place=places, member=places, birth=st.none() | yearly, remove=st.booleans())
    def change_family(self, place: int, member: int, birth: str | None, remove: bool) -> None:
        def save() -> None:
            found = self.desk.family.of(self.card(place, "person"))
            if found and remove:
                self.desk.family.remove(found[member % len(found)].id)
            elif found:
                row = found[member % len(found)]
                values = replace(row.values, name="小雨", birth=birth)
                self.desk.family.update(row.id, row.values, values)

        self.do(save)

    @rule(place=places, kind=st.sampled_from(["birth", "wedding", "further"]), day=yearly)
    def add_date(self, place: int, kind: str, day: str) -> None:
        self.do(lambda: self.desk.occasions.add(self.card(place, "person"), kind, day, "x"))

    @rule(place=places, date=places, remove=st.booleans())
    def greet_or_remove_date(self, place: int, date: int, remove: bool) -> None:
        def act() -> None:
            found = self.desk.occasions.of_card(self.card(place, "person"))
            if found and remove:
                self.desk.occasions.remove(found[date % len(found)].id)
            elif found:
                self.desk.occasions.note_greeting(found[date % len(found)])

        self.do(act)

    @rule(
        many=st.lists(people, min_size=1, max_size=3),
        policy=st.sampled_from(["skip", "update", "new"]),
    )
    def import_table(self, many: list[dict[str, Any]], policy: Policy) -> None:
        lines = ["姓名,手机,公司,爱好"]
        for values in many:
            phone = values.get("mobile") or [{"value": ""}]
            hobby = values.get("hobbies", [""])[0]
            house = values.get("organisation", "")
            lines.append(f"{values['name']},{phone[0]['value']},{house},{hobby}")
        file = io.BytesIO("\n".join(lines).encode())

        def run() -> None:
            plan = self.desk.exchange.plan(file, "cards.csv", on_duplicate=policy)
            self.desk.exchange.run(plan)

        self.do(run)

    @rule(policy=st.sampled_from(["skip", "new"]))
    def import_box(self, policy: Policy) -> None:
        """The box's own export, entered into it once more."""
        if self.desk.cards.count(CardQuery()) > 20:
            return
        file = io.BytesIO()
        self.desk.exchange.export("all", "json", file)

        def run() -> None:
            plan = self.desk.exchange.plan(file, "box.json", on_duplicate=policy)
            self.desk.exchange.run(plan)

        self.do(run)
