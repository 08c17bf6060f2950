"""Addresses, put together from the parts that address books keep apart."""

import re
from dataclasses import dataclass

_HAN = re.compile("[一-鿿]")
_HOME_COUNTRY = frozenset(
    ["", "中国", "中國", "中华人民共和国", "china", "cn", "chn", "prc", "p.r.china", "prchina"]
)


@dataclass(frozen=True, slots=True)
class Address:
    """The parts of an address; each may be blank, `street` may have several lines."""

    box: str = ""
    extended: str = ""
    street: str = ""
    city: str = ""
    region: str = ""
    postcode: str = ""
    country: str = ""

    def text(self) -> str:
        """The address on one line, as it is written in its country, without the postcode.

        A Chinese one goes from the large to the small, and says nothing twice.
        """
        street = " ".join(self.street.split("\n"))
        if _HAN.search(street + self.city + self.region + self.extended):
            return self._chinese(street)
        parts = (self.extended, street, self.box, self.city, self.region, self._foreign())
        return ", ".join(part for part in parts if part)

    def _chinese(self, street: str) -> str:
        place = self.region
        if self.city and not place.endswith(self.city):
            place = self.city if self.city.startswith(place) else place + self.city
        for known in (place, self.city, self.region):
            if known and street.startswith(known):
                head = place.removesuffix(known) if known == self.city else ""
                street, place = street, head
                break
        return self._foreign() + place + street + self.extended + self.box

    def _foreign(self) -> str:
        return "" if self.country.casefold().replace(" ", "") in _HOME_COUNTRY else self.country
