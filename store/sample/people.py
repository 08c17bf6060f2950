"""The sample team's customers as persons: names, posts, birthdays, families, tastes."""

from datetime import date, timedelta
from typing import Any

from store.forms.tables import with_ids
from store.lunar import LunarDay
from store.records.occasions import FamilyValues
from store.sample.cards import (
    SIZE,
    Chooser,
    NumberBook,
    SampleCard,
    cities_of,
    classification,
    entered_and_reviewed,
    spelled,
    worded,
)
from store.sample.names import CHILDREN, MEN, SURNAMES, WOMEN
from store.sample.places import INDUSTRIES, City
from store.sample.profiles import (
    ADMIRED,
    BOOKS,
    COLOURS,
    DEALER_JOBS,
    HOBBIES,
    IMPRESSIONS,
    JOBS,
    LOCAL_SPEECH,
    MET_AT,
    NATIVE_PLACES,
    NOT_TO_MENTION,
    PERSONALITIES,
    PRIVATE_NOTES,
    PROFESSIONAL_TITLES,
    SCHOOLS,
    SPECIALITIES,
    TRAVELLED,
)
from store.sample.team import SampleMember

SOURCES = (
    *("cold_call", "bought_list", "enquiries", "referral_chain", "friends", "press", "directory"),
    *("people_of_influence", "sales_records", "email_and_chat", "users_feedback", "three_feet"),
)

EDUCATION = {"bachelor": 6, "college": 4, "master": 2, "vocational": 2, "upper_secondary": 1}


class NameBook:
    """Names of persons, each given once."""

    def __init__(self, chooser: Chooser) -> None:
        self.chooser = chooser
        self._given: set[str] = set()

    def name(self, gender: str, born: int) -> str:
        """A name that people of that age have."""
        usual = MEN if gender == "male" else WOMEN
        years = max(year for year in usual if year <= max(born, min(usual)))
        while True:
            surname = self.chooser.choice(SURNAMES[: self.chooser.choice((20, 60, len(SURNAMES)))])
            name = surname + self.chooser.choice(usual[years])
            if name not in self._given:
                self._given.add(name)
                return name


def employee(
    chooser: Chooser,
    today: date,
    phones: NumberBook,
    names: NameBook,
    firm: SampleCard,
    city: City,
    known_as: tuple[str, str] | None = None,
) -> SampleCard:
    """Somebody at a firm; he shares its class and was met when it was, or later.

    Args:
        known_as: a certain name and gender.
    """
    department, title, _ = chooser.choice(DEALER_JOBS if firm.industry.dealer else JOBS)
    entered, reviewed = entered_and_reviewed(chooser, today, firm.stage)
    entered = max(entered, firm.entered)
    card = _person(chooser, phones, names, firm.owner, city, firm.stage, entered, today, known_as)
    card.values.update(
        organisation=firm.name,
        org_department=department,
        title=title,
        work_phone=phones.fixed(city),
        work_address=firm.values["work_address"],
        industry=firm.values["industry"],
        category=firm.values["category"],
    )
    domain = firm.values["website"][0]["value"].removeprefix("www.")
    card.values["email"] = [{"value": f"{spelled(card.name)}@{domain}", "label": "工作"}]
    if department == "技术部" or chooser.chance(15):
        card.values["professional_titles"] = [chooser.choice(PROFESSIONAL_TITLES)]
    card.reviewed = reviewed if reviewed is not None and reviewed > entered else None
    card.industry, card.firm = firm.industry, firm
    return card


def private_customer(
    chooser: Chooser, today: date, phones: NumberBook, names: NameBook, owner: SampleMember
) -> SampleCard:
    """Somebody without a firm on file: a shopkeeper, an adviser, a former buyer."""
    stage = chooser.weighted({"prospect": 5, "target": 3, "buyer": 2})
    entered, reviewed = entered_and_reviewed(chooser, today, stage)
    city = chooser.choice(cities_of(owner))
    card = _person(chooser, phones, names, owner, city, stage, entered, today)
    card.reviewed = reviewed
    card.values["nickname"] = f"{'老' if chooser.chance(60) else '小'}{card.name[0]}"
    card.values["note"] = worded(chooser.choice(PRIVATE_NOTES), card)
    return card


def _person(
    chooser: Chooser,
    phones: NumberBook,
    names: NameBook,
    owner: SampleMember,
    city: City,
    stage: str,
    entered: date,
    today: date,
    known_as: tuple[str, str] | None = None,
) -> SampleCard:
    gender = chooser.choice(("male", "male", "male", "female", "female"))
    born = chooser.randint(1960, 1999)
    name = names.name(gender, born)
    if known_as is not None:
        name, gender = known_as
    industry = INDUSTRIES[-1]
    values: dict[str, Any] = {
        "name": name,
        "gender": gender,
        "mobile": phones.mobile(),
        **classification(chooser, stage, city, industry),
        "source": chooser.choice(SOURCES),
        "met_on": str(entered - timedelta(days=chooser.randint(0, 3))),
    }
    values.pop(SIZE, None)  # what firms buy is the firms'
    card = SampleCard("person", values, owner, entered, None, industry)
    known = {"prospect": 25, "target": 50, "likely": 65, "buyer": 75, "loyal": 90, "former": 60}
    _add_birthday(chooser, card, born, known[stage])
    _add_profile(chooser, card, known[stage])
    if chooser.chance(known[stage] * 2 // 3):
        _add_family(chooser, card, born, today)
    return card


def _add_birthday(chooser: Chooser, card: SampleCard, born: int, known: int) -> None:
    if not chooser.chance(known):
        return
    day = date(born, 1, 1) + timedelta(days=chooser.randrange(365))
    if chooser.chance(60):
        year_unknown = chooser.chance(25)
        card.values["birth_solar"] = f"--{day:%m-%d}" if year_unknown else str(day)
        return
    lunar = LunarDay.from_solar(day)
    leap = "L" if lunar.leap else ""
    card.values["birth_lunar"] = f"lunar:{lunar.year}-{lunar.month:02d}{leap}-{lunar.day:02d}"
    if chooser.chance(20):
        card.values |= {"birth_solar": str(day), "birth_kept": "lunar"}


def _add_profile(chooser: Chooser, card: SampleCard, known: int) -> None:
    """Each trait is known with the given chance."""
    native = chooser.choice(NATIVE_PLACES)
    traits: dict[str, Any] = {
        "wechat": [{"value": f"{spelled(card.name)}{chooser.randint(10, 99)}", "label": ""}],
        "met_at": chooser.choice(MET_AT),
        "first_impression": worded(chooser.choice(IMPRESSIONS), card),
        "personality": worded(chooser.choice(PERSONALITIES), card),
        "native_place": native,
        "ethnicity": "han",
        "marital_status": chooser.weighted({"married": 8, "single": 2}),
        "hobbies": chooser.some(HOBBIES, 1, 3),
        "education": with_ids([{"school": chooser.choice(SCHOOLS)}]),
        "education_level": chooser.weighted(EDUCATION),
        "languages": ["普通话", LOCAL_SPEECH.get(native[:2], "家乡话")],
        "travelled": chooser.some(TRAVELLED, 1, 3),
        "favourite_books": chooser.choice(BOOKS),
        "admired_people": chooser.choice(ADMIRED),
        "favourite_colour": chooser.choice(COLOURS),
        "speciality": chooser.choice(SPECIALITIES),
        "accepts_wechat": True,
    }
    rare = {"favourite_books", "admired_people", "favourite_colour", "speciality", "travelled"}
    for key, value in traits.items():
        if chooser.chance(known // 3 if key in rare else known):
            card.values[key] = value
    if card.stage in ("buyer", "loyal") and chooser.chance(10):
        card.values["not_to_mention"] = worded(chooser.choice(NOT_TO_MENTION), card)
    if card.values.get("marital_status") == "married" and chooser.chance(25):
        card.values["wedding"] = str(
            date(chooser.randint(1995, 2020), chooser.randint(1, 12), chooser.randint(1, 28))
        )


def _add_family(chooser: Chooser, card: SampleCard, born: int, today: date) -> None:
    """A wife or husband, a child, sometimes a parent; some with birthdays."""
    surname = next((s for s in SURNAMES if len(s) == 2 and card.name.startswith(s)), card.name[0])
    if chooser.chance(55):
        wife = card.values["gender"] == "male"
        usual = WOMEN if wife else MEN
        spouse = chooser.choice(SURNAMES[:40]) + chooser.choice(
            usual[1980 if born > 1980 else 1965]
        )
        card.family.append(
            FamilyValues(
                spouse,
                "妻子" if wife else "丈夫",
                _birthday_text(chooser, born + chooser.randint(-3, 3), 40),
                job=chooser.choice(("教师", "会计", "护士", "公务员", "自己开店", None)),
            )
        )
    if chooser.chance(65):
        child_born = min(born + chooser.randint(24, 33), today.year - 2)
        daughter = chooser.chance(50)
        card.family.append(
            FamilyValues(
                surname + chooser.choice(CHILDREN),
                "女儿" if daughter else "儿子",
                _birthday_text(chooser, child_born, 60),
                education=_schooling(today.year - child_born),
                interests=chooser.choice(("钢琴", "画画", "足球", "编程", "舞蹈", None)),
            )
        )
    if chooser.chance(20):
        card.family.append(
            FamilyValues(
                surname + chooser.choice(MEN[1955]),
                "父亲",
                _birthday_text(chooser, born - 27, 20),
                note="身体还好，每年体检。",
            )
        )


def _schooling(age: int) -> str | None:
    """Where somebody of that age learns."""
    if age < 3:
        return None
    for oldest, school in ((6, "幼儿园"), (12, "小学"), (15, "初中"), (18, "高中"), (22, "大学")):
        if age <= oldest:
            return school
    return "已工作"


def _birthday_text(chooser: Chooser, born: int, solar_share: int) -> str | None:
    """A yearly date's text form; older people keep the lunar calendar."""
    if chooser.chance(15):
        return None
    day = date(born, 1, 1) + timedelta(days=chooser.randrange(365))
    if chooser.chance(solar_share):
        return str(day)
    lunar = LunarDay.from_solar(day)
    leap = "L" if lunar.leap else ""
    return f"lunar:{lunar.year}-{lunar.month:02d}{leap}-{lunar.day:02d}"
