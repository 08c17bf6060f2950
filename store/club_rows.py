"""Clubs and their members as one of the team may see them, and what each member brings."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from store.linked_cards import linked_cards
from store.models.base import database
from store.purchases import Purchases
from store.records.clubs import Brings, ClubMemberRow, ClubRow, ClubValues
from store.rights import ENTERING, Right, allowed_among, members_below
from store.rows import CHUNK

if TYPE_CHECKING:
    from store.desk import Desk

YEAR = timedelta(days=365)

MOST = 2_000
"""Members of a club that are listed."""

NO_BRINGS = Brings()

TALKS = (
    "SELECT card_id, sum(at >= ?), sum(at < ?) FROM ("
    "SELECT card_id, at FROM interaction WHERE card_id IN ({cards}) "
    "AND trashed_at IS NULL AND at >= ? UNION ALL "
    "SELECT also.card_id, talk.at FROM interaction_card AS also "
    "JOIN interaction AS talk ON talk.id = also.interaction_id "
    "WHERE also.card_id IN ({cards}) AND talk.trashed_at IS NULL AND talk.at >= ?) "
    "GROUP BY card_id"
)
REFERRALS = (
    'SELECT referrer_id, sum(day >= ?), sum(day < ?) FROM (SELECT referrer_id, coalesce("on", '
    "date(created_at)) AS day FROM referral WHERE referrer_id IN ({cards})) "
    "WHERE day >= ? GROUP BY referrer_id"
)


def clubs(desk: "Desk", *, trashed: bool, club_id: int | None = None) -> list[ClubRow]:
    """The clubs that a member knows of: his, those below him, and those of customers he sees whole.

    Being in a club is no part of a card's released name.

    Args:
        club_id: only this one.
    """
    sql = (
        "SELECT club.id, club.name, club.purpose, club.review_on, club.owner_id, member.name, "
        "club.version FROM club JOIN member ON member.id = club.owner_id WHERE "
        f"club.trashed_at IS {'NOT ' if trashed else ''}NULL"
    )
    parameters = []
    if club_id is not None:
        sql += " AND club.id = ?"
        parameters.append(club_id)
    found = database.execute_sql(f"{sql} ORDER BY club.id", parameters).fetchall()
    members = _members_of(desk, [row[0] for row in found])
    below = members_below(desk.member)
    is_keeping = desk.member.role in ENTERING
    today = desk.store.clock.today()
    known = []
    for row_id, name, purpose, review_on, owner_id, owner, version in found:
        is_own = is_keeping and (below is None or owner_id in below)
        seen, whole = members.get(row_id, (0, 0))
        if not (is_own or whole or desk.member.role == "custodian"):
            continue
        due = _day(review_on)
        known.append(
            ClubRow(
                row_id,
                ClubValues(name, purpose, due),
                owner,
                seen,
                due is not None and due <= today,
                is_own,
                version,
                trashed,
            )
        )
    return sorted(known, key=lambda club: (not club.is_due, club.values.name, club.id))


def _members_of(desk: "Desk", club_ids: Sequence[int]) -> Mapping[int, tuple[int, int]]:
    """How many present members each club has of whom the member sees something, and the whole."""
    links: list[tuple[int, int]] = []
    for part in _parts(club_ids):
        cursor = database.execute_sql(
            f"SELECT club_id, card_id FROM club_member WHERE club_id IN ({_marks(part)}) "
            "AND left_on IS NULL",
            part,
        )
        links += cursor.fetchall()
    cards = linked_cards(desk, {card for _club, card in links})
    counted: dict[int, tuple[int, int]] = {}
    for club, card in links:
        if card in cards:
            seen, whole = counted.get(club, (0, 0))
            counted[club] = seen + 1, whole + cards[card].whole
    return counted


def members(
    desk: "Desk", where: str, parameters: Sequence[Any], *, left: bool = False
) -> list[ClubMemberRow]:
    """The members of clubs that meet a condition, as far as their cards are seen."""
    gone = "" if left else "AND link.left_on IS NULL "
    found = database.execute_sql(
        "SELECT link.id, link.club_id, link.card_id, link.joined_on, link.left_on, link.verdict, "
        "link.reason, link.reviewed_on, club.owner_id FROM club_member AS link "
        f"JOIN club ON club.id = link.club_id WHERE {where} {gone}ORDER BY link.id LIMIT ?",
        [*parameters, MOST],
    ).fetchall()
    cards = linked_cards(desk, {row[2] for row in found})
    seen = [card.id for card in cards.values() if card.whole]
    brings = brought_by(desk, seen)
    own = set(allowed_among(desk, Right.EDIT, cards))
    below = members_below(desk.member)
    shown = []
    for row_id, club, card_id, joined, gone_on, verdict, reason, reviewed, owner in found:
        card = cards.get(card_id)
        if card is None:
            continue
        shown.append(
            ClubMemberRow(
                row_id,
                club,
                card,
                _day(joined),
                _day(gone_on),
                verdict if card.whole else None,
                reason if card.whole else "",
                _day(reviewed) if card.whole else None,
                brings.get(card_id, NO_BRINGS) if card.whole else None,
                card_id in own or (card.whole and (below is None or owner in below)),
            )
        )
    return sorted(shown, key=_worth)


def _worth(row: ClubMemberRow) -> tuple[Any, ...]:
    """Who brings most comes first, who left last."""
    brings = row.brings or NO_BRINGS
    return (
        row.left_on is not None,
        -brings.bought,
        -brings.referrals,
        -brings.talks,
        row.id,
    )


def brought_by(desk: "Desk", card_ids: Sequence[int]) -> dict[int, Brings]:
    """What some cards, seen whole, brought in the last twelve months and in those before."""
    today = desk.store.clock.today()
    begins, before = today - YEAR, today - 2 * YEAR
    talks = _counted(TALKS, card_ids, begins, before, twice=True)
    referrals = _counted(REFERRALS, card_ids, begins, before, twice=False)
    purchases = Purchases(desk, card_ids)
    found = {}
    for card in card_ids:
        bought = purchases.of(card)
        found[card] = Brings(
            bought.get(today.year, 0),
            bought.get(today.year - 1, 0),
            *referrals.get(card, (0, 0)),
            *talks.get(card, (0, 0)),
        )
    return found


def _counted(
    sql: str, card_ids: Sequence[int], begins: date, before: date, *, twice: bool
) -> dict[int, tuple[int, int]]:
    """Counts of the last twelve months and of those before, by card.

    Args:
        twice: whether the statement names the cards, and the first day, twice.
    """
    found: dict[int, tuple[int, int]] = {}
    for part in _parts(card_ids):
        where = [*part, before.isoformat()] * (2 if twice else 1)
        cursor = database.execute_sql(
            sql.format(cards=_marks(part)), [begins.isoformat(), begins.isoformat(), *where]
        )
        found.update({card: (now, then) for card, now, then in cursor.fetchall()})
    return found


def _parts(ids: Sequence[int]) -> Iterable[list[int]]:
    for start in range(0, len(ids), CHUNK):
        yield list(ids[start : start + CHUNK])


def _marks(ids: Sequence[int]) -> str:
    return ",".join("?" * len(ids))


def _day(stored: str | None) -> date | None:
    return None if not stored else date.fromisoformat(str(stored)[:10])
