"""What this program adds to a vCard so that its own cards come back whole.

`X-SHUKE-` and the key of a field, for all that vCard has no line for. Values other than texts are
JSON, which a parameter says. A few names mean something else than a field.
"""

import json
import re
from typing import Any

from store.cleaning import clean_text
from store.exchange.vcard_lines import Line
from store.exchange.vcard_text import escape, parts, unescape

PREFIX = "X-SHUKE-"
NUMBER, BIRTHDAY, EXTRA, FIELD = (
    PREFIX + word for word in ("NUMBER", "BIRTHDAY", "EXTRA", "FIELD")
)
"""The card's number; its lunar birthday in text form; an extra `name;text`; a field `key;text`
whose key cannot be part of a name."""

JSON = ";VALUE=x-json"
_KEY = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_RESERVED = frozenset({"number", "birthday", "extra", "field"})


def own_line(key: str, value: Any) -> str:
    """The line that keeps the value of a field."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    params = "" if isinstance(value, str) else JSON
    if _KEY.fullmatch(key) and key not in _RESERVED:
        return f"{PREFIX}{key.upper().replace('_', '-')}{params}:{escape(text)}"
    return f"{FIELD}{params}:{escape(key)};{escape(text)}"


def own_value(line: Line) -> tuple[str, Any] | None:
    """Key and value of a line that `own_line` wrote; None when it is damaged."""
    if line.name == FIELD:
        key, *rest = parts(line.value)
        text = ";".join(rest)
    else:
        key = line.name.removeprefix(PREFIX).lower().replace("-", "_")
        text = unescape(line.value)
    if line.param("VALUE").lower() != "x-json":
        return key, clean_text(text)
    try:
        return key, _cleaned(json.loads(text))
    except (ValueError, RecursionError):
        return None


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, list):
        return [_cleaned(one) for one in value]
    if isinstance(value, dict):
        return {key: _cleaned(one) for key, one in value.items()}
    return value
