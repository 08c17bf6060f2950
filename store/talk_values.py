"""The values of a talk: checked, as columns, and back."""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any

from store.arguments import OUT_OF_RANGE, in_reach, shortened
from store.cleaning import clean_line, clean_text
from store.errors import BadValue
from store.forms.numbers import GREATEST
from store.forms.tidy import LONGEST_TEXT, short_enough
from store.language import N_
from store.models.interactions import Interaction
from store.records.interactions import FEEDBACKS, METHODS, InteractionValues

LONG = frozenset(
    {"minutes", "words", "insight", "feedback", "agreed", "services", "gifts", "verdict"}
)
"""Texts that may have several lines."""

COLUMNS = tuple(
    field.name for field in fields(InteractionValues) if field.name not in ("at", "others")
)
"""The values that have a column of the same name."""

LONGEST_TALK = 10_000
"""Minutes."""

WRONG_INTEREST = N_("Interest runs from 1 to 5.")
WRONG_METHOD = N_("There is no way of contact “{method}”.")
WRONG_FEEDBACK = N_("There is no kind of feedback “{kind}”.")
NEGATIVE = N_("This cannot be less than nothing.")


def checked(values: InteractionValues) -> InteractionValues:
    """The values as they are stored: texts clean, blanks None.

    Raises:
        BadValue: one of them is impossible; its `field` says which.
    """
    if values.interest is not None and not 1 <= values.interest <= 5:
        raise BadValue(WRONG_INTEREST, field="interest")
    for key in ("method", "next_method"):
        method = getattr(values, key)
        if method is not None and method not in METHODS:
            raise BadValue(WRONG_METHOD, field=key, method=shortened(method))
    if values.feedback_kind is not None and values.feedback_kind not in FEEDBACKS:
        raise BadValue(WRONG_FEEDBACK, field="feedback_kind", kind=shortened(values.feedback_kind))
    for key, greatest in (("length", LONGEST_TALK), ("cost", GREATEST)):
        number = getattr(values, key)
        if number is not None and number < 0:
            raise BadValue(NEGATIVE, field=key)
        if number is not None and number > greatest:
            raise BadValue(OUT_OF_RANGE, field=key, first=0, last=greatest)
    at = values.at
    if at is not None:
        in_reach(at, "at")
        at = at if at.tzinfo else at.replace(tzinfo=UTC)
    if values.next_on is not None:
        in_reach(values.next_on, "next_on")
    texts: dict[str, Any] = {}
    for field in fields(values):
        text = getattr(values, field.name)
        if isinstance(text, str):
            clean = clean_text(text) if field.name in LONG else clean_line(text)
            texts[field.name] = short_enough(clean, LONGEST_TEXT, field.name) or None
    return replace(values, **texts, at=at, others=tuple(dict.fromkeys(values.others)))


def columns(values: InteractionValues, now: datetime) -> dict[str, Any]:
    """Checked values by column name, without the further cards."""
    return {"at": values.at or now, **{key: getattr(values, key) for key in COLUMNS}}


def from_row(row: Interaction, others: tuple[int, ...]) -> InteractionValues:
    """The values that a stored talk has."""
    kept: Mapping[str, Any] = {key: getattr(row, key) for key in COLUMNS}
    return InteractionValues(at=row.at, **kept, others=others)
