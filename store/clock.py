"""Now and today: the one place that asks the time, so that tests and `--today` can set it."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")
"""Chinese time, which has had no summer time since 1991."""


def zone_named(name: str) -> tzinfo:
    """The time zone of an IANA name; raises `KeyError` for one that does not exist."""
    if name == "Asia/Shanghai":
        return CHINA
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (ValueError, OSError) as error:  # no name at all, or one that leads elsewhere
        raise KeyError(name) from error


@dataclass(slots=True)
class Clock:
    """Tells the time of a box.

    `now` is always the real time, in UTC: rights and the trail use it. `today` is the team's
    local date, or the date that `--today` shows.
    """

    zone: tzinfo = field(default=CHINA)
    shown_today: date | None = None

    def now(self) -> datetime:
        """The real time, aware, in UTC."""
        return datetime.now(UTC)

    def today(self) -> date:
        """The date that is shown and reckoned from."""
        return self.shown_today or self.now().astimezone(self.zone).date()

    def local(self, moment: datetime) -> datetime:
        """A stored moment in the team's time zone."""
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(self.zone)
