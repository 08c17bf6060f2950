"""A box of many cards that know each other, with a customer of whom everything is known."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from bench.boxes import box_of
from store.clock import Clock
from store.database import open_store
from store.desk import Desk
from store.forms.declaration import Field, load_form
from store.records.occasions import FamilyValues
from store.records.todos import TodoValues

LINKS = 150_000
"""Affiliations that are added, and as many relationships."""

NOW = "2026-01-01 00:00:00"

KINDS = ("friend", "schoolmate", "townsman", "colleague", "club_fellow", "relative")

SAMPLES: dict[str, object] = {
    "text": "浙江大学",
    "long_text": "稳重，重承诺，答应的事一定办。",
    "yes_no": True,
    "whole": 42,
    "decimal": "1.5",
    "per_cent": "12.5",
    "amount": 3_000_000,
    "date": "2026-01-05",
    "web": "https://example.com",
    "email": "someone@example.com",
    "phone": "0755-12345678",
}
"""A value for each simple type of field."""


def linked_box(cards: int) -> tuple[Path, str, str, str]:
    """The box, with the numbers of a person and of an organisation that are filled wholly, and of
    the organisation with the most people.

    Made once for a schema from the box of so many cards.
    """
    plain = box_of(cards)
    target = plain.with_name(plain.name.replace("box-", "linked-"))
    told = target.with_suffix(".txt")
    if not told.exists():
        for ending in ("", "-wal", "-shm"):
            target.with_name(target.name + ending).unlink(missing_ok=True)
        shutil.copy(plain, target)
        filled = _fill(target)
        crowded = _link(target)  # behind the program's back, so it comes last
        told.write_text(" ".join([*filled, crowded]))
    person, house, crowded = told.read_text().split()
    return target, person, house, crowded


def _link(box: Path) -> str:
    """Join cards at random; houses have from one to hundreds of people. Gives the fullest one."""
    chance = random.Random(7)
    with closing(sqlite3.connect(box)) as file, file:
        file.execute("PRAGMA synchronous = off")
        rows = file.execute("SELECT id, kind FROM card").fetchall()
        people = [row_id for row_id, kind in rows if kind == "person"]
        houses = [row_id for row_id, kind in rows if kind == "organisation"]
        file.executemany(
            "INSERT INTO affiliation (person_id, organisation_id, title, main, position) "
            "VALUES (?, ?, '经理', 1, 0)",
            (
                (chance.choice(people), houses[int(len(houses) * chance.random() ** 2)])
                for _ in range(LINKS)
            ),
        )
        file.executemany(
            "INSERT OR IGNORE INTO relationship (card_id, other_id, kind, strength, note, "
            "created_at, created_by_id, updated_at, version) VALUES (?, ?, ?, 3, '', ?, 1, ?, 1)",
            (
                (chance.choice(people), chance.choice(people), chance.choice(KINDS), NOW, NOW)
                for _ in range(LINKS)
            ),
        )
        (crowded,) = file.execute(
            "SELECT number FROM card JOIN affiliation ON organisation_id = card.id "
            "GROUP BY card.id ORDER BY count(*) DESC LIMIT 1"
        ).fetchone()
    return str(crowded)


def _fill(box: Path) -> tuple[str, str]:
    """Enter a person and his organisation with every field, and the member's own card."""
    store = open_store(box, Clock())
    desk = store.desk()
    house = desk.cards.create("organisation", {**whole("organisation"), "name": "整体测试公司"})
    person = desk.cards.create(
        "person", {**whole("person"), "name": "整体测试", "organisation": house.number}
    )
    for name in ("甲", "乙", "丙", "丁"):
        desk.family.add(person.id, FamilyValues(name, "家人", "1990-05-06"))
        desk.todos.add(TodoValues(f"答应{name}的事", card=person.id))
    own = desk.cards.create("person", {**whole("person"), "name": "自己"})
    desk.own_card.set(own.id)
    _join(desk, own.id, person.id)
    store.close()
    return person.number, house.number


def whole(kind: str) -> dict[str, object]:
    """A value for every field of a form, five rows in every table."""
    values: dict[str, object] = {}
    for field in load_form(kind).fields():
        if field.source in ("family", "people") or field.type in ("card", "id_number"):
            continue
        value = [_row(field, place) for place in range(5)] if field.columns else _value(field)
        if value is not None:
            values[field.key] = value
    return values


def _row(field: Field, place: int) -> dict[str, object]:
    told = {column.key: _value(column) for column in field.columns}
    row = {key: value for key, value in told.items() if value is not None}
    return {**row, **({"year": 2020 + place} if "year" in row else {})}


def _value(field: Field) -> object | None:
    if field.choices:
        chosen = field.choices[0].value
        return [chosen] if field.type == "choices" else chosen
    if field.type == "choices":
        return ["钓鱼", "书法"]
    if field.type == "occasion":
        said = "lunar:1985-08-15" if field.calendar == "lunar" else "1985-09-29"
        return [{"date": said, "note": "x"}] if field.several else said
    value = SAMPLES.get(field.type)
    return [{"value": value, "label": ""}] if value and field.several else value


def _join(desk: Desk, own: int, other: int) -> None:
    """Let the two know a hundred of the same people."""
    from store.models.base import database

    people = database.execute_sql("SELECT id FROM card WHERE kind = 'person' LIMIT 100").fetchall()
    for (third,) in people:
        for card in (own, other):
            database.execute_sql(
                "INSERT OR IGNORE INTO relationship (card_id, other_id, kind, strength, note, "
                "created_at, created_by_id, updated_at, version) "
                "VALUES (?, ?, 'friend', 3, '', ?, ?, ?, 1)",
                [card, third, NOW, desk.member.id, NOW],
            )
