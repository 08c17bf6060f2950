"""What stands in the trail without changing a record: exports, logins, refusals, unmaskings.

A deed stands where a change has the name of its table. Undo passes deeds by, and nobody is shown
anew because of them.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
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
MERGE = "merge"
"""Two cards became one, or two again."""
MERIT = "merit"
"""Praise or a reprimand of a member."""
REOPEN = "reopen"
"""That a volume of papers was opened again, and why."""

DEEDS = frozenset({EXPORT, LOGIN, REFUSED, UNMASK, READ, TRANSFER, MERGE, ERASE, MERIT, REOPEN})
"""The names of all deeds."""

ALONE = (LOGIN, REFUSED, UNMASK, READ, ERASE, MERIT)
"""Deeds that are a change set of their own, whose origin is their name; nothing to take back."""

GRADE = "grade"
"""The origin of change sets in which value grades were worked out: they follow from what customers
bought, and undo passes them by."""

SUMMARIES = {
    LOGIN: N_("Came in"),
    REFUSED: N_("Refused"),
    UNMASK: N_("Unmasked"),
    READ: N_("Read a lent card"),
    ERASE: N_("Card erased for good"),
}

LONGEST = 200
"""Characters of what a refusal says that are noted."""

SAME_ATTEMPT = timedelta(minutes=1)
"""Within this time the same refused attempt is noted once: a held key would fill the trail."""

MOST_ATTEMPTS = 1000
"""Refused attempts that a desk remembers."""

NEVER = datetime.min.replace(tzinfo=UTC)


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

    Every door that a refusal leaves by calls this: the methods of the desk's parts
    (`store.trouble.explains_trouble`), the two threads of the app, the command line. Within a
    transaction, which will not be kept, it only remembers what was tried, and the next door
    notes it. The same attempt within a minute is noted once.

    A card that a member may not see is not there for him (`NotFound`), like one that never was:
    such a look is no refusal, and is not noted.

    Args:
        what: what was tried, where no method of the desk has said so yet.
    """
    from store.models.base import database

    refusal.what = refusal.what or what
    if refusal.noted or database.in_transaction():
        return
    refusal.noted = True
    now = desk.store.clock.now()
    attempt = (refusal.what, refusal.message, refusal.cards)
    if now - desk.refused.get(attempt, NEVER) < SAME_ATTEMPT:
        return
    if len(desk.refused) >= MOST_ATTEMPTS:
        desk.refused.clear()
    desk.refused[attempt] = now
    with suppress(StorageTrouble):
        _write_refusal(desk, refusal)


def _write_refusal(desk: "Desk", refusal: NotAllowed) -> None:
    """Write it without asking who the member is now: he may have left, which is why."""
    from store.recorder import Recorder

    said: dict[str, Any] = {"what": refusal.what, "why": refusal.message[:LONGEST]}
    if len(refusal.cards) > 1:
        said["cards"] = len(refusal.cards)
    about = refusal.cards[0] if len(refusal.cards) == 1 else None
    with desk.store.transaction():
        recorder = Recorder(desk, SUMMARIES[REFUSED], REFUSED, asked=True)
        recorder.note_deed(REFUSED, said, about)
        recorder.finish()
    if recorder.change_set is not None:
        desk.change_sets.add(recorder.change_set)


def said_of(text: str) -> dict[str, Any]:
    """What a deed says, from the trail; nothing where it was blanked."""
    return dict(json.loads(text)) if text else {}
