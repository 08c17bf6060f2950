"""What stands in the trail without changing a record: exports, logins, refusals, unmaskings.

A deed stands where a change has the name of its table. Undo passes deeds by, and nobody is shown
anew because of them.
"""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from store.errors import NotAllowed, StorageTrouble
from store.language import N_
from store.trouble import READ_ONLY

if TYPE_CHECKING:
    from store.desk import Desk

EXPORT = "export"
LOGIN = "login"
REFUSED = "refused"
UNMASK = "unmask"
READ = "read"
TRANSFER = "transfer"
ERASE = "erase"

DEEDS = frozenset({EXPORT, LOGIN, REFUSED, UNMASK, READ, TRANSFER, ERASE})
"""The names of all deeds."""

ALONE = (LOGIN, REFUSED, UNMASK, READ, ERASE)
"""Deeds that are a change set of their own, whose origin is their name; nothing to take back."""

SUMMARIES = {
    LOGIN: N_("Came in"),
    REFUSED: N_("Refused"),
    UNMASK: N_("Unmasked"),
    READ: N_("Read a lent card"),
}

LONGEST = 200
"""Characters of what a refusal says that are noted."""


def note(desk: "Desk", deed: str, said: Mapping[str, Any], card_id: int | None = None) -> None:
    """Note a deed in a change set of its own; a box that nobody can write to goes without.

    Args:
        deed: one of `SUMMARIES`.
        said: what it was, as JSON.
        card_id: the card that it was about.

    Raises:
        StorageTrouble: the storage failed otherwise.
    """
    try:
        with desk.change(SUMMARIES[deed], origin=deed) as change:
            change.note_deed(deed, said, card_id)
    except StorageTrouble as trouble:
        if trouble.message != READ_ONLY:
            raise


def note_refusal(desk: "Desk", refusal: NotAllowed, what: str) -> None:
    """Note once that something was refused; the refusal itself stands whatever becomes of this.

    Args:
        what: the method or command that was tried.
    """
    from store.models.base import database

    if refusal.noted or database.in_transaction():
        return
    refusal.noted = True
    try:
        note(desk, REFUSED, {"what": what, "why": refusal.message[:LONGEST]})
    except StorageTrouble:
        pass


def said_of(text: str) -> dict[str, Any]:
    """What a deed says, from the trail; nothing where it was blanked."""
    return dict(json.loads(text)) if text else {}
