"""Google's columns that belong together by number: `Phone 1 - Label`, `Phone 1 - Value` …

Old and new exports are read: `Type` became `Label`, and `Organization 1 - Name` lost its number.
"""

from store.exchange.gathering import Gathering
from store.exchange.phone_kinds import phone_field
from store.forms import listing

_SEVERAL = " ::: "
"""What stands between several values in one cell."""

_ADDRESS_PARTS = {
    "formatted": "formatted",
    "street": "street",
    "city": "city",
    "pobox": "box",
    "region": "region",
    "postalcode": "postcode",
    "country": "country",
    "extendedaddress": "extended",
}
_ORGANISATION_PARTS = {"name": "organisation", "title": "title", "department": "org_department"}
_BRACKETED = listing.SEMICOLONS + listing.COMMAS + listing.BRACKETS


class Google:
    """The numbered groups of one row."""

    def __init__(self) -> None:
        self._groups: dict[tuple[str, str], dict[str, str]] = {}

    def take(self, target: str, cell: str) -> None:
        """Take a cell; `target` is `WHAT.NUMBER.PART`, as `phone.1.value`."""
        what, number, part = target.split(".", 2)
        self._groups.setdefault((what, number), {})[part] = cell

    def give(self, card: Gathering) -> None:
        """Put all groups where they belong on the card."""
        for (what, number), parts in self._groups.items():
            label = (parts.pop("label", "") or parts.pop("type", "")).lstrip("* ")
            if what == "address":
                self._give_address(card, label, parts)
            elif what == "organization":
                self._give_organisation(card, number, parts)
            else:
                service = parts.pop("service", "")
                for value in parts.pop("value", "").split(_SEVERAL):
                    if value:
                        self._give_value(card, what, service or label, value)

    def _give_value(self, card: Gathering, what: str, label: str, value: str) -> None:
        if what == "phone":
            key, kept = phone_field([label], value)
            card.add(key, _labelled(value, kept)) if key else card.keep(label, value)
        elif what == "email":
            card.add("email", _labelled(value, "" if label.casefold() in _PLAIN else label))
        elif what == "website":
            card.add("website", _labelled(value, "" if label.casefold() in _PLAIN else label))
        elif what == "im" and label.casefold() in {"qq", "wechat", "微信"}:
            card.add("qq" if label.casefold() == "qq" else "wechat", value)
        elif what == "event" and label.casefold() in {"anniversary", "周年纪念日", "结婚纪念日"}:
            card.put("wedding", label, value)
        elif what == "event":
            card.add("further_dates", _labelled(value, label))
        else:
            card.keep(label or what, value)

    def _give_address(self, card: Gathering, label: str, parts: dict[str, str]) -> None:
        home = label.casefold() in {"home", "家", "家庭", "住宅"}
        kind = "home_address" if home else "work_address"
        for part, cell in parts.items():
            card.add_address(kind, _ADDRESS_PARTS.get(part, "extended"), cell)

    def _give_organisation(self, card: Gathering, number: str, parts: dict[str, str]) -> None:
        for part, cell in parts.items():
            key = _ORGANISATION_PARTS.get(part)
            heading = f"Organization {number} - {part}"
            card.put(key, heading, cell) if key else card.keep(heading, cell)


_PLAIN = frozenset(["", "other", "home page", "homepage", "internet", "其他", "profile"])
"""Labels that say nothing."""


def _labelled(value: str, label: str) -> str:
    """A value with its label in brackets, as the form's field reads it."""
    text = listing.escape(value, _BRACKETED)
    return f"{text} ({listing.escape(label, _BRACKETED)})" if label else text
