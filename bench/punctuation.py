"""Full-width signs in Chinese texts: 「，。：；？！（）」 beside Chinese characters, never `,:;?!()`."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_HAN = "\u3400-\u9fff”’」』》"
HALF_WIDTH = re.compile(
    rf"[{_HAN}][,:;?!](?![,:;?!])"  # 好, 但是
    rf"|[,:;] ?[{_HAN}“‘「『《]"  # {name}: 好
    rf"|[{_HAN}] ?\(|\)[{_HAN}]"  # 好 (很好)
)
"""A sign of the wrong width. A mark that people type, such as the `!` of a line, stands alone."""


def half_width(text: str) -> str | None:
    """The first place in a text where a half-width sign stands beside Chinese, else None."""
    found = HALF_WIDTH.search(text)
    return text[max(0, found.start() - 4) : found.end() + 4] if found else None


def texts_of_forms(folder: Path) -> Iterator[tuple[str, str]]:
    """The Chinese texts of declared forms, each with the name of its file."""
    for path in sorted(folder.glob("*.toml")):
        for text in _chinese(tomllib.loads(path.read_text("utf-8"))):
            yield path.name, text


def _chinese(part: Any) -> Iterator[str]:
    if isinstance(part, list):
        for each in part:
            yield from _chinese(each)
    elif isinstance(part, dict):
        for key, value in part.items():
            if key == "zh" and isinstance(value, str):
                yield value
            else:
                yield from _chinese(value)
