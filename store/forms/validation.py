"""Checks the values of a whole card against its form."""

from collections.abc import Mapping
from typing import Any

from store.errors import BadValue
from store.forms.declaration import Form, Values
from store.language import N_


def check_values(
    form: Form, values: Mapping[str, Any], whole: bool = True
) -> tuple[Values, dict[str, Any]]:
    """The values as they are kept, without blanks, and those that the form does not know.

    Args:
        form: the form of the card's kind.
        values: JSON values by key, from anywhere.
        whole: they are all the card has, so that what is required must be among them.

    Raises:
        BadValue: the first one that is wrong; its `field` says which.
    """
    kept: Values = {}
    unknown: dict[str, Any] = {}
    for key, value in values.items():
        if key not in form:
            unknown[key] = value
            continue
        checked = form.field(key).check(value)
        if checked is not None:
            kept[key] = checked
    if whole:
        wrong = next(iter(missing(form, kept).values()), None)
        if wrong is not None:
            raise wrong
    return kept, unknown


def missing(form: Form, values: Mapping[str, Any]) -> dict[str, BadValue]:
    """What is required on a card with these values, and blank; by key."""
    return {
        field.key: BadValue(N_("{title} must be filled in."), field=field.key, title=field)
        for field in form.fields()
        if field.required and field.asked(values) and field.blank(values)
    }
