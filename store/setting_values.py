"""Settings as they are kept: JSON with clean texts, not too long."""

import math
from typing import Any

from store.arguments import NOT_FITTING, STORED, TOO_GREAT, shortened
from store.cleaning import clean_line, clean_text
from store.errors import BadValue
from store.forms.followed import FORMS_KEY
from store.forms.tidy import LONGEST_LINE, LONGEST_TEXT, short_enough
from store.language import N_
from store.models.base import compact_json

DEEPEST = 20
"""Lists and objects within each other."""

ZONE = "zone"

NO_KEY = N_("A setting needs a name.")
OF_FORMS = N_("What the team says of forms is put in force by `shuke forms use`.")
NO_ZONE = N_("There is no time zone “{name}”.")


def checked_key(key: str) -> str:
    """The name of a setting; raises `BadValue` for a blank, or one that is too long."""
    clean = short_enough(clean_line(key), LONGEST_LINE)
    if not clean:
        raise BadValue(NO_KEY)
    return clean


def checked(value: Any) -> Any:
    """A JSON value with clean texts.

    Raises:
        BadValue: it is not for JSON, or its text is longer than `LONGEST_TEXT`.
    """
    clean = _clean(value, DEEPEST)
    short_enough(compact_json(clean), LONGEST_TEXT)
    return clean


def checked_for_box(key: str, value: Any) -> Any:
    """As `checked`; a time zone must be one that exists."""
    if key == FORMS_KEY:
        raise BadValue(OF_FORMS)
    clean = checked(value)
    if key == ZONE and clean is not None:
        from store.clock import zone_named

        try:
            zone_named(str(clean))
        except KeyError:
            raise BadValue(NO_ZONE, name=shortened(clean)) from None
    return clean


def _clean(value: Any, deep: int) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, int):
        if value not in STORED:
            raise BadValue(TOO_GREAT)
        return value
    if isinstance(value, float) and math.isfinite(value):
        return value
    if deep and isinstance(value, (list, tuple)):
        return [_clean(entry, deep - 1) for entry in value]
    if deep and isinstance(value, dict) and all(isinstance(key, str) for key in value):
        return {clean_line(key): _clean(entry, deep - 1) for key, entry in value.items()}
    raise BadValue(NOT_FITTING)
