"""Field types for texts: text, long_text."""

from datetime import date

from store.errors import BadValue
from store.forms.declaration import Field, FieldType, Value
from store.forms.tidy import many_lines, one_line
from store.language import N_


class Text(FieldType):
    """A text on one line."""

    def read(self, field: Field, text: str, today: date | None) -> Value | None:
        """Any text, on one line."""
        return one_line(text) or None

    def check(self, field: Field, value: object) -> Value | None:
        """A text; anything else is refused."""
        return one_line(as_text(value)) or None


class LongText(FieldType):
    """A text of many lines."""

    def read(self, field: Field, text: str, today: date | None) -> Value | None:
        """Any text, with its lines."""
        return many_lines(text) or None

    def check(self, field: Field, value: object) -> Value | None:
        """A text; anything else is refused."""
        return many_lines(as_text(value)) or None


def as_text(value: object) -> str:
    """A value from JSON that should be a text; "" for None; raises `BadValue` for others."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    raise BadValue(N_("This should be a text."))
