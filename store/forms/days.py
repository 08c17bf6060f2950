"""Field types for days: date, occasion."""

import re
from datetime import date

from store.errors import BadValue
from store.forms import listing
from store.forms.declaration import Field, FieldType, Value
from store.forms.tidy import narrow, one_line
from store.language import N_

_YEAR_FIRST = re.compile(
    r"([0-9]{4}|[0-9]{2})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*日?"
)
_EIGHT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_NO_DAY = re.compile(r"(?:1[89]|20)[0-9]{2}\s*(?:年|[-/.年]\s*[0-9]{1,2}\s*月?)?")
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CLOCK = re.compile(r"[T ]\s*[0-9]{1,2}:[0-9]{2}.*$")


class Day(FieldType):
    """A date, kept as `2026-03-15`."""

    def read(self, field: Field, text: str, today: date | None) -> Value | None:
        """The year first, in any of the usual spellings; with `today` also 昨天 and the like.

        Of a day without a year the field says whether the last or the next one is meant.
        """
        line = narrow(text)
        if not line:
            return None
        written = _CLOCK.sub("", line)
        match = _YEAR_FIRST.fullmatch(written) or _EIGHT.fullmatch(written)
        if match is not None:
            return _day(int(match[1]), int(match[2]), int(match[3])).isoformat()
        if _NO_DAY.fullmatch(line) is not None:
            raise BadValue(N_("“{text}” names no day: write it whole, as 2026-03-15."), text=line)
        if today is not None:
            from store.moments import read_day

            day: date = read_day(line, today, past=not field.ahead)
            return day.isoformat()
        raise BadValue(N_("“{text}” is not a date such as 2026-03-15."), text=line[:60])

    def check(self, field: Field, value: object) -> Value | None:
        """A text such as `2026-03-15`."""
        if value is None or value == "":
            return None
        if not isinstance(value, str) or _ISO.fullmatch(value) is None:
            raise BadValue(N_("This should be a date such as 2026-03-15."))
        return _day(*map(int, value.split("-"))).isoformat()


class Occasion(FieldType):
    """A day of the year, solar or lunar, with its year or without (calendar.md)."""

    def read(self, field: Field, text: str, today: date | None) -> Value | None:
        """What people type for a birthday; several with their notes in brackets."""
        if not field.several:
            line = one_line(text)
            return _occasion(field, line, today) if line else None
        days = []
        for part in listing.split(text, listing.SEMICOLONS):
            spelled, note = (
                one_line(listing.unescape(piece, _NOTED)) for piece in listing.labelled(part)
            )
            days.append({"date": _occasion(field, spelled, today), "note": note})
        return days or None

    def check(self, field: Field, value: object) -> Value | None:
        """A text form, or a list of `{"date": text form, "note": …}`."""
        if value is None or value in ("", []):
            return None
        if not field.several:
            return _checked(field, value)
        if not isinstance(value, list):
            raise BadValue(N_("This should be a list of dates, each with a note."))
        days = []
        for one in value:
            if not isinstance(one, dict) or not isinstance(one.get("note", ""), str):
                raise BadValue(N_("This should be a list of dates, each with a note."))
            day, note = _checked(field, one.get("date")), one_line(one.get("note", ""))
            days.append({"date": day, "note": note})
        return days

    def show(self, field: Field, value: object) -> str:
        """In words, each with its note in brackets."""
        return "; ".join(
            f"{_spoken(day)} ({note})" if note else _spoken(day) for day, note in _days(value)
        )

    def plain(self, field: Field, value: object) -> str:
        """In text form, each with its note in brackets."""
        return "; ".join(
            f"{day} ({listing.escape(note, _NOTED)})" if note else day for day, note in _days(value)
        )

    def editable(self, field: Field, value: object) -> str:
        """Solar days as `plain` has them, a lunar one in words."""
        plain = self.plain(field, value)
        if field.several or not plain.startswith("lunar:"):
            return plain
        words = _spoken(plain)
        try:
            return words if self.read(field, words, None) == value else plain
        except BadValue:
            return plain


_NOTED = listing.SEMICOLONS + listing.BRACKETS


def _day(year: int, month: int, day: int) -> date:
    if year < 100:
        # Two digits stand for the hundred years around the turn of the century.
        year += 2000 if year < 50 else 1900
    try:
        return date(year, month, day)
    except ValueError:
        raise BadValue(
            N_("There is no day {year}-{month}-{day}."), year=year, month=month, day=day
        ) from None


def _occasion(field: Field, text: str, today: date | None) -> str:
    from store.lunar import Calendar
    from store.reading_dates import read_yearly_date

    calendar = Calendar(field.calendar) if field.calendar else None
    return _checked(field, str(read_yearly_date(text, calendar, today)))


def _checked(field: Field, value: object) -> str:
    from store.lunar import YearlyDate

    if not isinstance(value, str):
        raise BadValue(N_("This should be a date such as 1985-08-15 or lunar:1985-08-15."))
    occasion = YearlyDate.parse(value)
    if field.calendar and occasion.calendar != field.calendar:
        raise BadValue(
            N_("This is a solar date, a lunar one is wanted here.")
            if field.calendar == "lunar"
            else N_("This is a lunar date, a solar one is wanted here.")
        )
    return str(occasion)


def _days(value: object) -> list[tuple[str, str]]:
    if not isinstance(value, list):
        return [(str(value), "")]
    return [
        (str(one.get("date", "")), str(one.get("note", "")))
        if isinstance(one, dict)
        else (str(one), "")
        for one in value
    ]


def _spoken(text: str) -> str:
    from store.lunar import YearlyDate

    try:
        return YearlyDate.parse(text).spoken(with_year=True)
    except BadValue:
        return text
