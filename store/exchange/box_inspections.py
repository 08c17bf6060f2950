"""Verdicts of managers on cards, in the document of a box."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from store import rows
from store.errors import BadInput, BadValue
from store.exchange.box_relations import ids_among
from store.exchange.json_fields import Fields
from store.forms.tidy import LONGEST_LINE, many_lines, short_enough
from store.inspections import LONGEST
from store.language import N_
from store.models.relations import Inspection
from store.records.inspections import VERDICTS

if TYPE_CHECKING:
    from store.exchange.box_members import Members
    from store.recorder import Recorder

LEFT_OUT = N_(
    "Verdicts that were left out, since only those who stand above the owner inspect his "
    "cards: {count}."
)
_NO_CARD = N_("There is no card {number} in the file.")
_NO_VERDICT = N_("“{verdict}” is no verdict on a card.")
_NO_TEXT = N_("This should be a text.")

Row = dict[str, Any]


# Out


def inspections_of(numbers: Mapping[int, str]) -> Iterator[rows.Row]:
    """The stored rows of the verdicts on these cards, in their order."""
    for part in ids_among("inspection", "card_id", numbers):
        yield from rows.fetch(Inspection, part).values()


# In


@dataclass(slots=True)
class BoxInspection:
    """A verdict on a card of the file."""

    card: str
    columns: Row
    inspector: str | None
    answered_by: str | None


def read_inspections(top: Fields, numbers: set[str]) -> list[BoxInspection]:
    """The verdicts of a document.

    Args:
        numbers: of the cards in it.

    Raises:
        BadInput: one of them is wrong.
    """
    return [_inspection(one, numbers) for one in top.objects("inspections")]


def _inspection(one: Fields, numbers: set[str]) -> BoxInspection:
    card: str = one.require("card", one.line("card"))
    if card not in numbers:
        one.refuse(BadValue(_NO_CARD, number=card), "card")
    verdict = one.line("verdict") or ""
    if verdict not in VERDICTS:
        one.refuse(BadValue(_NO_VERDICT, verdict=verdict[:40]), "verdict")
    said: Row = {
        "verdict": verdict,
        "remarks": _remarks(one),
        "answer": _short(one, "answer", one.text("answer") or ""),
    }
    times = {key: one.moment(key) for key in ("at", "answered_at", "updated_at")}
    one.require("at", times["at"])
    said |= {key: moment for key, moment in times.items() if moment is not None}
    return BoxInspection(card, said, one.line("inspector"), one.line("answered_by"))


def _remarks(one: Fields) -> dict[str, str]:
    """What was said by section; the form that the file comes from may have other ones."""
    kept: dict[str, str] = {}
    for section, text in one.mapping("remarks").items():
        if not isinstance(text, str):
            one.refuse(BadValue(_NO_TEXT), f"remarks.{section}")
        said = _short(one, f"remarks.{section}", text)
        try:
            short_enough(section, LONGEST_LINE)
        except BadValue as error:
            one.refuse(error, "remarks")
        if said:
            kept[section] = said
    return kept


def _short(one: Fields, key: str, text: str) -> str:
    try:
        return many_lines(text, LONGEST)
    except BadValue as error:
        one.refuse(error, key)


def enter(
    change: "Recorder",
    inspections: Sequence[BoxInspection],
    cards: Mapping[str, int],
    owners: Mapping[str, int],
    members: "Members",
) -> list[BadInput]:
    """Write the verdicts on cards that were entered; gives a word on those that were left out.

    A verdict takes a card off the list of those that are to be inspected: whoever could not give
    it himself brings none.

    Args:
        cards: ids by the numbers in the file.
        owners: of the cards that were entered, by the same numbers.
    """
    entered = [one for one in inspections if one.card in owners]
    several: list[Row] = []
    for one in entered:
        inspector, owner = members.id_of(one.inspector), owners[one.card]
        if members.inspects_for(inspector, owner):
            answered_by = members.id_of(one.answered_by) if one.answered_by else None
            names = {"inspector_id": inspector, "answered_by_id": answered_by}
            several.append({**one.columns, **names, "card_id": cards[one.card]})
    for start in range(0, len(several), rows.CHUNK):
        change.insert_many(Inspection, several[start : start + rows.CHUNK])
    missing = len(entered) - len(several)
    return [BadInput(LEFT_OUT, count=missing)] if missing else []
