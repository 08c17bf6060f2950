"""What a briefing tells from the card's own values: who he is, how we met, likes, warnings."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from store.birthdays import disagreement
from store.forms.declaration import Form
from store.language import N_, _
from store.lunar import Policy, YearlyDate
from store.records.cards import CardRecord

IDENTITY = {
    "person": (
        *("nickname", "gender", "mobile", "work_phone", "home_phone", "wechat", "email"),
        *("org_department", "work_address", "lifecycle", "likelihood", "value_grade", "importance"),
        *("credit_grade", "category", "circle", "former_reason"),
    ),
    "organisation": (
        *("short_name", "work_phone", "mobile", "wechat", "email", "work_address", "website"),
        *("industry", "category", "ownership", "employees", "turnover", "legal_representative"),
        *("principal", "lifecycle", "likelihood", "value_grade", "importance", "credit_grade"),
        *("circle", "former_reason"),
    ),
}
"""Fields by which a card is known at a glance, by kind."""

HOW_MET = ("met_on", "met_at", "source", "referrer", "first_impression")

LIKES = (
    *("personality", "hobbies", "speciality", "favourite_colour", "favourite_books"),
    *("admired_people", "travelled", "honours", "principal_character", "culture"),
)
"""What to talk about, and what to choose a gift by."""

MONEY = ("credit_limit", "trade_terms")

REFUSED = {
    "accepts_mail": N_("No mail, please"),
    "accepts_sms": N_("No SMS, please"),
    "accepts_wechat": N_("No WeChat messages, please"),
}
"""Fields whose "no" is a wish to respect."""

TABLE_MANNERS = {
    "islam": N_("no pork, no alcohol"),
    "buddhism": N_("perhaps no meat"),
    "hui": N_("no pork"),
    "uyghur": N_("no pork"),
}
"""What to mind at table and with gifts, by religion or ethnicity."""

DELICATE = ("divorced", "widowed")
"""States of marriage that are not asked about."""


def identity(form: Form, record: CardRecord, today: date, policy: Policy) -> dict[str, str]:
    """Label to text: the short facts on top of a briefing."""
    facts = dict(_labelled(form, record, IDENTITY[record.kind]))
    birth = _birth(record.values, today, policy)
    if birth:
        facts[_("Birthday")] = birth
    return facts


def _labelled(form: Form, record: CardRecord, keys: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Title and text of those of these fields that say something."""
    for key in keys:
        if key in form:
            field = form.field(key)
            if not field.blank(record.values):
                text = field.show(record.values[key])
                yield field.title, " ".join(record.linked.get(text, text).split())


def _birth(values: Mapping[str, Any], today: date, policy: Policy) -> str:
    """The birthday that is kept, with the ages of today, the animal and the sign."""
    solar, lunar = values.get("birth_solar"), values.get("birth_lunar")
    stored = (lunar if values.get("birth_kept") == "lunar" else solar) or solar or lunar
    if not stored:
        return ""
    said = YearlyDate.parse(stored)
    age, nominal = said.age(today, policy), said.nominal_age(today)
    parts = [said.spoken(with_year=True)]
    if age is not None and nominal is not None:
        parts.append(_("age {age}, by Chinese count {nominal}").format(age=age, nominal=nominal))
    elif age is not None:
        parts.append(_("age {age}").format(age=age))
    animal = said.animal()
    if animal:
        parts.append(_("year of the {animal}").format(animal=animal))
    parts.extend(sign for sign in (said.zodiac(),) if sign)
    wrong = disagreement(values)
    told = _(", ").join(parts)
    return told if wrong is None else f"{told} · {wrong}"


def how_met(form: Form, record: CardRecord) -> str:
    """How the acquaintance was made, in one line."""
    said = _labelled(form, record, HOW_MET)
    return " · ".join(f"{title} {text}" for title, text in said)


def likes(form: Form, record: CardRecord) -> tuple[str, ...]:
    """What he likes and what he is like."""
    return _lines(form, record, LIKES)


def money(form: Form, record: CardRecord) -> tuple[str, ...]:
    """What is known of credit and terms."""
    return _lines(form, record, MONEY)


def _lines(form: Form, record: CardRecord, keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(_(": ").join(line) for line in _labelled(form, record, keys))


def taboos(form: Form, record: CardRecord) -> tuple[str, ...]:
    """What not to mention, serve or send."""
    values = record.values
    found = [text for _title, text in _labelled(form, record, ("not_to_mention",))]
    for key in ("religion", "ethnicity"):
        value = values.get(key)
        manners = TABLE_MANNERS.get(str(value))
        if manners or (key == "religion" and value not in (None, "none")):
            texts = [text for _title, text in _labelled(form, record, (key, "devoutness"))]
            shown = _(", ").join(texts if key == "religion" else texts[:1])
            found.append(_(": ").join((shown, _(manners))) if manners else shown)
    if values.get("marital_status") in DELICATE:
        found.extend(_lines(form, record, ("marital_status",)))
    found.extend(_(wish) for key, wish in REFUSED.items() if values.get(key) is False)
    return tuple(found)
