"""What days, months, years and signs are called, in the language spoken now."""

from store.language import N_, _

_LUNAR_MONTHS = N_("1st 2nd 3rd 4th 5th 6th 7th 8th 9th 10th 11th 12th")
_LUNAR_DAYS = N_("1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30")
_SOLAR_MONTHS = N_(
    "January February March April May June July August September October November December"
)
_WEEKDAYS = N_("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
_ANIMALS = N_("Rat Ox Tiger Rabbit Dragon Snake Horse Goat Monkey Rooster Dog Pig")
_SIGNS = N_(
    "Capricorn Aquarius Pisces Aries Taurus Gemini Cancer Leo Virgo Libra Scorpio Sagittarius"
)

_SIGN_BEGINS = (20, 19, 21, 20, 21, 22, 23, 23, 23, 24, 23, 22)
"""The day of each solar month on which the sign changes, as Chinese almanacs print it."""


def _word(words: str, place: int) -> str:
    return _(words).split()[place]


def lunar_month(month: int, leap: bool = False) -> str:
    """The name of lunar month 1 to 12: 八月, 闰四月, "8th", "leap 4th"."""
    name = _word(_LUNAR_MONTHS, month - 1)
    return _("leap {month}").format(month=name) if leap else name


def solar_month(month: int) -> str:
    """The name of solar month 1 to 12: 8月, "August"."""
    return _word(_SOLAR_MONTHS, month - 1)


def weekday(place: int) -> str:
    """The name of a weekday, 0 for Monday, as `date.weekday()` has it."""
    return _word(_WEEKDAYS, place)


def animal(lunar_year: int) -> str:
    """The animal of a lunar year; 1984 was a Rat's."""
    return _word(_ANIMALS, (lunar_year - 1984) % 12)


def sign(month: int, day: int) -> str:
    """The zodiac sign of a solar month and day."""
    return _word(_SIGNS, (month - 1 + (day >= _SIGN_BEGINS[month - 1])) % 12)


def solar_date(year: int | None, month: int, day: int) -> str:
    """A solar date in words: 阳历8月15日, 阳历1985年8月15日, "solar August 15, 1985"."""
    name = solar_month(month)
    if year is None:
        return _("solar {month} {day}").format(month=name, day=day)
    return _("solar {month} {day}, {year}").format(month=name, day=day, year=year)


def lunar_date(year: int | None, month: int, day: int, leap: bool) -> str:
    """A lunar date in words: 农历八月十五, 农历1985年闰四月初三, "lunar 8th month, day 15"."""
    month_name, day_name = lunar_month(month, leap), _word(_LUNAR_DAYS, day - 1)
    if year is None:
        return _("lunar {month} month, day {day}").format(month=month_name, day=day_name)
    return _("lunar {month} month, day {day}, {year}").format(
        month=month_name, day=day_name, year=year
    )
