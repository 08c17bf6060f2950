"""Recognises what the columns of a table hold, from what stands above them."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

EXTRA = "extra"
"""The target of a column that nobody knows: it is kept with the card under its heading."""

_WORDS = Path(__file__).with_name("heading_words.toml")

_ADDED = re.compile(r"(?:必填项?|选填|可选|required|optional|多个用.*|如有)$")
_COUNTED = re.compile(r"[0-9一二三四五六]+$")
_GOOGLE = re.compile(
    r"\s*(e-?mail|phone|address|organization|website|im|event|relation|custom field)"
    r"\s+([0-9]+)\s*-\s*(.+?)\s*",
    re.IGNORECASE,
)
_NUMBERED_MAIL = re.compile(r"(?:电子邮件|email)([0-9])(?:地址|address)")
_COURTESY_TITLE = "title"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, and what it means."""

    heading: str
    target: str
    """A form key, a special of heading_words.toml, `google.WHAT.NUMBER.PART`,
    `address.KIND.PART`, or `EXTRA`."""

    @property
    def known(self) -> bool:
        """Whether a field takes what stands here."""
        return self.target != EXTRA


def folded(heading: str) -> str:
    """A heading without what does not matter: width, case, blanks, signs, a note that it is due."""
    plain = unicodedata.normalize("NFKC", heading).casefold()
    return _ADDED.sub("", "".join(char for char in plain if char.isalnum()))


def recognise(
    headings: Sequence[str],
    labels: Mapping[str, str] | None = None,
    chosen: Mapping[str, str] | None = None,
) -> list[Column]:
    """What each column holds.

    Args:
        headings: as they stand in the file.
        labels: labels of form fields in any language, and their keys, to the key.
        chosen: headings to targets that the person named; they outweigh everything.
    """
    known = {folded(label): key for label, key in (labels or {}).items()}
    wanted = {folded(heading): target for heading, target in (chosen or {}).items()}
    columns = [
        Column(heading, wanted.get(folded(heading)) or _target(heading, known))
        for heading in headings
    ]
    return _in_context(columns)


def _target(heading: str, labels: Mapping[str, str]) -> str:
    google = _GOOGLE.fullmatch(heading)
    if google:
        what = google[1].casefold().replace("-", "").replace(" ", "")
        return f"google.{what}.{google[2]}.{folded(google[3])}"
    name = folded(heading)
    uncounted = _COUNTED.sub("", name) or name
    for word in (name, uncounted):
        found = _words("special").get(word) or labels.get(word) or _words("fields").get(word)
        if found:
            return found
    if _NUMBERED_MAIL.fullmatch(name):
        return "email"
    return _address_part(name, uncounted) or EXTRA


def _in_context(columns: list[Column]) -> list[Column]:
    """Columns whose meaning depends on the others."""
    targets = {column.target for column in columns}
    folded_headings = {folded(column.heading) for column in columns}
    changed = []
    for column in columns:
        target = column.target
        if target == "customer":
            # 客户名称 beside 联系人 is the firm he works for.
            target = "organisation" if "name" in targets else "name"
        elif folded(column.heading) == _COURTESY_TITLE and "jobtitle" in folded_headings:
            target = EXTRA
        changed.append(Column(column.heading, target))
    return changed


def _address_part(name: str, uncounted: str) -> str | None:
    """`住宅地址 街道 2`, `Business Street 3`, `家庭所在地邮政编码` and the like."""
    for beginning, kind in _words("address_kinds").items():
        for whole in (name, uncounted):
            part = _words("address_parts").get(whole.removeprefix(beginning))
            if part and whole.startswith(beginning):
                return f"address.{kind}.{part}"
    return None


@cache
def _words(section: str) -> dict[str, str]:
    """The words of one section of heading_words.toml, each to what it means."""
    table = tomllib.loads(_WORDS.read_text("utf-8"))[section]
    return {word: meaning for meaning, text in table.items() for word in text.split()}
