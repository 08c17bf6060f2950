"""Exports stand in the trail: what went out of the box, how much of it, when and by whom."""

import json
from typing import TYPE_CHECKING

from store.deeds import READ
from store.errors import StorageTrouble
from store.exchange.origin import EXPORT, export_origin
from store.language import N_
from store.models.team import Member
from store.models.trail import Change, ChangeSet
from store.records.cards import CardQuery
from store.records.trail import ExportEntry
from store.rights import members_below
from store.standing import foreign
from store.trouble import READ_ONLY
from store.visibility import lent_cards

if TYPE_CHECKING:
    from store.desk import Desk

EXPORTED = N_("Exported")

DEED = "export"
"""What stands for the table in the trail."""


def note_export(desk: "Desk", what: str, form: str, count: int, query: CardQuery) -> None:
    """Note an export; a box that nobody can write to is exported without.

    Of each card among them that is lent to the member it is noted that he read it.

    Raises:
        StorageTrouble: the storage failed otherwise.
    """
    said = {"what": what, "format": form, "count": count, "chosen": query != CardQuery()}
    try:
        with desk.change(EXPORTED, origin=export_origin(form)) as change:
            change.note_deed(DEED, said)
            for card_id in _lent_among(desk, query) if what != "trail" else ():
                change.note_deed(READ, {"sections": []}, card_id)
    except StorageTrouble as trouble:
        if trouble.message != READ_ONLY:
            raise


def note_page(desk: "Desk", what: str, form: str, card_id: int) -> None:
    """Note that a page of a card went out; a box that nobody can write to is printed without.

    Raises:
        StorageTrouble: the storage failed otherwise.
    """
    said = {"what": what, "format": form, "count": 1, "chosen": True}
    try:
        with desk.change(EXPORTED, origin=export_origin(form)) as change:
            change.note_deed(DEED, said, card_id)
    except StorageTrouble as trouble:
        if trouble.message != READ_ONLY:
            raise


def _lent_among(desk: "Desk", query: CardQuery) -> list[int]:
    """The cards that a query chooses and that are lent to the member whole."""
    from store.exchange.chosen import chosen_cards

    lent = lent_cards(desk.member, desk.store.clock.now())
    if not lent:
        return []
    return sorted(foreign(desk, lent.intersection(chosen_cards(desk, query))))


def exports(desk: "Desk", limit: int) -> list[ExportEntry]:
    """The exports, the newest first: a member's own, and those of the members below him."""
    found = (
        Change.select(Change, ChangeSet, Member)
        .join(ChangeSet)
        .join(Member)
        .where((Change.table == DEED) & ChangeSet.origin.startswith(EXPORT))
    )
    below = members_below(desk.member)
    if below is not None:
        found = found.where(ChangeSet.member.in_(sorted(below)))
    return [
        ExportEntry(
            at=change.change_set.at,
            member=change.change_set.member.name,
            **json.loads(change.after),
        )
        for change in found.order_by(Change.id.desc()).limit(limit)
        if change.after
    ]
