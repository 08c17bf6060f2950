"""Field type for another card: card."""

import re
from datetime import date

from store.errors import BadValue
from store.forms.declaration import Field, FieldType, Value
from store.forms.tidy import narrow, one_line
from store.language import N_

_NUMBER = re.compile(r"[PO][0-9]{6,}", re.ASCII)


def card_number(text: str) -> str | None:
    """The card number that is written here, as it is issued; None when it is something else."""
    number = narrow(text).upper()
    return number if _NUMBER.fullmatch(number) else None


class CardLink(FieldType):
    """The number of another card; where the field allows it, just a name."""

    def read(self, field: Field, text: str, today: date | None) -> Value | None:
        """A number in any spelling, or a name where names are welcome."""
        line = one_line(text)
        number = card_number(line)
        if number or not line:
            return number
        if field.other:
            return line
        raise BadValue(N_("“{text}” is not the number of a card, such as P000123."), text=line)

    def check(self, field: Field, value: object) -> Value | None:
        """A text, as `read`."""
        if value is None:
            return None
        if not isinstance(value, str):
            raise BadValue(N_("This should be the number of a card, such as P000123."))
        return self.read(field, value, None)
