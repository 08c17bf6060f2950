"""What an import would do, as lists: columns, cards, and what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.language import N_, _
from widgets.columns import Column
from widgets.row_pages import Row

if TYPE_CHECKING:
    from store.records.exchange import ImportPlan, Outcome, PlannedCard, RowError

VIEWS = {"columns": N_("columns"), "cards": N_("cards"), "errors": N_("refused and worth a look")}
"""What can be looked at; message ids."""

POLICY_TITLES = {
    "skip": N_("leave them as they are"),
    "update": N_("add what the file says"),
    "new": N_("enter them once more"),
}
"""What becomes of customers who are known already; message ids."""

OUTCOMES: dict[Outcome, str] = {
    "new": N_("new"),
    "update": N_("add to"),
    "skip": N_("leave"),
    "error": N_("refused"),
}
"""What becomes of a card, in a word; message ids."""

TONES: dict[Outcome, str] = {"new": "", "update": "success", "skip": "muted", "error": "error"}

COLUMNS = {
    "columns": (
        Column("heading", N_("Column"), 18, least=10, share=1, sortable=False),
        Column("target", N_("goes to"), 18, least=10, share=1, sortable=False),
        Column("samples", N_("for example"), 36, least=12, share=2, sortable=False),
    ),
    "cards": (
        Column("row", N_("Row"), 6, align="right", sortable=False),
        Column("outcome", N_("What happens"), 12, least=8, sortable=False),
        Column("name", N_("Name"), 16, least=10, share=2, sortable=False),
        Column("about", N_("Organisation or telephone"), 20, least=8, share=2, sortable=False),
        Column("known", N_("Known as"), 20, least=10, share=2, sortable=False),
    ),
    "errors": (
        Column("row", N_("Row"), 6, align="right", sortable=False),
        Column("column", N_("Column"), 14, least=8, share=1, sortable=False),
        Column("reason", N_("Reason"), 50, least=20, share=3, sortable=False),
    ),
}


def column_rows(plan: ImportPlan) -> list[Row]:
    """The columns of a table that hold anything, keyed by their place from 1."""
    from store.exchange.mapping import target_title

    return [
        Row(
            str(place),
            (
                column.heading or _("(no heading)"),
                target_title(column.target),
                "; ".join(column.samples),
            ),
            "" if column.known else "muted",
        )
        for place, column in enumerate(plan.columns, start=1)
        if column.samples
    ]


def card_row(card: PlannedCard, plan: ImportPlan) -> Row:
    """A card of the file, and what becomes of it."""
    outcome = card.outcome(plan.on_duplicate)
    return Row(
        str(card.row),
        (str(card.row), _(OUTCOMES[outcome]), card.name, _about(card), _known_as(card)),
        TONES[outcome],
    )


def _about(card: PlannedCard) -> str:
    house = card.values.get("organisation", "")
    phones = (card.values.get(key) for key in ("mobile", "work_phone", "home_phone"))
    phone = next((entries[0]["value"] for entries in phones if entries), "")
    return str(house or phone)


def _known_as(card: PlannedCard) -> str:
    if card.duplicate is not None:
        return f"{card.duplicate.number} {card.duplicate.name}"
    return _("row {row}").format(row=card.twin) if card.twin is not None else ""


def error_row(error: RowError, place: int, *, refused: bool) -> Row:
    """Why a row is refused, or what in it is worth a look."""
    row = str(error.row) if error.row else ""
    tone = "error" if refused else "warning"
    return Row(f"{tone} {place}", (row, error.column, error.reason), tone)
