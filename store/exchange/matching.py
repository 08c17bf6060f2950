"""Finds the cards of a file that are in the box already, or earlier in the file.

By the same rule as `store.duplicates` (domain.md section 1.5), for thousands of cards with few
queries. One thing more is asked here, where nobody looks at each card: colleagues share the
switchboard and the address `sales@`, families the telephone, so that these alone do not make two
customers one.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from store import rows
from store.duplicates import ACCOUNTS, NUMBERED_BY, PHONES, REACHED_BY
from store.forms.contacts import normal_contact
from store.forms.tidy import folded
from store.models.base import database
from store.records.cards import KINDS, Duplicate
from store.records.exchange import PlannedCard

if TYPE_CHECKING:
    from store.desk import Desk

Mark = tuple[str, ...]
"""Something by which two cards are the same customer."""

_OWN_NUMBER = re.compile("1[3-9][0-9]{9}|00[0-9]+")
"""A telephone that one person carries: a mobile number, or one of another country."""

_SHARED_ADDRESS = re.compile(
    "(?:info|sales?|contact|office|admin|service|support|marketing|market|hr|mail|post|enquiry"
    "|enquiries|hello|webmaster|company|public|business|bd|kefu|xiaoshou|yewu|zhaopin)@.*"
)
"""An address that a house has, not a person."""


def mark_duplicates(desk: "Desk", cards: Iterable[PlannedCard]) -> None:
    """Note on each card the card of the box, or the row of the file, that it may be."""
    wanted = [card for card in cards if not card.wrong]
    for kind in KINDS:
        _mark(desk, kind, [card for card in wanted if card.kind == kind])


def _mark(desk: "Desk", kind: str, cards: Sequence[PlannedCard]) -> None:
    if not cards:
        return
    houses = _names_of_houses(desk, cards)
    marks = [list(marks_of(card, houses)) for card in cards]
    known = _Box(desk, kind).find(
        {mark for several in marks for _, mark in several}, {card.name for card in cards}
    )
    seen: dict[Mark, PlannedCard] = {}
    for card, several in zip(cards, marks, strict=True):
        for reason, mark in several:
            if mark in known:
                card.duplicate = Duplicate(*known[mark], reason)
                break
        for _reason, mark in several:
            first = seen.setdefault(mark, card)
            if first is not card and card.twin is None:
                card.twin = first.row if first.twin is None else first.twin
                card.duplicate = card.duplicate or first.duplicate


def marks_of(card: PlannedCard, houses: Mapping[str, str]) -> Iterator[tuple[str, Mark]]:
    """The marks of a card, the surest first, each with the form key that it comes from.

    Args:
        houses: the whole names of organisations by what the file calls them.
    """
    values, name = card.values, folded(card.name)
    if card.number:
        yield "number", ("number", card.number, name)
    key = NUMBERED_BY[card.kind]
    if key in values:
        yield key, (key, values[key])
    reached = False
    for key in REACHED_BY:
        for entry in values.get(key, ()):
            normal = normal_contact(key, entry["value"])
            reached = reached or bool(normal)
            if normal:
                yield key, contact_mark(card.kind, key, normal, name)
    if card.kind == "organisation":
        yield "name", ("name", name)
    elif "organisation" in values:
        text = values["organisation"]
        yield "name", ("name", name, folded(houses.get(text, text)))
    elif not reached:
        yield "name", ("name", name, "")


def contact_mark(kind: str, key: str, normal: str, name: str) -> Mark:
    """The mark of an e-mail address or telephone; a shared one counts together with the name."""
    if key == "wechat" and _OWN_NUMBER.fullmatch(normal):
        return "phone", normal  # many an account is called as its owner's mobile number
    if key in ACCOUNTS:
        return key, normal
    if key == "email":
        return ("email", normal, name) if _SHARED_ADDRESS.fullmatch(normal) else ("email", normal)
    if kind == "organisation" or _OWN_NUMBER.fullmatch(normal):
        return "phone", normal
    return "phone", normal, name


def _names_of_houses(desk: "Desk", cards: Iterable[PlannedCard]) -> dict[str, str]:
    """The whole names of known organisations, by what the cards call them."""
    from store.card_writing import known_organisations

    said = {card.values["organisation"] for card in cards if "organisation" in card.values}
    return {text: name for text, (_id, name) in known_organisations(desk, said).items()}


class _Box:
    """The cards of one kind that a member sees, asked by marks."""

    def __init__(self, desk: "Desk", kind: str) -> None:
        from store import search
        from store.records.cards import CardQuery

        chosen = search.select(desk, CardQuery(kind=kind))
        self.kind = kind
        self.where = chosen.where
        self.parameters = chosen.parameters

    def find(self, marks: set[Mark], names: set[str]) -> dict[Mark, tuple[int, str, str]]:
        """The card behind each mark that is in the box: id, number, name; the oldest wins.

        Args:
            names: as the file spells them; marks hold them folded.
        """
        by_area: dict[str, set[str]] = {}
        for mark in marks:
            by_area.setdefault(mark[0], set()).add(mark[1])
        if "name" in by_area:
            by_area["name"] = names | {folded(name) for name in names}
        found: dict[Mark, tuple[int, str, str]] = {}
        for area, texts in by_area.items():
            for mark, card in self._ask(area, sorted(texts)):
                if mark in marks and card[0] < found.get(mark, (card[0] + 1,))[0]:
                    found[mark] = card
        return found

    def _ask(self, area: str, texts: list[str]) -> Iterator[tuple[Mark, tuple[int, str, str]]]:
        if area in ("phone", "email", *ACCOUNTS):
            kinds = (*PHONES, "wechat") if area == "phone" else (area,)
            for row in self._rows(
                "point.normal, point.kind",
                "JOIN contact_point AS point ON point.card_id = card.id "
                f"AND point.kind IN ({_quoted(kinds)})",
                "point.normal",
                texts,
            ):
                yield contact_mark(self.kind, row[4], row[3], folded(row[2])), row[:3]
        elif area == "name":
            for row in self._rows("card.organisation_name, card.phone", "", "card.name", texts):
                name, house, phone = folded(row[2]), folded(row[3]), row[4]
                if self.kind == "organisation":
                    yield ("name", name), row[:3]
                elif house or not phone:
                    yield ("name", name, house), row[:3]
        elif area == "number":
            for row in self._rows("card.number", "", "card.number", texts):
                yield ("number", row[1], folded(row[2])), row[:3]
            merged = "JOIN card AS gone ON gone.merged_into_id = card.id AND gone.trashed_at"
            for row in self._rows(
                "gone.number, gone.name", f"{merged} IS NOT NULL", "gone.number", texts
            ):
                yield ("number", row[3], folded(row[4])), row[:3]
        else:
            join = f"JOIN card_fact AS fact ON fact.card_id = card.id AND fact.key = '{area}'"
            for row in self._rows("fact.value", join, "fact.value", texts):
                yield (area, row[3]), row[:3]

    def _rows(self, columns: str, join: str, column: str, texts: list[str]) -> Iterator[Any]:
        """Id, number, name and further columns of the visible cards with one of these texts."""
        for start in range(0, len(texts), rows.CHUNK):
            part = texts[start : start + rows.CHUNK]
            marks = ",".join("?" * len(part))
            yield from database.execute_sql(
                f"SELECT card.id, card.number, card.name, {columns} FROM card {join} "
                f"WHERE {self.where} AND {column} IN ({marks})",
                [*self.parameters, *part],
            ).fetchall()


def _quoted(words: Iterable[str]) -> str:
    return ",".join(f"'{word}'" for word in words)
