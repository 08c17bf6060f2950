"""When each field of a card was changed last, from the trail."""

from store.last_hands import keys_changed
from store.models.trail import Change
from store.recorder import CARD_CONTENT

LOOKED_AT = 2000
"""Changes of a card that are looked through, the newest first."""


def field_ages(card_id: int) -> dict[str, int]:
    """The change set that changed each field last, by form key; the greater the newer.

    What changed before the last few thousand changes is missing.
    """
    changes = (
        Change.select()
        .where((Change.card == card_id) & Change.table.in_(sorted(CARD_CONTENT)))
        .where(Change.salt != "")
        .order_by(Change.id.desc())
        .limit(LOOKED_AT)
    )
    found: dict[str, int] = {}
    for change in changes:
        for key in keys_changed(change, of_card=True):
            found.setdefault(key, change.change_set_id)
    return found
