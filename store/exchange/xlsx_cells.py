"""The text of a workbook's cells, as its writer saw them."""

import re
from datetime import date, datetime, time, timedelta

_NOT_SHOWN = re.compile(r'"[^"]*"|\\.|_.|\[[^\]]*\]')
"""Parts of a number format that stand for themselves or say a language or a colour."""

CHINESE_DATE_FORMATS = {
    27: "yyyy-m",
    28: "m-d",
    29: "m-d",
    30: "m-d-yy",
    31: "yyyy-m-d",
    36: "yyyy-m",
    50: "yyyy-m",
    51: "m-d",
    52: "yyyy-m",
    53: "m-d",
    54: "m-d",
    57: "yyyy-m",
    58: "m-d",
}
"""Date formats that Excel in Chinese has built in, by number, so that a file does not tell them
(ECMA-376 part 1, 18.8.30, zh-cn); openpyxl takes them for plain numbers."""

_ZEROS = re.compile(r"0{2,}")


def cell_text(value: object, number_format: str) -> str:
    """A cell's value as text: `2024-08-15`, `13911112345`, `010000`.

    Args:
        value: what openpyxl makes of a cell; a formula's last result.
        number_format: how the cell shows its value; it tells a birthday without a year, which
            Excel keeps with the year in which it was typed, and the zeros before a postcode.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return _number_text(value, number_format)
    if isinstance(value, date):
        return _date_text(value, number_format)
    if isinstance(value, time):
        return value.strftime("%H:%M:%S").removesuffix(":00")
    if isinstance(value, timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}".removesuffix(":00")
    return str(value)


def _number_text(value: float, number_format: str) -> str:
    if isinstance(value, float) and not value.is_integer():
        return format(value, ".15g")
    # Fifteen digits is what Excel keeps; beyond, an integer would only look exact.
    digits = str(int(value)) if abs(value) < 1e15 else format(value, ".15g")
    return digits.zfill(len(number_format)) if _ZEROS.fullmatch(number_format) else digits


def _date_text(value: date, number_format: str) -> str:
    if isinstance(value, datetime) and value.time() != time():
        return value.strftime("%Y-%m-%d %H:%M:%S").removesuffix(":00")
    shown = _NOT_SHOWN.sub("", number_format.split(";")[0]).lower()
    has_year, has_day = "y" in shown or "e" in shown, "d" in shown
    if "m" in shown and not has_year and has_day:
        return f"{value.month}月{value.day}日"
    if "m" in shown and has_year and not has_day:
        return f"{value.year}年{value.month}月"
    return f"{value:%Y-%m-%d}"
