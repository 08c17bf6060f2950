"""`KEY=VALUE` on the command line, read by the form's own fields."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from store.errors import BadValue, WrongUsage
from store.forms.declaration import Field, Form
from store.language import N_, _

NO_EQUALS = N_("“{text}” should be KEY=VALUE, such as title=manager.")
NO_FIELD = N_("There is no field “{key}”.")
NO_FIELD_BUT = N_("There is no field “{key}”; did you mean {nearest}?")
WRONG_VALUE = N_("{title}: {problem}")

ALIKE = 0.5
"""How much of two Chinese names must agree: of two characters one."""

ALIKE_IN_LETTERS = 0.65
"""How much of two names in letters must agree."""


def read_settings(form: Form, settings: Sequence[str], today: date) -> dict[str, Any]:
    """The values that `KEY=VALUE` texts set; None for a field that is made blank.

    Args:
        settings: a key, a label in either language or a usual heading, then `=` and what
            somebody would type into the field.
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
    """The field of this key or label, or of a heading that address books have for it.

    Raises:
        WrongUsage: there is none; the nearest are named.
    """
    found = form.named(text)
    if found is not None:
        return found
    from store.exchange.headings import recognise

    (column,) = recognise([text])
    if column.target in form:
        return form.field(column.target)
    nearest = _nearest(form, text)
    if not nearest:
        raise WrongUsage(NO_FIELD, key=text)
    named = [_("{key} ({title})").format(key=one.key, title=one.title) for one in nearest]
    raise WrongUsage(NO_FIELD_BUT, key=text, nearest=_(", ").join(named))


def _nearest(form: Form, text: str) -> list[Field]:
    """The fields whose key or label is most like a text; several that are so alike."""
    from difflib import SequenceMatcher

    likeness = {
        one.key: max(
            SequenceMatcher(None, name, text).ratio() for name in (one.key, *one.label.values())
        )
        for one in form.fields()
    }
    most = max(likeness.values())
    if most < (ALIKE_IN_LETTERS if text.isascii() else ALIKE):
        return []
    return [form.field(key) for key, ratio in likeness.items() if ratio == most]


def read_value(field: Field, text: str, today: date) -> Any:
    """What somebody typed for a field, as it is kept; None for a blank.

    Raises:
        BadValue: the field cannot take it; the sentence begins with its label.
    """
    try:
        return field.read(text, today)
    except BadValue as error:
        raise BadValue(WRONG_VALUE, field=field.key, title=field.title, problem=error) from error
