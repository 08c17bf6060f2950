"""JSON that stands in the box, read as text that can be shown and stored again."""

import json
import re
from typing import Any

_HALVES = re.compile("[\\ud800-\\udfff]")


def read_json(text: str) -> Any:
    """The value of a JSON text, without halves of characters, which no file and no screen takes.

    The program writes none; another one may, as an escape.
    """
    value = json.loads(text)
    return _whole(value) if "\\ud" in text or "\\uD" in text else value


def _whole(value: Any) -> Any:
    if isinstance(value, str):
        return _HALVES.sub("", value)
    if isinstance(value, list):
        return [_whole(entry) for entry in value]
    if isinstance(value, dict):
        return {_HALVES.sub("", key): _whole(entry) for key, entry in value.items()}
    return value
