"""Cards as forms name them: `张伟 P000123 华东电子`; and which card such a text means."""

import re
from typing import TYPE_CHECKING

from store.errors import Ambiguous, BadValue, NotFound
from store.language import N_
from store.standing import NO_CARD

if TYPE_CHECKING:
    from store.desk import Desk
    from store.records.cards import CardRow

SEVERAL = N_("Several cards fit “{text}”: {cards}.")

_NUMBER = re.compile(r"(?<![A-Za-z0-9])[PO][0-9]{6,}(?![A-Za-z0-9])", re.ASCII | re.IGNORECASE)


def card_label(row: "CardRow") -> str:
    """The text by which a form names a card: people know the name, the number makes it one."""
    return " ".join(part for part in (row.name, row.number, row.organisation) if part)


def labelled_card(desk: "Desk", text: str, field: str) -> "CardRow":
    """The card that a label, a number or a name means.

    Args:
        field: the key of the form's field, for the error.

    Raises:
        BadValue: none fits, or several do.
    """
    number = _NUMBER.search(text)
    try:
        row = desk.cards.resolve(number[0] if number else text)
        if number and not set(text.upper().split()) <= set(card_label(row).upper().split()):
            # Somebody typed on behind a label: two cards may be meant.
            raise NotFound(NO_CARD, text=text)
        return row
    except Ambiguous as error:
        fitting = ", ".join(" ".join(line.split()) for line in error.candidates[:3])
        raise BadValue(SEVERAL, field=field, text=text, cards=fitting) from error
    except NotFound as error:
        raise BadValue(error.message, field=field, **error.values) from error
