"""The names that a customer was asked for, in order of worth, and the cards made of them."""

from typing import TYPE_CHECKING, Any

from store.card_writing import CardWriter
from store.errors import BadValue, NotFound
from store.forms.declaration import Field, load_form
from store.language import N_
from store.linked_cards import linked_cards
from store.models.base import database
from store.records.cards import CardRecord
from store.records.referrals import GivenName
from store.records.relations import Linked
from store.rights import Right
from store.standing import whole_record

if TYPE_CHECKING:
    from store.desk import Desk
    from store.recorder import Recorder

FIELD = "names_given"

SOURCE = "referral_chain"
"""How the customer was found, as the card's form says it."""

NO_ROW = N_("This name is not on the card any more.")
NO_NAME = N_("This row has no name.")
MADE_ALREADY = N_("There is a card of {name} already.")


def names_given(desk: "Desk", card_id: int) -> list[GivenName]:
    """As `Referrals.names_given`."""
    record = desk.cards.get(card_id)
    made = _brought(desk, card_id)
    return [
        GivenName(
            str(row.get("id", place)),
            str(row.get("name") or ""),
            tuple(_details(record.kind, row)),
            made.get(str(row.get("name") or "")),
        )
        for place, row in enumerate(_rows(record))
    ]


def _rows(record: CardRecord) -> list[dict[str, Any]]:
    """The rows of a card; of one whose form does not ask for them any more, too."""
    kept = {**record.unknown, **record.values}.get(FIELD)
    return [row for row in kept if isinstance(row, dict)] if isinstance(kept, list) else []


def _columns(kind: str) -> tuple[Field, ...]:
    form = load_form(kind)
    return form.field(FIELD).columns if FIELD in form else ()


def _details(kind: str, row: dict[str, Any]) -> list[tuple[str, str]]:
    """What a row says besides the name."""
    return [
        (column.title, column.show(row[column.key]))
        for column in _columns(kind)
        if column.key != "name" and row.get(column.key) not in (None, "", [], False)
    ]


def _brought(desk: "Desk", card_id: int) -> dict[str, Linked]:
    """Those whom a card brought, by name."""
    cursor = database.execute_sql("SELECT card_id FROM referral WHERE referrer_id = ?", [card_id])
    cards = linked_cards(desk, (row_id for (row_id,) in cursor.fetchall()))
    return {card.name: card for card in cards.values()}


def enter(desk: "Desk", change: "Recorder", card_id: int, row_id: str) -> int:
    """As `Referrals.enter_name`, within a change set; gives the id of the new card."""
    desk.require(Right.EDIT, [card_id])
    record = whole_record(desk, card_id, [FIELD])
    several = _rows(record)
    chosen = next((row for row in several if str(row.get("id", "")) == row_id), None)
    if chosen is None:
        raise NotFound(NO_ROW)
    name = str(chosen.get("name") or "").strip()
    if not name:
        raise BadValue(NO_NAME, field=FIELD)
    if name in _brought(desk, card_id):
        raise BadValue(MADE_ALREADY, field=FIELD, name=name)
    writer = CardWriter(desk, change)
    entered = writer.enter("person", [(desk.cards.checked("person", _values(record, chosen)), [])])
    if "done" in {column.key for column in _columns(record.kind)}:
        ticked = [{**row, "done": True} if row is chosen else row for row in several]
        checked = desk.cards.rechecked(record.kind, record.values, {FIELD: ticked})
        writer.rewrite(record, checked)
    return entered[0]


def _values(record: CardRecord, row: dict[str, Any]) -> dict[str, Any]:
    """What is known of somebody who was named."""
    form = load_form("person")
    values: dict[str, Any] = {"name": str(row["name"]).strip(), "referrer": record.number}
    if form.field("source").choice(SOURCE) is not None:
        values["source"] = SOURCE
    if row.get("phone"):
        values["mobile"] = [{"value": row["phone"], "label": ""}]
    if row.get("organisation"):
        values["organisation"] = row["organisation"]
    notes = [row[key] for key in ("relation", "note") if row.get(key)]
    if notes and "note" in form:
        values["note"] = "\n".join(map(str, notes))
    return values
