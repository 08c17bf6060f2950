"""What a briefing tells from the card's own values: who he is, how we met, likes, warnings."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from store.birthdays import disagreement
from store.forms.declaration import Form
from store.forms.tidy import folded
from store.language import N_, _, listed
from store.lunar import Policy, YearlyDate
from store.records.cards import CardRecord

IDENTITY = {
    "person": (
        *("nickname", "gender", "mobile", "wechat", "work_phone", "org_department"),
        "work_address",
    ),
    "organisation": (
        *("short_name", "work_phone", "mobile", "wechat", "work_address"),
        *("principal", "legal_representative", "proprietor", "employees", "turnover"),
    ),
}
"""Fields by which a card is known at a glance, by kind."""

STAGE = (
    *("lifecycle", "likelihood", "value_grade", "other_grade", "importance", "credit_grade"),
    *("category", "standing", "business_state", "circle", "source_centre"),
    *("former_reason", "win_back"),
)
"""How he stands with us, and where he belongs."""

HOW_MET = ("met_on", "met_at", "source", "referrer", "first_impression")

LIKES = (
    *("personality", "described_as", "communication_style", "cares_about", "hobbies"),
    *("liked_topics", "proudest_of", "present_goals", "short_term_goal", "long_term_goal"),
    *("drinks_what", "smokes_what", "favourite_dishes", "lunch_places", "dinner_places"),
    *("sports_watched", "reading", "favourite_books", "admired_people", "clubs", "travelled"),
    *("speciality", "favourite_colour", "impresses_whom", "wants_to_seem", "working_habits"),
    *("children_likes", "spouse_interests", "honours"),
    *("principal_character", "philosophy", "culture"),
)
"""How to talk to him, what to talk about, and what to choose a gift or a place by; the most
telling first."""

MOST_LIKES = 12
"""So many of them are told: nobody reads more at the door."""

WISHES = {
    ("drinks", False): N_("Does not drink"),
    ("minds_drinking", True): N_("Minds others drinking"),
    ("smokes", False): N_("Does not smoke"),
    ("minds_smoking", True): N_("Minds others smoking"),
    ("minds_treating", True): N_("Does not like to be treated"),
    ("no_university_sensitive", True): N_("Do not ask where he studied"),
    ("dislikes_introductions", True): N_("Does not like to be asked for introductions"),
    ("accepts_mail", False): N_("No mail, please"),
    ("accepts_sms", False): N_("No SMS, please"),
    ("accepts_wechat", False): N_("No WeChat messages, please"),
}
"""Fields whose "yes" or "no" is a wish to respect."""

MINDED = {"drinks": "minds_drinking", "smokes": "minds_smoking"}

TENDER = ("strong_views", "political_activity", "friction", "credit_problems")
"""What may strike a wrong note."""

RISK = ("risk_kinds", "risk_reasons", "risk_note")

WARNING = (
    *("not_to_mention", "religion", "health", "past_illnesses", "political_activity"),
    "children_custody",
)
"""Sensitive fields of which a reader should know that they say something."""

TABLE_MANNERS = {
    "islam": N_("no pork, no alcohol"),
    "buddhism": N_("perhaps no meat"),
    "hui": N_("no pork"),
    "uyghur": N_("no pork"),
}
"""What to mind at table and with gifts, by religion or ethnicity."""

NOTHING = frozenset({"无", "没有", "暂无", "无。", "none", "nothing", "no", "n/a", "-", "--", "/"})
"""What is written on a paper form where there is nothing to say; the card keeps it."""

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
                if folded(text) not in NOTHING:
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


def stage(form: Form, record: CardRecord) -> dict[str, str]:
    """Label to text: the level, the grades, the circle he belongs to."""
    return dict(_labelled(form, record, STAGE))


def likes(form: Form, record: CardRecord) -> tuple[str, ...]:
    """What he likes and what he is like."""
    return lines(form, record, LIKES)[:MOST_LIKES]


def lines(form: Form, record: CardRecord, keys: Iterable[str]) -> tuple[str, ...]:
    """Title and text in one, of those of these fields that say something."""
    return tuple(_(": ").join(line) for line in _labelled(form, record, keys))


def taboos(form: Form, record: CardRecord) -> tuple[str, ...]:
    """What not to mention, serve or send, and what to be careful with.

    Of what is masked for the reader only that there is something: he may ask, or unmask it.
    """
    values = record.values
    found = [*_risk(form, record)]
    found += [text for _title, text in _labelled(form, record, ("not_to_mention",))]
    found += _manners(form, record)
    found += _health(form, record)
    if values.get("marital_status") in DELICATE:
        found.extend(lines(form, record, ("marital_status", "children_custody")))
    found.extend(_wishes(values))
    found.extend(lines(form, record, TENDER))
    hidden = [form.field(key).title for key in WARNING if key in record.masked and key in form]
    if hidden:
        found.append(_("Masked for you: {titles}").format(titles=listed(hidden)))
    return tuple(found)


def _risk(form: Form, record: CardRecord) -> Iterator[str]:
    """That it is a customer of risk, and why."""
    if record.values.get("risk") is True:
        why = [text for _title, text in _labelled(form, record, RISK)]
        yield (
            _(": ").join((_("Customer of risk"), _("; ").join(why)))
            if why
            else _("Customer of risk")
        )


def _manners(form: Form, record: CardRecord) -> Iterator[str]:
    """What religion and ethnicity ask for at table and with gifts."""
    for key in ("religion", "ethnicity"):
        value = record.values.get(key)
        manners = TABLE_MANNERS.get(str(value))
        if manners or (key == "religion" and value not in (None, "none")):
            texts = [text for _title, text in _labelled(form, record, (key, "devoutness"))]
            shown = _(", ").join(texts if key == "religion" else texts[:1])
            yield _(": ").join((shown, _(manners))) if manners else shown


def _wishes(values: Mapping[str, Any]) -> Iterator[str]:
    """What he wishes to be spared; who minds it in others does not do it himself."""
    for (key, said), wish in WISHES.items():
        minded = values.get(MINDED.get(key, "")) is True
        if values.get(key) is said and not minded:
            yield _(wish)


def _health(form: Form, record: CardRecord) -> tuple[str, ...]:
    """What ails him; good health is no warning."""
    keys = ("health", "past_illnesses")
    return lines(form, record, [key for key in keys if record.values.get(key) != "good"])
