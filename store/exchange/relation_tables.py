"""Relationships, referrals and clubs as tables, and as objects for scripts."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from store import relation_words
from store.exchange.chosen import CHUNK
from store.exchange.record_tables import Table, chosen_of
from store.language import N_, _
from store.models.base import database
from store.records.cards import CardQuery
from store.records.clubs import ClubMemberRow, ClubRow
from store.records.referrals import ReferralRow
from store.records.relations import Linked, RelationRow

if TYPE_CHECKING:
    from store.desk import Desk

_RELATIONS = (
    *(N_("Card number"), N_("Name"), N_("Is the"), N_("Of number"), N_("Of"), N_("Strength")),
    N_("Note"),
)
_REFERRALS = (
    *(N_("Card number"), N_("Name"), N_("Referrer’s number"), N_("Referrer"), N_("When")),
    *(N_("By what means"), N_("Bought"), N_("What became of it"), N_("Reported"), N_("Thanked")),
    N_("Note"),
)
_CLUBS = (
    *(N_("Club"), N_("Looked after by"), N_("Card number"), N_("Name"), N_("Joined"), N_("Left")),
    *(N_("Verdict"), N_("Why"), N_("Looked through"), N_("Bought this year"), N_("Last year")),
)


def _every(desk: "Desk", table: str, query: CardQuery, columns: str) -> Iterator[list[int]]:
    """The ids of records that name a chosen card in one of two columns, some at a time."""
    cards = chosen_of(desk, query)
    cursor = database.execute_sql(f"SELECT id, {columns} FROM {table} ORDER BY id")
    ids = [
        row_id
        for row_id, first, second in cursor.fetchall()
        if cards is None or first in cards or second in cards
    ]
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]


def chosen_relations(desk: "Desk", query: CardQuery) -> Iterator[RelationRow]:
    """The relationships that the member sees; of chosen cards where a query chooses."""
    for part in _every(desk, "relationship", query, "card_id, other_id"):
        yield from desk.relations.several(part)


def chosen_referrals(desk: "Desk", query: CardQuery) -> Iterator[ReferralRow]:
    """The referrals that the member sees; of chosen cards where a query chooses."""
    for part in _every(desk, "referral", query, "card_id, referrer_id"):
        yield from desk.referrals.several(part)


def chosen_members(desk: "Desk", query: CardQuery) -> Iterator[tuple[ClubRow, ClubMemberRow]]:
    """The clubs that the member knows of, with everybody in them of whom he sees something."""
    cards = chosen_of(desk, query)
    for club in desk.clubs.all():
        for member in desk.clubs.members(club.id, left=True):
            if cards is None or member.card.id in cards:
                yield club, member


def relations(desk: "Desk", query: CardQuery) -> Table:
    """The relationships as headings and rows: A is the senior of B."""
    return [_(name) for name in _RELATIONS], (
        [
            *_named(row.card),
            relation_words.how(row.values.kind),
            *_named(row.other),
            str(row.values.strength or ""),
            row.values.note,
        ]
        for row in chosen_relations(desk, query)
    )


def referrals(desk: "Desk", query: CardQuery) -> Table:
    """The referrals as headings and rows."""
    return [_(name) for name in _REFERRALS], (
        [
            *_named(row.card),
            *(_named(row.referrer) if row.referrer else ("", row.referrer_name)),
            _day(row.values.on),
            relation_words.means(row.values.means),
            _("yes") if row.bought else "",
            row.values.result,
            _day(row.values.reported_on),
            _day(row.values.thanked_on),
            row.values.note,
        ]
        for row in chosen_referrals(desk, query)
    )


def clubs(desk: "Desk", query: CardQuery) -> Table:
    """The members of clubs as headings and rows."""
    return [_(name) for name in _CLUBS], (
        [
            club.values.name,
            club.owner,
            *_named(member.card),
            _day(member.joined_on),
            _day(member.left_on),
            relation_words.verdict(member.verdict),
            member.reason,
            _day(member.reviewed_on),
            relation_words.amount(member.brings.bought) if member.brings else "",
            relation_words.amount(member.brings.bought_before) if member.brings else "",
        ]
        for club, member in chosen_members(desk, query)
    )


def _named(card: Linked) -> tuple[str, str]:
    return card.number, card.name


def _day(day: Any) -> str:
    return day.isoformat() if day is not None else ""


TABLES = {"relations": relations, "referrals": referrals, "clubs": clubs}
"""By what is exported."""


def relation_shape(row: RelationRow) -> dict[str, Any]:
    """A relationship as one object: `card` is the `kind` of `other`."""
    return {
        "id": row.id,
        "card": row.card.number,
        "name": row.card.name,
        "kind": row.values.kind,
        "other": row.other.number,
        "other_name": row.other.name,
        "strength": row.values.strength,
        "note": row.values.note,
    }


def referral_shape(row: ReferralRow) -> dict[str, Any]:
    """A referral as one object."""
    said = row.values
    return {
        "id": row.id,
        "card": row.card.number,
        "name": row.card.name,
        "referrer": row.referrer.number if row.referrer else None,
        "referrer_name": row.referrer.name if row.referrer else row.referrer_name,
        "on": _day(said.on) or None,
        "means": said.means,
        "bought": row.bought,
        "result": said.result,
        "reported_on": _day(said.reported_on) or None,
        "thanked_on": _day(said.thanked_on) or None,
        "note": said.note,
    }


def club_shape(club: ClubRow) -> dict[str, Any]:
    """A club as one object."""
    return {
        "id": club.id,
        "name": club.values.name,
        "purpose": club.values.purpose,
        "owner": club.owner,
        "members": club.members,
        "review_on": _day(club.values.review_on) or None,
        "due": club.is_due,
    }


def member_shape(member: ClubMemberRow) -> dict[str, Any]:
    """A customer in a club as one object; amounts in fen."""
    brings = member.brings
    return {
        "id": member.id,
        "card": member.card.number,
        "name": member.card.name,
        "joined_on": _day(member.joined_on) or None,
        "left_on": _day(member.left_on) or None,
        "verdict": member.verdict,
        "reason": member.reason,
        "reviewed_on": _day(member.reviewed_on) or None,
        "brings": brings
        and {
            "bought": brings.bought,
            "bought_before": brings.bought_before,
            "referrals": brings.referrals,
            "referrals_before": brings.referrals_before,
            "talks": brings.talks,
            "talks_before": brings.talks_before,
        },
    }


def shapes(desk: "Desk", what: str, query: CardQuery) -> Iterator[Mapping[str, Any]]:
    """Relationships, referrals or clubs with their members as objects."""
    if what == "relations":
        yield from map(relation_shape, chosen_relations(desk, query))
    elif what == "referrals":
        yield from map(referral_shape, chosen_referrals(desk, query))
    else:
        cards = chosen_of(desk, query)
        for club in desk.clubs.all():
            members = desk.clubs.members(club.id, left=True)
            chosen = [each for each in members if cards is None or each.card.id in cards]
            if chosen or cards is None:
                yield {**club_shape(club), "members": [member_shape(each) for each in chosen]}
