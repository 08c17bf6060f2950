"""A card out of a file, before anybody decides what becomes of it."""

import re
from dataclasses import dataclass, field
from typing import Any, Literal

from store.errors import BadInput
from store.language import _

Kind = Literal["person", "organisation"]
"""The kinds of card."""

Extra = tuple[str, str]
"""Something a file says and no field takes: its name there, and its text.

A name that begins with `vcard:` is the left side of a vCard line, and its text the right side as
it stood there, so that the line can be written again (see vcard_extras.py).
"""

_ORGANISATION = re.compile(
    "(?:公司|集团|工厂|研究院|研究所|事务所|银行|医院|酒店|大学|学院|协会|商行|经销部|门市部|经营部"
    "|合作社|委员会|管理局|超市|专卖店)$"
    r"|\b(?:Ltd|Limited|Inc|LLC|GmbH|Corp|Corporation|Company|Co)\.?$",
    re.IGNORECASE,
)
"""How a name ends that no person has."""


@dataclass(slots=True)
class CardDraft:
    """One card of a file.

    From tables every value is the text of a cell, to be read by its field; a cell under a heading
    of the other kind of card stands here too. From vCards a value has the shape that the field
    keeps: a text, or a list of `{"value": …, "label": …}`.
    """

    row: int
    """Where it stands: the row of a table, the line of its BEGIN in a vCard file; from 1."""
    kind: Kind = "person"
    values: dict[str, Any] = field(default_factory=dict)
    extras: list[Extra] = field(default_factory=list)
    warnings: list[BadInput] = field(default_factory=list)
    """What was left out or looks damaged, one sentence each; the card itself can be used."""
    number: str = ""
    """What a column 编号 says: the card's number, where this program wrote the file."""

    def settle_kind(self, said: Kind | None = None) -> None:
        """Decide whether it is a person or an organisation, and see that it has a name.

        Where nothing says so: an organisation when there is a firm and nobody's name, or when the
        name ends as firms' names do. Without any name it is called as a telephone would show it.
        """
        values = self.values
        name, firm = values.get("name", ""), values.get("organisation", "")
        if said:
            self.kind = said
        elif (firm and name in {"", firm}) or (not firm and _ORGANISATION.search(name)):
            self.kind = "organisation"
        if self.kind == "organisation" and firm:
            if name not in {"", firm}:
                self.extras.append((_("Organisation"), firm))
            values["name"] = name or firm
            del values["organisation"]
        if not values.get("name"):
            shown = (values.get(key) for key in ("nickname", "short_name", "email", "mobile"))
            found = next((text for text in map(_first, shown) if text), "")
            if found:
                values["name"] = found
        if self.kind == "organisation" and "nickname" in values:
            values.setdefault("short_name", values.pop("nickname"))


def _first(value: object) -> str:
    """The text of a value; of a list of contact points the preferred one."""
    if isinstance(value, list):
        value = value[0].get("value") if value else ""
    return str(value or "")
