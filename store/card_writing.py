"""Writing cards: new ones, one or thousands at a time, and changed ones."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from store import derived, referral_keeping, rows
from store.card_values import (
    ORGANISATION_KEY,
    REFERRER_KEY,
    Pieces,
    as_kept,
    main_affiliations,
    take_apart,
)
from store.errors import BadValue
from store.forms.links import card_number
from store.language import N_
from store.merged_numbers import kept_card, leading
from store.models.base import database
from store.models.cards import Affiliation, Card, ContactPoint, Occasion
from store.people_rows import names_seen
from store.recorder import Recorder, reserve
from store.records.cards import CardRecord
from store.review import is_key, periods, review_due
from store.search import visible_sql

if TYPE_CHECKING:
    from store.desk import Desk

LETTERS = {"person": "P", "organisation": "O"}
"""The letter of a card's number by kind."""

NO_ORGANISATION = N_("There is no organisation with the number {number}.")
OWN_REFERRER = N_("Nobody introduces himself: name somebody else.")

VALUE_KEY, PINNED = "value_grade", "value_pinned"
"""A value grade that a member sets by hand stays; a blank one is worked out again."""

Extras = list[list[str]]

CHUNK = 300
"""Organisations asked for in one query, each by three columns."""


def issue_numbers(kind: str, count: int) -> list[str]:
    """So many numbers of cards, never given out before: P000123, O000045."""
    letter = LETTERS[kind]
    first = reserve(f"number:{letter}", count)
    return [f"{letter}{first + place:06d}" for place in range(count)]


def known_organisations(desk: "Desk", texts: Iterable[str]) -> dict[str, tuple[int, str]]:
    """Id and name of the organisation card that each number or name means; few queries.

    A text that means none is missing. A number outweighs a name, a name a short one, and the
    oldest card the others; those in the trash do not count. A card of which the member gets only
    the name is meant by its whole name alone, and only where none is that he sees whole: its
    number or short name would tell him what it is called. One of which he gets nothing is meant
    by nothing, as if there were none, or whoever tries names would learn whom colleagues have;
    unless somebody whom he sees works there, whose own card tells him that.
    """
    wanted = sorted(set(texts))
    visible, parameters = visible_sql(desk) or ("1", [])
    found: dict[str, tuple[int, int, str]] = {}
    for start in range(0, len(wanted), CHUNK):
        part = wanted[start : start + CHUNK]
        marks = ",".join([database.param] * len(part))
        cursor = database.execute_sql(
            f"SELECT id, {visible}, number, name, short_name FROM card "
            f"WHERE kind = 'organisation' AND trashed_at IS NULL AND (number IN ({marks}) "
            f"OR name IN ({marks}) OR short_name IN ({marks})) ORDER BY id",
            [*parameters, *part * 3],
        )
        asked = set(part)
        candidates = cursor.fetchall()
        unseen = [row_id for row_id, sees, *_called in candidates if not sees]
        known = _known_by_name(desk, unseen)
        for row_id, sees, number, name, short_name in candidates:
            if not sees and row_id not in known:
                continue
            called = (number, name, short_name) if sees else (None, None, None, name)
            for rank, text in enumerate(called):
                if text in asked and (text not in found or rank < found[text][0]):
                    found[text] = (rank, row_id, name)
    meant = {text: (row_id, name) for text, (_rank, row_id, name) in found.items()}
    return meant | _led_on(wanted, meant, (visible, parameters))


def _known_by_name(desk: "Desk", organisations: Sequence[int]) -> set[int]:
    """Those of some organisations, none of which the member sees whole, whose name he gets: they
    are released to him, or somebody whom he sees whole works there.
    """
    found = set(names_seen(desk, organisations))
    visible, parameters = visible_sql(desk) or ("1", [])
    for start in range(0, len(organisations), CHUNK):
        some = list(organisations[start : start + CHUNK])
        marks = ",".join([database.param] * len(some))
        cursor = database.execute_sql(
            "SELECT link.organisation_id FROM affiliation AS link "
            "JOIN card ON card.id = link.person_id WHERE link.until IS NULL "
            f"AND card.trashed_at IS NULL AND link.organisation_id IN ({marks}) AND {visible}",
            [*some, *parameters],
        )
        found.update(row_id for (row_id,) in cursor.fetchall())
    return found


def _led_on(
    texts: Iterable[str], known: Mapping[str, object], visible: tuple[str, list[Any]]
) -> dict[str, tuple[int, str]]:
    """The organisations that numbers of merged cards lead to, where the member sees them."""
    condition, parameters = visible
    found: dict[str, tuple[int, str]] = {}
    missing = (text for text in texts if text not in known and card_number(text) == text)
    for number, card_id in leading(missing).items():
        row = database.execute_sql(
            "SELECT id, name FROM card WHERE kind = 'organisation' AND trashed_at IS NULL "
            f"AND id = ? AND {condition}",
            [card_id, *parameters],
        ).fetchone()
        if row is not None:
            found[number] = row
    return found


class CardWriter:
    """Writes checked values of cards within one change set."""

    def __init__(self, desk: "Desk", change: Recorder) -> None:
        self.desk = desk
        self.change = change
        self._organisations: dict[str, int] = {}
        """Ids by what an organisation was called: its number, its name, its short name."""
        self._names: dict[str, str] = {}
        """Whole names by the same."""
        self.made_organisations = 0
        """Cards of organisations that were made because somebody works there."""

    def enter(
        self, kind: str, many: Sequence[tuple[Mapping[str, Any], Extras]], owner: int | None = None
    ) -> list[int]:
        """Write new cards and give their ids.

        Args:
            many: for each card its checked values and its extras.
            owner: the member who looks after them; the desk's own where None.

        Raises:
            BadValue: somebody works at a card number that the member sees on no organisation.
        """
        if not many:
            return []
        whole = [take_apart(kind, values, new=True) for values, _ in many]
        self._meet({pieces.organisation for pieces in whole if pieces.organisation})
        numbers = issue_numbers(kind, len(many))
        today = self.desk.store.clock.local(self.change.now).date()
        months = periods()
        cards: list[dict[str, Any]] = []
        referred: list[referral_keeping.Named] = []
        kept: list[tuple[dict[str, Any], str]] = []
        for (values, extras), pieces, number in zip(many, whole, numbers, strict=True):
            referrer, name = self._referrer(pieces.referrer, number)
            referred.append((referrer, name))
            house = self._names[pieces.organisation] if pieces.organisation else ""
            kept.append((as_kept(values), house))
            often = is_key(values.get("importance"), values.get("risk"))
            due = review_due(today, often, months)
            listed = derived.list_columns(kind, kept[-1][0], house, due)
            cards.append(
                {
                    **pieces.columns,
                    **dict(zip(derived.LIST_COLUMNS, listed, strict=True)),
                    "number": number,
                    "kind": kind,
                    "profile": pieces.profile,
                    "extras": extras or None,
                    "referrer_card_id": referrer,
                    "referrer_name": name,
                    "value_pinned": pieces.columns.get("value_grade") is not None,
                    "owner_id": owner or self.desk.member.id,
                    "department_id": self.desk.member.department,
                }
            )
        ids = self.change.insert_many(Card, cards)
        self._enter_rows(ids, whole)
        met = [pieces.columns.get("met_on") for pieces in whole]
        referral_keeping.enter(self.change, zip(ids, referred, met, strict=True))
        derived.enter_cards(
            (kind, card_id, number, values, extras, house)
            for card_id, number, (_, extras), (values, house) in zip(
                ids, numbers, many, kept, strict=True
            )
        )
        self.change.settle(ids)
        return ids

    def _enter_rows(self, ids: Sequence[int], whole: Sequence[Pieces]) -> None:
        """What stands on new cards."""
        self.change.insert_many(
            ContactPoint,
            [
                {**point, "card_id": card_id}
                for card_id, pieces in zip(ids, whole, strict=True)
                for point in pieces.contacts
            ],
        )
        self.change.insert_many(
            Occasion,
            [
                {**occasion, "card_id": card_id}
                for card_id, pieces in zip(ids, whole, strict=True)
                for occasion in pieces.occasions
            ],
        )
        self.change.insert_many(
            Affiliation,
            [
                {
                    **pieces.affiliation,
                    "person_id": card_id,
                    "organisation_id": self._organisations[pieces.organisation],
                }
                for card_id, pieces in zip(ids, whole, strict=True)
                if pieces.organisation
            ],
        )

    def organisation(self, text: str) -> int:
        """The organisation card that a number or a name means; a new one for a new name."""
        if text not in self._organisations:
            self._meet({text})
        return self._organisations[text]

    def _meet(self, texts: Iterable[str]) -> None:
        """Know the organisation cards that these texts mean; new names get new cards."""
        unknown = [text for text in texts if text not in self._organisations]
        for text, (row_id, name) in known_organisations(self.desk, unknown).items():
            self._organisations[text], self._names[text] = row_id, name
        missing = sorted(set(unknown) - self._organisations.keys())
        for text in missing:
            if card_number(text) == text:
                raise BadValue(NO_ORGANISATION, field=ORGANISATION_KEY, number=text)
        made = self.enter("organisation", [({"name": text}, []) for text in missing])
        self.made_organisations += len(made)
        self._organisations.update(zip(missing, made, strict=True))
        self._names.update(zip(missing, missing, strict=True))

    def _referrer(
        self, text: str | None, own: str, held: str | None = None
    ) -> tuple[int | None, str | None]:
        """The card that a referrer's number means, or the text where it means none.

        Args:
            own: the number of the card that the referrer is written on.
            held: what stands there; a number that the member does not see may stay.

        Raises:
            BadValue: somebody is to have introduced himself.
        """
        if not text or card_number(text) != text:
            return None, text or None
        if text == own:
            raise BadValue(OWN_REFERRER, field=REFERRER_KEY)
        visible = None if text == held else self.desk.visible()
        meant = Card.number == text
        found = Card.select(Card.id).where(meant if visible is None else meant & visible).scalar()
        if found is None:
            return None, text
        kept = kept_card(int(found))
        return int(found) if visible is not None and not self._sees(kept) else kept, None

    def _sees(self, card_id: int) -> bool:
        visible = self.desk.visible()
        meant = Card.id == card_id
        return visible is None or bool(Card.select().where(meant & visible).exists())

    def rewrite(self, present: CardRecord, values: Mapping[str, Any]) -> bool:
        """Make a card have exactly these checked values; False when it had them.

        Raises:
            BadValue: the organisation or the referrer can be none, as in `enter`.
        """
        if dict(values) == present.values:
            return False
        pieces = take_apart(present.kind, values)
        if values.get(VALUE_KEY) != present.values.get(VALUE_KEY):
            pieces.columns[PINNED] = values.get(VALUE_KEY) is not None
        held = present.values.get(REFERRER_KEY)
        referrer, name = self._referrer(pieces.referrer, present.number, held)
        if pieces.referrer != held:
            before = self._referrer(held, present.number, held)
            referral_keeping.follow(self.change, present.id, before, (referrer, name))
        self.change.update(
            Card,
            present.id,
            {
                **pieces.columns,
                "profile": {**pieces.profile, **present.unknown},
                "referrer_card_id": referrer,
                "referrer_name": name,
            },
        )
        self._match(ContactPoint, present.id, pieces.contacts, ("kind", "value"))
        self._match(Occasion, present.id, pieces.occasions, ("kind", "calendar", "note"))
        if present.kind == "person":
            self._rewrite_affiliation(present, pieces.organisation, pieces.affiliation)
        return True

    def _match(
        self,
        table: Any,
        card_id: int,
        wanted: Sequence[Mapping[str, Any]],
        identity: tuple[str, ...],
    ) -> None:
        """Make a card's rows of a table these: equal ones stay, with their ids."""
        condition = "family_member_id IS NULL" if table is Occasion else "1"
        present = rows.children(table, "card_id", [card_id], condition).get(card_id, [])
        new: list[dict[str, Any]] = []
        for row in wanted:
            same = [p for p in present if all(p[key] == row.get(key, p[key]) for key in identity)]
            if not same:
                same = [
                    p
                    for p in present
                    if (p["kind"], p["position"]) == (row["kind"], row["position"])
                ]
            if not same:
                new.append({**row, "card_id": card_id})
                continue
            present.remove(same[0])
            if any(same[0][key] != value for key, value in rows.stored(table, row).items()):
                self.change.update(table, same[0]["id"], row)
        self.change.insert_many(table, new)
        for left in present:
            self.change.delete(table, left["id"])

    def _rewrite_affiliation(
        self, person: CardRecord, organisation: str | None, fields: Mapping[str, Any]
    ) -> None:
        """The main affiliation; leaving an employer ends it, so that the history stays.

        An organisation that stands there already may stay, in the trash or out of sight as it is.
        Whoever comes back to a former employer has a new period there; a further place that he
        has at the new one becomes the main one.
        """
        row = main_affiliations([person.id]).get(person.id)
        if not organisation:
            if row is not None:
                self._end(row["id"])
            return
        if row is not None and organisation == person.values.get(ORGANISATION_KEY):
            self.change.update(Affiliation, row["id"], fields)
            return
        target = self.organisation(organisation)
        if row is not None and row["organisation_id"] == target:
            self.change.update(Affiliation, row["id"], fields)
            return
        if row is not None:
            self._end(row["id"])
        there = {"person_id": person.id, "organisation_id": target}
        present = rows.children(Affiliation, "person_id", [person.id], '"until" IS NULL')
        for other in present.get(person.id, ()):
            if other["organisation_id"] == target:
                self.change.update(Affiliation, other["id"], {**fields, "main": True})
                return
        self.change.insert(Affiliation, {**fields, **there})

    def _end(self, affiliation: int) -> None:
        today = self.desk.store.clock.today()
        self.change.update(Affiliation, affiliation, {"until": today, "main": False})
