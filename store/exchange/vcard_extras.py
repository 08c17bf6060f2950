"""Lines of a vCard that no field takes: kept as they stood, shown as words, written again."""

import re
from collections.abc import Iterable, Mapping

from store.cleaning import clean_text
from store.exchange.drafts import Extra
from store.exchange.vcard_lines import Line
from store.exchange.vcard_text import parts, unescape
from store.language import _

PREFIX = "vcard:"
"""How the name of such an extra begins; the left side of the line follows."""

LABEL = "X-ABLABEL"
"""The line with which Apple gives another line of its group a label."""

BINARY = frozenset({"PHOTO", "LOGO", "SOUND", "KEY"})
"""Lines whose value is not for reading."""

_NOT_SHOWN = frozenset({LABEL, "UID"})
_TYPE = re.compile(r";TYPE=([^;:]*)")

LONGEST = 400_000
"""Characters of a value that is kept: a photograph of a phone's contacts has 20 to 100 kB."""

_DATA_URI = re.compile(r"data:[a-z]+/([a-z0-9.+-]+);base64,", re.IGNORECASE)
_GROUPED = re.compile(r"(?:(?P<group>[\w-]+)\.)?(?P<name>[\w-]+)", re.ASCII)
_APPLE_WORD = re.compile(r"_\$!<(.*)>!\$_")
_UNSAFE_PARAM = re.compile(r'[";:,]')


def extra_of(line: Line) -> Extra | None:
    """The extra that keeps a line; None where its value is too long to keep."""
    params, value = dict(line.params), line.value
    embedded = _DATA_URI.match(value) if line.name in BINARY else None
    if embedded:
        # The form of version 4.0, told in that of 3.0.
        params = {"ENCODING": ["b"], "TYPE": [embedded[1].upper()]}
        value = value[embedded.end() :]
    if len(value) > LONGEST:
        return None
    params.pop("VALUE", None) if embedded else None
    head = f"{line.group}.{line.name}" if line.group else line.name
    head += "".join(f";{name}={_params(values)}" for name, values in sorted(params.items()))
    return PREFIX + head, clean_text(value).replace("\n", "\\n")


def is_vcard(extra: Extra) -> bool:
    """Whether an extra is a line of a vCard."""
    return extra[0].startswith(PREFIX)


def grouped_name(head: str) -> tuple[str, str]:
    """Group and name of the left side of a line; "" for no group."""
    match = _GROUPED.match(head)
    return ((match["group"] or "").lower(), match["name"].upper()) if match else ("", head)


def apple_word(label: str) -> str:
    """The word of a label that Apple offers by itself, `_$!<Mother>!$_`; "" for other labels."""
    match = _APPLE_WORD.fullmatch(label)
    return match[1] if match else ""


def shown(extras: Iterable[Extra]) -> list[tuple[str, str]]:
    """Extras for people: what a program called it, and its text."""
    listed = list(extras)
    labels = _labels(listed)
    found = []
    for name, text in listed:
        if not name.startswith(PREFIX):
            found.append((name, text))
            continue
        group, plain = grouped_name(name.removeprefix(PREFIX))
        if plain in _NOT_SHOWN:
            continue
        if plain in BINARY or ";ENCODING=b" in name:
            text = _("{count} kB, not shown").format(count=max(len(text) * 3 // 4 // 1000, 1))
        elif plain == "X-ANDROID-CUSTOM":
            plain, text, *_rest = [*parts(text.rpartition("/")[2]), ""]
        label = labels.get(group) or _plain_label(plain, name)
        found.append((label, " ".join(part for part in parts(text) if part)))
    return found


def _plain_label(name: str, head: str) -> str:
    types = _TYPE.search(head)
    return name.removeprefix("X-") + (f" ({types[1].lower()})" if types else "")


def _labels(extras: Iterable[Extra]) -> Mapping[str, str]:
    found = {}
    for name, text in extras:
        group, plain = grouped_name(name.removeprefix(PREFIX))
        if name.startswith(PREFIX) and plain == LABEL:
            label = unescape(text)
            found[group] = apple_word(label) or label
    return found


def _params(values: Iterable[str]) -> str:
    return ",".join(f'"{value}"' if _UNSAFE_PARAM.search(value) else value for value in values)
