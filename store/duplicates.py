"""Cards that may be the same customer (domain.md section 1.5)."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from store.models.base import database
from store.records.cards import Duplicate
from store.search import visible_sql

if TYPE_CHECKING:
    from store.desk import Desk

REACHED_BY = ("mobile", "work_phone", "home_phone", "email")
"""Contact points that mean the same customer when they agree."""

NUMBERED_BY = {"person": "id_number", "organisation": "credit_code"}
"""The profile field that means the same customer when it agrees."""


SAME_NUMBER = (
    "card.id IN (SELECT id FROM card INDEXED BY card_{key} "
    "WHERE json_extract(profile, '$.{key}') = ?)"
)

SAME_NAME = "card.id IN (SELECT id FROM card INDEXED BY card_name WHERE name = ?)"


def duplicates_of(desk: "Desk", kind: str, values: Mapping[str, Any]) -> list[Duplicate]:
    """Cards of the same kind that agree in something telling, each once, the surest first.

    Of cards that the member does not see, only those count whose number, phone or mail agrees,
    and only whom to ask is told.
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
                kinds = ("email",) if key == "email" else REACHED_BY[:3]
                marks = ",".join("?" * len(kinds))
                condition = (
                    "card.id IN (SELECT card_id FROM contact_point "
                    f"WHERE normal = ? AND kind IN ({marks}))"
                )
                _note(found, key, _ask(desk, kind, condition, [normal, *kinds]))
                hidden.extend(_out_of_sight(desk, kind, key, condition, [normal, *kinds]))
    name = as_text(values.get("name"))
    if name and kind == "organisation":
        _note(found, "name", _ask(desk, kind, SAME_NAME, [name]))
    elif name and values.get("organisation"):
        text = as_text(values["organisation"])
        condition = (
            f"{SAME_NAME} AND card.id IN (SELECT link.person_id FROM affiliation AS link "
            "JOIN card AS house ON house.id = link.organisation_id "
            "WHERE house.name = ? OR house.number = ?)"
        )
        _note(found, "name", _ask(desk, kind, condition, [name, text, text]))
    return [*found.values(), *dict.fromkeys(hidden)]


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
    desk: "Desk", kind: str, condition: str, parameters: list[Any]
) -> list[tuple[int, str, str]]:
    from store import search
    from store.records.cards import CardQuery

    chosen = search.select(desk, CardQuery(kind=kind))
    # Without an index for the rest, so that the few ids lead and not a walk over all cards.
    sql = (
        "SELECT card.id, card.number, card.name FROM card NOT INDEXED "
        f"WHERE {chosen.where} AND {condition}"
    )
    cursor = database.execute_sql(sql + " LIMIT 20", [*chosen.parameters, *parameters])
    return list(cursor.fetchall())


def _note(found: dict[int, Duplicate], reason: str, rows: Iterable[tuple[int, str, str]]) -> None:
    for card_id, number, name in rows:
        found.setdefault(card_id, Duplicate(card_id, number, name, reason))
