"""Brings what a whole box says of customers who are here already into their cards."""

from collections import ChainMap
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from store import rows
from store.card_values import record_of
from store.exchange.box_reading import BoxCard, BoxPlace, BoxRelative
from store.exchange.families import family_field
from store.exchange.importing import update_cards
from store.exchange.links import Links
from store.family_writing import BIRTH
from store.forms.declaration import Values
from store.lunar import Calendar, YearlyDate
from store.models.cards import Affiliation, Card, ContactPoint, Occasion
from store.records.exchange import PlannedCard

if TYPE_CHECKING:
    from store.card_writing import CardWriter
    from store.desk import Desk

Pair = tuple[PlannedCard, BoxCard]

_UNSAID = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands for moments that a file does not say; nothing is read from them."""


def bring_in(
    desk: "Desk", writer: "CardWriter", pairs: Sequence[Pair], entered: Mapping[str, int]
) -> int:
    """Bring what the file says into cards of the box, as tables do; gives how many changed.

    Of what stands beside the fields only families get who is missing. A card in the trash of the
    file says nothing.

    Args:
        pairs: all cards of the file.
        entered: ids of those that were entered now, by their numbers in the file.
    """
    ids = {card.number: place for place, (_planned, card) in enumerate(pairs, start=1)}
    told = {ids[card.number]: (card.number, str(card.columns["name"])) for _planned, card in pairs}
    numbered = {card.number: replace(planned, number=card.number) for planned, card in pairs}
    links = Links(numbered.values())
    links.note([numbered[number] for number in entered], list(entered.values()))
    updates: dict[int, list[PlannedCard]] = {}
    for planned, card in pairs:
        here = planned.duplicate
        if here is None or card.number in entered or "trashed_at" in card.columns:
            continue
        # Of its own row a file says what stands there, of a similar one what is to be added.
        number = here.number if here.reason == "number" else ""
        said = replace(planned, values=_values(card, ids, told), number=number)
        said.extras = [list(pair) for pair in card.columns["extras"] or ()]
        updates.setdefault(here.card_id, []).append(said)
    return update_cards(desk, writer, updates, links)


def _values(card: BoxCard, ids: Mapping[str, int], told: dict[int, tuple[str, str]]) -> Values:
    """What a card of the file says, by the keys of its form; other cards by their numbers there.

    Args:
        ids: something that stands for each card of the file, by its number.
        told: number and name of each, by that.
    """
    columns = {**card.columns, "extras": None, "trashed_at": None}
    columns |= {"referrer_card_id": ids.get(card.referrer or "")}
    moments = dict.fromkeys(("created_at", "updated_at"), _UNSAID)
    stored = rows.new_row(Card, {**moments, **columns})
    stored |= {"id": 0, "number": card.number, "kind": card.kind, "version": 1, "owner_id": 0}
    place = _place(card)
    affiliation = None
    own: dict[int, tuple[str, str]] = {}
    if place is not None:
        own[0] = (place.name or "", "")
        house = ids.get(place.organisation or "", 0)
        affiliation = rows.new_row(Affiliation, {**place.columns, "organisation_id": house})
    record = record_of(
        stored,
        [rows.new_row(ContactPoint, point) for point in card.contacts],
        [rows.new_row(Occasion, day) for day in card.dates],
        affiliation,
        ChainMap(own, told),
        {},
    )
    values = {key: value for key, value in record.values.items() if key not in card.blank}
    if not card.columns.get("value_pinned"):
        values.pop("value_grade", None)  # it was worked out, and is worked out here
    field = family_field(card.kind)
    if field is not None and card.family:
        known = {column.key for column in field.columns}
        values[field.key] = [_relative(one, known) for one in card.family]
    return values


def _place(card: BoxCard) -> BoxPlace | None:
    """Where somebody works now, by the file."""
    present = [place for place in card.places if place.columns["until"] is None]
    return next((one for one in present if one.columns["main"]), next(iter(present), None))


def _relative(one: BoxRelative, known: set[str]) -> dict[str, Any]:
    """Somebody of a family as a row of the form's field."""
    birth = next((day for day in one.dates if day["kind"] == BIRTH), None)
    said = {**one.columns, BIRTH: None if birth is None else str(_yearly(birth))}
    return {key: said[key] for key in known if said.get(key)}


def _yearly(day: Mapping[str, Any]) -> YearlyDate:
    return YearlyDate(
        Calendar(day["calendar"]), day["year"], day["month"], day["day"], bool(day["leap"])
    )
