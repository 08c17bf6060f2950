"""Cards that may be the same customer (domain.md section 1.5)."""

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from store.models.base import database
from store.records.cards import Duplicate
from store.search import visible_sql

if TYPE_CHECKING:
    from store.desk import Desk

PHONES = ("mobile", "work_phone", "home_phone")

REACHED_BY = (*PHONES, "email", "wechat", "qq")
"""Contact points that mean the same customer when they agree."""

ACCOUNTS = ("wechat", "qq")
"""Accounts, which only one person has."""

NUMBERED_BY = {"person": "id_number", "organisation": "credit_code"}
"""The profile field that means the same customer when it agrees."""

SAME_NUMBER = (
    "card.id IN (SELECT id FROM card INDEXED BY card_{key} "
    "WHERE json_extract(profile, '$.{key}') = ?)"
)

REACHED = "card.id IN (SELECT card_id FROM contact_point WHERE normal = ? AND kind IN ({marks}))"

CALLED_LIKE = 200
"""Cards of a name that are looked at: more namesakes tell nothing."""

RARE = 3
"""So many cards of a name are told when nothing but the name is the same."""

BIRTHDAYS = ("birth_solar", "birth_lunar")

_MOBILE = re.compile("1[3-9][0-9]{9}")

Seen = tuple[int, str, str]
"""Id, number and name of a card."""


def duplicates_of(desk: "Desk", kind: str, values: Mapping[str, Any]) -> list[Duplicate]:
    """Cards of the same kind that agree in something telling, each once, the surest first; last
    those that only have the same name, or a similar one (`weak`).

    Of cards that the member does not see, only those count whose number, phone, mail or account
    agrees, and only whom to ask is told.
    """
    from store.forms.contacts import normal_contact
    from store.forms.texts import as_text

    found: dict[int, Duplicate] = {}
    hidden: list[Duplicate] = []
    number = as_text(values.get(NUMBERED_BY[kind]))
    if number:
        key = NUMBERED_BY[kind]
        condition = SAME_NUMBER.format(key=key)
        _note(found, key, _ask(desk, kind, condition, [number]))
        hidden.extend(_out_of_sight(desk, kind, key, condition, [number]))
    for key in REACHED_BY:
        for text in _texts(values.get(key)):
            normal = normal_contact(key, text)
            if normal:
                kinds = reached_kinds(key, normal)
                condition = REACHED.format(marks=",".join("?" * len(kinds)))
                _note(found, key, _ask(desk, kind, condition, [normal, *kinds]))
                hidden.extend(_out_of_sight(desk, kind, key, condition, [normal, *kinds]))
    name = as_text(values.get("name"))
    if name:
        namesakes = _called_like(desk, kind, name)
        if kind == "organisation":
            _note_houses(found, name, namesakes)
        else:
            _note_people(found, desk, values, name, namesakes)
    surest_first = sorted(found.values(), key=lambda each: each.weak)
    return [*surest_first, *dict.fromkeys(hidden)]


def reached_kinds(key: str, normal: str) -> tuple[str, ...]:
    """The kinds of contact points among which an equal one means the same customer.

    Many a WeChat account is called as its owner's mobile number.
    """
    if key == "wechat":
        return ("wechat", *PHONES) if _MOBILE.fullmatch(normal) else ("wechat",)
    if key in PHONES:
        return (*PHONES, "wechat") if _MOBILE.fullmatch(normal) else PHONES
    return (key,)


def similar_houses(desk: "Desk", name: str) -> list[Seen]:
    """Organisations that are called like this but not exactly so, and that the member sees: who
    types a new one may mean one of them.
    """
    houses = _called_like(desk, "organisation", name)
    if any(name in (called, number, short) for _id, number, called, _house, short in houses):
        return []
    found: dict[int, Duplicate] = {}
    _note_houses(found, name, houses)
    return [(each.card_id, each.number, each.name) for each in found.values()]


Called = tuple[int, str, str, str, str]
"""Id, number, name, organisation and short name of a card."""


def _called_like(desk: "Desk", kind: str, name: str) -> list[Called]:
    """Cards that the member sees whose name holds what is telling of a name, however spelled."""
    from store.likeness import core, same
    from store.search import matching
    from store.tokens import match_query

    telling = core(name) if kind == "organisation" else same(name)
    match = match_query(telling or name)
    if match is None:
        return []
    candidates = matching(f"name : ({match})")
    if not candidates.count:
        return []
    rows = _ask(
        desk,
        kind,
        candidates.among,
        [],
        "card.organisation_name, coalesce(card.short_name, '')",
        CALLED_LIKE,
    )
    return [(row[0], row[1], row[2], row[3], row[4]) for row in rows]


def _note_houses(found: dict[int, Duplicate], name: str, houses: Iterable[Called]) -> None:
    """Organisations of the same name, and those whose names differ in place and legal form."""
    from store.likeness import core, same

    for card_id, number, called, _house, short in houses:
        if same(called) == same(name):
            found.setdefault(card_id, Duplicate(card_id, number, called, "name"))
        elif core(name) and core(name) in (core(called), core(short)):
            found.setdefault(card_id, Duplicate(card_id, number, called, "name", weak=True))


def _note_people(
    found: dict[int, Duplicate],
    desk: "Desk",
    values: Mapping[str, Any],
    name: str,
    people: Iterable[Called],
) -> None:
    """People of the same name at the same organisation, or with the same birthday; if there are
    but few of this name, those as well.
    """
    from store.forms.texts import as_text
    from store.likeness import core, same

    alike = [each for each in people if same(each[2]) == same(name)]
    where = _house_named(desk, as_text(values.get("organisation")))
    born = {as_text(values.get(key)) for key in BIRTHDAYS} - {""}
    birthdays = _birthdays([each[0] for each in alike]) if born else {}
    strangers = []
    for card_id, number, called, house, _short in alike:
        at_one_house = bool(where and house) and (
            same(where) == same(house) or (bool(core(where)) and core(where) == core(house))
        )
        if at_one_house:
            found.setdefault(card_id, Duplicate(card_id, number, called, "name"))
        elif born & birthdays.get(card_id, set()):
            found.setdefault(card_id, Duplicate(card_id, number, called, "birth_solar"))
        else:
            strangers.append(Duplicate(card_id, number, called, "name", weak=True))
    if len(strangers) <= RARE:
        for each in strangers:
            found.setdefault(each.card_id, each)


def _house_named(desk: "Desk", text: str) -> str:
    """The name of the organisation that a text means: the number of one of which the member gets
    something, or the name itself.
    """
    from store.people_rows import names_seen

    if not text:
        return ""
    sql = "SELECT id FROM card WHERE number = ? AND kind = 'organisation'"
    meant = [row_id for (row_id,) in database.execute_sql(sql, [text.upper()]).fetchall()]
    found = list(names_seen(desk, meant).values())
    return found[0] if found else text


def _birthdays(card_ids: list[int]) -> dict[int, set[str]]:
    """The birthdays of people, as their forms hold them; those with a year."""
    from store.lunar import Calendar, YearlyDate

    marks = ",".join("?" * len(card_ids))
    found: dict[int, set[str]] = {}
    for card_id, calendar, year, month, day, leap in database.execute_sql(
        "SELECT card_id, calendar, year, month, day, leap FROM occasion WHERE kind = 'birth' "
        f"AND family_member_id IS NULL AND year IS NOT NULL AND card_id IN ({marks})",
        card_ids,
    ).fetchall():
        said = YearlyDate(Calendar(calendar), year, month, day, bool(leap))
        found.setdefault(card_id, set()).add(str(said))
    return found


def _out_of_sight(
    desk: "Desk", kind: str, reason: str, condition: str, parameters: list[Any]
) -> list[Duplicate]:
    """Whom to ask about cards that the member does not see."""
    visible = visible_sql(desk)
    if visible is None:
        return []
    sql = (
        "SELECT DISTINCT member.name FROM card NOT INDEXED "
        "JOIN member ON member.id = card.owner_id WHERE card.trashed_at IS NULL "
        f"AND card.kind = ? AND NOT {visible[0]} AND {condition} LIMIT 3"
    )
    cursor = database.execute_sql(sql, [kind, *visible[1], *parameters])
    return [Duplicate(0, "", "", reason, owner) for (owner,) in cursor.fetchall()]


def _texts(value: object) -> list[str]:
    """The texts of a field that holds contact points: one, or several with labels.

    Raises:
        BadValue: it holds something else.
    """
    from store.forms.texts import as_text

    entries = value if isinstance(value, list) else [value]
    return [as_text(entry.get("value") if isinstance(entry, dict) else entry) for entry in entries]


def _ask(
    desk: "Desk",
    kind: str,
    condition: str,
    parameters: list[Any],
    further: str = "",
    limit: int = 20,
) -> list[tuple[Any, ...]]:
    """Id, number, name and further columns of cards that the member sees whole."""
    from store import search
    from store.records.cards import CardQuery

    chosen = search.select(desk, CardQuery(kind=kind))
    columns = ", ".join(["card.id", "card.number", "card.name", *([further] if further else [])])
    # Without an index for the rest, so that the few ids lead and not a walk over all cards.
    sql = f"SELECT {columns} FROM card NOT INDEXED WHERE {chosen.where} AND {condition}"
    cursor = database.execute_sql(f"{sql} LIMIT {limit}", [*chosen.parameters, *parameters])
    return list(cursor.fetchall())


def _note(found: dict[int, Duplicate], reason: str, rows: Iterable[tuple[Any, ...]]) -> None:
    for card_id, number, name in rows:
        found.setdefault(card_id, Duplicate(card_id, number, name, reason))
