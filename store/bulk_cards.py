"""The same change on many cards: read a few hundred at a time, one question for rights."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from store.card_values import REFERRER_KEY, take_apart
from store.card_writing import PINNED, VALUE_KEY, CardWriter
from store.forms.declaration import Form, load_form
from store.models.cards import Card
from store.rows import CHUNK
from store.standing import whole_records

if TYPE_CHECKING:
    from store.desk import Desk
    from store.recorder import Recorder
    from store.records.cards import CardRecord

PLAIN = frozenset({"card", None})
"""Sources of fields that stand in the card's own row, its profile among them."""

Wish = Callable[["CardRecord"], Mapping[str, Any]]
"""Gives what is to change on a card, by form key; None for a blank."""


def rewrite_many(
    desk: "Desk", change: "Recorder", card_ids: Sequence[int], keys: Sequence[str], wish: Wish
) -> list[int]:
    """Change cards; gives the ids of those that now differ.

    Args:
        keys: the fields that `wish` may name.

    Raises:
        BadValue: a value is wrong.
        NotAllowed: one of the cards is not the member's to change.
        NotFound: the member does not see one of them.
    """
    changed: list[int] = []
    ids = list(dict.fromkeys(card_ids))
    writer = CardWriter(desk, change)
    for start in range(0, len(ids), CHUNK):
        columns: dict[int, dict[str, Any]] = {}
        for record in whole_records(desk, ids[start : start + CHUNK], keys).values():
            said = wish(record)
            if all(record.values.get(key) == value for key, value in said.items()):
                continue
            checked = desk.cards.rechecked(record.kind, record.values, said)
            if checked == record.values:
                continue
            if _is_plain(load_form(record.kind), said):
                columns[record.id] = _columns(record, checked)
            elif writer.rewrite(record, checked):
                changed.append(record.id)
        changed += change.update_many(Card, columns)
    return changed


def _is_plain(form: Form, said: Mapping[str, Any]) -> bool:
    """Whether all that changes stands in the card's own row."""
    return all(key != REFERRER_KEY and form.field(key).source in PLAIN for key in said)


def _columns(record: "CardRecord", checked: Mapping[str, Any]) -> dict[str, Any]:
    pieces = take_apart(record.kind, checked)
    columns = {**pieces.columns, "profile": {**pieces.profile, **record.unknown}}
    if checked.get(VALUE_KEY) != record.values.get(VALUE_KEY):
        columns[PINNED] = checked.get(VALUE_KEY) is not None
    return columns
