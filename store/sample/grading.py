"""How the sample team grades: value grades, risks, the round of visits, segments, the pile."""

from datetime import timedelta
from itertools import cycle

from store.desk import Desk
from store.models.cards import Card
from store.pile import CARD_PUT_OFF
from store.records.card_list import CardQuery
from store.sample.past_clock import PastClock
from store.sample.team import MEMBERS
from store.sample.telling import moment

ROUND = 9
"""Firms of the member at the desk that have a place in his round of visits."""

CENTRES = 2
"""Source centres of each member, where so many customers of his brought others."""

RISKS = (
    ("zhanglei", "arrears", "lijing"),
    ("liuyang", "falling_credit", "chengq"),
    ("wangxm", "poor_business", "wangxm"),
)
"""Whose customer is at risk, why, and who says so."""


def write_grading(desks: dict[str, Desk], clock: PastClock) -> None:
    """Grade and sort the customers on the last day before today.

    Args:
        desks: by login.
    """
    today = clock.today()
    mine = desks[MEMBERS[0].login]
    clock.moment = moment(today - timedelta(days=1), 18, 32)
    _put_off(mine, clock)
    mine.grades.compute()
    firms = CardQuery(mine=True, kind="organisation", sort="name")
    for place, row in enumerate(mine.cards.page(firms, 0, ROUND), start=1):
        mine.cards.set_values([row.id], {"route_order": place})
    for owner, reason, by in RISKS:
        bought = CardQuery(mine=True, kind="organisation", lifecycles=("buyer",), sort="credit")
        worst = desks[owner].cards.page(bought, 0, -1)[-1]
        desks[by].cards.flag_risk([worst.id], reason)
    _mark_source_centres(desks)
    small = CardQuery(mine=True, kind="organisation", value_grades=("C",), sort="number")
    for row in mine.cards.page(small, 0, 1):  # he sees more in them than what they bought
        mine.cards.set_values([row.id], {"value_grade": "A"})
    _keep_filters(desks)


def _put_off(mine: Desk, clock: PastClock) -> None:
    """Two cards that were put off in the last walk: the day of one has come."""
    strangers = CardQuery(mine=True, likelihoods=("unclassified",), sort="number")
    rows = mine.cards.page(strangers, 0, 2)
    days = (clock.today() - timedelta(days=1), clock.today() + timedelta(days=12))
    for row, day in zip(rows, days, strict=False):
        with mine.change(CARD_PUT_OFF) as change:
            change.update(Card, row.id, {"put_off_until": day})


def _mark_source_centres(desks: dict[str, Desk]) -> None:
    """Those who brought most customers, by whoever looks after them."""
    marks = cycle((["well_connected", "trusts_us"], ["trusts_us", "believes_in_product"]))
    for desk in desks.values():
        own = set(desk.cards.ids(CardQuery(mine=True, kind="person")))
        givers = [giver.card.id for giver in desk.referrals.givers(-1) if giver.card.id in own]
        for card, mark in zip(givers[:CENTRES], marks, strict=False):
            desk.cards.set_values([card], {"source_centre": mark})


def _keep_filters(desks: dict[str, Desk]) -> None:
    mine = desks[MEMBERS[0].login]
    mine.segments.save(
        "华东重点客户",
        CardQuery(regions=("华东",), importances=("key",), sort="value"),
        shared=True,
    )
    mine.segments.save("我这一圈", CardQuery(mine=True, kind="organisation", sort="route"))
    desks["lijing"].segments.save(
        "久未见的老客户",
        CardQuery(lifecycles=("buyer", "loyal"), not_seen_days=60, sort="contact"),
        shared=True,
    )
    desks["wufang"].segments.save("资料太少", CardQuery(complete_below=30), shared=True)
