"""Families of persons in tables and vCards, where they are rows of a field of the card."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from store import rows
from store.card_values import yearly
from store.exchange.chosen import CHUNK
from store.family_writing import BIRTH, COLUMNS, FamilyWriter
from store.forms.declaration import Field, load_form
from store.models.cards import FamilyMember, Occasion
from store.records.cards import CardRecord
from store.records.occasions import FamilyValues

if TYPE_CHECKING:
    from store.desk import Desk
    from store.recorder import Recorder

Row = dict[str, Any]


def family_field(kind: str) -> Field | None:
    """The field of a form that shows the family; None where there is none."""
    return next((field for field in load_form(kind).fields() if field.source == "family"), None)


def with_families(records: Iterable[CardRecord]) -> Iterator[CardRecord]:
    """Whole cards with their families among the values, a few at a time."""
    field = family_field("person")
    remaining = iter(records)
    while part := list(islice(remaining, CHUNK)):
        families = {} if field is None else _families([one.id for one in part], field)
        for record in part:
            family = families.get(record.id)
            if field is not None and family and record.kind == "person":
                yield replace(record, values={**record.values, field.key: family})
            else:
                yield record


def _families(card_ids: Sequence[int], field: Field) -> dict[int, list[Row]]:
    found = rows.children(FamilyMember, "card_id", card_ids)
    ids = [row["id"] for several in found.values() for row in several]
    births = {}
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        for day in Occasion.select().where(
            Occasion.family_member.in_(part) & (Occasion.kind == BIRTH)
        ):
            births[day.family_member_id] = str(yearly(day))
    known = [column.key for column in field.columns]
    families: dict[int, list[Row]] = {}
    for card_id, several in found.items():
        for row in sorted(several, key=lambda one: (one["position"], one["id"])):
            said = {**row, BIRTH: births.get(row["id"])}
            kept = {key: said[key] for key in known if said.get(key)}
            families.setdefault(card_id, []).append(kept)
    return families


def without_family(kind: str, values: Mapping[str, Any]) -> tuple[Row, list[Row]]:
    """The values of a card that a file says, and the rows of its family apart."""
    field = family_field(kind)
    left = dict(values)
    return left, (left.pop(field.key, None) or []) if field is not None else []


def enter_family(desk: "Desk", change: "Recorder", card_id: int, family: Sequence[Row]) -> int:
    """Enter those of a person's family who are not there yet; gives how many.

    Who has the same name and the same relation is there.
    """
    there = {(row.values.name, row.values.relation) for row in desk.family.of(card_id)}
    writer, entered = FamilyWriter(desk, change), 0
    for row in family:
        said: Row = {key: row.get(key) for key in (*COLUMNS, BIRTH)}
        said["name"] = said["name"] or ""
        values = FamilyValues(**said)
        if (values.name, values.relation) not in there and (values.name or values.relation):
            writer.enter(card_id, values)
            there.add((values.name, values.relation))
            entered += 1
    return entered
