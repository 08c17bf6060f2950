"""The organisation chart of the firm that everybody tries first: two factions and a closed door."""

from dataclasses import asdict, replace
from datetime import date, timedelta
from typing import NamedTuple

from store.desk import Desk
from store.people import PERSON_ADDED
from store.people_writing import PeopleWriter
from store.records.people import PlaceValues
from store.sample.past_clock import PastClock
from store.sample.showcase import FIRST_TRIED
from store.sample.telling import moment


class Newcomer(NamedTuple):
    """Somebody there who is known by name only so far."""

    name: str
    title: str
    department: str
    mobile: str


HEAD, DOOR = "梁启航", "孟晓棠"
CHIEF, ENGINEER = "欧阳静", "单雪梅"
"""Of the people whom the sample knows already."""
RIVAL, HAND, CLERK = "郭立新", "韩松年", "冯一凡"
FORMER = "丁国强"

NEWCOMERS = (
    Newcomer(HEAD, "总经理", "总经办", ""),
    Newcomer(DOOR, "总经理秘书", "总经办", "13858123406"),
    Newcomer(RIVAL, "设备部主任", "设备部", "13757120833"),
    Newcomer(HAND, "自动化工程师", "设备部", ""),
    Newcomer(CLERK, "采购员", "采购部", "15857163920"),
    Newcomer(FORMER, "采购经理", "采购部", "13906512277"),
)

TRADERS, BUILDERS = "欧阳一派", "技术一派"

PLACES: dict[str, tuple[str | None, PlaceValues]] = {
    HEAD: (
        None,
        PlaceValues(
            level="executive",
            role="decision_maker",
            influence=5,
            attitude="neutral",
            matters="五十万以上的采购都要他签字",
            note="老技术员出身，听单总工的",
        ),
    ),
    DOOR: (HEAD, PlaceValues(level="operator", role="gatekeeper", influence=2, attitude="neutral")),
    CHIEF: (
        HEAD,
        PlaceValues(
            level="executive",
            role="influencer",
            influence=4,
            attitude="friendly",
            faction=TRADERS,
            matters="经营、采购",
            quality="看价格，账算得清",
        ),
    ),
    ENGINEER: (
        HEAD,
        PlaceValues(
            level="management",
            department_kind="supporting",
            role="influencer",
            influence=4,
            attitude="neutral",
            faction=BUILDERS,
            matters="选型、技术协议",
            quality="严谨，只认数据",
        ),
    ),
    FIRST_TRIED: (
        CHIEF,
        PlaceValues(
            level="management",
            department_kind="buying",
            role="buyer",
            influence=3,
            attitude="supporter",
            faction=TRADERS,
            matters="元器件、仪表采购",
        ),
    ),
    CLERK: (
        FIRST_TRIED,
        PlaceValues(level="operator", department_kind="buying", attitude="friendly"),
    ),
    RIVAL: (
        ENGINEER,
        PlaceValues(
            level="management",
            department_kind="using",
            role="user",
            influence=3,
            attitude="opposed",
            faction=BUILDERS,
            matters="设备运行、备件",
            note="用惯了一家德国品牌，和采购部不和",
        ),
    ),
    HAND: (RIVAL, PlaceValues(level="operator", department_kind="using", role="user")),
}
"""To whom each reports, and what part he plays."""


def write_structure(desk: Desk, clock: PastClock, house: int) -> None:
    """Enter who else works there, and who reports to whom; the evening before today.

    Args:
        desk: of the member who looks after the firm.
        house: the firm's card.
    """
    yesterday = clock.today() - timedelta(days=1)
    clock.moment = moment(yesterday, 17, 20)
    with desk.change(PERSON_ADDED) as change:
        writer = PeopleWriter(desk, change)
        for one in NEWCOMERS:
            place = PlaceValues(title=one.title, org_department=one.department)
            if one.name == FORMER:
                place = replace(place, until=date(yesterday.year - 2, 6, 30), attitude="supporter")
            writer.enter(house, one.name, place, one.mobile or None)
        people = {person.name: person for person in desk.people.of(house)}
        for name, (head, place) in PLACES.items():
            said = {key: value for key, value in asdict(place).items() if value is not None}
            if head is not None:
                said["reports_to"] = people[head].card_id
            writer.set(people[name], said)
