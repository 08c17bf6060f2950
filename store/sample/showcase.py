"""The customers that everybody tries first, and the member's card of himself."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from store.forms.tables import with_ids
from store.records.interactions import InteractionValues
from store.records.occasions import FamilyValues
from store.records.todos import TodoValues
from store.sample import well_known
from store.sample.cards import Chooser, NumberBook, SampleCard, firm
from store.sample.people import NameBook, employee
from store.sample.places import EAST, INDUSTRIES
from store.sample.team import COMPANY, MEMBERS

FIRST_TRIED = "张山"
"""The customer of the pictures and of the first tour."""

DEPUTY = "欧阳静"

TWICE = "单雪梅"
"""A customer who was entered a second time (`store.sample.doubles`)."""

OWN = MEMBERS[0].name
"""The member at the desk keeps a card of himself: it shows what he has in common with others."""


def showcase(
    chooser: Chooser, today: date, phones: NumberBook, names: NameBook
) -> Iterator[SampleCard]:
    """A firm with three people, and the member himself."""
    owner, city = MEMBERS[0], EAST[0]
    house = firm(chooser, today, phones, owner, city, "华东", "电子", "buyer")
    house.values.update(well_known.firm(today))
    house.reviewed = today - timedelta(days=2)
    yield house
    for name, gender, department, title in (
        (FIRST_TRIED, "male", "采购部", "采购经理"),
        (TWICE, "female", "技术部", "总工程师"),
        (DEPUTY, "female", "总经办", "副总经理"),
    ):
        person = employee(chooser, today, phones, names, house, city, (name, gender))
        person.values.update(org_department=department, title=title)
        if name == FIRST_TRIED:
            _know_well(person, today)
        if name == DEPUTY:
            person.values.update(well_known.deputy_manager(today))
            person.reviewed = today - timedelta(days=1)
        yield person
    yield _own_card(phones, today)


def _know_well(person: SampleCard, today: date) -> None:
    """Make this the card that shows what a card can tell."""
    person.values.pop("birth_solar", None)
    person.values.pop("birth_kept", None)
    person.values.update(
        birth_lunar="lunar:1985-08-15",
        native_place="浙江绍兴",
        education=with_ids(
            [
                {"school": "浙江大学", "major": "机械电子工程", "degree": "bachelor"}
                | {"from": "2003", "until": "2007", "finished": True}
            ]
        ),
        hobbies=["钓鱼", "喝茶"],
        languages=["普通话", "吴语"],
        likelihood="A",
        importance="key",
        met_at="上海工博会",
        first_impression="为人谨慎，每句话都先想一想。",
        personality="稳重，重承诺，答应的事一定办。",
        not_to_mention="与设备部不和，当他的面不夸设备部。",
        **well_known.first_customer(today),
    )
    person.reviewed = today - timedelta(days=3)
    person.entered = min(person.entered, today - timedelta(days=60))
    child = today - timedelta(days=7 * 365 - 13)
    person.family = [
        FamilyValues("李慧", "妻子", "lunar:1987-03-02", job="教师"),
        FamilyValues("张小雨", "女儿", str(child), education="小学", interests="钢琴"),
    ]


def _own_card(phones: NumberBook, today: date) -> SampleCard:
    values = {
        "name": OWN,
        "gender": "male",
        "mobile": phones.mobile(),
        "lifecycle": "prospect",
        "likelihood": "unclassified",
        "city": "杭州",
        "native_place": "浙江绍兴",
        "education": with_ids([{"school": "浙江大学", "major": "自动化", "degree": "bachelor"}]),
        "hobbies": ["钓鱼", "羽毛球"],
        "birth_solar": "1984-11-03",
        "tags": ["自己"],
        **well_known.own_card(),
        "note": f"自己的卡片，{COMPANY}。用来看和客户有什么共同点。",
    }
    entered = today - timedelta(days=400)
    looked_through = today - timedelta(days=30)
    return SampleCard("person", values, MEMBERS[0], entered, looked_through, INDUSTRIES[-1])


def last_talk(today: date) -> tuple[date, InteractionValues]:
    """The last talk with the first customer; its time of day is set by who tells it."""
    day = today - timedelta(days=14)
    return day, InteractionValues(
        method="phone",
        length=12,
        topic="新一批的报价",
        minutes="问新一批压力变送器的价，拿一家德国品牌比，担心交期。",
        words="再降两个点就能定",
        mood="客气",
        interest=4,
        feedback_kind="objection",
        feedback="嫌交期长，要两周内到货",
        insight="其实已经选定我们，只是要给上面一个交代。",
        agreed="我方补一份分批交货的报价单",
        next_on=today + timedelta(days=1),
        next_method="visit",
        next_purpose="带样品上门",
    )


def promises(today: date) -> Sequence[TodoValues]:
    """What is open with the first customer, on both sides."""
    return (
        TodoValues(
            f"给{FIRST_TRIED}补分批交货的报价单",
            important=True,
            urgent=True,
            due_on=today - timedelta(days=1),
        ),
        TodoValues(
            f"给{FIRST_TRIED}送压力变送器样品",
            important=True,
            due_on=today + timedelta(days=6),
        ),
        TodoValues(
            "把明年的用量清单发来",
            important=True,
            due_on=today + timedelta(days=2),
            side="theirs",
        ),
    )
