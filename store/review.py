"""When a card falls due for revision (domain.md section 1.5)."""

import calendar
from datetime import date
from functools import lru_cache

MONTHS = 2
"""Months after which a card is looked through again."""

MONTHS_KEY = 1
"""The same for key cards."""


@lru_cache(maxsize=64)
def review_due(updated: date, importance: str | None) -> date:
    """The day on which a card last changed on that day falls due."""
    months = MONTHS_KEY if importance == "key" else MONTHS
    years, month = divmod(updated.month - 1 + months, 12)
    year, month = updated.year + years, month + 1
    return date(year, month, min(updated.day, calendar.monthrange(year, month)[1]))
