"""Words for kept values where room is short, without reading the declared forms.

The forms hold the whole labels; reading them takes longer than a search.
"""

from collections.abc import Sequence
from datetime import date

from store.language import N_, _, listed, ngettext

LIFECYCLES = {
    "prospect": N_("prospect"),
    "target": N_("target"),
    "likely": N_("likely"),
    "buyer": N_("buyer"),
    "loyal": N_("loyal"),
    "former": N_("former"),
}

LEVELS = {1: N_("name only"), 2: N_("lent in part")}
"""By `store.visibility.Level`."""

OCCASIONS = {
    "birth": N_("birthday"),
    "wedding": N_("wedding anniversary"),
    "founded": N_("founding day"),
    "opened": N_("opening day"),
    "further": N_("anniversary"),
    "further_dates": N_("anniversary"),
}

METHODS = {
    "visit": N_("visit"),
    "phone": N_("phone"),
    "wechat": N_("WeChat"),
    "email": N_("e-mail"),
    "meeting": N_("meeting"),
    "meal": N_("meal"),
    "gift": N_("gift"),
    "event": N_("event"),
    "material": N_("material sent"),
    "questionnaire": N_("questionnaire"),
    "sms": N_("SMS"),
    "after_sale": N_("after-sale visit"),
    "other": N_("other"),
}

ROLES = {
    "rep": N_("sales rep"),
    "manager": N_("manager"),
    "director": N_("director"),
    "service": N_("service"),
    "custodian": N_("file keeper"),
    "administrator": N_("administrator"),
}

VERDICTS = {
    "approved": N_("approved"),
    "sent_back": N_("sent back"),
}
"""What an inspection came to."""
REMARK_KINDS = {"guidance": N_("guidance"), "risk": N_("risk")}
"""What remarks are called that are more than a word."""

MASK = "***"
"""What stands for a value that may not be seen."""

WORK = {
    "talk": N_("talk logged"),
    "talk_changed": N_("talk changed"),
    "card": N_("card entered"),
    "changed": N_("card changed"),
    "trashed": N_("card put in the trash"),
    "todo": N_("to-do noted"),
    "done": N_("to-do done"),
    "todo_changed": N_("to-do changed"),
}

MERITS = {
    "praise": N_("praise"),
    "reprimand": N_("reprimand"),
    "qualified": N_("passed as a trainee"),
}

SHORT = 24
"""Characters of a name or title within a message."""


def short(text: str, most: int = SHORT) -> str:
    """A name or title in so many characters, as a message repeats it."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def undone(summary: str, about: Sequence[str]) -> str:
    """What an undo or redo changed: in a word, and whose cards or which to-dos it was about."""
    names = listed(short(name) for name in about)
    return aside(summary, names)


def aside(text: str, remark: str) -> str:
    """A text with a remark in brackets behind it; alone where there is none."""
    return _("{text} ({remark})").format(text=text, remark=remark) if remark else text


def verdict(value: str) -> str:
    """What an inspection came to, in a word."""
    return _(VERDICTS.get(value, value))


def lifecycle(value: str) -> str:
    """A lifecycle in a word."""
    return _(LIFECYCLES.get(value, value))


def level(value: int) -> str:
    """How much of a card a member gets, where it is not all of it."""
    return _(LEVELS.get(value, ""))


def likelihood(value: str) -> str:
    """A likelihood as its letter; the pile that is not classified yet is a dash."""
    return "-" if value == "unclassified" else value


def occasion(kind: str, note: str = "") -> str:
    """What is celebrated, in a word; a further date is called what its note says."""
    told = _(OCCASIONS.get(kind, kind))
    if kind == "further" or not note:
        return note or told
    return _("{what} ({note})").format(what=told, note=note)


def method(value: str) -> str:
    """A way of being in contact, in a word."""
    return _(METHODS.get(value, value))


def role(value: str) -> str:
    """A role in a word."""
    return _(ROLES.get(value, value))


def remark_kind(value: str) -> str:
    """What a remark is beyond a word: guidance, a risk; "" for a word."""
    return _(REMARK_KINDS.get(value, ""))


def standing(trainee: bool, coach: str | None, has_left: bool) -> str:
    """What is special about a member: he left, or he learns."""
    if has_left:
        return _("left")
    if not trainee:
        return ""
    return _("trainee of {coach}").format(coach=coach) if coach else _("trainee")


def work(kind: str) -> str:
    """What a member did, in a few words."""
    return _(WORK.get(kind, kind))


def merit(kind: str) -> str:
    """What was noted of a member, in a word."""
    return _(MERITS.get(kind, kind))


def days_away(days: int) -> str:
    """How far a day is from today: today, in 3 days, 2 days ago."""
    if days == 0:
        return _("today")
    if days > 0:
        return _("in {days} days").format(days=days) if days > 1 else _("tomorrow")
    return _("{days} days ago").format(days=-days) if days < -1 else _("yesterday")


def days_left(days: int) -> str:
    """The same for the coming days where the heading says that they come: today, 3 days."""
    return _("{days} days").format(days=days) if days > 1 else days_away(days)


def days_late(days: int) -> str:
    """How long something is overdue: 1 day late, 3 days late."""
    return ngettext("{days} day late", "{days} days late", days).format(days=days)


FEEDBACKS = {
    "commitment": N_("commitment"),
    "doubt": N_("doubt"),
    "objection": N_("objection"),
}

TABLES = {
    "card": N_("Card"),
    "contact_point": N_("Contact detail"),
    "affiliation": N_("Employment"),
    "occasion": N_("Date"),
    "family_member": N_("Family"),
    "interaction": N_("Talk"),
    "todo": N_("To-do"),
    "remark": N_("Remark"),
    "member": N_("Member"),
    "department": N_("Department"),
    "public_key": N_("Key"),
    "loan": N_("Loan"),
    "card_release": N_("Release"),
    "relationship": N_("Relationship"),
    "referral": N_("Referral"),
    "club": N_("Club"),
    "club_member": N_("Club"),
    "segment": N_("Segment"),
    "distinct_pair": N_("Not the same customer"),
    "inspection": N_("Inspection"),
    "volume": N_("Volume"),
    "paper": N_("Paper"),
}
"""What the records of the trail are called."""

WEEKDAYS = (
    N_("Mon"),
    N_("Tue"),
    N_("Wed"),
    N_("Thu"),
    N_("Fri"),
    N_("Sat"),
    N_("Sun"),
)
"""The days of the week, Monday first."""


def table(name: str) -> str:
    """What a record of a table is called."""
    return _(TABLES.get(name, name))


def weekday(day: date) -> str:
    """The day of the week, short."""
    return _(WEEKDAYS[day.weekday()])


def ago(day: date, today: date) -> str:
    """How long ago a day was, as a list shows it: today, yesterday, 3 days ago, 62 days ago."""
    return days_away((day - today).days)


def short_day(day: date, today: date) -> str:
    """A coming or past day as a list shows it: today, Fri, 03-15, 2027-03-15."""
    away = (day - today).days
    if -1 <= away <= 1:
        return days_away(away)
    if 1 < away < 7:
        return weekday(day)
    return f"{day:%m-%d}" if day.year == today.year else f"{day:%Y-%m-%d}"
