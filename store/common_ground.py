"""What a customer has in common with the member, who may keep a card of himself."""

import re
from typing import TYPE_CHECKING, Any

from store.folding import HAN
from store.forms.declaration import Form
from store.language import _
from store.lunar import YearlyDate
from store.models.base import database
from store.records.cards import CardRecord

if TYPE_CHECKING:
    from store.desk import Desk

SETTING = "own_card"
"""The setting that names the member's own card, by its number."""

SHARED = (
    *("schools", "native_place", "birthplace", "hobbies", "circle", "travelled", "ethnicity"),
    *("languages", "industry", "city"),
)
"""Indexed fields that join two people, the closest ties first."""

COMMON = frozenset({("ethnicity", "han"), ("ethnicity", "汉族")})
"""What nearly everybody has in common."""

_PROVINCE = re.compile(f"[{HAN}]{{2}}")


def common_ground(desk: "Desk", form: Form, record: CardRecord) -> tuple[str, ...]:
    """What joins the member and a customer, in short sentences.

    Empty without a card of the member's own, and on that card itself.
    """
    own = own_card(desk)
    if own is None or own.id == record.id:
        return ()
    found = []
    for key, value in _shared_facts(own.id, record.id):
        if key in form and (key, value) not in COMMON:
            field = form.field(key)
            shown = field.show([value] if field.type == "choices" else value)
            found.append(_(": ").join((field.title, shown)))
    province = _same_province(own.values, record.values)
    if province:
        found.append(_("From the same province: {place}").format(place=province))
    if _birth_year(own.values) is not None and _birth_year(own.values) == _birth_year(
        record.values
    ):
        found.append(_("Born in the same year"))
    if record.values.get("referrer") == own.number:
        found.append(_("You brought him yourself"))
    return tuple(found)


def own_card(desk: "Desk") -> CardRecord | None:
    """The card that a member keeps of himself, if there is one that he sees."""
    number = str(desk.settings.get(SETTING) or "").strip().upper()
    if not number:
        return None
    from store.card_values import load_records

    row = database.execute_sql("SELECT id FROM card WHERE number = ?", [number]).fetchone()
    if row is None or row[0] not in desk.cards.rows([row[0]]):
        return None
    return load_records([row[0]])[row[0]]


def _shared_facts(own: int, other: int) -> list[tuple[str, str]]:
    """Indexed values that two cards share, in the order of `SHARED`."""
    cursor = database.execute_sql(
        "SELECT DISTINCT mine.key, mine.value FROM card_fact AS mine JOIN card_fact AS his "
        "ON his.key = mine.key AND his.value = mine.value "
        "WHERE mine.card_id = ? AND his.card_id = ?",
        [own, other],
    )
    facts = [(key, value) for key, value in cursor.fetchall() if key in SHARED]
    return sorted(facts, key=lambda fact: (SHARED.index(fact[0]), fact[1]))


def _same_province(mine: dict[str, Any], his: dict[str, Any]) -> str:
    """The province that two different native places begin with, as far as it shows."""
    places = [str(values.get("native_place") or "") for values in (mine, his)]
    provinces = [match[0] if (match := _PROVINCE.match(place)) else "" for place in places]
    return provinces[0] if provinces[0] == provinces[1] and places[0] != places[1] else ""


def _birth_year(values: dict[str, Any]) -> int | None:
    stored = values.get("birth_solar") or values.get("birth_lunar")
    began = YearlyDate.parse(stored).to_solar() if stored else None
    return began.year if began else None
