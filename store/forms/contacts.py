"""Field types for ways to reach somebody: phone, email, web, and texts kept as contact points."""

import re
from datetime import date

from store.errors import BadValue
from store.forms import listing
from store.forms.declaration import Field, FieldType, Value
from store.forms.tidy import folded, half_width, narrow, one_line
from store.language import N_

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−－"), "-")
_EXTENSION = re.compile(r"\s*(?:转|分机号?|ext\.?|extension|[x#])\s*[:.]?\s*", re.IGNORECASE)
_PHONE = re.compile(r"(?P<main>\+?[0-9][0-9 .-]*[0-9])(?P<extension>转[0-9]{1,8})?")
_PLAIN = re.compile("[!-~]+")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE = re.compile(r"(?:10|2[0-9]|[3-9][0-9]{2})[0-9]{7,8}")
_AREA_IN_BRACKETS = re.compile(r"\(\s*(\+?[0-9]{1,5})\s*\)\s*-?\s*")
_LABEL_BEFORE = re.compile(r"(?P<label>[^\W\d_]{1,10})\s*[:：]\s*(?P<value>.+)")
_LABEL_AFTER = re.compile(r"(?P<value>.*[0-9])\s*(?P<label>[^\W\d_]{1,10})")

_EMAIL = re.compile(
    r"[^\s@<>(),;:\\\"\[\]]+@(?:[^\s@<>(),;:\\\"\[\].]+\.)+[^\s@<>(),;:\\\"\[\].]{2,}"
)
_NAMED_EMAIL = re.compile(r"\"?(?P<label>[^<>\"]*)\"?\s*<(?P<value>[^<>]+)>")
_WEB = re.compile(r"(?:https?://)?[^\s/:@.]+(?:\.[^\s/:@.]+)+(?::[0-9]{1,5})?(?:[/?#]\S*)?", re.I)


def tidy_phone(text: str) -> str:
    """A phone number as it was typed, but half-width, with plain dashes and 转 for extensions.

    Raises:
        BadValue: it is none, or a mainland mobile number with a digit too few or too many.
    """
    line = _AREA_IN_BRACKETS.sub(r"\1-", narrow(text).translate(_DASHES))
    line = _EXTENSION.sub("转", line, count=1)
    match = _PHONE.fullmatch(line)
    digits = re.sub(r"\D", "", match["main"]) if match else ""
    if not 3 <= len(digits) <= 20:
        raise BadValue(N_("“{text}” is not a phone number."), text=one_line(text[:60]))
    if line[0] == "1" and line[1] in "3456789" and len(digits) in (10, 12):
        raise BadValue(
            N_("A mobile number has 11 digits, this one has {count}."), count=len(digits)
        )
    return line


def normal_phone(text: str) -> str:
    """The digits by which two spellings of a phone number are the same; "" where there are none.

    Mainland numbers without +86, landlines with the 0 of their area code, extensions behind the
    number; numbers of other countries begin with 00.
    """
    if _MOBILE.fullmatch(text):  # nearly every number, and ten times as fast
        return text
    main, _, extension = _EXTENSION.sub("转", narrow(text).translate(_DASHES), 1).partition("转")
    digits, more = re.sub(r"[^0-9]", "", main), re.sub(r"[^0-9]", "", extension)
    abroad = main.lstrip("( ").startswith("+") or digits.startswith("00")
    number = digits.removeprefix("00") if abroad else digits
    known = number.startswith("86") and (abroad or len(number) > 11)
    local = number[2:].lstrip("0") if known else ""
    if _MOBILE.fullmatch(local):
        return local + more
    if _LANDLINE.fullmatch(local):
        return "0" + local + more
    if not abroad and _MOBILE.fullmatch(number[1:]) and number[0] == "0":
        return number[1:] + more
    return ("00" if abroad else "") + number + more


def normal_email(text: str) -> str:
    """The form in which two spellings of an address are the same: half-width, small letters."""
    plain = text if _PLAIN.fullmatch(text) else narrow(text)
    return plain.casefold().removeprefix("mailto:")


def normal_contact(kind: str, value: str) -> str:
    """The form by which a contact point of this kind (its form key) is found again."""
    if kind == "email":
        return normal_email(value)
    return normal_phone(value) if kind in PHONE_KINDS else folded(value)


PHONE_KINDS = frozenset({"mobile", "work_phone", "home_phone", "fax"})
"""Keys of the fields that hold phone numbers to reach a card by."""


class ContactPoint(FieldType):
    """Something to reach somebody by; several, each with a label, where the field says so."""

    separators = listing.SEMICOLONS + listing.COMMAS
    """What stands between several."""

    def tidy(self, text: str) -> str:
        """One value in the form in which it is kept; raises `BadValue`."""
        return one_line(text)

    def labelled(self, part: str) -> tuple[str, str]:
        """What somebody typed for one contact point, as value and label."""
        value, label = listing.labelled(part)
        special = self.separators + listing.BRACKETS
        return listing.unescape(value, special), listing.unescape(label, special)

    def read(self, field: Field, text: str, today: date | None) -> Value | None:
        """One value, or several with their labels in brackets behind them."""
        if not field.several:
            return self.tidy(text) if one_line(text) else None
        points = []
        for part in listing.split(text, self.separators):
            value, label = self.labelled(part)
            if one_line(value):
                points.append({"value": self.tidy(value), "label": one_line(label)})
        return points or None

    def check(self, field: Field, value: object) -> Value | None:
        """A text, or a list of texts or of `{"value": …, "label": …}`."""
        if value is None or value in ("", []):
            return None
        if field.several:
            points = value if isinstance(value, list) else [value]
            return [kept for one in points if (kept := self._point(one))] or None
        if isinstance(value, str):
            return self.tidy(value) or None
        raise BadValue(N_("This should be a text."))

    def _point(self, point: object) -> dict[str, str] | None:
        if isinstance(point, str):
            point = {"value": point}
        if not isinstance(point, dict):
            raise BadValue(N_("This should be a list of values, each with a label."))
        value, label = point.get("value", ""), point.get("label", "")
        if not isinstance(value, str) or not isinstance(label, str):
            raise BadValue(N_("This should be a list of values, each with a label."))
        if not one_line(value):
            return None
        return {"value": self.tidy(value), "label": one_line(label)}

    def show(self, field: Field, value: object) -> str:
        """The values, each with its label in brackets."""
        return "; ".join(f"{text} ({label})" if label else text for text, label in points_of(value))

    def plain(self, field: Field, value: object) -> str:
        """As shown, with a backslash before what would separate."""
        if not field.several:
            return str(value)
        special = self.separators + listing.BRACKETS
        return "; ".join(
            listing.escape(text, special)
            + (f" ({listing.escape(label, special)})" if label else "")
            for text, label in points_of(value)
        )


class Phone(ContactPoint):
    """A phone number, mainland or foreign, perhaps with an extension."""

    separators = listing.SEMICOLONS + listing.COMMAS + "/"

    def tidy(self, text: str) -> str:
        """As `tidy_phone`."""
        return tidy_phone(text)

    def labelled(self, part: str) -> tuple[str, str]:
        """Also reads `家: 0571-88881234` and `13911112345 家`."""
        value, label = super().labelled(part)
        named = None if label else _LABEL_BEFORE.fullmatch(value) or _LABEL_AFTER.fullmatch(value)
        return (named["value"], named["label"]) if named else (value, label)


class Email(ContactPoint):
    """An e-mail address."""

    def tidy(self, text: str) -> str:
        """An address, half-width."""
        address = narrow(text).replace("。", ".")
        if address.casefold().startswith("mailto:"):
            address = address[7:]
        if not _EMAIL.fullmatch(address) or len(address) > 254:
            raise BadValue(N_("“{text}” is not an e-mail address."), text=one_line(text[:60]))
        return address

    def labelled(self, part: str) -> tuple[str, str]:
        """Also reads `张山 <zhang@example.com>`."""
        value, label = super().labelled(part)
        named = None if label else _NAMED_EMAIL.fullmatch(value)
        return (named["value"], named["label"]) if named else (value, label)


class Web(ContactPoint):
    """The address of a website, with or without http://."""

    separators = listing.SEMICOLONS

    def tidy(self, text: str) -> str:
        """An address of http or https, half-width."""
        address = one_line(half_width(text))
        if not _WEB.fullmatch(address):
            raise BadValue(N_("“{text}” is not a web address."), text=address[:60])
        return address


def points_of(value: object) -> list[tuple[str, str]]:
    """The contact points of a kept value, as value and label, the preferred one first."""
    if not isinstance(value, list):
        return [(str(value), "")]
    return [
        (str(one.get("value", "")), str(one.get("label", "")))
        if isinstance(one, dict)
        else (str(one), "")
        for one in value
    ]
