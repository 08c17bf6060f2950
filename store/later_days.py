"""The same day some weeks or months later."""

import calendar
from datetime import date, timedelta


def later(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def next_day(today: date, *, weeks: int = 0, months: int = 0) -> date:
    """A day so many weeks and months after today."""
    return later(today, months) + timedelta(weeks=weeks)
