"""Field types for numbers: whole, decimal, per_cent, amount."""

import re
from datetime import date
from decimal import Decimal
from itertools import pairwise

from store import chinese_numbers, language
from store.chinese_numbers import NUMERAL
from store.errors import BadValue
from store.forms.declaration import Field, FieldType, Value, spoken
from store.forms.tidy import narrow, one_line
from store.language import N_

GREATEST = 10**15
"""No number is as great as this, so that each fits into 64 bits, also in fen."""

DECIMALS = 10
"""Places kept after the point."""

_POWERS = {
    "亿": 10**8,
    "千万": 10**7,
    "百万": 10**6,
    "十万": 10**5,
    "万": 10**4,
    "萬": 10**4,
    "w": 10**4,
    "千": 10**3,
    "百": 10**2,
}
_GROUPED = r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,4}(?:,[0-9]{4})+|[0-9]+"
_DIGITS = rf"(?:(?:{_GROUPED})(?:\.[0-9]*)?|\.[0-9]+)"
_POWER = "亿|千万|百万|十万|万|萬|w|千|百"
_NUMBER = re.compile(rf"([+-]?)((?:{_DIGITS}(?:{_POWER}))*)({_DIGITS}?)")
_PART = re.compile(rf"({_DIGITS})({_POWER})")

_NUMERALS = re.compile(rf"(?<![0-9.]){NUMERAL}+")

_SIGNS = {
    "CNY": re.compile(r"¥|人民币|rmb|cny|圆|元|块钱|块"),
    "USD": re.compile(r"us\$|\$|usd|美元|美金"),
}


def read_number(text: str) -> Decimal:
    """A number as people write it: `12,000.50`, `１２。５`, `3万`, `1亿2000万`.

    Raises:
        BadValue: it is not one, or greater than `GREATEST`.
    """
    spelled = "".join(narrow(text).replace("。", ".").lower().split())
    spelled = _NUMERALS.sub(_in_digits, spelled)
    match = _NUMBER.fullmatch(spelled) if len(spelled) <= 60 else None
    if match is None or not (match[2] or match[3]):
        raise BadValue(N_("“{text}” is not a number."), text=one_line(text[:60]))
    parts = [(_digits(digits), _POWERS[power]) for digits, power in _PART.findall(match[2])]
    if any(power <= smaller for (_, power), (_, smaller) in pairwise(parts)) or (
        parts and match[3]
    ):
        raise BadValue(N_("“{text}” is not clear: write 3.5万 or 35000."), text=spelled)
    number = sum((digits * power for digits, power in parts), _digits(match[3] or "0"))
    return -number if match[1] == "-" else number


def written(number: Decimal) -> str:
    """The shortest plain form: no exponent, no zeros at the end."""
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


class Whole(FieldType):
    """A whole number."""

    def read(self, field: Field, text: str, today: date | None) -> Value | None:
        """As `read_number`, with or without the unit; a year with or without 年."""
        counted = _without_unit(field, text)
        if not counted:
            return None
        if _is_year(field):
            counted = counted.removesuffix("年")
        number = within(field, read_number(counted))
        if number != number.to_integral_value():
            raise BadValue(N_("This should be a whole number."))
        return int(number)

    def check(self, field: Field, value: object) -> Value | None:
        """A whole number."""
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool):
            raise BadValue(N_("This should be a whole number."))
        return int(within(field, Decimal(value)))

    def show(self, field: Field, value: object) -> str:
        """With thousands set apart, except of a year, and the unit."""
        plain = _is_year(field) or not isinstance(value, int)
        number = str(value) if plain else f"{value:,}"
        return _with_unit(field, number)


class Number(FieldType):
    """A decimal number, kept as text in its shortest form."""

    def read(self, field: Field, text: str, today: date | None) -> Value | None:
        """As `read_number`, with or without the unit."""
        counted = _without_unit(field, text)
        return _kept(field, read_number(counted)) if counted else None

    def check(self, field: Field, value: object) -> Value | None:
        """A number, or a text that is one."""
        if value is None or value == "":
            return None
        if isinstance(value, str):
            return _kept(field, read_number(value))
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise BadValue(N_("This should be a number."))
        if not abs(value) < GREATEST:
            raise BadValue(N_("This number is too great."))
        return _kept(field, Decimal(str(value)))

    def show(self, field: Field, value: object) -> str:
        """With the unit."""
        return _with_unit(field, str(value))


class PerCent(Number):
    """A share of a hundred: `12.5` is 12.5 %."""

    def read(self, field: Field, text: str, today: date | None) -> Value | None:
        """As `read_number`, with or without %."""
        return super().read(field, narrow(text).removeprefix("百分之").rstrip("% "), today)

    def show(self, field: Field, value: object) -> str:
        """With %."""
        return f"{value}%"


class Amount(FieldType):
    """Money, kept as fen (for US dollars: cents)."""

    def read(self, field: Field, text: str, today: date | None) -> Value | None:
        """As `read_number`, with or without a sign or name of the currency."""
        line = narrow(text).lower()
        if not line:
            return None
        undollared = _SIGNS["USD"].sub("", line)
        if field.currency == "CNY" and undollared != line:
            raise BadValue(N_("This amount is kept in yuan, not in dollars."))
        if field.currency == "USD" and _SIGNS["CNY"].search(undollared):
            raise BadValue(N_("This amount is kept in dollars, not in yuan."))
        digits = _SIGNS[field.currency].sub("", line).strip()
        number = read_number(digits)
        bare = digits == line and re.search("[万萬亿千百w]", digits) is None
        return _in_fen(field, number * 10_000 if bare and field.ten_thousands else number)

    def check(self, field: Field, value: object) -> Value | None:
        """A whole number of fen."""
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool):
            raise BadValue(N_("This should be an amount in fen."))
        within(field, Decimal(value) / 100)
        return value

    def show(self, field: Field, value: object) -> str:
        """In 元 or 万元 in Chinese, with the sign of the currency in English."""
        if not isinstance(value, int):
            return str(value)
        if language.current() == "zh":
            return self._chinese(field, value, ",")
        sign = "¥" if field.currency == "CNY" else "US$"
        return f"{'-' if value < 0 else ''}{sign}{_yuan(abs(value), ',')}"

    def plain(self, field: Field, value: object) -> str:
        """In 元 or 万元, the unit always said."""
        return self._chinese(field, value, "") if isinstance(value, int) else str(value)

    def editable(self, field: Field, value: object) -> str:
        """As `plain` in Chinese; in English with the currency, as a bare number may count 万."""
        if language.current() == "zh" or not isinstance(value, int):
            return self.plain(field, value)
        return f"{field.currency} {_yuan(value, '')}"

    def _chinese(self, field: Field, value: int, thousands: str) -> str:
        unit = "元" if field.currency == "CNY" else "美元"
        if not field.ten_thousands:
            return _yuan(value, thousands) + unit
        whole, _point, rest = written(Decimal(value) / 1_000_000).partition(".")
        grouped = f"{int(whole):{thousands}}" if int(whole) else whole
        return f"{grouped}{'.' if rest else ''}{rest}万{unit}"


def within(field: Field, number: Decimal) -> Decimal:
    """The number, when it is within the limits of the field; raises `BadValue`."""
    if abs(number) >= GREATEST:
        raise BadValue(N_("This number is too great."))
    if field.minimum is not None and number < field.minimum:
        raise BadValue(N_("This should be at least {minimum}."), minimum=field.minimum)
    if field.maximum is not None and number > field.maximum:
        raise BadValue(N_("This should be at most {maximum}."), maximum=field.maximum)
    return number


def _is_year(field: Field) -> bool:
    """Whether a whole number is declared to have four digits: no count of anything is."""
    least, most = field.minimum, field.maximum
    return least is not None and most is not None and least >= 1000 and most <= 9999


def _kept(field: Field, number: Decimal) -> str:
    return written(within(field, round(within(field, number), DECIMALS)))


def _in_digits(numerals: re.Match[str]) -> str:
    counted = chinese_numbers.number(numerals[0])
    return numerals[0] if counted is None else str(counted)


def _digits(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def _in_fen(field: Field, number: Decimal) -> int:
    fen = within(field, number) * 100
    if fen != fen.to_integral_value():
        raise BadValue(N_("An amount has at most two places after the point."))
    return int(fen)


def _yuan(fen: int, thousands: str) -> str:
    whole, rest = divmod(abs(fen), 100)
    sign = "-" if fen < 0 else ""
    return f"{sign}{whole:{thousands}}" + (f".{rest:02}" if rest else "")


def _without_unit(field: Field, text: str) -> str:
    line = narrow(text).lower()
    for unit in sorted(field.unit.values(), key=len, reverse=True):
        line = line.removesuffix(narrow(unit).lower())
    return line.strip()


def _with_unit(field: Field, number: str) -> str:
    unit = spoken(field.unit)
    return f"{number} {unit}" if unit else number
