"""What the import of a whole box would do."""

from typing import TYPE_CHECKING, Any, BinaryIO

from store.duplicates import REACHED_BY
from store.exchange.box_reading import Box, BoxCard, read_box
from store.exchange.matching import mark_duplicates
from store.records.exchange import ImportPlan, PlannedCard

if TYPE_CHECKING:
    from store.desk import Desk


def plan_box(desk: "Desk", plan: ImportPlan, stream: BinaryIO) -> ImportPlan:
    """Fill a plan from the JSON document of a box.

    Two cards of the file are never the same customer: they were two cards before.

    Raises:
        BadInput: the document is wrong somewhere; the sentence says where.
    """
    plan.box = read_box(stream)
    names = {card.number: str(card.columns["name"]) for card in plan.box.cards}
    plan.cards = [_planned(row, card, names) for row, card in enumerate(plan.box.cards, start=1)]
    mark_duplicates(desk, [card for card in plan.cards if not _trashed(plan.box, card)])
    for card in plan.cards:
        card.twin = None
    return plan


def _trashed(box: Box, card: PlannedCard) -> bool:
    return "trashed_at" in box.cards[card.row - 1].columns


def _planned(row: int, card: BoxCard, names: dict[str, str]) -> PlannedCard:
    """A card with the values that tell whether it is in the box already."""
    values: dict[str, Any] = {"name": card.columns["name"]}
    for key in ("id_number", "credit_code"):
        if key in card.columns["profile"]:
            values[key] = card.columns["profile"][key]
    for point in card.contacts:
        if point["kind"] in REACHED_BY:
            values.setdefault(point["kind"], []).append(point)
    for place in card.places:
        if place.columns["main"] and place.columns["until"] is None:
            values["organisation"] = names.get(place.organisation or "", place.name or "")
    return PlannedCard(row, card.kind, values)
