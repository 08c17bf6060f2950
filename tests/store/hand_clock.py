"""A clock that is set by hand."""

from datetime import UTC, date, datetime, timedelta

from store.clock import Clock

START = datetime(2026, 9, 24, 4, 0, tzinfo=UTC)
"""Noon in China."""


class HandClock(Clock):
    """The real time goes on by `wait` alone, and the day that is shown with it."""

    def __init__(self, shown_today: date | None = None) -> None:
        super().__init__(shown_today=shown_today)
        self.moment = START

    def now(self) -> datetime:
        """The time that was set."""
        return self.moment

    def wait(self, **ahead: float) -> None:
        """Let time pass, as for a `timedelta`."""
        self.moment += timedelta(**ahead)
