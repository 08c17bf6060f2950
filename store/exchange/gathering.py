"""A card while the cells of its row are taken up one after the other."""

from store.exchange import names
from store.exchange.addresses import Address
from store.exchange.drafts import CardDraft, Kind
from store.exchange.phone_kinds import field_of_number
from store.language import N_, _

_HEADINGS = {
    "work_address": N_("Work address"),
    "other_address": N_("Other address"),
    "home_address": N_("Home address"),
}
"""Kinds of address in a file, and what one is kept under when its field is taken."""


class Gathering:
    """What the cells taken so far say; `finished` puts together what several say in common."""

    def __init__(self, row: int) -> None:
        self.draft = CardDraft(row)
        self.kind: Kind | None = None
        """What a column said; None where none did."""
        self.name_parts: dict[str, str] = {}
        """family, given, middle."""
        self.phones: list[str] = []
        """Numbers of any sort; where they belong shows when the kind of card is known."""
        self.labelled: list[tuple[str, str]] = []
        """Fields and numbers that come after the plain ones: the car's, the home's fax."""
        self._addresses: dict[str, dict[str, str]] = {}

    def put(self, key: str, heading: str, text: str) -> None:
        """Fill a field; when it is filled already, keep the text under its heading."""
        if key in self.draft.values:
            self.keep(heading, text)
        else:
            self.draft.values[key] = text

    def add(self, key: str, text: str, between: str = "; ") -> None:
        """Put a text beside those that stand in a field already."""
        before = self.draft.values.get(key)
        self.draft.values[key] = f"{before}{between}{text}" if before else text

    def keep(self, heading: str, text: str) -> None:
        """Keep what no field takes."""
        self.draft.extras.append((heading, text))

    def add_address(self, kind: str, part: str, text: str) -> None:
        """One part of an address (see `Address`); a second line of a street joins the first."""
        parts = self._addresses.setdefault(kind, {})
        parts[part] = f"{parts[part]} {text}" if part in parts else text

    def finished(self) -> CardDraft:
        """The card, its name, addresses and telephones put together."""
        draft = self.draft
        self._finish_name()
        self._finish_addresses()
        draft.settle_kind(self.kind)
        for key, text in self.labelled:
            self.add(key, text)
        for phone in self.phones:
            self.add(field_of_number(phone, draft.kind), phone)
        if draft.kind == "organisation" and "home_phone" in draft.values:
            self.add("work_phone", draft.values.pop("home_phone"))
        # Programs write the name again as "file as" and as the name of the e-mail address.
        # This one does not, and numbers its cards.
        name = None if draft.number else draft.values.get("name")
        draft.extras = [extra for extra in draft.extras if extra[1] != name]
        return draft

    def _finish_name(self) -> None:
        parts = self.name_parts
        composed = names.compose(*(parts.get(part, "") for part in ("family", "given", "middle")))
        # In a file of this program the name stands as the card has it: 单 雪梅 may say the surname.
        as_given = self.draft.values.get("name", "")
        written = as_given if self.draft.number else names.tidy(as_given)
        if written or composed:
            self.draft.values["name"] = written or composed
        if written and composed and not names.same_parts(written, composed):
            self.put("nickname", _("Nickname"), composed)

    def _finish_addresses(self) -> None:
        # The work address comes first: the one postcode of a card belongs to it.
        for kind, parts in sorted(self._addresses.items(), reverse=True):
            heading = _(_HEADINGS[kind])
            formatted = parts.pop("formatted", "")
            postcode = parts.pop("postcode", "")
            text = Address(**parts).text() or " ".join(formatted.split())
            if text:
                self.put("work_address" if kind == "other_address" else kind, heading, text)
            if postcode:
                self.put("postcode", _("Postcode"), postcode)
