"""What the import of a whole box would do."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from store import rows
from store.duplicates import REACHED_BY
from store.exchange.box_reading import Box, BoxCard, read_box
from store.exchange.matching import mark_duplicates
from store.models.base import database
from store.models.cards import Card
from store.records.cards import KINDS, Duplicate
from store.records.exchange import ImportPlan, PlannedCard
from store.search import visible_sql

if TYPE_CHECKING:
    from store.desk import Desk


def plan_box(desk: "Desk", plan: ImportPlan, stream: BinaryIO) -> ImportPlan:
    """Fill a plan from the JSON document of a box.

    Two cards of the file are never the same customer: they were two cards before.

    Raises:
        BadInput: the document is wrong somewhere; the sentence says where.
    """
    box = read_box(stream)
    _plan_cards(desk, plan, box, list(range(1, len(box.cards) + 1)))
    return plan


def plan_workbook(desk: "Desk", plan: ImportPlan, stream: BinaryIO) -> ImportPlan:
    """Fill a plan from the workbook of a box; rows that are wrong are among the plan's errors.

    Raises:
        BadInput: the workbook is damaged.
    """
    from store.exchange.box_workbook_reading import read_workbook

    found = read_workbook(stream)
    _plan_cards(desk, plan, found.box, [row.number for row in found.cards])
    for row, error in found.refused:
        plan.errors.append(error)
        plan.rejected_rows.append((row.number, (row.title, *row.cells)))
        if row.sheet == "cards":
            values = {"name": str(row.record.get("name") or "")}
            kind = str(row.record.get("kind") or KINDS[0])
            plan.cards.append(PlannedCard(row.number, kind, values, wrong=True))
    plan.warnings += found.warnings
    return plan


def _plan_cards(desk: "Desk", plan: ImportPlan, box: Box, numbers: Sequence[int]) -> None:
    """Plan the cards of a box, which stand in these rows."""
    plan.box = box
    names = {card.number: str(card.columns["name"]) for card in box.cards}
    plan.cards = [_planned(row, card, names) for row, card in zip(numbers, box.cards, strict=True)]
    pairs = list(zip(plan.cards, box.cards, strict=True))
    mark_duplicates(desk, [card for card, said in pairs if "trashed_at" not in said.columns])
    _mark_same(desk, pairs)
    for card in plan.cards:
        card.twin = None


def _mark_same(desk: "Desk", pairs: Sequence[tuple[PlannedCard, BoxCard]]) -> None:
    """Note on cards of the file which cards they are here: those of the same name that were entered
    in the same moment, of several the one of the same number.

    What lies in the trash is known only to what lies there in the file.
    """
    here = _entered_here(desk, {card.name for card, _said in pairs})
    meant: list[tuple[PlannedCard, BoxCard, list[_Here]]] = []
    for card, said in pairs:
        made = said.columns.get("created_at")
        moment = rows.stored(Card, {"created_at": made})["created_at"]
        found = here.get((card.kind, card.name, moment), []) if made is not None else []
        meant.append((card, said, found))
    for is_sure in (True, False):
        for card, said, found in meant:
            fit = [
                one
                for one in found
                if (one.number == said.number or not is_sure)
                and ("trashed_at" in said.columns or not one.trashed)
            ]
            if fit and (card.duplicate is None or card.duplicate.reason != "number"):
                found.remove(fit[0])
                card.duplicate = Duplicate(fit[0].card_id, fit[0].number, card.name, "number")


class _Here(NamedTuple):
    """A card of the box that may be one of the file."""

    card_id: int
    number: str
    trashed: bool


def _entered_here(desk: "Desk", names: Iterable[str]) -> dict[tuple[str, str, Any], list[_Here]]:
    """The cards of these names that the member sees, by kind, name and when they were entered."""
    visible = visible_sql(desk)
    where, parameters = visible or ("1", [])
    wanted = sorted(names)
    found: dict[tuple[str, str, Any], list[_Here]] = {}
    for start in range(0, len(wanted), rows.CHUNK):
        part = wanted[start : start + rows.CHUNK]
        marks = ",".join("?" * len(part))
        cursor = database.execute_sql(
            "SELECT card.id, card.number, card.trashed_at IS NOT NULL, card.kind, card.name, "
            f"card.created_at FROM card WHERE {where} AND card.name IN ({marks}) ORDER BY card.id",
            [*parameters, *part],
        )
        for card_id, number, trashed, kind, name, made in cursor.fetchall():
            one = _Here(card_id, number, bool(trashed))
            found.setdefault((kind, name, made), []).append(one)
    return found


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
