"""Numbers as people write them: half-width, full-width, Chinese numerals."""

import re

NUMERAL = r"[零〇一二三四五六七八九十廿卅百两]"
"""One character of a Chinese number, for use in patterns."""

_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_DIGITS = dict(zip("零〇一二三四五六七八九", (0, 0, *range(1, 10)), strict=True))


def half_width(text: str) -> str:
    """The text with full-width letters, digits and signs made half-width, of the same length."""
    return text.translate(_HALF_WIDTH)


def number(text: str) -> int | None:
    """The number that half-width digits or Chinese numerals say, up to 999 or digit by digit.

    `15`, `十五`, `廿三` and `一百二十` are counts, `一九八五` and `〇一` are digits in a row.
    None for anything else.
    """
    if re.fullmatch(r"[0-9]{1,9}", text):
        return int(text)
    if text == "两":
        return 2
    if 0 < len(text) < 10 and all(character in _DIGITS for character in text):
        return int("".join(str(_DIGITS[character]) for character in text))
    hundreds, hundred, rest = text.rpartition("百")
    if hundred:
        many, more = number(hundreds), number(rest.removeprefix("零")) if rest else 0
        if many is None or more is None or not 1 <= many <= 9 or more > 99:
            return None
        return 100 * many + more
    return _below_hundred(text.replace("廿", "二十").replace("卅", "三十"))


def _below_hundred(text: str) -> int | None:
    tens, ten, ones = text.partition("十")
    if not ten or len(tens) > 1 or len(ones) > 1:
        return None
    many, more = _DIGITS.get(tens or "一"), _DIGITS.get(ones or "零")
    return 10 * many + more if many and more is not None else None
