"""Everybody around one card, gathered from all that joins two cards."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from store.introductions import dislikes_introductions
from store.language import _
from store.linked_cards import linked_card, linked_cards
from store.models.base import database
from store.records.relations import GROUPS, Around, Linked, Tie, inverse
from store.rights import Right, allowed_among
from store.standing import foreign, sensitive_keys

if TYPE_CHECKING:
    from store.desk import Desk

GROUP_OF = {"senior": "above", "junior": "below"}
"""The group of a relationship; the others are ties."""

MOST = {"work": 30, "clubs": 20, "alike": 12}
"""Cards of a group that are told; of the others all."""

LOOKED_AT = 400
"""Records of one sort that are looked at for a group that is cut."""

COMMON = 200
"""What so many cards share joins none of them."""

SHARED = {
    "education.school": "same_school",
    "native_place": "same_place",
    "career.employer": "same_employer",
}
"""Indexed fields that join two cards, the closest first, and what is said of it."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A tie before it is known whether the member sees the card."""

    card: int
    how: str
    group: str
    strength: int | None = None
    detail: str = ""
    note: str = ""
    table: str = ""
    row: int = 0
    since: str | None = None
    written_on: int = 0
    """The card whose words the note is."""
    whole: bool = False
    """Whether only who sees the whole of the card may be told: its name, employer and title would
    not say it."""


@dataclass(slots=True)
class _Gathering:
    """What is found around one card."""

    desk: "Desk"
    card: int
    is_person: bool
    found: list[_Found] = field(default_factory=list)

    def gather(self) -> None:
        """Look everywhere, the strongest ties first."""
        self.relationships()
        self.reporting()
        self.referrals()
        if self.is_person:
            self.employers()
            self.colleagues()
        else:
            self.staff()
        self.clubs()
        if self.is_person:
            self.family()
            self.alike()

    def add(self, *args: Any, **named: Any) -> None:
        """Note a tie."""
        self.found.append(_Found(*args, **named))

    def relationships(self) -> None:
        """What was entered, from both sides."""
        sql = (
            "SELECT id, card_id, other_id, kind, strength, note FROM relationship "
            "WHERE card_id = ? UNION SELECT id, card_id, other_id, kind, strength, note "
            "FROM relationship WHERE other_id = ? ORDER BY 1"
        )
        for row, card, other, kind, strength, note in _rows(sql, self.card, self.card):
            there, how = (card, kind) if other == self.card else (other, inverse(kind))
            group = GROUP_OF.get(how, "ties")
            self.add(*(there, how, group, strength, "", note, "relationship", row), written_on=card)

    def reporting(self) -> None:
        """His boss, and who reports to him, at present."""
        sql = (
            "SELECT id, reports_to_id, title FROM affiliation "
            "WHERE person_id = ? AND until IS NULL AND reports_to_id IS NOT NULL"
        )
        for row, boss, _title in _rows(sql, self.card):
            self.add(boss, "superior", "above", table="affiliation", row=row)
        sql = "SELECT id, person_id FROM affiliation WHERE reports_to_id = ? AND until IS NULL"
        for row, person in _rows(sql, self.card):
            self.add(person, "report", "below", table="affiliation", row=row, whole=True)

    def referrals(self) -> None:
        """Who brought him, and whom he brought."""
        sql = (
            'SELECT id, referrer_id, "on", note FROM referral '
            "WHERE card_id = ? AND referrer_id IS NOT NULL ORDER BY id"
        )
        for row, there, day, note in _rows(sql, self.card):
            self.add(
                *(there, "referred_by", "referred_by", None, day or "", note, "referral", row, day),
                written_on=self.card,
            )
        sql = 'SELECT id, card_id, "on", note FROM referral WHERE referrer_id = ? ORDER BY id'
        for row, there, day, note in _rows(sql, self.card):
            self.add(
                *(there, "brought", "brought", None, day or "", note, "referral", row, day),
                written_on=there,
            )

    def employers(self) -> None:
        """Where he works and worked."""
        sql = (
            "SELECT id, organisation_id, title, until, since FROM affiliation "
            "WHERE person_id = ? ORDER BY until IS NOT NULL, main DESC, id"
        )
        for row, house, title, until, since in _rows(sql, self.card):
            how = "employer" if until is None else "former_employer"
            self.add(
                *(house, how, "work", None, title or "", _period(since, until)),
                *("affiliation", row, since),
                written_on=self.card,
            )

    def colleagues(self) -> None:
        """Who works at the same place now."""
        sql = (
            "SELECT his.person_id, house.id, his.main FROM affiliation AS mine "
            "JOIN affiliation AS his ON his.organisation_id = mine.organisation_id "
            "AND his.until IS NULL AND his.person_id <> mine.person_id "
            "JOIN card AS house ON house.id = mine.organisation_id "
            "WHERE mine.person_id = ? AND mine.until IS NULL LIMIT ?"
        )
        found = _rows(sql, self.card, LOOKED_AT)
        houses = linked_cards(self.desk, {house for _person, house, _main in found})
        for person, house, main in found:
            if house in houses:
                name = houses[house].name
                self.add(person, "works_with", "work", detail=name, whole=not main)

    def staff(self) -> None:
        """Who works at the organisation, and who did."""
        sql = (
            "SELECT id, person_id, title, until, since, main FROM affiliation "
            "WHERE organisation_id = ? ORDER BY until IS NOT NULL, id LIMIT ?"
        )
        for row, person, title, until, since, main in _rows(sql, self.card, LOOKED_AT):
            how = "works_here" if until is None else "worked_here"
            self.add(
                *(person, how, "work", None, title or "", _period(since, until)),
                *("affiliation", row, since),
                written_on=person,
                whole=until is not None or not main,
            )

    def clubs(self) -> None:
        """Who is in the same club."""
        sql = (
            "SELECT his.card_id, club.name, his.id FROM club_member AS mine "
            "JOIN club ON club.id = mine.club_id AND club.trashed_at IS NULL "
            "JOIN club_member AS his ON his.club_id = mine.club_id AND his.left_on IS NULL "
            "AND his.card_id <> mine.card_id "
            "WHERE mine.card_id = ? AND mine.left_on IS NULL LIMIT ?"
        )
        for there, name, row in _rows(sql, self.card, LOOKED_AT):
            self.add(there, "club", "clubs", detail=name, table="club_member", row=row)

    def family(self) -> None:
        """Relatives who have a card: the same telephone tells."""
        from store.forms.contacts import normal_contact

        sql = "SELECT id, relation, phone FROM family_member WHERE card_id = ? AND phone <> ''"
        for row, relation, phone in _rows(sql, self.card):
            reached = "SELECT card_id FROM contact_point WHERE normal = ? AND kind = 'mobile'"
            for (there,) in _rows(reached, normal_contact("mobile", phone))[:2]:
                about = (relation or "", "", "family_member", row)
                self.add(there, "family", "ties", None, *about, whole=True)

    def alike(self) -> None:
        """Who went to the same school, comes from the same place, or worked where he did."""
        sql = (
            "SELECT his.card_id, his.key, his.value FROM card_fact AS mine "
            "JOIN card_fact AS his ON his.key = mine.key AND his.value = mine.value "
            "AND his.card_id <> mine.card_id WHERE mine.card_id = ? AND mine.key = ? LIMIT ?"
        )
        secret = sensitive_keys("person")
        for key, how in SHARED.items():
            found = _rows(sql, self.card, key, COMMON + 1)
            if len(found) > COMMON:  # a common place is no tie
                found = []
            masked: set[int] = set()
            if key.partition(".")[0] in secret:
                masked = foreign(self.desk, [self.card, *(there for there, *_rest in found)])
            for there, _key, value in found:
                if not masked & {self.card, there}:
                    self.add(there, how, "alike", detail=value, whole=True)
        sql = (
            "SELECT his.person_id, his.organisation_id, his.main AND his.until IS NULL "
            "FROM affiliation AS mine "
            "JOIN affiliation AS his ON his.organisation_id = mine.organisation_id "
            "AND his.person_id <> mine.person_id "
            "WHERE mine.person_id = ? AND (mine.until IS NOT NULL OR his.until IS NOT NULL) "
            "LIMIT ?"
        )
        found = _rows(sql, self.card, COMMON + 1)
        houses = linked_cards(self.desk, {house for _person, house, _shown in found})
        for person, house, shown in found if len(found) <= COMMON else ():
            if house in houses:
                name = houses[house].name
                self.add(person, "same_employer", "alike", detail=name, whole=not shown)


def around(desk: "Desk", card_id: int) -> Around:
    """As `Relations.around`, for a card that the member sees whole."""
    middle = linked_card(desk, card_id)
    gathering = _Gathering(desk, card_id, middle.kind == "person")
    gathering.gather()
    cards = linked_cards(desk, {each.card for each in gathering.found} - {card_id})
    told, more = _told(gathering.found, cards)
    own = set(allowed_among(desk, Right.EDIT, {card_id, *(each.card for each in told)}))
    return Around(
        middle,
        tuple(_tie(each, cards[each.card], card_id, own) for each in told),
        tuple(more.items()),
        card_id in dislikes_introductions(desk, [card_id]),
    )


def _told(found: Iterable[_Found], cards: dict[int, Linked]) -> tuple[list[_Found], dict[str, int]]:
    """What is told of what was found, in the order of the groups, and how much was left out.

    Who is joined by something strong is not told again among those who are only alike, nor who
    reports to him among those who work there too.
    """
    told: list[_Found] = []
    more: dict[str, int] = {}
    close: set[int] = set()
    by_group: dict[str, list[_Found]] = {}
    for each in found:
        if each.card in cards and (cards[each.card].whole or not each.whole):
            by_group.setdefault(each.group, []).append(each)
    for group in GROUPS:
        several = by_group.get(group, [])
        if group == "ties":
            several.sort(key=lambda each: -(each.strength or 0))
        if group in ("work", "alike"):
            several = _once(several, close)
        most = MOST.get(group, len(several))
        told += several[:most]
        if len(several) > most:
            more[group] = len(several) - most
        close.update(each.card for each in several)
    return told, more


def _once(several: Sequence[_Found], close: set[int]) -> list[_Found]:
    """Each card once, and none that is close already, but for jobs, which are records."""
    kept: list[_Found] = []
    seen = set(close)
    for each in several:
        if each.table or each.card not in seen:
            kept.append(each)
        seen.add(each.card)
    return kept


def _tie(found: _Found, card: Linked, middle: int, own: set[int]) -> Tie:
    """What was found, as the member may read it: words written on a card that he sees whole."""
    readable = found.written_on in (0, middle) or card.whole
    mine = {"relationship": {middle, card.id}, "referral": {middle, card.id}}
    return Tie(
        card,
        found.how,
        found.group,
        found.strength,
        found.detail,
        found.note if readable else "",
        found.table,
        found.row,
        date.fromisoformat(found.since[:10]) if found.since else None,
        bool(mine.get(found.table, set()) & own),
    )


def _period(since: str | None, until: str | None) -> str:
    """From when until when somebody worked somewhere, by month: 2019-03 – 2023-06."""
    first, last = ((day or "")[:7] for day in (since, until))
    if first and last:
        return f"{first} – {last}"
    if first:
        return _("since {day}").format(day=first)
    return _("until {day}").format(day=last) if last else ""


def _rows(sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
    return list(database.execute_sql(sql, list(parameters)).fetchall())
