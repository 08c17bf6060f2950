"""What comes again: the next day of a repeat rule (RFC 5545), reckoned by dateutil."""

import re
from datetime import date, datetime, time

from store.arguments import shortened
from store.errors import BadValue
from store.language import N_

NO_RULE = N_("“{rule}” is no repeat rule that to-dos know.")

_COUNT = re.compile(r";COUNT=([0-9]+)")

_FIRST_TO_999 = r"[1-9][0-9]{0,2}"
_WEEKDAYS = r"(?:MO|TU|WE|TH|FR|SA|SU)"
_PLACED_WEEKDAYS = rf"(?:-?[1-4])?{_WEEKDAYS}"
_MONTH_DAY = r"(?:-1|[1-9]|[12][0-9]|3[01])"
_DATE = r"[0-9]{8}(?:T[0-9]{6}Z?)?"

_ALWAYS = {"INTERVAL": _FIRST_TO_999, "COUNT": _FIRST_TO_999, "UNTIL": _DATE, "WKST": _WEEKDAYS}
_MONTHLY = {
    **_ALWAYS,
    "BYDAY": f"{_PLACED_WEEKDAYS}(?:,{_PLACED_WEEKDAYS})*",
    "BYMONTHDAY": f"{_MONTH_DAY}(?:,{_MONTH_DAY})*",
    "BYSETPOS": "-?[1-9]",
}
_PARTS = {
    "DAILY": _ALWAYS,
    "WEEKLY": {**_ALWAYS, "BYDAY": f"{_WEEKDAYS}(?:,{_WEEKDAYS})*"},
    "MONTHLY": _MONTHLY,
    "YEARLY": {**_MONTHLY, "BYMONTH": "[1-9]|1[0-2]"},
}
"""What a rule may say, by frequency.

dateutil looks for the next day up to the year 9999, and never ends with an interval of 0: these
parts come at least once a year, or are given up within a third of a second.
"""


def checked_rule(rule: str) -> str:
    """A repeat rule without DTSTART, as it is stored.

    Raises:
        BadValue: it is none, or repeats more often than daily.
    """
    text = rule.strip().removeprefix("RRULE:")
    frequency, *parts = text.split(";")
    allowed = _PARTS.get(frequency.removeprefix("FREQ="))
    for part in parts:
        key, _, value = part.partition("=")
        if allowed is None or key not in allowed or not re.fullmatch(allowed[key], value):
            raise BadValue(NO_RULE, field="repeat", rule=shortened(rule))
    if allowed is None or not frequency.startswith("FREQ="):
        raise BadValue(NO_RULE, field="repeat", rule=shortened(rule))
    try:
        next_of(text, date(2000, 1, 1), date(2000, 1, 1))
    except (ValueError, OverflowError) as error:
        raise BadValue(NO_RULE, field="repeat", rule=shortened(rule)) from error
    return text


def next_of(rule: str, first: date, after: date) -> tuple[date, str] | None:
    """The next day of a repeat, and the rule that holds from that day on.

    Args:
        rule: a checked rule.
        first: the day from which it is reckoned.
        after: the next day comes after this one.

    Returns:
        None when the repeat has come to its end.
    """
    from dateutil.rrule import rrulestr

    count = _COUNT.search(rule)
    endless = _COUNT.sub("", rule)
    days = rrulestr(endless, dtstart=datetime.combine(first, time.min), ignoretz=True)
    if count is None:
        found = days.after(datetime.combine(after, time.min))
        return None if found is None else (found.date(), rule)
    for passed, moment in zip(range(int(count[1])), days, strict=False):
        if moment.date() > after:
            return moment.date(), f"{endless};COUNT={int(count[1]) - passed}"
    return None
