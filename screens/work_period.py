"""The time that a work view looks at: a day, a week or a month, back and forth."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from store.language import N_, _

DAY, WEEK, MONTH = "day", "week", "month"

SPANS = ((DAY, N_("a day")), (WEEK, N_("a week")), (MONTH, N_("a month")))
"""How long it may be; keys and message ids."""


@dataclass(frozen=True, slots=True)
class Period:
    """A day, a week from Monday on, or a calendar month, by a day in it."""

    span: str
    day: date

    @property
    def first(self) -> date:
        """Its first day."""
        if self.span == WEEK:
            return self.day - timedelta(days=self.day.weekday())
        return self.day.replace(day=1) if self.span == MONTH else self.day

    @property
    def last(self) -> date:
        """Its last day."""
        if self.span == WEEK:
            return self.first + timedelta(days=6)
        if self.span == MONTH:
            return (self.first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
        return self.day

    def moved(self, step: int, today: date) -> "Period":
        """The period so many later, or earlier; none that begins after today."""
        day = self.first
        if self.span == MONTH:
            months = day.year * 12 + day.month - 1 + step
            day = date(months // 12, months % 12 + 1, 1)
        else:
            day += timedelta(days=step * (7 if self.span == WEEK else 1))
        return self if day > today else replace(self, day=day)

    def words(self, today: date) -> str:
        """What it is called: today, this week, 09-14 to 09-20, 2026-09."""
        if self.span == DAY:
            return _("today") if self.day == today else f"{self.day:%Y-%m-%d}"
        if self.first <= today <= self.last:
            return _("this week") if self.span == WEEK else _("this month")
        if self.span == MONTH:
            return f"{self.first:%Y-%m}"
        return _("{first} to {last}").format(first=f"{self.first:%m-%d}", last=f"{self.last:%m-%d}")
