"""Takes the values of a JSON object one by one, and says where something else stands."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, NoReturn

from store.arguments import in_reach
from store.cleaning import clean_line, clean_text
from store.errors import BadInput, BadValue
from store.forms.declaration import Field
from store.language import N_
from store.lunar import YearlyDate

LONGEST = 1_000_000
"""Characters of one text."""

DEEPEST = 20
"""Lists and objects within each other."""

GREATEST = 2**53
"""No number is as great as this: other programs could not read it."""

_WRONG = N_("The JSON file is wrong at {place}: {reason}")
_MISSING = N_("This must be filled in.")
_NO_TEXT = N_("This should be a text.")
_TOO_LONG = N_("This is longer than {longest} characters.")
_NO_NUMBER = N_("This should be a whole number.")
_NO_YES = N_("This should be true or false.")
_NO_DAY = N_("This should be a date such as 2026-03-15.")
_NO_MOMENT = N_("This should be a moment such as 2026-03-15T08:30:00Z.")
_NO_LIST = N_("This should be a list.")
_NO_OBJECT = N_("This should be an object.")
_TOO_DEEP = N_("This holds too many lists within each other.")

_WORD = re.compile(r"[a-z][a-z0-9_]{0,60}")


class Fields:
    """One object of a document.

    Args:
        record: what the JSON says.
        place: where it stands, for sentences: `cards[3]`.
    """

    def __init__(self, record: object, place: str) -> None:
        self.place = place
        if not isinstance(record, dict):
            self.refuse(BadValue(_NO_OBJECT))
        self.record: Mapping[str, Any] = record

    def refuse(self, error: BadInput, key: str = "") -> NoReturn:
        """Say that a value is wrong.

        Raises:
            BadInput: always.
        """
        place = f"{self.place}.{key}" if key else self.place
        raise BadInput(_WRONG, place=clean_line(place)[:120], reason=error) from error

    def require(self, key: str, value: Any) -> Any:
        """A value that must not be blank."""
        if value is None or value == "":
            self.refuse(BadValue(_MISSING), key)
        return value

    def line(self, key: str) -> str | None:
        """A text of one line; None for a blank."""
        return clean_line(self._text(key)) or None

    def text(self, key: str) -> str | None:
        """A text of many lines; None for a blank."""
        return clean_text(self._text(key)) or None

    def word(self, key: str) -> str:
        """A key of the program's own, such as `birth`."""
        text = self._text(key)
        if not _WORD.fullmatch(text):
            self.refuse(BadValue(_NO_TEXT), key)
        return text

    def _text(self, key: str) -> str:
        value = self.record.get(key)
        if value is None:
            return ""
        if not isinstance(value, str):
            self.refuse(BadValue(_NO_TEXT), key)
        if len(value) > LONGEST:
            self.refuse(BadValue(_TOO_LONG, longest=LONGEST), key)
        return value

    def whole(self, key: str) -> int | None:
        """A whole number."""
        value = self.record.get(key)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool) or abs(value) >= GREATEST:
            self.refuse(BadValue(_NO_NUMBER), key)
        return value

    def yes(self, key: str, default: bool = False) -> bool:
        """True or false."""
        value = self.record.get(key)
        if value is None:
            return default
        if not isinstance(value, bool):
            self.refuse(BadValue(_NO_YES), key)
        return value

    def day(self, key: str) -> date | None:
        """A date."""
        value = self._text(key)
        try:
            return date.fromisoformat(value) if value else None
        except ValueError:
            self.refuse(BadValue(_NO_DAY), key)

    def moment(self, key: str) -> datetime | None:
        """A moment, in UTC; far from where the time that is shown would have no date any more."""
        value = self._text(key)
        if not value:
            return None
        try:
            moment = datetime.fromisoformat(value)
            moment = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, OverflowError):
            self.refuse(BadValue(_NO_MOMENT), key)
        try:
            in_reach(moment, key)
        except BadValue as error:
            self.refuse(error, key)
        return moment

    def yearly(self, key: str) -> YearlyDate:
        """A yearly date from its text form."""
        try:
            return YearlyDate.parse(self._text(key))
        except BadValue as error:
            self.refuse(error, key)

    def objects(self, key: str) -> "list[Fields]":
        """A list of objects."""
        return [
            Fields(record, f"{self.place}.{key}[{place}]" if self.place else f"{key}[{place}]")
            for place, record in enumerate(self._list(key), start=1)
        ]

    def lines(self, key: str) -> list[str]:
        """A list of texts."""
        found = self._list(key)
        if not _texts(found):
            self.refuse(BadValue(_NO_TEXT), key)
        return [line for line in map(clean_line, found) if line]

    def pairs(self, key: str) -> list[list[str]]:
        """A list of pairs of texts."""
        found = self._list(key)
        for pair in found:
            shape = isinstance(pair, list) and len(pair) == 2
            if not shape or not all(
                isinstance(text, str) and len(text) <= LONGEST for text in pair
            ):
                self.refuse(BadValue(_NO_TEXT), key)
        return [[clean_line(name), clean_text(text)] for name, text in found]

    def _list(self, key: str) -> list[Any]:
        value = self.record.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.refuse(BadValue(_NO_LIST), key)
        return value

    def mapping(self, key: str) -> dict[str, Any]:
        """An object whose values may be anything that JSON can say, cleaned."""
        value = self.record.get(key)
        if value is None:
            return {}
        if not isinstance(value, dict):
            self.refuse(BadValue(_NO_OBJECT), key)
        return {clean_line(name): self._clean(content, key, 0) for name, content in value.items()}

    def _clean(self, value: Any, key: str, depth: int) -> Any:
        if depth > DEEPEST:
            self.refuse(BadValue(_TOO_DEEP), key)
        if isinstance(value, str):
            return clean_text(value)
        if isinstance(value, list):
            return [self._clean(entry, key, depth + 1) for entry in value]
        if isinstance(value, dict):
            return {
                clean_line(name): self._clean(entry, key, depth + 1)
                for name, entry in value.items()
            }
        return value

    def checked(self, key: str, field: Field, value: object) -> Any:
        """A value in the form in which a field keeps it."""
        try:
            return field.check(value)
        except BadValue as error:
            self.refuse(error, key)


def _texts(found: list[Any]) -> bool:
    """Whether these are texts of bearable length."""
    return all(isinstance(text, str) and len(text) <= LONGEST for text in found)
