"""What the sample team's audit shows besides changes: who came in, looked at, took out, tried."""

from collections.abc import Mapping
from datetime import timedelta

from store import deeds
from store.desk import Desk
from store.exchange.origin import export_origin
from store.language import N_
from store.rights import REFUSALS, Right
from store.sample.past_clock import PastClock
from store.sample.telling import moment

EXPORTED = N_("Exported")

OFFICE, ROAD = "10.0.3.17", "117.136.8.42"
"""Addresses that members come in from."""


def write_deeds(desks: dict[str, Desk], clock: PastClock, card: int) -> None:
    """Write the deeds of the last day before today.

    Args:
        desks: by login.
        card: a customer of the member at the desk.
    """
    yesterday = clock.today() - timedelta(days=1)
    clock.moment = moment(yesterday, 18, 40)
    for login, place in (("zhanglei", OFFICE), ("liuyang", ROAD), ("wufang", OFFICE)):
        _note(desks[login], deeds.LOGIN, {"with": "screen"}, place=place)
    _note(desks["wufang"], deeds.UNMASK, {"key": "id_number"}, card, place=OFFICE)
    said = {"what": "cards", "format": "xlsx", "count": 58, "chosen": True}
    with desks["zhanglei"].change(EXPORTED, origin=export_origin("xlsx")) as change:
        change.note_deed(deeds.EXPORT, said)
    clock.moment = moment(yesterday, 19, 5)
    tried = {"what": "interactions.log", "why": REFUSALS[Right.LOG]}
    _note(desks["wufang"], deeds.REFUSED, tried, card, place=OFFICE)


def _note(
    desk: Desk, deed: str, said: Mapping[str, object], card: int | None = None, *, place: str
) -> None:
    there = Desk(desk.store, desk.member, desk.origin, place)
    with there.change(deeds.SUMMARIES[deed], origin=deed, asked=True) as change:
        change.note_deed(deed, said, card)
