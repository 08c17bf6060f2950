"""Relationships, referrals and clubs in the JSON document of a box.

Only what joins cards of the document goes out. A card's own field names its referrer as well; on
the way in both are brought together, so that older documents, which have the field alone, do.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from store import referral_keeping, rows
from store.clubs import checked as checked_club
from store.errors import BadValue
from store.exchange.chosen import CHUNK
from store.exchange.json_fields import Fields
from store.language import N_
from store.linked_cards import linked_cards
from store.models.base import database
from store.models.cards import Card
from store.models.relations import Club, ClubMember, Referral, Relationship
from store.records.clubs import VERDICTS, ClubValues
from store.records.referrals import ReferralValues
from store.records.relations import RelationValues
from store.referrals import checked as checked_referral
from store.relations import checked as checked_relation
from store.rights import ENTERING, KEEPING

if TYPE_CHECKING:
    from store.desk import Desk
    from store.exchange.box_members import Members
    from store.recorder import Recorder

_NO_CARD = N_("There is no card {number} in the file.")
_HIMSELF = N_("Nobody is anything to himself: name another card.")
_NOBODY = N_("Say who brought him: a card, or a name.")
_NO_VERDICT = N_("“{verdict}” is no verdict on a member of a club.")

Row = dict[str, Any]


# Out


def relationships_of(numbers: Mapping[int, str]) -> Iterator[rows.Row]:
    """The stored rows that join two of these cards, in their order."""
    for part in ids_among("relationship", "card_id, other_id", numbers):
        yield from rows.fetch(Relationship, part).values()


def referrals_of(desk: "Desk", numbers: Mapping[int, str]) -> Iterator[rows.Row]:
    """The stored rows of these cards' referrals, in their order.

    A referrer who is not among them is a name, as far as the card tells it, or the member sees it.
    """
    for part in ids_among("referral", "card_id", numbers):
        found = rows.fetch(Referral, part)
        outside = {row["referrer_id"] for row in found.values()} - numbers.keys() - {None}
        seen = linked_cards(desk, outside)
        named = rows.fetch(Card, {row["card_id"] for row in found.values()}) if outside else {}
        names = {row_id: card["name"] for row_id, card in rows.fetch(Card, outside).items()}
        for row in found.values():
            referrer = row["referrer_id"]
            if referrer in outside:
                is_told = named[row["card_id"]]["referrer_card_id"] == referrer
                if not (is_told or referrer in seen):
                    continue
                row["referrer_id"], row["referrer_name"] = None, names[referrer]
            if row["referrer_id"] is not None or row["referrer_name"]:
                yield row


def clubs_of(
    desk: "Desk", numbers: Mapping[int, str], whole: bool
) -> Iterator[tuple[rows.Row, list[rows.Row]]]:
    """The stored rows of the clubs that the member knows of, each with its members among these.

    Args:
        whole: those without a member among these cards, and those in the trash, too.
    """
    known = [club.id for club in desk.clubs.all()]
    if whole:
        known += [club.id for club in desk.clubs.all(trashed=True)]
    found = rows.fetch(Club, sorted(known))
    members = rows.children(ClubMember, "club_id", found)
    for club_id in sorted(found):
        inside = [row for row in members.get(club_id, []) if row["card_id"] in numbers]
        if inside or whole:
            yield found[club_id], inside


def ids_among(table: str, columns: str, numbers: Mapping[int, str]) -> Iterator[list[int]]:
    """The ids of records whose columns all name one of these cards, some at a time."""
    cursor = database.execute_sql(f"SELECT id, {columns} FROM {table} ORDER BY id")
    ids = [row[0] for row in cursor.fetchall() if all(end in numbers for end in row[1:])]
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]


# In


@dataclass(slots=True)
class BoxRelation:
    """A relationship."""

    card: str
    other: str
    columns: Row
    created_by: str | None


@dataclass(slots=True)
class BoxReferral:
    """A referral; the referrer is a card of the file, or a name."""

    card: str
    referrer: str | None
    columns: Row
    created_by: str | None


@dataclass(slots=True)
class BoxClub:
    """A club with its members, each by the number of his card."""

    columns: Row
    owner: str | None
    members: list[tuple[str, Row]]


@dataclass(slots=True)
class Ties:
    """All of them."""

    relations: list[BoxRelation]
    referrals: list[BoxReferral]
    clubs: list[BoxClub]


def read_ties(top: Fields, numbers: set[str]) -> Ties:
    """Relationships, referrals and clubs of a document.

    Args:
        numbers: of the cards in it.

    Raises:
        BadInput: one of them is wrong.
    """
    return Ties(
        [_relation(one, numbers) for one in top.objects("relationships")],
        [_referral(one, numbers) for one in top.objects("referrals")],
        [_club(one, numbers) for one in top.objects("clubs")],
    )


def _known(one: Fields, key: str, numbers: set[str]) -> str:
    number: str = one.require(key, one.line(key))
    if number not in numbers:
        one.refuse(BadValue(_NO_CARD, number=number), key)
    return number


def _times(one: Fields, *keys: str) -> Row:
    said = {key: one.moment(key) for key in keys}
    return {key: moment for key, moment in said.items() if moment is not None}


def _relation(one: Fields, numbers: set[str]) -> BoxRelation:
    card, other = _known(one, "card", numbers), _known(one, "other", numbers)
    if card == other:
        one.refuse(BadValue(_HIMSELF), "other")
    said = RelationValues(
        one.line("kind") or "", one.whole("strength") or None, one.text("note") or ""
    )
    try:
        values = checked_relation(said)
    except BadValue as error:
        one.refuse(error, error.field)
    columns = {"kind": values.kind, "strength": values.strength, "note": values.note}
    times = _times(one, "created_at", "updated_at")
    return BoxRelation(card, other, {**columns, **times}, one.line("created_by"))


def _referral(one: Fields, numbers: set[str]) -> BoxReferral:
    card = _known(one, "card", numbers)
    referrer = _known(one, "referrer", numbers) if one.line("referrer") else None
    name = None if referrer is not None else one.line("referrer_name")
    if (referrer is None and name is None) or referrer == card:
        one.refuse(BadValue(_NOBODY), "referrer")
    days = {key: one.day(key) for key in ("on", "reported_on", "thanked_on")}
    said = ReferralValues(
        **days,
        means=one.line("means"),
        result=one.text("result") or "",
        note=one.text("note") or "",
    )
    try:
        values = checked_referral(said)
    except BadValue as error:
        one.refuse(error, error.field)
    columns = {"means": values.means, "result": values.result, "note": values.note, **days}
    times = _times(one, "created_at", "updated_at")
    whole = {**columns, **times, "referrer_name": name}
    return BoxReferral(card, referrer, whole, one.line("created_by"))


def _club(one: Fields, numbers: set[str]) -> BoxClub:
    said = ClubValues(one.line("name") or "", one.text("purpose") or "", one.day("review_on"))
    try:
        values = checked_club(said)
    except BadValue as error:
        one.refuse(error, error.field)
    columns = {"name": values.name, "purpose": values.purpose, "review_on": values.review_on}
    times = _times(one, "created_at", "updated_at", "trashed_at")
    members = [(_known(m, "card", numbers), _club_member(m)) for m in one.objects("members")]
    return BoxClub({**columns, **times}, one.line("owner"), members)


def _club_member(one: Fields) -> Row:
    verdict = one.line("verdict")
    if verdict is not None and verdict not in VERDICTS:
        one.refuse(BadValue(_NO_VERDICT, verdict=verdict[:40]), "verdict")
    return {
        **{key: one.day(key) for key in ("joined_on", "left_on", "reviewed_on")},
        "verdict": verdict,
        "reason": one.text("reason") or "",
        **_times(one, "created_at", "updated_at"),
    }


def enter(
    change: "Recorder",
    ties: Ties,
    cards: Mapping[str, int],
    entered: set[str],
    members: "Members",
) -> None:
    """Write what joins the cards that were entered, to each other and to those known before.

    Args:
        cards: ids by the numbers in the file, of the cards entered and of those here before.
        entered: the numbers of those entered.
    """
    relations = [
        {
            **tie.columns,
            "card_id": cards[tie.card],
            "other_id": cards[tie.other],
            "created_by_id": members.id_of(tie.created_by),
        }
        for tie in ties.relations
        if tie.card in entered and tie.other in cards
    ]
    _insert(change, Relationship, _each_once(relations, "card_id", "other_id", "kind"))
    referrals = [
        {
            **referral.columns,
            "card_id": cards[referral.card],
            "referrer_id": cards[referral.referrer] if referral.referrer else None,
            "created_by_id": members.id_of(referral.created_by),
        }
        for referral in ties.referrals
        if referral.card in entered and (not referral.referrer or referral.referrer in cards)
    ]
    _insert(change, Referral, _each_once(referrals, "card_id", "referrer_id", "referrer_name"))
    _bring_in_step(change, [cards[number] for number in sorted(entered)])
    if change.desk.member.role in ENTERING:
        _enter_clubs(change, ties.clubs, cards, entered, members)


def _each_once(several: Sequence[Row], *columns: str) -> list[Row]:
    """The first of those that agree in these columns: two cards of the file may be one here."""
    found: dict[tuple[Any, ...], Row] = {}
    for row in several:
        found.setdefault(tuple(row[column] for column in columns), row)
    return list(found.values())


def _bring_in_step(change: "Recorder", card_ids: Sequence[int]) -> None:
    """Make a referral of each referrer that only a card names."""
    for start in range(0, len(card_ids), CHUNK):
        part = card_ids[start : start + CHUNK]
        present = rows.children(Referral, "card_id", part)
        missing = []
        for card_id, card in rows.fetch(Card, part).items():
            named = (card["referrer_card_id"], card["referrer_name"])
            known = {(row["referrer_id"], row["referrer_name"]) for row in present.get(card_id, ())}
            if named not in known:
                missing.append((card_id, named, card["met_on"]))
        referral_keeping.enter(change, missing)


def _enter_clubs(
    change: "Recorder",
    clubs: Sequence[BoxClub],
    cards: Mapping[str, int],
    entered: set[str],
    members: "Members",
) -> None:
    """Write clubs; one of the member's own that has this name takes the customers in."""
    own = {club.values.name: club.id for club in change.desk.clubs.all() if club.own}
    known = _known_clubs(change.desk)
    for club in clubs:
        inside = [(number, said) for number, said in club.members if number in entered]
        name = club.columns["name"]
        if not inside and (club.members or _mark(club.columns) in known):
            continue
        club_id = own.get(name) if "trashed_at" not in club.columns else None
        if club_id is None:
            club_id = _enter_club(change, club, members.id_of(club.owner))
        _insert(
            change,
            ClubMember,
            [{**said, "club_id": club_id, "card_id": cards[number]} for number, said in inside],
        )


def _known_clubs(desk: "Desk") -> set[tuple[Any, ...]]:
    """The marks of the clubs that the member knows of, those in the trash, too."""
    ids = [club.id for trashed in (False, True) for club in desk.clubs.all(trashed=trashed)]
    return {(row["name"], row["created_at"]) for row in rows.fetch(Club, ids).values()}


def _mark(columns: Row) -> tuple[Any, ...]:
    """By what a club without customers is known again."""
    made = rows.stored(Club, {"created_at": columns.get("created_at")})
    return columns["name"], made["created_at"]


def _enter_club(change: "Recorder", club: BoxClub, owner: int) -> int:
    """Write a club. The keeper of the files makes it his own and hands it on, as he may; so an undo
    gives it back to him before it takes it away.
    """
    keeper = change.desk.member
    if keeper.role not in KEEPING or owner == keeper.id:
        return change.insert(Club, {**club.columns, "owner_id": owner})
    club_id = change.insert(Club, {**club.columns, "owner_id": keeper.id})
    change.update(Club, club_id, {"owner_id": owner})
    return club_id


def _insert(change: "Recorder", table: Any, several: Sequence[Row]) -> None:
    for start in range(0, len(several), CHUNK):
        change.insert_many(table, several[start : start + CHUNK])
