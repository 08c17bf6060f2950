"""Fields of a form in which cards are named: cards are offered while one types, and looked up."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from store.errors import BadValue, StoreError
from store.forms.assistance import last_word

if TYPE_CHECKING:
    from screens.base import BaseScreen
    from store.desk import Desk
    from widgets.card_form import CardForm

PAUSE = 0.08
"""Seconds without a key after which cards are looked for."""

MOST = 8
"""Cards that are offered at once."""


async def offer_cards(screen: BaseScreen[Any], form: CardForm, key: str) -> None:
    """Offer the cards that fit what is typed into a field.

    Run it as an exclusive worker: a further key puts it off.
    """
    await asyncio.sleep(PAUSE)
    text = form.texts.get(key, "")
    word = last_word(text) if form.form.field(key).type == "choices" else text
    try:
        form.offer(key, await screen.desk.read(lambda desk: labels_found(desk, word)))
    except StoreError as error:
        screen.report(error)


def labels_found(desk: Desk, text: str) -> list[str]:
    """The labels of the cards that a text finds; the last ones seen for none."""
    from store.card_labels import card_label

    return [card_label(row) for row in desk.cards.find(text, MOST)]


async def spell_out(screen: BaseScreen[Any], form: CardForm, key: str) -> None:
    """Put whole labels in the place of what was typed, or say what is wrong, beside the field."""
    value = form.values.get(key)
    words = value if isinstance(value, list) else [value] if value else []

    def labels(desk: Desk) -> list[str]:
        from store.card_labels import card_label, labelled_card

        return [card_label(labelled_card(desk, word, key)) for word in words]

    try:
        found = await screen.desk.read(labels)
    except BadValue as error:
        form.remark(key, str(error), wrong=True)
    except StoreError as error:
        screen.report(error)
    else:
        spelled = found if isinstance(value, list) else found[0] if found else None
        if spelled != value and form.values.get(key) == value:
            await form.put({key: spelled})
