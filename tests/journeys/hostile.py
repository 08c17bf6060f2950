"""A box whose every text tries to harm: the program, the terminal, or whoever clicks on it."""

import json
import sqlite3
from collections.abc import Iterator
from datetime import date, time
from itertools import cycle
from pathlib import Path
from typing import Any

from store.clock import Clock
from store.database import open_store
from store.desk import Desk
from store.forms.declaration import load_form
from store.records.interactions import InteractionValues
from store.records.occasions import FamilyValues
from store.records.todos import TodoValues

TODAY = date(2026, 9, 24)

TEXTS = {
    "closing markup": "[/b]张三[/]",
    "link": "[@click=app.hostile]点我[/] [@click='app.hostile()']x",
    "open markup": "[bold red 李四 [link=https://hostile.example]",
    "backslash": "王五\\",
    "rich markup": "[red]赵六[/red] :warning: [on blue",
    "escape": "\x1b[2J\x1b[31m\x1b]0;hostile\x07\x1b]8;;https://hostile.example\x1b\\钱七\x1b[?25l",
    "C1": "\x9b31m\x90q\x9c\x85孙八\x9d0;hostile\x9c",
    "other controls": "a\x00b\x07c\x08d\x0ee\x7f周",
    "bidi": "\u202e九十\u2066\u200f\u200e\u061cabc",
    "zero width": "\u200b\u2060\ufeff吴\u200b十\u00ad",
    "lines": "郑一\n\n第二行\r\n第三行\r\t尾\u2028\u2029\x0b\x0c",
    "surrogates": "\ud800冯\udfff\ude00",
    "no characters": "\ufffe陈\uffff\U0001fffe\U000e0001",
    "joined emoji": "👨\u200d👩\u200d👧\u200d👦 ❤\ufe0f 🏳\ufe0f\u200d🌈 1\ufe0f\u20e3",
    "combining": "褚" + "\u0301\u0336\u20dd" * 60 + "e\u0301",
    "places": "{name} {0} %s %(x)d {count {} $n",
    "blank": " ",
    "long": "卫" * 10_000,
}
"""What a stored text may be, by what is bad about it."""

FREE = {
    "card": (
        *("name", "short_name", "organisation_name", "title", "phone", "next_step", "region"),
        *("industry", "city", "circle", "source", "referrer_name", "credit_grade", "category"),
    ),
    "contact_point": ("value", "label"),
    "affiliation": ("title", "org_department"),
    "family_member": (
        *("name", "relation", "employer", "job", "phone", "education", "interests", "note"),
    ),
    "occasion": ("note",),
    "interaction": (
        *("place", "topic", "purpose", "not_reached_reason", "minutes", "words", "mood"),
        *("insight", "feedback", "agreed", "services", "gifts", "verdict", "next_purpose"),
    ),
    "todo": ("title", "note", "result"),
    "member": ("name",),
    "department": ("name",),
    "change_set": ("summary",),
}
"""The columns that hold free text, by table."""

STORABLE = {name: text for name, text in TEXTS.items() if name != "surrogates"}
"""What fits into a column of SQLite; half a pair gets in within JSON only."""


def make_hostile_box(box: Path) -> list[int]:
    """Make the box; gives the ids of its cards, a person and an organisation for each text."""
    store = open_store(box, Clock(shown_today=TODAY))
    try:
        desk = store.desk()
        cards = [card for text in TEXTS.values() for card in _enter(desk, text)]
        for number in range(len(STORABLE)):
            place = desk.departments.add(f"部门 {number}").id
            desk.team.add(f"member{number}", f"成员 {number}", "rep", place)
    finally:
        store.close()
    _write_past_the_door(box)
    store = open_store(box, Clock(shown_today=TODAY))
    try:
        desk = store.desk()
        for place, card in enumerate(cards):
            desk.cards.set_values([card], {"importance": ("key", "special")[place % 2]})
        _leave_words(desk)
        desk.drafts.close()
    finally:
        store.close()
    return cards


def _enter(desk: Desk, text: str) -> Iterator[int]:
    """A person and an organisation of whom everything is noted, as far as the door lets it in."""
    words = text if text.strip() and "\ud800" not in text else "x"
    person = desk.cards.create(
        "person",
        {
            "name": words[:200],
            "organisation": f"单位 {words[:40]}",
            "title": words[:200],
            "mobile": [{"value": "13900002345", "label": words[:40]}],
            "birth_lunar": "lunar:1985-08-15",
            "tags": [words[:40]],
            "referrer": words[:40],
            "likelihood": "B",
        },
    ).id
    organisation = desk.cards.create("organisation", {"name": f"机构 {words[:200]}"}).id
    talk = InteractionValues(
        minutes=words, words=words, interest=3, next_on=TODAY, next_purpose=words, method="visit"
    )
    desk.interactions.log(person, talk, [TodoValues(words[:200], due_on=TODAY, side="theirs")])
    for important in (True, False):
        desk.todos.add(
            TodoValues(
                words[:200],
                card=person,
                important=important,
                due_on=TODAY,
                due_time=time(15, 30),
                tags=(words[:40],),
            )
        )
    desk.family.add(person, FamilyValues(words[:200], "女儿", birth="lunar:2012-08-15"))
    desk.occasions.add(organisation, "further", "--09-25", words[:200])
    yield from (person, organisation)


def _write_past_the_door(box: Path) -> None:
    """Put the texts into every column that holds free text, each row beginning with another."""
    names = list(STORABLE)
    with sqlite3.connect(box) as connection:
        connection.execute("DROP TRIGGER change_set_as_written")
        for table, columns in FREE.items():
            for (row,) in connection.execute(f"SELECT id FROM {table}").fetchall():
                kinds = cycle(names[row % len(names) :] + names[: row % len(names)])
                values = [STORABLE[next(kinds)] for _ in columns]
                places = ", ".join(f"{column} = ?" for column in columns)
                connection.execute(f"UPDATE {table} SET {places} WHERE id = ?", [*values, row])
        for row, kind in connection.execute("SELECT id, kind FROM card").fetchall():
            kinds = cycle([*list(TEXTS)[row % len(TEXTS) :], *TEXTS])
            profile = {
                field.key: _of_type(field.type, TEXTS[next(kinds)])
                for field in load_form(kind).fields()
                if field.source is None and field.type in ("text", "long_text", "choices")
            }
            extras = [[TEXTS[next(kinds)], TEXTS[next(kinds)]] for _ in range(4)]
            connection.execute(
                "UPDATE card SET profile = ?, extras = ?, tags = ? WHERE id = ?",
                (
                    json.dumps(profile),
                    json.dumps(extras),
                    json.dumps([TEXTS[next(kinds)], TEXTS[next(kinds)]]),
                    row,
                ),
            )
        for row, tags in connection.execute("SELECT id, tags FROM todo").fetchall():
            assert tags is None or isinstance(tags, str)
            connection.execute(
                "UPDATE todo SET tags = ? WHERE id = ?", (json.dumps([TEXTS["surrogates"]]), row)
            )
    connection.close()


def _of_type(kind: str, text: str) -> Any:
    return [text, text] if kind == "choices" else text


def _leave_words(desk: Desk) -> None:
    """Leave words that were not saved, in every kind of editor."""
    markup = TEXTS["link"] + TEXTS["escape"]
    texts = {"name": markup, "nickname": TEXTS["lines"]}
    desk.drafts.keep("card:new:person", {"line": markup, "texts": texts, "base": {}})
    desk.drafts.keep("interaction:new", {"line": markup})
    desk.drafts.keep("todo:new", {"line": TEXTS["bidi"] + TEXTS["closing markup"]})
    desk.drafts.keep("todo:[/b]:x", {"line": TEXTS["long"]})
