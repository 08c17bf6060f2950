"""Customers whom the sample team entered twice, for the search for cards that look alike."""

from collections.abc import Sequence
from datetime import date, timedelta

from store.desk import Desk
from store.records.interactions import InteractionValues
from store.sample.cards import SampleCard
from store.sample.past_clock import PastClock
from store.sample.showcase import TWICE
from store.sample.team import MEMBERS
from store.sample.telling import moment

DAYS_AGO = 20

MORE_CARDS = 3
"""Cards that are written here."""

MORE_TALKS = 2


def write_doubles(desks: dict[str, Desk], clock: PastClock, cards: Sequence[SampleCard]) -> None:
    """Enter three customers a second time: one by his phone, one by a similar name, and one whom a
    colleague looks after already.

    Args:
        desks: by login.
        cards: those that were written.
    """
    day = clock.today() - timedelta(days=DAYS_AGO)
    clock.moment = moment(day, 16, 20)
    mine = desks[MEMBERS[0].login]
    known = next(card for card in cards if card.name == TWICE)
    _enter_again(mine, known, day)
    house = known.firm
    if house is not None:
        mine.cards.create(
            "organisation",
            {"name": house.firm_name, "city": house.values["city"], "note": "展会名录上抄来的"},
        )
    theirs = next(
        card
        for card in cards
        if card.owner.login == "zhanglei" and card.kind == "person" and "mobile" in card.values
    )
    desks["lijing"].cards.create(
        "person", {"name": theirs.name, "mobile": theirs.values["mobile"], "source": "friends"}
    )


def _enter_again(desk: Desk, known: SampleCard, day: date) -> None:
    """The card that somebody made of a name card at a fair, with what was said there."""
    card = desk.cards.create(
        "person",
        {
            "name": f"{known.name[0]} {known.name[1:]}",
            "mobile": known.values["mobile"],
            "wechat": [{"value": "danxm-hd", "label": ""}],
            "title": "技术总监",
            "organisation": known.firm.number if known.firm is not None else "",
            "hobbies": ["摄影", "徒步"],
            "source": "noted_on_spot",
            "met_on": str(day),
            "met_at": "仪表展二号馆",
            "note": "名片上职务已改成技术总监。",
        },
    )
    for method, minutes, words in (
        ("event", "在展台看了新流量计，问了防爆等级。", "你们这个比上一代轻多了"),
        ("wechat", "发了防爆证书的扫描件。", ""),
    ):
        talk = InteractionValues(method=method, minutes=minutes, words=words or None)
        desk.interactions.log(card.id, talk)
