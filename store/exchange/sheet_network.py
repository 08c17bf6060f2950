"""The contact-network sheet 人脉关系表: who is linked to a customer, and how."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from store import relation_words
from store.exchange.sheet import Cell, Group, Sheet, Table, filled
from store.language import N_, _
from store.records.relations import GROUPS

if TYPE_CHECKING:
    from store.desk import Desk
    from store.records.cards import CardRecord
    from store.records.relations import Tie

LEAST = 3
"""Rows of each group, with room to write."""

HEADINGS = (
    N_("Name"),
    N_("Organisation"),
    N_("Title"),
    N_("How linked"),
    N_("Strength"),
    N_("Note"),
)


def network_sheet(desk: "Desk", record: "CardRecord") -> Sheet:
    """Everybody who is linked to a card as far as the member sees them, and the way to him."""
    around = desk.relations.around(record.id)
    groups = [_way(desk, record.id)] if record.kind == "person" else []
    for key in GROUPS:
        ties = around.of(key)
        if ties:
            rows = filled((_row(tie) for tie in ties), len(HEADINGS), len(ties) + 1)
            table = Table(tuple(_(heading) for heading in HEADINGS), rows)
            groups.append(Group(relation_words.group(key), tables=(table,)))
    if not any(group.tables for group in groups):
        empty = filled((), len(HEADINGS), LEAST * 4)
        table = Table(tuple(_(heading) for heading in HEADINGS), empty)
        groups.append(Group(_("Who is linked to whom"), tables=(table,)))
    return Sheet(tuple(group for group in groups if group.cells or group.tables))


def _row(tie: "Tie") -> tuple[str, ...]:
    how = relation_words.how(tie.how)
    return (
        tie.card.name,
        tie.card.organisation,
        tie.card.title,
        how,
        str(tie.strength or ""),
        _(", ").join(part for part in (tie.detail, tie.note) if part),
    )


def _way(desk: "Desk", card_id: int) -> Group:
    """Who I know who knows him."""
    steps = list(_names(desk, card_id))
    text = " → ".join(steps)
    return Group("", (Cell(_("The way to him"), text, 4),) if len(steps) > 1 else ())


def _names(desk: "Desk", card_id: int) -> Iterator[str]:
    for step in desk.relations.path(card_id).steps:
        yield step.card.name
