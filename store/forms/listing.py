r"""Several values on one line: `13911112345 (家); 13800001111`, split and joined without loss.

A sign that means something in the list, and belongs to a value, is written with a backslash.
"""

import re

COMMAS = "、,，"
"""What separates words and phone numbers, besides `SEMICOLONS`."""

SEMICOLONS = ";；\n"
"""What separates values that may hold commas themselves."""

BRACKETS = "()（）"
"""What stands around a label."""

_LABELLED = re.compile(
    r"(?P<value>(?:\\.|[^\\])*?)[(（](?P<label>(?:\\.|[^\\()（）])*)[)）]", re.DOTALL
)


def escape(text: str, special: str) -> str:
    """The text with a backslash before every backslash and every sign of `special`."""
    return re.sub(rf"([\\{special}])", r"\\\1", text)


def unescape(text: str, special: str) -> str:
    """What `escape` was given; a backslash before any other sign stays."""
    return re.sub(rf"\\([\\{special}])", r"\1", text)


def split(text: str, separators: str) -> list[str]:
    """The parts between separators, still escaped, without blank ones."""
    parts = re.findall(rf"(?:\\[\\{separators}]|[^{separators}])+", text)
    return [part.strip() for part in parts if part.strip()]


def at_end(text: str, separators: str) -> tuple[str, str]:
    """What was typed up to and with the last separator, and the part behind it, unescaped."""
    end = 0
    for found in re.finditer(rf"\\[\\{separators}]|[{separators}]", text):
        if not found[0].startswith("\\"):
            end = found.end()
    return text[:end], unescape(text[end:].strip(), separators)


def labelled(part: str) -> tuple[str, str]:
    """A part such as `13911112345 (家)` as value and label, both still escaped."""
    match = _LABELLED.fullmatch(part.strip())
    if match is None or not match["value"].strip():
        return part.strip(), ""
    return match["value"].strip(), match["label"].strip()
