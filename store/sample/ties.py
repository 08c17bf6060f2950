"""Who knows whom among the sample team's customers: relationships, thanks, a club."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from store.club_rows import brought_by
from store.clubs import CLUB_MADE, MEMBERS_JOINED
from store.desk import Desk
from store.models.relations import Club, ClubMember, Referral, Relationship
from store.referrals import REFERRERS_THANKED
from store.relations import RELATION_ADDED
from store.sample.cards import Chooser, SampleCard
from store.sample.past_clock import PastClock
from store.sample.showcase import FIRST_TRIED, OWN
from store.sample.telling import moment

SEED = 20260601

KNOWN = (
    (FIRST_TRIED, "欧阳静", "junior", 4, "欧阳总带他进的公司。"),
    (FIRST_TRIED, "单雪梅", "colleague", 3, "一个项目组出来的，有话直说。"),
    ("单雪梅", "欧阳静", "rival", None, "都盯着总经理的位子。"),
    (OWN, FIRST_TRIED, "schoolmate", 4, "同一届，毕业后在校友会又碰上。"),
)
"""Relationships in the house that everybody tries first: who, of whom, what, how strong, note."""

KINDS = (
    ("friend", "常一起钓鱼。"),
    ("schoolmate", "大学同班。"),
    ("townsman", "老乡会上认识的。"),
    ("colleague", "以前的同事，还有来往。"),
    ("relative", "连襟。"),
    ("friend", "孩子同校，家里常走动。"),
)

CLUB, PURPOSE = "西湖茶会", "每季度请老客户喝一次茶，听听他们在做什么、还认识谁。"


def write_ties(desks: Mapping[str, Desk], clock: PastClock, cards: Sequence[SampleCard]) -> None:
    """Let members note, on the last evening, who knows whom, thank some, and keep a club.

    Args:
        desks: by login.
    """
    chooser = Chooser(SEED)
    today = clock.today()
    by_name = {card.name: card for card in cards}
    clock.moment = moment(today - timedelta(days=1), 18, 20)
    owner = by_name[OWN].owner
    rows = [
        _relationship(by_name[who], by_name[whom], kind, strength, note)
        for who, whom, kind, strength, note in KNOWN
    ]
    rows += _circle(chooser, cards, by_name[FIRST_TRIED])
    rows += _beyond(chooser, desks[owner.login], cards, [row["card_id"] for row in rows[-6:]])
    _insert(desks[owner.login], rows)
    for login, desk in desks.items():
        if login != owner.login:
            people = [c for c in cards if c.kind == "person" and c.owner.login == login]
            _insert(desk, list(_pairs(chooser, people)))
    _thank(desks[owner.login], clock, today)
    _club(desks[owner.login], clock, today, cards)


def _relationship(
    card: SampleCard, other: SampleCard, kind: str, strength: int | None, note: str
) -> dict[str, object]:
    return {
        "card_id": card.id,
        "other_id": other.id,
        "kind": kind,
        "strength": strength,
        "note": note,
    }


def _insert(desk: Desk, rows: Sequence[Mapping[str, object]]) -> None:
    if rows:
        with desk.change(RELATION_ADDED) as change:
            change.insert_many(Relationship, rows)


def _circle(
    chooser: Chooser, cards: Sequence[SampleCard], first: SampleCard
) -> list[dict[str, object]]:
    """Customers of the same member in other firms whom the first customer knows, and theirs."""
    people = [
        card
        for card in cards
        if card.kind == "person"
        and card.owner is first.owner
        and card.firm is not first.firm
        and card.name != OWN
    ]
    near = chooser.sample(people, 4)
    far = chooser.sample([card for card in people if card not in near], 6)
    rows = [_relationship(card, first, *_tie(chooser, place)) for place, card in enumerate(near)]
    rows += [
        _relationship(card, near[place % len(near)], *_tie(chooser, place + 3))
        for place, card in enumerate(far)
    ]
    return rows


def _beyond(
    chooser: Chooser, desk: Desk, cards: Sequence[SampleCard], known: Sequence[object]
) -> list[dict[str, object]]:
    """Some of these know customers of colleagues, which the member sees."""
    by_id = {card.id: card for card in cards}
    others = [card.id for card in cards if card.kind == "person"]
    seen = [
        by_id[row.id]
        for row in desk.cards.rows(others).values()
        if by_id[row.id].owner.login != desk.member.login
    ]
    chosen = chooser.sample(seen, min(len(seen), len(known)))
    return [
        _relationship(by_id[int(str(here))], other, *_tie(chooser, place))
        for place, (here, other) in enumerate(zip(known, chosen, strict=False))
    ]


def _pairs(chooser: Chooser, people: Sequence[SampleCard]) -> list[dict[str, object]]:
    """A few of a member's customers who know each other."""
    chosen = chooser.sample(list(people), min(len(people), 12) // 2 * 2)
    return [
        _relationship(card, other, *_tie(chooser, place))
        for place, (card, other) in enumerate(zip(chosen[::2], chosen[1::2], strict=True))
    ]


def _tie(chooser: Chooser, place: int) -> tuple[str, int, str]:
    kind, note = KINDS[place % len(KINDS)]
    return kind, chooser.randint(2, 5), note


def _thank(desk: Desk, clock: PastClock, today: date) -> None:
    """Most referrers were told and thanked; a few still wait."""
    clock.moment = moment(today - timedelta(days=1), 18, 25)
    waiting = desk.referrals.to_thank(-1)
    done = [row.id for row in waiting[4:]]
    with desk.change(REFERRERS_THANKED) as change:
        for place, row_id in enumerate(done):
            told = today - timedelta(days=20 + place)
            change.update(
                Referral,
                row_id,
                {
                    "means": ("in_person", "phone")[place % 2],
                    "result": "谈得不错，已经在跟进。",
                    "reported_on": told,
                    "thanked_on": told + timedelta(days=3),
                },
            )


def _club(desk: Desk, clock: PastClock, today: date, cards: Sequence[SampleCard]) -> None:
    """A circle of those who bring most, due to be looked through."""
    clock.moment = moment(today - timedelta(days=1), 18, 30)
    buyers = [
        card
        for card in cards
        if card.kind == "person" and card.owner.login == desk.member.login and card.firm is not None
    ]
    brings = brought_by(desk, [card.id for card in buyers])
    best = sorted(
        buyers, key=lambda card: (-brings[card.id].referrals, -brings[card.id].talks, card.id)
    )[:6]
    with desk.change(CLUB_MADE) as change:
        club = change.insert(
            Club,
            {
                "name": CLUB,
                "purpose": PURPOSE,
                "review_on": today - timedelta(days=2),
                "owner_id": desk.member.id,
            },
        )
    with desk.change(MEMBERS_JOINED) as change:
        change.insert_many(
            ClubMember,
            [
                {
                    "club_id": club,
                    "card_id": card.id,
                    "joined_on": max(card.entered, today - timedelta(days=300)),
                }
                for card in best
            ],
        )
