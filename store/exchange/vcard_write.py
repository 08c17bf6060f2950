"""Cards as a vCard file, version 3.0 or 4.0, for phones and for this program itself.

Phones get what they know; whatever vCard has no line for stands in lines of our own, so that a
card that was written and read again is the same. A lunar birthday is never written as BDAY, which
other programs would take for a solar one (calendar.md).
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO, Literal

from store.exchange import names, vcard_extras, vcard_own
from store.exchange.drafts import CardDraft
from store.exchange.vcard_dates import is_date, is_solar, written
from store.exchange.vcard_lines import is_head
from store.exchange.vcard_lunar import to_cycles
from store.exchange.vcard_text import escape, fold
from store.lunar import YearlyDate

Version = Literal["3.0", "4.0"]
"""The versions that can be written."""

_PHONES = {"mobile": "CELL", "work_phone": "WORK", "home_phone": "HOME", "fax": "FAX"}
_GROUP_NUMBER = re.compile(r"item([0-9]{1,6})$", re.IGNORECASE)
_ONCE = frozenset({"BEGIN", "END", "VERSION", "PRODID", "N", "FN"})
"""Lines that a card has once: one that was kept cannot stand there a second time."""

_GENDERS = {"male": "M", "female": "F"}


def write_vcards(stream: BinaryIO, cards: Iterable[CardDraft], version: Version = "3.0") -> int:
    """Write the cards; answers how many.

    Args:
        stream: takes the bytes.
        cards: values in the form in which fields keep them, `organisation` as a name.
        version: 3.0 for most phones and Outlook; 4.0 for those who ask for it.
    """
    count = 0
    for card in cards:
        stream.write(b"".join(fold(line) for line in _Writing(card, version).lines()))
        count += 1
    return count


class _Writing:
    """One card while it is written; what no line of vCard says is left over for our own."""

    def __init__(self, card: CardDraft, version: Version) -> None:
        self.card = card
        self.version = version
        self.left = dict(card.values)
        self._group = _highest_group(card)

    def lines(self) -> Iterator[str]:
        """All lines of the card, not folded."""
        yield "BEGIN:VCARD"
        yield f"VERSION:{self.version}"
        yield "PRODID:-//shuke//shuke//EN"
        yield from self._names()
        for write in _WRITERS:
            yield from write(self)
        if self.card.number:
            yield f"{vcard_own.NUMBER}:{escape(self.card.number)}"
        for key, value in self.left.items():
            yield vcard_own.own_line(key, value)
        for name, text in self.card.extras:
            yield from self._extra(name, text)
        yield "END:VCARD"

    def take_text(self, key: str) -> str:
        """A text value, which then is no longer left over; "" where there is none."""
        return self.left.pop(key) if isinstance(self.left.get(key), str) else ""

    def labelled(self, line: str, label: str) -> Iterator[str]:
        """A line, with the label that a person chose."""
        if not label:
            yield line
            return
        self._group += 1
        yield f"item{self._group}.{line}"
        yield f"item{self._group}.X-ABLabel:{escape(label)}"

    def _names(self) -> Iterator[str]:
        name = self.take_text("name")
        if self.card.kind == "organisation":
            yield "KIND:org" if self.version == "4.0" else "X-ABShowAs:COMPANY"
            yield "N:;;;;"
            yield f"FN:{escape(name)}"
            yield f"ORG:{escape(name)}"
            return
        family, given = names.split(name)
        yield f"N:{escape(family)};{escape(given)};;;"
        yield f"FN:{escape(name)}"
        organisation, department = self.take_text("organisation"), self.take_text("org_department")
        if organisation or department:
            yield f"ORG:{escape(organisation)}" + (f";{escape(department)}" if department else "")

    def _extra(self, name: str, text: str) -> Iterator[str]:
        head = name.removeprefix(vcard_extras.PREFIX)
        plain = vcard_extras.grouped_name(head)[1]
        if head == name or plain in _ONCE or not is_head(head) or "\n" in text:
            yield f"{vcard_own.EXTRA}:{escape(name)};{escape(text)}"
            return
        if self.version == "4.0" and plain in vcard_extras.BINARY and ";ENCODING=b" in head:
            kind = re.search(r";TYPE=([\w+-]+)", head)
            media = f"image/{kind[1].lower()}" if kind else "application/octet-stream"
            head, text = plain, f"data:{media};base64,{text}"
        yield f"{head}:{text}"


def _highest_group(card: CardDraft) -> int:
    """The highest `itemN` among the lines that are written again as they were."""
    numbers = [0]
    for name, _text in card.extras:
        match = _GROUP_NUMBER.match(vcard_extras.grouped_name(name.partition(":")[2])[0])
        numbers += [int(match[1])] if match else []
    return max(numbers)


def _nickname(card: _Writing) -> Iterator[str]:
    key = "short_name" if card.card.kind == "organisation" else "nickname"
    nickname = card.take_text(key)
    if nickname:
        yield f"NICKNAME:{escape(nickname)}"


def _title(card: _Writing) -> Iterator[str]:
    title = card.take_text("title")
    if title:
        yield f"TITLE:{escape(title)}"


def _gender(card: _Writing) -> Iterator[str]:
    letter = _GENDERS.get(card.left.get("gender", ""))
    if letter and card.version == "4.0":
        del card.left["gender"]
        yield f"GENDER:{letter}"


def _phones(card: _Writing) -> Iterator[str]:
    for key, kind in _PHONES.items():
        for place, point in enumerate(_points(card, key)):
            params = f";TYPE={kind}" + _preferred(card, key, place)
            yield from card.labelled(f"TEL{params}:{escape(point['value'])}", point["label"])


def _others(card: _Writing) -> Iterator[str]:
    for key, name in (
        ("email", "EMAIL"),
        ("website", "URL"),
        ("qq", "X-QQ"),
        ("wechat", "X-WECHAT"),
    ):
        for place, point in enumerate(_points(card, key)):
            params = ";TYPE=INTERNET" if key == "email" and card.version == "3.0" else ""
            params += _preferred(card, key, place)
            yield from card.labelled(f"{name}{params}:{escape(point['value'])}", point["label"])


def _points(card: _Writing, key: str) -> list[dict[str, str]]:
    points = card.left.pop(key, [])
    return points if isinstance(points, list) else [{"value": points, "label": ""}]


def _preferred(card: _Writing, key: str, place: int) -> str:
    if place or len(card.card.values[key]) < 2:
        return ""
    return ";PREF=1" if card.version == "4.0" else ";TYPE=PREF"


def _addresses(card: _Writing) -> Iterator[str]:
    work, postcode = card.take_text("work_address"), card.take_text("postcode")
    if work or postcode:
        yield f"ADR;TYPE=WORK:;;{escape(work)};;;{escape(postcode)};"
    home = card.take_text("home_address")
    if home:
        yield f"ADR;TYPE=HOME:;;{escape(home)};;;;"


def _note(card: _Writing) -> Iterator[str]:
    note = card.take_text("note")
    if note:
        yield f"NOTE:{escape(note)}"


def _tags(card: _Writing) -> Iterator[str]:
    tags = card.left.pop("tags", None)
    if tags:
        yield "CATEGORIES:" + ",".join(escape(tag) for tag in tags)


def _birthdays(card: _Writing) -> Iterator[str]:
    if is_solar(card.left.get("birth_solar", "")):
        params, value = written(YearlyDate.parse(card.left.pop("birth_solar")), card.version)
        yield f"BDAY{params}:{value}"
    lunar = card.left.get("birth_lunar", "")
    if is_date(lunar) and not is_solar(lunar):
        del card.left["birth_lunar"]
        yield f"X-ALTBDAY;CALSCALE=chinese:{to_cycles(YearlyDate.parse(lunar))}"
        yield f"{vcard_own.BIRTHDAY}:{lunar}"


def _anniversaries(card: _Writing) -> Iterator[str]:
    if is_solar(card.left.get("wedding", "")):
        params, value = written(YearlyDate.parse(card.left.pop("wedding")), card.version)
        if card.version == "4.0":
            yield f"ANNIVERSARY{params}:{value}"
        else:
            yield from card.labelled(f"X-ABDATE{params}:{value}", "_$!<Anniversary>!$_")
    further: list[dict[str, str]] = card.left.get("further_dates", [])
    if all(is_solar(one["date"]) and _plain_note(one["note"]) for one in further):
        card.left.pop("further_dates", None)
        for one in further:
            params, value = written(YearlyDate.parse(one["date"]), card.version)
            yield from card.labelled(f"X-ABDATE{params}:{value}", one["note"])


def _plain_note(note: str) -> bool:
    """Whether a note, as a label, means nothing but itself."""
    return not vcard_extras.apple_word(note) and "生日" not in note


_WRITERS: tuple[Callable[[_Writing], Iterator[str]], ...] = (
    *(_nickname, _title, _gender, _phones, _others, _addresses),
    *(_birthdays, _anniversaries, _tags, _note),
)
"""What writes the lines that other programs know, in their order."""
