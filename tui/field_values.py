"""`KEY=VALUE` on the command line, read by the form's own fields."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from store.errors import BadValue, WrongUsage
from store.forms.declaration import Field, Form
from store.language import N_

NO_EQUALS = N_("“{text}” should be KEY=VALUE, such as title=manager.")
NO_FIELD = N_("There is no field “{key}”.")
NO_FIELD_BUT = N_("There is no field “{key}”; did you mean {nearest} ({title})?")
WRONG_VALUE = N_("{title}: {problem}")

ALIKE = 0.5
"""How much of two names must agree: of two Chinese characters one."""


def read_settings(form: Form, settings: Sequence[str], today: date) -> dict[str, Any]:
    """The values that `KEY=VALUE` texts set; None for a field that is made blank.

    Args:
        settings: a key, or a label in either language, then `=` and what somebody would type
            into the field.
        today: what words such as 昨天 are reckoned from.

    Raises:
        WrongUsage: a text is no setting, or there is no such field; the nearest one is named.
        BadValue: a field cannot take its value.
    """
    values: dict[str, Any] = {}
    for text in settings:
        key, equals, value = text.partition("=")
        if not equals or not key.strip():
            raise WrongUsage(NO_EQUALS, text=text)
        field = field_named(form, key.strip())
        values[field.key] = read_value(field, value, today)
    return values


def field_named(form: Form, text: str) -> Field:
    """The field of this key or label.

    Raises:
        WrongUsage: there is none; the nearest is named.
    """
    found = form.named(text)
    if found is not None:
        return found
    from difflib import get_close_matches

    spelled = {name: one for one in form.fields() for name in (one.key, *one.label.values())}
    nearest = get_close_matches(text, spelled, 1, ALIKE)
    if not nearest:
        raise WrongUsage(NO_FIELD, key=text)
    field = spelled[nearest[0]]
    raise WrongUsage(NO_FIELD_BUT, key=text, nearest=field.key, title=field.title)


def read_value(field: Field, text: str, today: date) -> Any:
    """What somebody typed for a field, as it is kept; None for a blank.

    Raises:
        BadValue: the field cannot take it; the sentence begins with its label.
    """
    try:
        return field.read(text, today)
    except BadValue as error:
        raise BadValue(WRONG_VALUE, field=field.key, title=field.title, problem=error) from error
