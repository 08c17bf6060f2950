"""What an official number in a form tells about other fields of it."""

from __future__ import annotations

from store.forms.declaration import Form, Values
from store.forms.entry import Entry
from store.forms.identity import implied
from store.language import _, listed
from widgets.field_row import FieldRow

IMPLYING = frozenset({"id_number", "credit_code"})
"""Types of fields that tell something about others."""


def told_by(row: FieldRow, entry: Entry) -> Values:
    """What the number in a row tells about blank fields, by key; nothing of a row of a table.

    Args:
        row: where the number stands.
        entry: the card that is being edited.
    """
    if row.entry is not entry or row.field.type not in IMPLYING:
        return {}
    if entry.value(row.field.key) is None:
        return {}
    told = implied(entry.values, row.field.key)
    return {key: value for key, value in told.items() if key in entry.form}


def offer_of(form: Form, told: Values) -> str:
    """That Enter fills these values in, in the language spoken now."""
    shown = [
        f"{form.field(key).title} {form.field(key).show(value)}" for key, value in told.items()
    ]
    return _("Enter also fills in: {values}").format(values=listed(shown))
